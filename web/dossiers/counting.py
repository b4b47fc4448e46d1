"""Ended dossiers counted by month for the rates: after each import, and by night (ADR 0028)."""

from __future__ import annotations

from collections.abc import Callable

from models.dossiers.tallying import uncounted_on
from models.unit import Unit
from web.causes.walking import walk_late
from web.jobs.held import Figures, Held
from web.jobs.steps import Night, Step
from web.wiring import Office

COUNTING = "dossiers.count"
"""The job that an import leaves when it changed a month."""


def leave_counting(unit: Unit, import_id: int) -> None:
    """Let a worker count what an import changed, once the import stands."""
    unit.jobs.add(COUNTING, f"{COUNTING}:{import_id}")


def count_months(held: Held) -> Figures:
    """Count what imports left uncounted and walk what ran late, without waiting for the night."""
    months = count_stale(held.office, held.hold)
    return {"months": months, "walked": walk_late(held.office, held.hold)}


def count_stale(office: Office, hold: Callable[[Unit], None]) -> int:
    """Count each month that does not stand counted, in a transaction of its own; say how many."""
    with office.reading() as unit:
        months = unit.dossiers.stale_months(office.calendar(unit))
    for month in months:
        with office.writing() as unit:
            hold(unit)
            unit.dossiers.tally_month(month, office.calendar(unit))
    return len(months)


def count_by_night(office: Office, night: Night) -> Figures:
    """Count what an import left uncounted, and all of it after the calendar changed."""
    return {"months": count_stale(office, night.hold)}


COUNT = Step(
    "dossiers.count",
    run=count_by_night,
    look=lambda office, unit, _: uncounted_on(office.calendar(unit).version.identifier),
    idle={"months": 0},
)
