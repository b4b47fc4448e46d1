"""Pages of agencies."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("agencies", __name__, url_prefix="/agencies")


@blueprint.get("/")
def index() -> str:
    """Show the list."""
    return render_template("agencies/index.html")
