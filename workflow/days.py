"""The province's own day: every date in the product is a day in Asia/Ho_Chi_Minh."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

PROVINCE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local_day(at: datetime) -> date:
    """Return the calendar day in the province on which the instant `at` falls.

    `at` must carry its zone; a naive one is a programming error (ValueError).
    """
    if at.tzinfo is None:
        message = "an instant needs its zone"
        raise ValueError(message)
    return at.astimezone(PROVINCE_ZONE).date()


def is_over(last: date | None, day: date) -> bool:
    """Whether what lasts until `last`, that day included (None: no end is known), is over."""
    return last is not None and last < day


def eve(day: date) -> date:
    """Return the day before: the last one of what ends where `day` begins."""
    return day - timedelta(days=1)


def months_before(day: date, months: int) -> date:
    """Return the same day so many months before; where that month is shorter, its last day.

    Before the first year there is: the first day of all.
    """
    whole = day.year * 12 + day.month - 1 - months
    if whole < 12:  # noqa: PLR2004 - months of a year that is none
        return date.min
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
