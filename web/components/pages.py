"""Pages of components."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("components", __name__, url_prefix="/components")


@blueprint.get("/")
def index() -> str:
    """Show the list."""
    return render_template("components/index.html")
