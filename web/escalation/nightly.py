"""The night's step of the engine: groups that time alone changed."""

from __future__ import annotations

from web.jobs.held import Figures
from web.jobs.sweeping import Night
from web.wiring import Office
from workflow.accounts.usecases import system_actor
from workflow.escalation.sweeping import sweep


def evaluate_by_night(office: Office, night: Night) -> Figures:
    """Bring every group to the night's day, all of what is due in one transaction."""
    with office.writing() as unit:
        night.hold(unit)
        actor = system_actor(unit.accounts, at=night.at)
        return sweep(unit.escalation, actor, as_of=night.day, at=night.at).figures()
