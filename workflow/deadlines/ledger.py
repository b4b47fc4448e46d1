"""How a due date came about: the words, the reading, the count, who set or extended it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflow.calendar.records import LedgerDay, Pause
from workflow.calendar.working import WorkingCalendar
from workflow.deadlines.records import CountsFrom, Deadline, DeadlineKind
from workflow.errors import Invalid


class Reading(StrEnum):
    """Which reading of the words was taken; `only` where they have one."""

    ONLY = "only"
    STRICT = "strict"
    INCLUSIVE = "inclusive"


class Basis(StrEnum):
    """What the due date rests on now."""

    NOTHING = "nothing"
    WORDS = "words"
    COUNT = "count"
    PERSON = "person"
    EXTENSION = "extension"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDate:
    """A date that a person put above the reading, and why."""

    due_on: date
    by: str
    on: date
    reason: str
    document: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A later date that was agreed; the one before it is kept."""

    due_on: date
    by: str
    on: date
    reason: str
    document: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Everything a due date rests on, enough to derive it again.

    `read_due_on` is the date of the reading taken (`reading`), `other_due_on` the one not
    taken. A counted date has `started_on`, `budget_working_days`, every day walked over in
    `days`, and the calendar's version; `start_event` is what the words say it counts from.
    `first_due_on` is the date before any extension and is kept for ever. `due_on` is the
    date that stands; None while nothing gives one.
    """

    phrase: str
    kind: DeadlineKind
    reading: Reading
    read_due_on: date | None
    other_due_on: date | None
    start_event: CountsFrom | None
    started_on: date | None
    budget_working_days: int | None
    days: tuple[LedgerDay, ...]
    pauses: tuple[Pause, ...]
    calendar_version: str | None
    set_date: SetDate | None
    extensions: tuple[Extension, ...]
    first_due_on: date | None
    due_on: date | None
    basis: Basis

    @property
    def skipped(self) -> tuple[LedgerDay, ...]:
        """The days walked over that did not count."""
        return tuple(day for day in self.days if not day.counted)


def ledger_of(
    deadline: Deadline,
    calendar: WorkingCalendar,
    *,
    started_on: date | None = None,
    take_other: bool = False,
    pauses: Iterable[Pause] = (),
    set_date: SetDate | None = None,
    extensions: Iterable[Extension] = (),
) -> Ledger:
    """Derive the ledger of a directive's due date.

    `started_on` is the day of the event a relative deadline counts from; a day that the
    words name goes before it. `take_other` takes the other reading of "trước ngày X"
    (Invalid, `no_other_reading`, where there is none). A named date never moves: pauses
    are noted beside it and change only a count. A count under an open pause has no end.
    """
    pauses, extensions = tuple(pauses), tuple(extensions)
    read_on, other_on = _readings(deadline, take_other=take_other)
    start = (deadline.starts_on or started_on) if deadline.working_days else None
    counted_on, days = _count(calendar, start, deadline.working_days, pauses)
    found = counted_on or read_on
    first = set_date.due_on if set_date else found
    return Ledger(
        phrase=deadline.text,
        kind=deadline.kind,
        reading=_reading(read_on, other_on),
        read_due_on=read_on,
        other_due_on=other_on,
        start_event=deadline.counts_from,
        started_on=start,
        budget_working_days=deadline.working_days,
        days=days,
        pauses=pauses,
        calendar_version=calendar.version.identifier if days else None,
        set_date=set_date,
        extensions=extensions,
        first_due_on=first,
        due_on=extensions[-1].due_on if extensions else first,
        basis=_basis(set_date, extensions, counted_on, read_on),
    )


def _count(
    calendar: WorkingCalendar, start: date | None, budget: int | None, pauses: tuple[Pause, ...]
) -> tuple[date | None, tuple[LedgerDay, ...]]:
    if start is None or budget is None or any(pause.last_day is None for pause in pauses):
        return None, ()
    return calendar.add_working_days(start, budget, pauses)


def _readings(deadline: Deadline, *, take_other: bool) -> tuple[date | None, date | None]:
    if not take_other:
        return deadline.due_on, deadline.other_due_on
    if deadline.other_due_on is None:
        raise Invalid({"reading": "no_other_reading"})
    return deadline.other_due_on, deadline.due_on


def _reading(read_on: date | None, other_on: date | None) -> Reading:
    if read_on is None or other_on is None:
        return Reading.ONLY
    return Reading.STRICT if read_on < other_on else Reading.INCLUSIVE


def _basis(
    set_date: SetDate | None,
    extensions: tuple[Extension, ...],
    counted_on: date | None,
    read_on: date | None,
) -> Basis:
    found = (
        (Basis.EXTENSION, extensions),
        (Basis.PERSON, set_date),
        (Basis.COUNT, counted_on),
        (Basis.WORDS, read_on),
    )
    return next((basis for basis, value in found if value), Basis.NOTHING)
