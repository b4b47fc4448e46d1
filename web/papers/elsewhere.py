"""One letter that answers clauses of several documents: its number, date and file typed once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from flask import request

from models.papers.queries import PaperOf, Waiting, documents_waiting_for, lines_elsewhere
from web.identity import current_actor
from web.papers.forms import seen_numbers
from web.papers.reading import Lines, case_of
from web.wiring import reading_unit
from workflow.directives.records import Action, Directive
from workflow.directives.rules import refusal_of
from workflow.documents.keys import document_of
from workflow.papers.lines import OF_PERIOD

ALSO, WHICH = "also", "which"
"""The button that asks which other documents there are, and then brings the lines of one."""
OFFERED = 12


def is_widening() -> bool:
    """Whether the form was sent for the lines of another document, and not to be filed."""
    return bool(request.form.get(ALSO))


def may_widen(action: Action, lead_id: int | None) -> bool:
    """Whether such a paper may answer clauses of other documents: a report of one agency may."""
    return action in OF_PERIOD and lead_id is not None


def _goes_beyond(lines: Lines, shown: Sequence[Directive]) -> bool:
    return any(document_of(one.number) != lines.document.key for one in shown)


def lines_beyond(action: Action, lines: Lines, lead_id: int | None) -> tuple[Directive, ...]:
    """Return the lines of other documents that the form showed, and those it asks for now.

    What is asked for comes as far as the act is open on it; what was shown stays, so that the act
    itself says what became of it. No statement where the form shows none and asks for none.
    """
    key = request.form.get(ALSO, "")
    own = lines.document.key + "-"
    shown = {number for number in seen_numbers() if not number.startswith(own)}
    if lead_id is None or not may_widen(action, lead_id) or not (key or shown):
        return ()
    found = lines_elsewhere(
        reading_unit().connection, current_actor(), lead_id, lines.ground.day,
        but=lines.document.id, key=key, numbers=shown,
    )  # fmt: skip
    return tuple(
        one
        for one in found
        if one.number in shown or refusal_of(action, case_of(one, lines.ground)) is None
    )


def offered(
    action: Action, lines: Lines, lead_id: int | None, shown: Sequence[Directive]
) -> tuple[list[Waiting], dict[str, str]]:
    """Return other documents with open work of the agency, and what each document is called.

    Those whose lines stand in the form are offered no more. One statement, once it was asked
    for or lines of others are shown: most papers answer one document.
    """
    names = {lines.document.key: lines.document.reference}
    is_asked = is_widening() or _goes_beyond(lines, shown)
    if lead_id is None or not may_widen(action, lead_id) or not is_asked:
        return [], names
    found = documents_waiting_for(
        reading_unit().connection, current_actor(), lead_id, lines.ground.day, limit=OFFERED
    )
    there = {document_of(one.number) for one in shown} | {lines.document.key}
    names |= {one.key: one.reference for one in found}
    return [one for one in found if one.key not in there], names


def by_document(
    rows: Sequence[dict[str, Any]], document: PaperOf, names: dict[str, str]
) -> list[dict[str, Any]]:
    """Return the rows of a form under the documents they stand in, the form's own one first."""
    ordered = sorted(
        rows, key=lambda row: (document_of(row["of"].number) != document.key, row["of"].number)
    )
    return [
        {"key": key, "name": names.get(key, key), "rows": list(ours), "own": key == document.key}
        for key, ours in groupby(ordered, key=lambda row: document_of(row["of"].number))
    ]
