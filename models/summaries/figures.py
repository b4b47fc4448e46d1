"""Each figure of the report as a condition of SQL: `workflow.summaries.rules`, set by set."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import CTE, ColumnElement, and_, func, not_, or_, true

from workflow.directives.records import State
from workflow.summaries.records import Figure, Span

Condition = ColumnElement[bool]
VERIFIED, WITHDRAWN, REPORTED = State.VERIFIED.value, State.WITHDRAWN.value, State.REPORTED.value


def conditions(stood: CTE, span: Span) -> Mapping[Figure, Condition]:
    """Return the condition of each figure over directives as they stood.

    `MOVED_OUT` is a figure of who led on the eve (`lead_before`), every other one of who led at
    the end (`lead`).
    """
    c = stood.c
    withdrawn = and_(c.known, c.state == WITHDRAWN)
    new = and_(c.known, c.assigned_on >= span.first, not_(c.is_standing))
    old = and_(c.known, c.assigned_on < span.first, not_(c.is_standing))
    was_open = and_(old, c.known_before, c.state_before.not_in([VERIFIED, WITHDRAWN]))
    would_count = _would_count(stood, span)
    counts = and_(c.known, would_count)
    late_entry = and_(old, not_(c.known_before))
    moved = and_(was_open, c.lead_before != c.lead)
    return {
        Figure.CARRIED: and_(counts, old),
        Figure.NEW: and_(counts, new),
        **_became(stood, span, counts),
        Figure.REOPENED: and_(counts, old, c.known_before, c.state_before == VERIFIED),
        Figure.ENTERED_LATE: and_(late_entry, or_(counts, withdrawn)),
        Figure.MOVED_IN: moved,
        Figure.MOVED_OUT: moved,
        Figure.STOPPED: and_(withdrawn, or_(was_open, late_entry)),
        Figure.ENTERED_AFTER: and_(not_(c.known), would_count),
        Figure.STOPPED_NEW: and_(withdrawn, new),
        Figure.STANDING: and_(c.known, c.is_standing, c.state.not_in([VERIFIED, WITHDRAWN])),
    }


def _would_count(stood: CTE, span: Span) -> Condition:
    """Whether it runs, was given in the period, or was not done before it, whoever knew of it."""
    c = stood.c
    done_in_it = func.coalesce(c.verified_on, c.assigned_on) >= span.first
    still = or_(c.state != VERIFIED, c.assigned_on >= span.first, done_in_it)
    return and_(not_(c.is_standing), c.state != WITHDRAWN, still)


def _became(stood: CTE, span: Span, counts: Condition) -> dict[Figure, Condition]:
    c = stood.c
    done = and_(counts, c.state == VERIFIED)
    # Work counted on a day before it came into the book may be paused from a later one.
    stands_still = func.coalesce(c.suspended_since <= span.last, False)
    paused = and_(counts, c.state != VERIFIED, stands_still)
    runs = and_(counts, c.state != VERIFIED, not_(stands_still))

    def done_late(due: ColumnElement[object]) -> Condition:
        return and_(due.is_not(None), c.completed_on.is_not(None), c.completed_on > due)

    def open_late(due: ColumnElement[object]) -> Condition:
        """While a report waits, its day is looked at and not the last one."""
        waits = and_(c.state == REPORTED, c.completed_on.is_not(None), c.completed_on > due)
        return and_(due.is_not(None), or_(waits, and_(c.state != REPORTED, due < span.last)))

    dated = and_(c.due_on.is_not(None), c.completed_on.is_not(None))
    return {
        Figure.DONE_ON_TIME: and_(done, not_(done_late(c.due_on))),
        Figure.DONE_LATE: and_(done, done_late(c.due_on)),
        Figure.OPEN_IN_TIME: and_(runs, not_(open_late(c.due_on))),
        Figure.OPEN_LATE: and_(runs, open_late(c.due_on)),
        Figure.SUSPENDED: paused,
        Figure.WAITING: and_(runs, c.state == REPORTED),
        Figure.DONE_LATE_FIRST: and_(done, dated, done_late(c.first_due_on)),
        Figure.OPEN_LATE_FIRST: and_(runs, c.due_on.is_not(None), open_late(c.first_due_on)),
        Figure.DONE_UNDATED: and_(done, not_(dated)),
        Figure.OPEN_UNDATED: and_(runs, c.due_on.is_(None)),
    }


def any_of(of: Mapping[Figure, Condition], figures: tuple[Figure, ...]) -> Condition:
    """Return the condition that a directive is counted under one of some figures."""
    return or_(*(of[figure] for figure in figures)) if figures else true()
