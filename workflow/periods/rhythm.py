"""The rule of standing work: which days of the year its reports are due."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from workflow.errors import Invalid
from workflow.periods.records import LAST_DAY_OF_MONTH, Rhythm

MONTHS = 12
WEEK = 7
BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FRIDAY = BYDAY.index("FR")
"""A weekly report whose document names no day is due at the end of the working week."""

MONTHS_OF = {
    Rhythm.QUARTERLY: (3, 6, 9, 12),
    Rhythm.HALF_YEARLY: (6, 12),
    Rhythm.YEARLY: (12,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """An RFC 5545 rule as the deadlines are read into it, part by part.

    In a month that lacks a named day the report is due on the month's last day.
    """

    frequency: str
    interval: int = 1
    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    until: date | None = None

    @property
    def names_its_days(self) -> bool:
        """Whether nothing is left open about the day inside a turn."""
        return bool(self.days or self.weekdays) or self.frequency == "DAILY"


def read_rule(text: str) -> Rule:
    """Return the rule that a text says; ValueError when it is no such rule."""
    parts = dict(part.split("=", 1) for part in text.split(";"))
    until = parts.get("UNTIL", "")
    return Rule(
        frequency=parts["FREQ"],
        interval=int(parts.get("INTERVAL", "1")),
        months=_numbers(parts.get("BYMONTH", "")),
        days=_numbers(parts.get("BYMONTHDAY", "")),
        weekdays=tuple(BYDAY.index(day) for day in parts.get("BYDAY", "").split(",") if day),
        until=date(int(until[:4]), int(until[4:6]), int(until[6:8])) if until else None,
    )


def write_rule(rule: Rule) -> str:
    """Return a rule as RFC 5545 writes it."""
    parts = [
        ("FREQ", rule.frequency),
        ("INTERVAL", str(rule.interval) if rule.interval > 1 else ""),
        ("BYMONTH", ",".join(map(str, rule.months))),
        ("BYMONTHDAY", ",".join(map(str, rule.days))),
        ("BYDAY", ",".join(BYDAY[day] for day in rule.weekdays)),
        ("UNTIL", f"{rule.until:%Y%m%d}" if rule.until else ""),
    ]
    return ";".join(f"{name}={value}" for name, value in parts if value)


def rule_of(rhythm: Rhythm, day: int) -> Rule:
    """Return the rule of a rhythm: due on `day` of the last month of each turn of the year."""
    if not 1 <= day <= LAST_DAY_OF_MONTH:
        raise Invalid({"due_day": "not_a_day_of_month"})
    if rhythm is Rhythm.MONTHLY:
        return Rule(frequency="MONTHLY", days=(day,))
    return Rule(frequency="YEARLY", months=MONTHS_OF[rhythm], days=(day,))


def completed(rule: Rule, day: int) -> Rule:
    """Return the rule with the day that the document leaves open.

    A whole number of turns in a year follows the calendar year ("hằng quý" ends in March,
    June, September and December); any other is counted from the start of the work.
    """
    if rule.names_its_days:
        return rule
    if rule.frequency == "WEEKLY":
        return replace(rule, weekdays=(FRIDAY,))
    if rule.frequency == "YEARLY":
        return replace(rule, months=rule.months or (MONTHS,), days=(day,))
    if rule.interval > 1 and MONTHS % rule.interval == 0:
        months = tuple(range(rule.interval, MONTHS + 1, rule.interval))
        return replace(rule, frequency="YEARLY", interval=1, months=months, days=(day,))
    return replace(rule, days=(day,))


def due_days(rule: Rule, start: date, last: date) -> tuple[date, ...]:
    """Return the days after `start` and up to `last` on which a report is due, in order.

    Turns of more than one day, week, month or year are counted from the one `start` lies in.
    A day that the rule names never moves, whatever the calendar says of it (product.md, §4).
    """
    end = min(last, rule.until) if rule.until else last
    turns = {"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}
    found = turns[rule.frequency](rule, start, end)
    return tuple(sorted({day for day in found if start < day <= end}))


def _daily(rule: Rule, start: date, end: date) -> Iterator[date]:
    for passed in range(0, (end - start).days + 1, rule.interval):
        yield start + timedelta(days=passed)


def _weekly(rule: Rule, start: date, end: date) -> Iterator[date]:
    monday = start - timedelta(days=start.weekday())
    for passed in range(0, (end - monday).days + 1, WEEK * rule.interval):
        for weekday in rule.weekdays:
            yield monday + timedelta(days=passed + weekday)


def _monthly(rule: Rule, start: date, end: date) -> Iterator[date]:
    first, last = _month(start), _month(end)
    for month in range(first, last + 1, rule.interval):
        yield from _days_in(month // MONTHS, month % MONTHS + 1, rule.days)


def _yearly(rule: Rule, start: date, end: date) -> Iterator[date]:
    for year in range(start.year, end.year + 1, rule.interval):
        for month in rule.months:
            yield from _days_in(year, month, rule.days)


def _month(day: date) -> int:
    return day.year * MONTHS + day.month - 1


def _days_in(year: int, month: int, days: tuple[int, ...]) -> Iterator[date]:
    length = monthrange(year, month)[1]
    for day in days:
        yield date(year, month, min(day, length) if day > 0 else max(1, length + 1 + day))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(",") if number)
