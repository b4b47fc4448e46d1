"""The night's step for directives: work whose agency went over moves to who follows it."""

from __future__ import annotations

from models.directives.nightly import work_left
from models.unit import Unit
from web.jobs.held import Figures
from web.jobs.steps import Night, Step
from web.wiring import Office
from workflow.accounts.usecases import system_actor
from workflow.directives.succeeding import move_open_work


def move_work_by_night(_: Office, unit: Unit, night: Night) -> Figures:
    """Move the open work of agencies that went over before this day."""
    actor = system_actor(unit.accounts, at=night.at)
    return {"moved": move_open_work(unit.directives, actor, night.day, at=night.at)}


SUCCEED = Step(
    "directives.succeed",
    within=move_work_by_night,
    look=lambda _, __, night: work_left(night.day),
    idle={"moved": 0},
)
