"""How a directive stands against its due day: its state says which day is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from workflow.calendar.working import WorkingCalendar
from workflow.deadlines.rules import (
    SOON_BANDS,
    Standing,
    Timeliness,
    days_over,
    standing,
    timeliness,
)
from workflow.directives.records import Directive, State


def timeliness_of(
    state: State,
    due_on: date | None,
    completed_on: date | None,
    today: date,
    *,
    bands: Iterable[int] = SOON_BANDS,
    suspended: bool = False,
) -> Timeliness | None:
    """Judge a directive on `today` (product.md, section 3).

    While a report waits to be judged the clock stands at the day of the report: the days
    others hold it are not charged to the lead. None where there is nothing to judge: work
    that was withdrawn or is paused, and finished work carried over without the day it was done.
    """
    if state is State.WITHDRAWN or suspended:
        return None
    if state is State.REPORTED:
        late = bool(due_on and completed_on and completed_on > due_on)
        in_time = Timeliness.ON_TRACK if due_on else Timeliness.NO_DEADLINE
        return Timeliness.OVERDUE if late else in_time
    if state is not State.VERIFIED:
        return timeliness(due_on, None, today, bands=bands)
    if due_on and completed_on is None:
        return None
    return timeliness(due_on, completed_on, today, bands=bands)


def days_late_at_once(of: Directive, day: date) -> int:
    """By how many days work is late the moment it goes on without another date on `day`.

    A report that waits to be judged holds the clock, and so does its verification; paused work
    has no clock to hold.
    """
    return 0 if of.is_suspended else days_over(of.due_on, None, day)


def standing_of(
    calendar: WorkingCalendar,
    state: State,
    due_on: date | None,
    completed_on: date | None,
    today: date,
    *,
    bands: tuple[int, ...] = SOON_BANDS,
    suspended: bool = False,
) -> Standing | None:
    """Return the timeliness with its figures, or None where there is nothing to judge.

    A due day that the calendar does not reach gives no count of working days.
    """
    found = timeliness_of(state, due_on, completed_on, today, bands=bands, suspended=suspended)
    if found is None:
        return None
    done_on = completed_on if state in {State.REPORTED, State.VERIFIED} else None
    if due_on is None or not calendar.first_day <= due_on <= calendar.last_day:
        return Standing(timeliness=found)
    figures = standing(calendar, due_on, done_on, today, bands=bands)
    return Standing(
        timeliness=found,
        band=figures.band,
        working_days_left=figures.working_days_left,
        days_over=figures.days_over,
    )


def days_past_first(of: Directive, today: date) -> int:
    """Return the days the work ran past a first date that is not the one agreed now.

    To the day of a report that waits or was verified, else to `today`; 0 in time, while the
    work is paused, and for work that was withdrawn.
    """
    first = of.first_due_on
    if first is None or first == of.due_on or of.state is State.WITHDRAWN or of.is_suspended:
        return 0
    ended = of.state in {State.REPORTED, State.VERIFIED}
    until = of.completed_on if ended else today
    return max(0, (until - first).days) if until else 0
