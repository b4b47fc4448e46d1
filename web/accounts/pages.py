"""Pages of accounts."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")


@blueprint.get("/")
def index() -> str:
    """Show the list."""
    return render_template("accounts/index.html")


@blueprint.get("/sign-in")
def sign_in() -> str:
    """Show the sign-in form."""
    return render_template("accounts/index.html")


@blueprint.get("/sign-out")
def sign_out() -> str:
    """End the session."""
    return render_template("accounts/index.html")


@blueprint.get("/password")
def change_password() -> str:
    """Change one's own password."""
    return render_template("accounts/index.html")


@blueprint.get("/mine")
def mine() -> str:
    """Show one's own account."""
    return render_template("accounts/index.html")
