"""The days of the demo: when it is told to be, and how a day becomes an instant."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from workflow.days import PROVINCE_ZONE

DEMO_NOW = datetime(2021, 11, 22, 8, 5, tzinfo=PROVINCE_ZONE).astimezone(UTC)
LAST_DAY = date(2021, 11, 19)


def instant(day: date, hour: int = 9) -> datetime:
    """Return an hour of a day in the province, as UTC."""
    return datetime.combine(day, time(hour, 12), PROVINCE_ZONE).astimezone(UTC)
