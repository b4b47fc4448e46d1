"""Which directives a person may read, as a condition of the query itself."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.orm import aliased

from models.agencies.scope import Scope, read_by, within
from models.directives.rows import CoordinatingRow, DirectiveRow
from models.directives.ways import Agencies, Way
from workflow.accounts.reach import reach_of
from workflow.accounts.records import Actor
from workflow.deadlines.rules import SOON_BANDS, Timeliness
from workflow.directives.records import State

MOST_NAMED = 500
"""How many agencies a statement names one by one; of more it asks the tree."""
ACTIVE = (State.ASSIGNED, State.IN_PROGRESS)
OPEN = (*ACTIVE, State.REPORTED)
IS_OPEN: ColumnElement[bool] = and_(
    DirectiveRow.state != literal_column("'verified'"),
    DirectiveRow.state != literal_column("'withdrawn'"),
)
"""Work that still runs, in the words of the indexes over it (`rows.OPEN`): so they are used."""
RUNS: ColumnElement[bool] = DirectiveRow.suspended_since.is_(None)
"""Work that is not paused."""
AWAITED_SINCE: ColumnElement[date] = func.coalesce(
    DirectiveRow.awaited_since, DirectiveRow.assigned_on
)
"""Since when the lead could accept: a document is entered after the day it bears, and who asked
for another assignment in vain is awaited from the answer."""
_HELD = aliased(DirectiveRow, name="held")
_SAME_DOCUMENT = aliased(DirectiveRow, name="same_document")
"""Other directives than the one asked about. Made once: every page asks for a scope, and an
alias names all columns of its table anew."""


def silent_for(days: int, day: date) -> ColumnElement[bool]:
    """Return the condition that work not accepted yet is awaited for `days` days on `day`.

    Whoever asks for another assignment is not silent: that waits for the office.
    """
    return and_(
        day - timedelta(days=days) >= AWAITED_SINCE, DirectiveRow.decline_standing.is_(False), RUNS
    )


def visible_to(actor: Actor, day: date) -> ColumnElement[bool]:
    """Return the condition under which `actor` reads a directive whole on `day`.

    It is `workflow.directives.standing.sight` in SQL: office, leader and inspector read
    the province; an agency what it, a unit under it or one that they follow leads,
    coordinates or handed down;
    a scope that cannot be resolved reads nothing.
    """
    return within(reach_of(actor, day), lambda path: held_under(path, day))


def held_under(path: str, day: date) -> ColumnElement[bool]:
    """Return the condition that an agency leads, coordinates or handed down.

    One at `path` or below it, or one that these follow on `day`.
    """
    below, held = read_by(path, day), _HELD
    beside = select(CoordinatingRow.directive_id).where(CoordinatingRow.agency_id.in_(below))
    handed = held.handed_by_id.is_not(None) & held.handed_by_id.in_(below)
    return DirectiveRow.id.in_(
        union(
            select(held.id).where(held.lead_agency_id.in_(below)),
            beside,
            select(held.id).where(handed),
        )
    )


def ways_to_read(actor: Actor, day: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that together are `visible_to`, each with an index of its own."""
    return tuple(way.reads for way in reading_ways(actor, day))


def reading_ways(actor: Actor, day: date, scope: Scope | None = None) -> tuple[Way, ...]:
    """Return the ways in which an actor comes to read a directive, together `visible_to`.

    A list reads a page from each and puts them together: the cost follows the page, not
    the size of the province. `scope` are the agencies that the actor reads for, where they
    are known: a database that is told them need not guess how many there will be. What a way
    `reads` is asked of one row at a time, by its key; its `rest` is searched for.
    """
    path = reach_of(actor, day).path
    if not path:
        whole = visible_to(actor, day)
        return (Way(reads=whole, rest=whole),)
    below: Agencies = read_by(path, day)
    if scope is not None and len(scope.agencies) <= MOST_NAMED:
        below = named(scope.ids)
    found = select(CoordinatingRow.directive_id).where(CoordinatingRow.agency_id.in_(below))
    coordinates = DirectiveRow.id.in_(found)
    is_beside = exists(
        found.where(CoordinatingRow.directive_id == DirectiveRow.id).correlate(DirectiveRow)
    )
    handed = and_(DirectiveRow.handed_by_id.is_not(None), DirectiveRow.handed_by_id.in_(below))
    leads = DirectiveRow.lead_agency_id.in_(below)
    return (
        Way(reads=leads, rest=true(), leads=below),
        Way(reads=is_beside, rest=coordinates, is_short=True),
        Way(reads=handed, rest=handed, is_short=True),
    )


def named(agencies: frozenset[int]) -> tuple[ColumnElement[int], ...]:
    """Return agencies that are known as a statement names them."""
    return tuple(literal_column(str(int(key)), Integer) for key in sorted(agencies))


def shares_document_with(actor: Actor, day: date) -> ColumnElement[bool]:
    """Return the condition under which `actor` holds any clause of a directive's document.

    Who holds one reads the content of all clauses; others' reports stay closed
    (product.md, section 1).
    """
    path = reach_of(actor, day).path
    if not path:
        return visible_to(actor, day)
    other, below = _SAME_DOCUMENT, read_by(path, day)
    coordinates = select(CoordinatingRow.directive_id).where(CoordinatingRow.agency_id.in_(below))
    return exists(
        select(other.id).where(
            other.document_id == DirectiveRow.document_id,
            or_(other.lead_agency_id.in_(below), other.id.in_(coordinates)),
        )
    )


def timeliness_is(
    code: Timeliness, today: date, *, bands: tuple[int, ...] = SOON_BANDS
) -> ColumnElement[bool]:
    """Return the condition that a directive stands so on `today`.

    It is `workflow.directives.timing.timeliness_of` in SQL; no report is filed after `today`,
    and only work that neither waits to be judged nor ended is ever paused.
    """
    due, done, state = DirectiveRow.due_on, DirectiveRow.completed_on, DirectiveRow.state
    soon = today + timedelta(days=max(bands, default=-1))
    verified, reported = state == State.VERIFIED, state == State.REPORTED
    in_time = and_(reported, or_(done.is_(None), done <= due))
    late_report = and_(reported, done > due)
    return {
        Timeliness.NO_DEADLINE: and_(state != State.WITHDRAWN, due.is_(None), RUNS),
        Timeliness.OVERDUE: and_(
            IS_OPEN, due < today, or_(state != State.REPORTED, late_report), RUNS
        ),
        Timeliness.DUE_SOON: and_(
            IS_OPEN, due >= today, due <= soon, state != State.REPORTED, RUNS
        ),
        Timeliness.ON_TRACK: and_(
            IS_OPEN,
            RUNS,
            due.is_not(None),
            or_(and_(due >= today, due > soon, state != State.REPORTED), in_time),
        ),
        Timeliness.DONE_ON_TIME: and_(verified, done <= due),
        Timeliness.DONE_LATE: and_(verified, done > due),
    }[code]
