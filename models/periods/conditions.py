"""How a period counts on a day, as conditions of a query that joins it with its directive."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, literal_column, or_

from models.directives.queries import ways_to_read
from models.directives.rows import DirectiveRow
from models.periods.rows import PeriodRow
from workflow.accounts.records import Actor
from workflow.periods.records import Outcome

DUE, DONE = PeriodRow.due_on, PeriodRow.completed_on
OWED: ColumnElement[bool] = and_(
    PeriodRow.state != literal_column("'confirmed'"), PeriodRow.state != literal_column("'ended'")
)
"""Periods owed or waiting, in the words of their indexes (`rows.OWED`): so these are used."""
IS_OPEN: ColumnElement[bool] = and_(OWED, PeriodRow.state != literal_column("'reported'"))
IS_WAITING: ColumnElement[bool] = and_(OWED, PeriodRow.state == literal_column("'reported'"))
PAUSED: ColumnElement[bool] = and_(
    DirectiveRow.suspended_since.is_not(None), DirectiveRow.suspended_since <= DUE
)
"""Fell due, or falls due, while its directive is paused: nobody owes it meanwhile."""


def readable_by(actor: Actor, day: date) -> ColumnElement[bool]:
    """Return the condition under which `actor` reads a period: that they read its directive.

    It is `visible_to` said row by row: a list of periods begins at the periods, and does not
    gather all that an agency may read first.
    """
    return or_(*ways_to_read(actor, day))


def outcome_is(outcome: Outcome, day: date) -> ColumnElement[bool]:
    """Return the condition that a period counts so on `day`; no report comes after it.

    It is `workflow.periods.timing.outcome_of` in SQL.
    """
    return {
        Outcome.ON_TIME: and_(DONE.is_not(None), DONE <= DUE),
        Outcome.LATE: and_(DONE.is_not(None), DONE > DUE),
        Outcome.MISSING: and_(IS_OPEN, day > DUE, ~PAUSED),
        Outcome.AHEAD: and_(IS_OPEN, day <= DUE, ~PAUSED),
    }[outcome]


def soon_on(day: date, bands: tuple[int, ...]) -> ColumnElement[bool]:
    """Return the condition that a period without a report falls due within the widest band."""
    last = day + timedelta(days=max(bands, default=-1))
    return and_(outcome_is(Outcome.AHEAD, day), last >= DUE)
