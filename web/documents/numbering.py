"""A document's number while it is typed: who else bears it, said before anybody relies on it."""

from __future__ import annotations

from datetime import date

from flask import render_template, request

from models.documents.numbers import SameNumber, same_number
from web.addresses import asked_key
from web.directives.fields import typed_day
from web.documents.blueprint import blueprint
from web.documents.shape import TypedForm
from web.documents.standing import require_office_now
from web.identity import current_actor
from web.papers.filling import giving_work
from web.wiring import office, reading_unit
from workflow.documents.numbers import tidy_reference
from workflow.documents.records import DocumentHead
from workflow.documents.rules import LINE
from workflow.text import clean


def others_with_number(head: DocumentHead, but: int | None) -> tuple[SameNumber, ...]:
    """Return the other documents under the number of `head` that the reader may see."""
    connection = reading_unit().connection
    return same_number(connection, current_actor(), head, office().today(), but=but)


def head_in(form: TypedForm) -> DocumentHead:
    """Return what a form holds of a number: itself, its day, whose it is."""
    day = form["issued_on"].value
    told = day.isoformat() if isinstance(day, date) else ""
    return _head(form["reference"].data, told, form["issuer"].data)


def _head(reference: str | None, issued_on: str | None, issuer: str | None) -> DocumentHead:
    return DocumentHead(
        reference=tidy_reference(reference or "")[:LINE],
        issued_on=typed_day(issued_on or ""),
        issuer=clean(issuer or "")[:LINE],
    )


@blueprint.get("/number")
def read_number() -> str:
    """Say whether a number is borne by another document: while it is typed, or on its own page."""
    require_office_now()
    asked = request.args
    head = _head(asked.get("reference"), asked.get("issued_on"), asked.get("issuer"))
    part = "HX-Request" in request.headers
    return render_template(
        "documents/number.html",
        head=head,
        others=others_with_number(head, asked_key("but")),
        frame="documents/part_only.html" if part else "layout.html",
        is_part=part,
        rows=giving_work(head.reference) if part else [],
    )
