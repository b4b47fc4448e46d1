"""Pages of home."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("home", __name__, url_prefix="")


@blueprint.get("/")
def index() -> str:
    """Show the list."""
    return render_template("home/index.html")
