"""The admin's pages of people."""

from __future__ import annotations

from flask import render_template

from web.accounts.blueprint import blueprint


@blueprint.get("/accounts/")
def index() -> str:
    """Show the list."""
    return render_template("accounts/index.html")
