"""From what comes again to an RFC 5545 rule, and the rule of the other reading of "trước"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from workflow.deadlines.reading.moments import LEAP_YEAR, Trouble, is_day
from workflow.deadlines.records import Unread

MONTHS_IN_A_QUARTER = 3
LAST_DAY = -1
BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Frequency(StrEnum):
    """How often something comes; RFC 5545 has no quarters, so they become months."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class Cycle:
    """Every `interval` weeks, months, quarters, years."""

    frequency: Frequency
    interval: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The day inside each turn of a cycle by which the work is due, as the words name it.

    `months` are empty where every month has the day; day -1 is the last of the month. For
    a `whole` period (a month, a quarter of each year) `days` is empty and `first_months`
    are the months in which it begins. `before` is "trước", `timed` an hour beside the day.
    """

    frequency: Frequency
    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    first_months: tuple[int, ...] = ()
    before: bool = False
    timed: bool = False


def bare_rule(cycle: Cycle) -> str:
    """Return the rule of a cycle whose day the words do not name."""
    if cycle.frequency is Frequency.QUARTERLY:
        return _head(Frequency.MONTHLY, cycle.interval * MONTHS_IN_A_QUARTER)
    return _head(cycle.frequency, cycle.interval)


def rules_of(cycle: Cycle, occasion: Occasion, *, strict: bool) -> tuple[str, str | None]:
    """Return the rule and the other reading's; Trouble when no month has such a day.

    Strict: the day before the one named. The day before the first is the last of the month
    before, so "trước ngày 1 hằng tháng" is BYMONTHDAY=-1.
    """
    _refuse_impossible(occasion)
    named = _rule(cycle, occasion)
    if not occasion.before or (occasion.timed and not occasion.first_months):
        return named, None
    earlier = _rule(cycle, _day_before(occasion))
    if occasion.first_months:
        return earlier, None
    return (earlier, named) if strict else (named, earlier)


def _rule(cycle: Cycle, occasion: Occasion) -> str:
    if cycle.frequency is Frequency.WEEKLY:
        days = ",".join(BYDAY[number] for number in sorted(set(occasion.weekdays)))
        return f"{_head(Frequency.WEEKLY, cycle.interval)};BYDAY={days}"
    frequency = Frequency.YEARLY if occasion.months else Frequency.MONTHLY
    interval = 1 if cycle.frequency is Frequency.QUARTERLY else cycle.interval
    months = f";BYMONTH={_numbers(occasion.months)}" if occasion.months else ""
    return f"{_head(frequency, interval)}{months};BYMONTHDAY={_numbers(occasion.days)}"


def _day_before(occasion: Occasion) -> Occasion:
    if occasion.weekdays:
        return replace(occasion, weekdays=tuple((day - 1) % 7 for day in occasion.weekdays))
    if occasion.first_months:
        return replace(occasion, months=_months_before(occasion.first_months), days=(LAST_DAY,))
    if 1 not in occasion.days:
        return replace(occasion, days=tuple(day - 1 for day in occasion.days))
    if occasion.months and len(occasion.days) > 1:
        raise Trouble(Unread.NOT_UNDERSTOOD)
    days = tuple(LAST_DAY if day == 1 else day - 1 for day in occasion.days)
    return replace(occasion, months=_months_before(occasion.months), days=days)


def _months_before(months: tuple[int, ...]) -> tuple[int, ...]:
    return tuple((month - 2) % 12 + 1 for month in months)


def _refuse_impossible(occasion: Occasion) -> None:
    months = occasion.months or (1,)
    for day in occasion.days:
        if day != LAST_DAY and not all(is_day(LEAP_YEAR, month, day) for month in months):
            raise Trouble(Unread.IMPOSSIBLE_DATE)
    if any(month not in range(1, 13) for month in months):
        raise Trouble(Unread.IMPOSSIBLE_DATE)


def _numbers(numbers: tuple[int, ...]) -> str:
    ordered = sorted(set(numbers), key=lambda number: (number < 0, number))
    return ",".join(map(str, ordered))


def _head(frequency: Frequency, interval: int) -> str:
    return f"FREQ={frequency}" + (f";INTERVAL={interval}" if interval > 1 else "")
