"""Pages of directives: the list, the file of one, and the form of each action."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request

from web.acts import Answer
from web.addresses import page_at
from web.directives.acting import Deed
from web.directives.boarding import board_page, board_url
from web.directives.choosing import FOLLOW, Together, asked_for_many
from web.directives.finding import document_named
from web.directives.following import Following
from web.directives.left import Leavings
from web.directives.listing import asked_for, group_page, list_page, tidy_address
from web.directives.listing import export as export_of
from web.directives.reading import day_part
from web.directives.sending import send_prepared
from web.directives.showing import page_of, read_file
from web.directives.targets import target_told, value_told
from web.documents.sums import figure_told
from workflow.directives.targets import falls_short

blueprint = Blueprint("directives", __name__, url_prefix="/directives")
for told in (target_told, value_told, figure_told):
    blueprint.add_app_template_filter(told)
blueprint.add_app_template_test(falls_short)


@blueprint.get("/")
def index() -> Answer:
    """Show the list: filtered, sorted, one page of it; the address keeps the whole view."""
    if elsewhere := tidy_address() or document_named():
        return elsewhere
    asked = asked_for()
    if asked.by_clause:
        return render_template("directives/groups.html", **group_page(asked))
    return render_template("directives/index.html", **list_page(asked), board_url=board_url())


@blueprint.get("/board")
def board() -> Answer:
    """Show the same view as a board: a column for each state, cards by due date."""
    if elsewhere := tidy_address() or document_named():
        return elsewhere
    return render_template("directives/board.html", **board_page(asked_for()))


@blueprint.get("/together")
def together() -> Answer:
    """Show the one form for the directives that were chosen in the list."""
    if request.args.get("action") == FOLLOW:
        return redirect(page_at("directives.follow", asked_for_many()))
    return Together().page()


@blueprint.post("/together")
def act_together() -> Answer:
    """Carry out one act on all of them, with a result for each."""
    return Together().carry_out()


@blueprint.get("/follow")
def follow() -> Answer:
    """Ask who of the office follows the directives that were chosen."""
    return Following().page()


@blueprint.post("/follow")
def follow_now() -> Answer:
    """Name who follows them, with a result for each."""
    return Following().carry_out()


@blueprint.get("/left")
def left() -> Answer:
    """Show the open work of agencies that ended, and who could take it over."""
    return Leavings().page()


@blueprint.post("/left")
def hand_on() -> Answer:
    """Hand on what was ticked, with a result for each."""
    return Leavings().carry_out()


@blueprint.get("/export.<any(xlsx, csv):kind>")
def export(kind: str) -> Response:
    """Send the whole view as a file: the columns shown, every row."""
    return export_of(asked_for(), kind)


@blueprint.get("/<number>")
def show(number: str) -> str:
    """Show one directive as a file: facts, clock, evidence, history, and what may be done."""
    file, ground = read_file(number)
    return page_of(file, ground).render()


@blueprint.get("/<number>/prepared/<int(max=2147483647):prepared_id>/<sha256>")
def prepared_file(number: str, prepared_id: int, sha256: str) -> Response:
    """Send one file of a report that an officer prepared, inside the agency alone."""
    return send_prepared(number, prepared_id, sha256)


@blueprint.get("/<number>/<action>")
def act(number: str, action: str) -> Answer:
    """Show the form of an action; a shut door answers with its reason."""
    return Deed(number, action).page()


@blueprint.get("/<number>/<action>/day")
def read_day(number: str, action: str) -> str:
    """Say how a due date that is being typed was read, and what it does."""
    return day_part(number, action)


@blueprint.post("/<number>/<action>")
def act_now(number: str, action: str) -> Answer:
    """Carry out an action and go back to the directive."""
    return Deed(number, action).carry_out()
