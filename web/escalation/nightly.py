"""The night's step of the engine: groups that time alone changed."""

from __future__ import annotations

from datetime import date

from models.escalation.nightly import time_changes
from models.unit import Unit
from web.jobs.held import Figures
from web.jobs.steps import Night, Step
from web.wiring import Office
from workflow.accounts.usecases import system_actor
from workflow.escalation.evaluating import Evaluated
from workflow.escalation.sweeping import sweep


def evaluate_by_night(_: Office, unit: Unit, night: Night) -> Figures:
    """Bring every group to the night's day, all of what is due in one transaction."""
    actor = system_actor(unit.accounts, at=night.at)
    return sweep(unit.escalation, actor, as_of=night.day, at=night.at).figures()


EVALUATE = Step(
    "escalation.evaluate",
    within=evaluate_by_night,
    look=lambda _, __, night: time_changes(night.day),
    idle=Evaluated(as_of=date.min).figures(),
    rest=lambda unit, night: unit.escalation.rest(night.day, night.at),
)
