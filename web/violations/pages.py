"""Pages of violations: the list, the file of one, acts on one or many, the catalogue."""

from __future__ import annotations

from flask import Response, render_template
from werkzeug.wrappers import Response as BaseResponse

from models.violations.papers import readable_paper
from web.acts import Answer
from web.handing_out import hand_out
from web.identity import current_actor
from web.violations import catalogue as bases
from web.violations import recording
from web.violations.acting import Deed
from web.violations.blueprint import LARGEST, ONE, blueprint
from web.violations.listing import asked_for, list_page, tidy_address
from web.violations.listing import export as export_of
from web.violations.showing import page_of, read_file
from web.violations.together import Together
from web.wiring import office, reading_unit

__all__ = ["blueprint"]


@blueprint.get("/")
def index() -> str | BaseResponse:
    """Show the list: filtered, one page of it; the address keeps the whole view."""
    if elsewhere := tidy_address():
        return elsewhere
    return render_template("violations/index.html", **list_page(asked_for()))


@blueprint.get("/export.<any(xlsx, csv):kind>")
def export(kind: str) -> Response:
    """Send the whole view as a file: the columns shown, every row."""
    return export_of(asked_for(), kind)


@blueprint.get(ONE)
def show(violation_id: int) -> str:
    """Show one violation as a file: what happened, on which basis, where it stands."""
    return page_of(read_file(violation_id)).render()


@blueprint.get(f"{ONE}/<action>")
def act(violation_id: int, action: str) -> Answer:
    """Show the form of an act on one violation."""
    return Deed(violation_id, action).page()


@blueprint.post(f"{ONE}/<action>")
def take_act(violation_id: int, action: str) -> Answer:
    """Carry out an act on one violation."""
    return Deed(violation_id, action).carry_out()


@blueprint.get("/together")
def together() -> Answer:
    """Show the form of an act on the violations that were chosen."""
    return Together().page()


@blueprint.post("/together")
def take_together() -> Answer:
    """Carry out an act on several violations and tell how it ended for each."""
    return Together().carry_out()


@blueprint.get("/new")
def new() -> Answer:
    """Show the form for a violation found otherwise than in the data."""
    return recording.show_form()


@blueprint.post("/new")
def take_new() -> Answer:
    """Enter a violation."""
    return recording.take()


@blueprint.get(f"/files/<int(max={LARGEST}):file_id>")
def file(file_id: int) -> Response:
    """Send one paper to whoever may read its violation; always as a file to keep."""
    actor = current_actor()
    kept = readable_paper(reading_unit().connection, actor, file_id, office().today())
    return hand_out(kept)


@blueprint.get("/catalogue")
def catalogue() -> str:
    """Show every type of violation with its legal basis by date."""
    return bases.show()


@blueprint.get("/catalogue/<code>/new")
def new_basis(code: str) -> Answer:
    """Show the form for a legal basis by date."""
    return bases.show_form(code)


@blueprint.post("/catalogue/<code>/new")
def take_basis(code: str) -> Answer:
    """Enter a legal basis by date."""
    return bases.take(code)


@blueprint.post(f"/catalogue/<code>/<int(max={LARGEST}):basis_id>/remove")
def remove_basis(code: str, basis_id: int) -> Answer:
    """Take a legal basis out."""
    return bases.take_out(code, basis_id)
