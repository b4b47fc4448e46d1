"""Pages of the inspectors' desk: the desk, the file of a case, the form of each act, the order."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from web.acts import Answer
from web.guard import admin_only
from web.review.acting import Deed
from web.review.at_home import at_home
from web.review.exporting import export as export_of
from web.review.files import send
from web.review.listing import page
from web.review.ordering import keep_order, order_page
from web.review.showing import page_of, read_case
from web.review.together import Together, acts_among

LARGEST_ID = 2**31 - 1

blueprint = Blueprint("review", __name__, url_prefix="/review")


@blueprint.get("/")
def index() -> str:
    """Show the desk: what waits, the oldest clock first; the address keeps the whole view."""
    facts = page()
    acts = acts_among({row["state"] for row in facts["rows"]})
    return render_template("review/index.html", **facts, acts=acts)


@blueprint.get("/at-home")
def cases_at_home() -> str:
    """Show the first cases of a person as a part of their first page."""
    return at_home()


@blueprint.get("/export.<any(xlsx, csv):kind>")
def export(kind: str) -> Response:
    """Send the whole view as a file: every row of it, in its order."""
    return export_of(kind)


@blueprint.get("/order")
@admin_only
def order() -> str:
    """Show the order in which inspectors get cases."""
    return order_page()


@blueprint.post("/order")
@admin_only
def take_order() -> Answer:
    """Keep the order."""
    return keep_order()


@blueprint.get("/together")
def together() -> Answer:
    """Show the form of one act on several cases."""
    return Together().page()


@blueprint.post("/together")
def together_now() -> Answer:
    """Carry out one act on several cases and tell how it ended for each."""
    return Together().carry_out()


@blueprint.get(f"/files/<int(max={LARGEST_ID}):file_id>")
def download(file_id: int) -> Response:
    """Send a file of a paper."""
    return send(file_id)


@blueprint.get("/<number>")
def show(number: str) -> str:
    """Show a case as a file: what fired, its papers, its clock, and what may be done."""
    return page_of(*read_case(number)).render()


@blueprint.get("/<number>/<action>")
def act(number: str, action: str) -> Answer:
    """Show the form of an act; a shut door answers with its reason."""
    return Deed(number, action).page()


@blueprint.post("/<number>/<action>")
def act_now(number: str, action: str) -> Answer:
    """Carry out an act and go back to the case."""
    return Deed(number, action).carry_out()
