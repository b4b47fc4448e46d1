"""A year of the calendar, month by month, as the page draws it."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from web.calendar.words import day_told
from workflow.calendar.records import DayCode, DayMark
from workflow.calendar.words import reason_of
from workflow.calendar.working import WorkingCalendar

NOTABLE = frozenset({DayCode.HOLIDAY, DayCode.DAY_OFF, DayCode.MADE_UP, DayCode.PENDING})


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month; `notable` says why it is unlike other days of its weekday."""

    day: date
    code: str
    working: bool
    reason: str
    notable: bool

    def is_on(self, day: date) -> bool:
        """Whether it is that day's."""
        return self.day == day


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks from Monday to Sunday; None where another month's day would stand."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]
    notable: tuple[Cell, ...]
    working_days: int


def months_of(year: int, calendar: WorkingCalendar) -> tuple[Month, ...]:
    """Return the twelve months of a year inside the calendar's span."""
    return tuple(_month(date(year, number, 1), calendar) for number in range(1, 13))


def _month(first: date, calendar: WorkingCalendar) -> Month:
    weeks = tuple(
        tuple(_cell(day, calendar) if day.month == first.month else None for day in week)
        for week in _weeks(first)
    )
    cells = [cell for week in weeks for cell in week if cell is not None]
    return Month(
        first=first,
        weeks=weeks,
        notable=tuple(cell for cell in cells if cell.notable),
        working_days=sum(cell.working for cell in cells),
    )


def _weeks(first: date) -> Sequence[Sequence[date]]:
    return Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)


def _cell(day: date, calendar: WorkingCalendar) -> Cell:
    mark = calendar.mark(day)
    return Cell(
        day=day,
        code=mark.code.value,
        working=mark.working,
        reason=day_told(reason_of(mark)),
        notable=_is_notable(mark),
    )


def _is_notable(mark: DayMark) -> bool:
    return mark.code in NOTABLE or bool(mark.code is DayCode.WEEKEND and mark.name)
