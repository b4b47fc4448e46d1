"""The night's step for directives: work whose agency went over moves to who follows it."""

from __future__ import annotations

from web.jobs.held import Figures
from web.jobs.sweeping import Night
from web.wiring import Office
from workflow.accounts.usecases import system_actor
from workflow.directives.succeeding import move_open_work


def move_work_by_night(office: Office, night: Night) -> Figures:
    """Move the open work of agencies that went over before this day."""
    with office.writing() as unit:
        night.hold(unit)
        actor = system_actor(unit.accounts, at=night.at)
        return {"moved": move_open_work(unit.directives, actor, night.day, at=night.at)}
