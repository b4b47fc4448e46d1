"""Before a calendar changes: which open dates would move, and who becomes overdue or ceases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from workflow.calendar.records import DayMark, Override, Pause
from workflow.calendar.working import WorkingCalendar
from workflow.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDeadline:
    """An open directive as far as the calendar can touch it.

    A date named in a document, or agreed by extension, has no budget and never moves. A
    counted one has the day its count started and its budget of working days.
    """

    number: str
    due_on: date
    started_on: date | None = None
    budget_working_days: int | None = None
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedDate:
    """A counted date that the new calendar puts elsewhere, and the changed days that did it."""

    number: str
    before: date
    after: date
    because_of: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedDay:
    """A day that is worked on one calendar and not on the other, or changed its reason."""

    before: DayMark
    after: DayMark


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What a change of calendar would do; numbers are those of directives."""

    days: tuple[ChangedDay, ...]
    moved: tuple[MovedDate, ...]


def preview_change(
    deadlines: Iterable[OpenDeadline], *, old: WorkingCalendar, new: WorkingCalendar
) -> Impact:
    """List what changes when `new` takes the place of `old`.

    Nothing is written. A count that leaves the new calendar's span is refused (Invalid,
    `outside_calendar`).
    """
    days = changed_days(old, new)
    swung = tuple(
        change.before.day for change in days if change.before.working != change.after.working
    )
    moved = tuple(
        MovedDate(
            number=item.number,
            before=item.due_on,
            after=after,
            because_of=_touching(item, after, swung),
        )
        for item in deadlines
        if (after := due_on_calendar(item, new)) != item.due_on
    )
    return Impact(days=days, moved=moved)


def due_on_calendar(item: OpenDeadline, calendar: WorkingCalendar) -> date:
    """Return the day the directive is due if its count were done on `calendar`."""
    if item.budget_working_days is None or item.started_on is None:
        return item.due_on
    if any(pause.last_day is None for pause in item.pauses):
        return item.due_on
    if not item.pauses:
        return calendar.due_on(item.started_on, item.budget_working_days)
    return calendar.add_working_days(item.started_on, item.budget_working_days, item.pauses)[0]


def changed_days(old: WorkingCalendar, new: WorkingCalendar) -> tuple[ChangedDay, ...]:
    """Return the days of both spans that the two calendars mark differently.

    Two calendars agree on every day that is for both what its weekday says.
    """
    first, last = max(old.first_day, new.first_day), min(old.last_day, new.last_day)
    if old.version == new.version:
        return ()
    days = sorted(day for day in old.special_days | new.special_days if first <= day <= last)
    pairs = ((old.mark(day), new.mark(day)) for day in days)
    return tuple(ChangedDay(before=a, after=b) for a, b in pairs if a != b)


def check_override(
    row: Override, calendar: WorkingCalendar, *, others: Sequence[Override] = ()
) -> None:
    """Refuse a row that cannot stand (Invalid, a code for each field).

    `reason` is required; so is `act` once the row is confirmed; a day stands once, and
    within the calendar's span.
    """
    errors = {}
    if not row.reason.strip():
        errors["reason"] = "required"
    if row.confirmed and not (row.act or "").strip():
        errors["act"] = "required"
    if not calendar.first_day <= row.day <= calendar.last_day:
        errors["day"] = "outside_calendar"
    elif any(other.day == row.day for other in others):
        errors["day"] = "day_twice"
    if errors:
        raise Invalid(errors)


def _touching(item: OpenDeadline, after: date, swung: Sequence[date]) -> tuple[date, ...]:
    start = item.started_on or item.due_on
    last = max(item.due_on, after)
    return tuple(day for day in swung if start < day <= last)
