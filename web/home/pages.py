"""The first page of the day, and the search over everything."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.home.boards import Board
from web.home.searching import found, searched, straight_to
from web.identity import current_actor
from web.returning import local_path
from web.wiring import close_reading, office
from workflow.accounts.looking import mark_looked

blueprint = Blueprint("home", __name__, url_prefix="")


@blueprint.get("/")
def index() -> str:
    """Show what waits for the person, what is late, and what changed since they last looked."""
    return render_template("home/index.html", **Board().page())


@blueprint.post("/looked")
def looked() -> Response:
    """Remember that the person has seen what changed up to now."""
    actor = current_actor()
    close_reading()
    with office().writing() as unit:
        mark_looked(unit.accounts, actor, office().clock())
    return redirect(local_path(request.form.get("next"), url_for("home.index")), 303)


@blueprint.get("/search")
def search() -> str | Response:
    """Find directives, documents and agencies; an exact number goes straight to its page."""
    words = searched()
    return (words and straight_to(words)) or render_template("home/search.html", **found(words))
