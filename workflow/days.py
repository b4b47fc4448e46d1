"""The province's own day: every date in the product is a day in Asia/Ho_Chi_Minh."""

from __future__ import annotations

from datetime import date, datetime
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
