"""How a period stands against its due day; always worked out, never stored."""

from __future__ import annotations

from datetime import date

from workflow.directives.records import State
from workflow.periods.records import Outcome, Period, PeriodState

AS_DIRECTIVE = {
    PeriodState.OPEN: State.IN_PROGRESS,
    PeriodState.REPORTED: State.REPORTED,
    PeriodState.CONFIRMED: State.VERIFIED,
    PeriodState.ENDED: State.WITHDRAWN,
}
"""A period is judged against its day exactly as a directive is in the state beside it."""


def is_paused(period: Period, suspended_since: date | None) -> bool:
    """Whether nobody owes an open period now because its directive is paused."""
    is_open = period.state is PeriodState.OPEN
    return is_open and suspended_since is not None and period.due_on >= suspended_since


def outcome_of(period: Period, day: date, *, suspended_since: date | None = None) -> Outcome | None:
    """Say how a period counts on `day`; None where nobody owes it, for good or for a pause.

    A report counts by the day it came, while it waits to be confirmed too. One that came
    after `day` had not come yet. Missing: the due day passed without a report.
    """
    if period.state is PeriodState.ENDED or is_paused(period, suspended_since):
        return None
    done = period.completed_on
    if done is not None and done <= day:
        return Outcome.ON_TIME if done <= period.due_on else Outcome.LATE
    return Outcome.MISSING if day > period.due_on else Outcome.AHEAD


def days_early(period: Period) -> int:
    """Return by how many calendar days the report came before its due day; 0 when it did not."""
    if period.completed_on is None:
        return 0
    return max(0, (period.due_on - period.completed_on).days)
