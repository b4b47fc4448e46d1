"""Entering a document: the form that grows, and the draft it leaves."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from web.documents.blueprint import blueprint
from web.documents.deadlines import reading_of, typed_while
from web.documents.entering import Entry
from web.documents.previewing import preview_page
from web.documents.sending import send_signed
from web.documents.standing import open_draft_or_404, require_office_now
from web.wiring import office, reading_unit


@blueprint.get("/new")
def new() -> ResponseReturnValue:
    """Show an empty form."""
    require_office_now()
    return Entry().page()


@blueprint.post("/new")
def keep_new() -> ResponseReturnValue:
    """Keep what was typed as a draft."""
    require_office_now()
    return Entry().take()


@blueprint.get("/drafts/<int:document_id>/edit")
def edit(document_id: int) -> ResponseReturnValue:
    """Show a draft's form."""
    return Entry(open_draft_or_404(document_id)).page()


@blueprint.post("/drafts/<int:document_id>/edit")
def keep(document_id: int) -> ResponseReturnValue:
    """Keep what was typed over the draft that stands."""
    return Entry(open_draft_or_404(document_id)).take()


@blueprint.get("/drafts/<int:document_id>")
def draft(document_id: int) -> ResponseReturnValue:
    """Show a draft row by row: what it says, and what waits for a person."""
    return render_template("documents/draft.html", **preview_page(open_draft_or_404(document_id)))


@blueprint.get("/drafts/<int:document_id>/file")
def draft_file(document_id: int) -> ResponseReturnValue:
    """Send the signed file of a draft."""
    return send_signed(open_draft_or_404(document_id).file)


@blueprint.get("/deadline")
def read_words() -> str:
    """Say what the words of a deadline come to: while they are typed, or on a page of its own."""
    require_office_now()
    text, issued_on = typed_while(request.args)
    view = reading_of(text, issued_on, office().calendar(reading_unit()))
    part = "HX-Request" in request.headers
    frame = "documents/part_only.html" if part else "layout.html"
    return render_template(
        "documents/reading.html",
        view=view,
        text=text,
        issued_on=issued_on,
        frame=frame,
        is_part=part,
    )
