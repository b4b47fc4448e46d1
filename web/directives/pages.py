"""Pages of directives."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("directives", __name__, url_prefix="/directives")


@blueprint.get("/")
def index() -> str:
    """Show the list."""
    return render_template("directives/index.html")
