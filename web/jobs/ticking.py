"""What one worker does each minute for all: the log goes into the file, the night is swept."""

from __future__ import annotations

from datetime import datetime

from models.jobs.checkpoint import checkpoint
from web.jobs.held import Figures, Held
from web.jobs.sweeping import NIGHT
from web.wiring import Office
from workflow.jobs.records import TICK
from workflow.jobs.rules import minute_key, night_due


def tick(office: Office, at: datetime) -> bool:
    """Add this minute's tick; False when another clock already did."""
    with office.writing() as unit:
        return unit.jobs.add(TICK, minute_key(at), run_at=at)


def act_once_a_minute(held: Held) -> Figures:
    """Bring the log into the file; add the night that should have been swept by now, once.

    Nights that were missed are made up in it.
    """
    office = held.office
    checkpoint(office.engine)
    day = night_due(held.at, office.settings.background.jobs.sweep_at)
    with office.reading() as unit:
        if unit.nights.ended(day) is not None:
            return {}
    with office.writing() as unit:
        unit.jobs.add(NIGHT, f"{NIGHT}:{day.isoformat()}", {"day": day.isoformat()}, held.at)
    return {}
