"""How often a job is tried, how long it waits in between, and when it is given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from workflow.days import PROVINCE_ZONE

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
)

SILENT_AFTER = timedelta(minutes=5)
"""How long after the last tick nobody seems to do background work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """A job is given up after `attempts` claims; between them it waits `waits`, the last again."""

    attempts: int = 6
    waits: tuple[timedelta, ...] = WAITS

    def next_try(self, attempts: int, at: datetime) -> datetime | None:
        """Return when a job that failed its `attempts`-th time is tried again; None: given up."""
        if attempts >= self.attempts:
            return None
        return at + self.waits[min(attempts, len(self.waits)) - 1]


def night_due(at: datetime, sweep_at: time) -> date:
    """Return the day whose night should have been swept by `at`.

    That is the province's day of `at` once its sweeping time has come, else the day before.
    """
    here = at.astimezone(PROVINCE_ZONE)
    return here.date() if here.time() >= sweep_at else here.date() - timedelta(days=1)


def minute_key(at: datetime) -> str:
    """Return the key by which exactly one tick acts in a minute, however many clocks tick."""
    return f"tick:{at.astimezone(PROVINCE_ZONE):%Y-%m-%dT%H:%M}"
