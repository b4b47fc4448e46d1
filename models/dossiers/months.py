"""Months of receipt as `2021-08`, and the days that some of them leave between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

Stretch = tuple[date, date]
"""From a day to a day, both included."""

_ONE = timedelta(days=1)


def days_of(month: str) -> Stretch:
    """Return the first and the last day of a month."""
    first = date.fromisoformat(f"{month}-01")
    if (first.year, first.month) == (date.max.year, date.max.month):
        return first, date.max
    return first, (first + timedelta(days=31)).replace(day=1) - _ONE


def months_of(days: Iterable[object]) -> set[str]:
    """Return the months in which days lie, told in ISO form; None is no day."""
    return {str(day)[:7] for day in set(days) if day is not None}


def between(months: Iterable[str]) -> Sequence[Stretch]:
    """Return the days before, between and after some months."""
    found, since = [], date.min
    for first, last in sorted(map(days_of, months)):
        if first > since:
            found.append((since, first - _ONE))
        if last == date.max:
            return found
        since = last + _ONE
    return [*found, (since, date.max)]
