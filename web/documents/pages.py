"""Pages of documents."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("documents", __name__, url_prefix="/documents")


@blueprint.get("/")
def index() -> str:
    """Show the list."""
    return render_template("documents/index.html")
