"""The periods people ask for: a week, a month, a quarter, a year, up to a day."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from workflow.errors import Invalid
from workflow.summaries.records import Span

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Stretch(StrEnum):
    """A period of the calendar that holds a day."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def span_of(stretch: Stretch, today: date) -> Span:
    """Return the week (from Monday), month, quarter or year of `today`, as far as it has come."""
    if stretch is Stretch.WEEK:
        return Span(first=today - timedelta(days=today.weekday()), last=today)
    months = _MONTHS[stretch]
    first_month = (today.month - 1) // months * months + 1
    return Span(first=date(today.year, first_month, 1), last=today)


def span_before(stretch: Stretch, today: date) -> Span:
    """Return the whole week, month, quarter or year before the one that holds `today`."""
    last = span_of(stretch, today).eve
    return Span(first=span_of(stretch, last).first, last=last)


def chosen(first: date, last: date, today: date) -> Span:
    """Return the period somebody chose, cut off at `today`.

    Invalid when it ends before it begins, or begins after `today`: nothing stood yet.
    """
    if first > today:
        raise Invalid({"from": "date_future"})
    if last < first:
        raise Invalid({"to": "period_reversed"})
    return Span(first=first, last=min(last, today))
