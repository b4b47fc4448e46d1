"""Pages of history."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("history", __name__, url_prefix="/history")


@blueprint.get("/")
def index() -> str:
    """Show the list."""
    return render_template("history/index.html")
