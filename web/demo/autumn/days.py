"""The days of the autumn of 2025, as the demo tells them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from workflow.days import PROVINCE_ZONE

AUTUMN_NOW = datetime(2025, 10, 20, 8, 5, tzinfo=PROVINCE_ZONE).astimezone(UTC)
LAST_DAY = date(2025, 10, 17)
CARRIED_ON = date(2025, 1, 10)
"""The day on which the office brought the work of 2021 over from its old sheets."""
MERGED_ON = date(2025, 3, 1)
TWO_TIERS_ON = date(2025, 7, 1)
SIGNED_ON = date(2025, 9, 12)
