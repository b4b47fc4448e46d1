"""Pages of directives: the list, the file of one, and the form of each action."""

from __future__ import annotations

from flask import Blueprint, render_template

from web.directives.acting import Answer, Deed
from web.directives.showing import page_of, read_file

blueprint = Blueprint("directives", __name__, url_prefix="/directives")


@blueprint.get("/")
def index() -> str:
    """Show the list."""
    return render_template("directives/index.html")


@blueprint.get("/<number>")
def show(number: str) -> str:
    """Show one directive as a file: facts, clock, evidence, history, and what may be done."""
    file, ground = read_file(number)
    return render_template("directives/show.html", **page_of(file, ground))


@blueprint.get("/<number>/<action>")
def act(number: str, action: str) -> Answer:
    """Show the form of an action; a shut door answers with its reason."""
    return Deed(number, action).page()


@blueprint.post("/<number>/<action>")
def act_now(number: str, action: str) -> Answer:
    """Carry out an action and go back to the directive."""
    return Deed(number, action).carry_out()
