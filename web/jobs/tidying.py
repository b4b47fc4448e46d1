"""Forgetting jobs that were done long ago; what ran stays in the ledger."""

from __future__ import annotations

from datetime import timedelta

from web.jobs.held import Figures
from web.jobs.sweeping import Night
from web.wiring import Office

KEPT_FOR, TICKS_KEPT_FOR = timedelta(days=30), timedelta(days=2)


def tidy(office: Office, night: Night) -> Figures:
    """Delete jobs that were done more than a month ago; ticks after two days."""
    before, ticks = night.at - KEPT_FOR, night.at - TICKS_KEPT_FOR
    with office.reading() as unit:
        if not unit.jobs.anything_old(before, ticks):
            return {"forgotten": 0}
    with office.writing() as unit:
        return {"forgotten": unit.jobs.forget(before, ticks)}
