"""How a due date follows from its words: the reading taken, and the days of a count.

What a person set above it, and what moved it afterwards, the history tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflow.calendar.records import LedgerDay, Pause
from workflow.calendar.working import WorkingCalendar
from workflow.deadlines.records import CountsFrom, Deadline


class Reading(StrEnum):
    """Which reading of the words was taken; `only` where they have one."""

    ONLY = "only"
    STRICT = "strict"
    INCLUSIVE = "inclusive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What a due date rests on in its words, enough to derive it again.

    `read_due_on` is the date of the reading taken (`reading`), `other_due_on` the one not
    taken. A counted date has `started_on`, `budget_working_days`, every day walked over in
    `days`, and the calendar's version; `counted_on` is where the count ended.
    """

    reading: Reading
    read_due_on: date | None
    other_due_on: date | None
    started_on: date | None
    budget_working_days: int | None
    counted_on: date | None
    days: tuple[LedgerDay, ...]
    calendar_version: str | None


FROM_SIGNING = frozenset({None, CountsFrom.SIGNED, CountsFrom.ISSUED, CountsFrom.ASSIGNED})


def begins_unsaid(deadline: Deadline) -> bool:
    """Whether the words count from an event whose day they leave open: a person must say it."""
    return deadline.starts_on is None and deadline.counts_from not in FROM_SIGNING


def count_begins(deadline: Deadline, signed_on: date | None) -> date | None:
    """Return the day from which a period is counted: that of the words, else of the signing."""
    return None if begins_unsaid(deadline) else deadline.starts_on or signed_on


def ledger_of(
    deadline: Deadline,
    calendar: WorkingCalendar,
    *,
    signed_on: date | None = None,
    pauses: Iterable[Pause] = (),
) -> Ledger:
    """Derive what the words of a directive's deadline come to.

    `signed_on` is the document's day, from which a period is counted where `count_begins`
    says so. A named date never moves: pauses change only a count, and a
    count under an open pause has no end.
    """
    start = count_begins(deadline, signed_on) if deadline.working_days else None
    counted_on, days = _count(calendar, start, deadline.working_days, tuple(pauses))
    return Ledger(
        reading=_reading(deadline.due_on, deadline.other_due_on),
        read_due_on=deadline.due_on,
        other_due_on=deadline.other_due_on,
        started_on=start,
        budget_working_days=deadline.working_days,
        counted_on=counted_on,
        days=days,
        calendar_version=calendar.version.identifier if days else None,
    )


def _count(
    calendar: WorkingCalendar, start: date | None, budget: int | None, pauses: tuple[Pause, ...]
) -> tuple[date | None, tuple[LedgerDay, ...]]:
    if start is None or budget is None or any(pause.last_day is None for pause in pauses):
        return None, ()
    return calendar.add_working_days(start, budget, pauses)


def _reading(read_on: date | None, other_on: date | None) -> Reading:
    if read_on is None or other_on is None:
        return Reading.ONLY
    return Reading.STRICT if read_on < other_on else Reading.INCLUSIVE
