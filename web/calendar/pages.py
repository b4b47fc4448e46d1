"""Pages of calendar."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("calendar", __name__, url_prefix="/calendar")


@blueprint.get("/")
def index() -> str:
    """Show the list."""
    return render_template("calendar/index.html")
