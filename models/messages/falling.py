"""What falls due: read by day through the indexes of open work, never by walking it all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    func,
    literal,
    select,
    text,
    union_all,
)

from models.base import table_of
from models.directives.rows import DirectiveRow
from models.documents.rows import DocumentRow
from models.history.rows import HistoryRow
from models.prepared import Prepared
from workflow.days import local_day
from workflow.directives.records import Action, State
from workflow.history.records import Subject
from workflow.messages.falling import Fall, Falling, Request, Span, Unanswered

_DIRECTIVES = table_of(DirectiveRow)
OPEN = "directives.state <> 'verified' AND directives.state <> 'withdrawn'"
REPORTED = "directives.state = 'reported'"
ASKED = "(directives.decline_standing OR directives.extension_asked_to IS NOT NULL)"
"""The conditions of the partial indexes, word for word, so that both databases walk those."""
CHUNK = 500
_ENDS = ("first", "last")
_FALLS = {fall.value: fall for fall in Fall}
ASKING = {
    Request.EXTENSION: Action.REQUEST_EXTENSION.value,
    Request.DECLINE: Action.DECLINE.value,
}


@cache
def _falling(fall: Fall) -> Select[*tuple[Any, ...]]:
    """Return the statement for a reason, made once: making it takes longer than asking it."""
    return select(
        _DIRECTIVES.c.number, _DIRECTIVES.c.lead_agency_id, literal(fall.value).label("fall")
    ).where(
        text(OPEN),
        _DIRECTIVES.c.due_on >= bindparam(f"{fall}_first"),
        _DIRECTIVES.c.due_on <= bindparam(f"{fall}_last"),
        _DIRECTIVES.c.state != State.REPORTED,
        _DIRECTIVES.c.suspended_since.is_(None),
    )


@cache
def _all_falling(falls: tuple[Fall, ...]) -> Prepared:
    return Prepared(union_all(*map(_falling, falls)))


def falling_due(connection: Connection, spans: Mapping[Fall, Span]) -> Sequence[Falling]:
    """Return the directives whose due day lies in these spans and whose report is not in."""
    asked: dict[str, date] = {}
    for fall, span in spans.items():
        asked |= {f"{fall}_first": span.first, f"{fall}_last": span.last}
    rows = _all_falling(tuple(spans)).rows(connection, asked)
    return [Falling(number, agency_id, _FALLS[fall]) for number, agency_id, fall in rows]


def is_falling(fall: Fall) -> ColumnElement[bool]:
    """Return the condition that a directive falls due for a reason, asked with its span."""
    return _falling(fall).exists()


_WAITS = select(
    _DIRECTIVES.c.number,
    _DIRECTIVES.c.document_id,
    _DIRECTIVES.c.handed_by_id,
    _DIRECTIVES.c.decline_standing,
    _DIRECTIVES.c.extension_asked_to,
    _DIRECTIVES.c.state,
)
"""What waits, read through its own index; documents come by their keys afterwards.

A join would let the database begin at the documents and walk all work.
"""
_REPORTS = Prepared(
    _WAITS.where(
        text(REPORTED),
        _DIRECTIVES.c.completed_on >= bindparam("first"),
        _DIRECTIVES.c.completed_on <= bindparam("last"),
    )
)
_ASKED = Prepared(_WAITS.where(text(ASKED)))
_PROPOSED = Prepared(
    _WAITS.where(
        text(OPEN),
        _DIRECTIVES.c.proposed_on >= bindparam("first"),
        _DIRECTIVES.c.proposed_on <= bindparam("last"),
    )
)


def is_waiting() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which something may wait for an answer since these days.

    Whatever was asked for may: on which day, only the history tells.
    """
    first, last = (bindparam(f"asked_{end}", type_=_DIRECTIVES.c.due_on.type) for end in _ENDS)
    reports = (text(REPORTED), _DIRECTIVES.c.completed_on.between(first, last))
    proposed = (text(OPEN), _DIRECTIVES.c.proposed_on.between(first, last))
    one = select(_DIRECTIVES.c.id)
    return tuple(one.where(*where).exists() for where in (reports, proposed, (text(ASKED),)))


def unanswered(connection: Connection, asked_in: Span) -> Sequence[Unanswered]:
    """Return reports, extensions, declines and proposals of these days that nobody answered."""
    days = {"first": asked_in.first, "last": asked_in.last}
    found = [(row, Request.REPORT) for row in _REPORTS.rows(connection, days)]
    found += [(row, Request.PROPOSAL) for row in _PROPOSED.rows(connection, days)]
    standing = {row.number: row for row in _ASKED.rows(connection, {})}
    for number, request in _asked_in(connection, list(standing), asked_in):
        row = standing[number]
        still = {
            Request.DECLINE: row.decline_standing,
            Request.EXTENSION: row.extension_asked_to is not None and row.state != State.REPORTED,
        }
        if still[request]:
            found.append((row, request))
    overseers = _overseers(connection, {row.document_id for row, _ in found})
    return [_of(row, request, overseers) for row, request in found]


def _of(
    row: Row[*tuple[Any, ...]], request: Request, overseers: Mapping[int, int | None]
) -> Unanswered:
    part = row.handed_by_id is not None
    return Unanswered(
        number=row.number,
        agency_id=row.handed_by_id if part else overseers[row.document_id],
        request=request,
        is_part=part,
    )


def _overseers(connection: Connection, document_ids: Iterable[int]) -> Mapping[int, int | None]:
    ids = sorted(document_ids)
    found: dict[int, int | None] = {}
    for start in range(0, len(ids), CHUNK):
        rows = connection.execute(
            select(DocumentRow.id, DocumentRow.overseer_id).where(
                DocumentRow.id.in_(ids[start : start + CHUNK])
            )
        )
        found |= {row.id: row.overseer_id for row in rows}
    return found


def _asked_in(
    connection: Connection, numbers: Sequence[str], days: Span
) -> Iterator[tuple[str, Request]]:
    """Return which of these directives were last asked about on these days, and what for."""
    for start in range(0, len(numbers), CHUNK):
        rows = connection.execute(
            select(HistoryRow.subject_key, HistoryRow.action, func.max(HistoryRow.at))
            .where(
                HistoryRow.subject == Subject.DIRECTIVE.value,
                HistoryRow.subject_key.in_(numbers[start : start + CHUNK]),
                HistoryRow.action.in_(list(ASKING.values())),
            )
            .group_by(HistoryRow.subject_key, HistoryRow.action)
        )
        for number, action, at in rows:
            if days.first <= local_day(at) <= days.last:
                request = next(r for r, word in ASKING.items() if word == action)
                yield number, request
