"""Forgetting jobs that were done long ago; what ran stays in the ledger."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.jobs.queue import anything_old
from models.unit import Unit
from web.jobs.held import Figures
from web.jobs.steps import Night, Step
from web.wiring import Office

KEPT_FOR, TICKS_KEPT_FOR = timedelta(days=30), timedelta(days=2)


def tidy(_: Office, unit: Unit, night: Night) -> Figures:
    """Delete jobs that were done more than a month ago; ticks after two days."""
    return {"forgotten": unit.jobs.forget(*_before(night))}


def _before(night: Night) -> tuple[datetime, datetime]:
    return night.at - KEPT_FOR, night.at - TICKS_KEPT_FOR


TIDY = Step(
    "jobs.tidy",
    within=tidy,
    look=lambda _, __, night: anything_old(*_before(night)),
    idle={"forgotten": 0},
    waits=False,
    last=True,
)
