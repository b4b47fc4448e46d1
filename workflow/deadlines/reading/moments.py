"""Days and periods that a phrase names, before and after their year is settled."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from workflow.deadlines.records import Unread

YEARS_READ = range(1900, 2201)
LEAP_YEAR = 2000
YEARS_AHEAD = 10
"""How far ahead of its document a date in two figures can lie."""
ONE_DAY = timedelta(days=1)


class Trouble(Exception):
    """The words were understood and still give no date; `reason` says why."""

    def __init__(self, reason: Unread) -> None:
        self.reason = reason
        super().__init__(reason)


class Unit(StrEnum):
    """What kind of period a word opens, so that its second end may leave the word out."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDay:
    """A day of a month; `weekday` is the one the phrase names beside it.

    `worded` tells that "ngày" or "tháng" is spelt out, `dashed` that dashes join its parts,
    `short` that its year is written in two figures ("30/9/21").
    """

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    worded: bool = False
    dashed: bool = False
    short: bool = False
    midnight: bool = False
    timed: bool = False

    def first_year(self) -> int | None:
        """The year the words give, if any."""
        return self.year

    def last_year(self) -> int | None:
        """The year the words give, if any."""
        return self.year

    def in_year(self, year: int | None) -> NamedDay:
        """Return the day with its year settled where the words left it open."""
        return self if self.year is not None else replace(self, year=year)

    def bounds(self) -> tuple[date, date]:
        """Return the day twice; Trouble when there is no such day or no year for it."""
        if self.month is None:
            raise Trouble(Unread.NOT_UNDERSTOOD)
        if not is_day(self.year or LEAP_YEAR, self.month, self.day):
            raise Trouble(Unread.IMPOSSIBLE_DATE)
        day = date(settled(self.year), self.month, self.day)
        if self.weekday is not None and day.weekday() != self.weekday:
            raise Trouble(Unread.WEEKDAY_DIFFERS)
        return day, day

    outer_bounds = bounds


@dataclass(frozen=True, slots=True)
class Part:
    """Whole months of one year, the year perhaps left open."""

    first_month: int
    last_month: int
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A month, quarter, half or year, or a list of them in order.

    `worded` tells that its unit is spelt out; an abbreviated one ("T9") needs a year.
    """

    unit: Unit
    parts: tuple[Part, ...]
    worded: bool = True
    abbreviated: bool = False

    def first_year(self) -> int | None:
        """The first year the words give, if any."""
        return next((part.year for part in self.parts if part.year is not None), None)

    def last_year(self) -> int | None:
        """The last year the words give, if any."""
        return next((part.year for part in reversed(self.parts) if part.year is not None), None)

    def in_year(self, year: int | None) -> Period:
        """Settle years left open: by the next one named in the list, the last one, `year`."""
        years = [part.year for part in self.parts]
        for at in reversed(range(len(years) - 1)):
            years[at] = years[at] if years[at] is not None else years[at + 1]
        for at in range(len(years)):
            before = years[at - 1] if at else None
            years[at] = years[at] or before or year
        parts = tuple(replace(part, year=y) for part, y in zip(self.parts, years, strict=True))
        return replace(self, parts=parts)

    def bounds(self) -> tuple[date, date]:
        """Return the first and last day; Trouble when there are none.

        "Quý II, III" is one stretch; "tháng 6, tháng 12" names two ends.
        """
        return self._bounds(may_have_gaps=False)

    def outer_bounds(self) -> tuple[date, date]:
        """Return the first day of the first and the last of the last; Trouble when there are none.

        At an end of a range a list needs no more: "từ tháng 3, 6 đến tháng 9, 12".
        """
        return self._bounds(may_have_gaps=True)

    def _bounds(self, *, may_have_gaps: bool) -> tuple[date, date]:
        spans = [_span(part) for part in self.parts]
        for (_, end), (start, _) in pairwise(spans):
            if start <= end:
                raise Trouble(Unread.REVERSED_RANGE)
            if not may_have_gaps and start - end != ONE_DAY:
                raise Trouble(Unread.TWO_ENDS)
        return spans[0][0], spans[-1][1]


Moment = NamedDay | Period


def bounds_in(moment: Moment, year: int | None) -> tuple[date, date]:
    """Return the first and last day of what the words name, in `year` if they name none."""
    if isinstance(moment, Period) and moment.abbreviated and moment.first_year() is None:
        raise Trouble(Unread.NOT_UNDERSTOOD)
    _check_short_year(moment, year)
    return moment.in_year(year).bounds()


def range_bounds(
    start: Moment, end: Moment, year: int | None
) -> tuple[tuple[date, date], tuple[date, date]]:
    """Return both ends of "từ … đến …": a year missing at one end is the other's.

    Missing at both it is `year`. A first day written without its month has the month and
    year of the other end.
    """
    if isinstance(start, NamedDay) and start.month is None:
        if not isinstance(end, NamedDay):
            raise Trouble(Unread.NOT_UNDERSTOOD)
        start = replace(start, month=end.month, year=end.year)
    named = start.first_year() is not None or end.first_year() is not None
    if not named and any(isinstance(m, Period) and m.abbreviated for m in (start, end)):
        raise Trouble(Unread.NOT_UNDERSTOOD)
    _check_short_year(start, year, None if _is_short(end) else end.first_year())
    _check_short_year(end, year, None if _is_short(start) else start.last_year())
    from_year = start.last_year() or end.first_year() or year
    to_year = end.first_year() or start.last_year() or year
    return start.in_year(from_year).outer_bounds(), end.in_year(to_year).outer_bounds()


def _is_short(moment: Moment) -> bool:
    return isinstance(moment, NamedDay) and moment.short


def _check_short_year(moment: Moment, *near: int | None) -> None:
    """Believe a year of two figures only beside a whole one that it can belong to."""
    year = moment.first_year()
    if not _is_short(moment) or year is None:
        return
    if not any(known is not None and known - 1 <= year < known + YEARS_AHEAD for known in near):
        raise Trouble(Unread.NO_YEAR)


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day, in a year that can be meant."""
    if year not in YEARS_READ or month not in range(1, 13):
        return False
    return day in range(1, monthrange(year, month)[1] + 1)


def settled(year: int | None) -> int:
    """Return the year, or Trouble when nobody named one or it can't be meant."""
    if year is None:
        raise Trouble(Unread.NO_YEAR)
    if year not in YEARS_READ:
        raise Trouble(Unread.IMPOSSIBLE_DATE)
    return year


def _span(part: Part) -> tuple[date, date]:
    if not 1 <= part.first_month <= part.last_month <= 12:  # noqa: PLR2004 - months of a year
        raise Trouble(Unread.IMPOSSIBLE_DATE)
    year = settled(part.year)
    last = monthrange(year, part.last_month)[1]
    return date(year, part.first_month, 1), date(year, part.last_month, last)
