"""The night's steps for violations: dossiers and directives that fell due."""

from __future__ import annotations

from models.unit import Unit
from models.violations.nightly import directives_due, dossiers_due
from web.jobs.held import Figures
from web.jobs.steps import Night, Step
from web.wiring import Office
from workflow.accounts.usecases import system_actor
from workflow.violations.scopes import Detected, DueScope
from workflow.violations.usecases import detect, detect_late_directives


def find_overdue_dossiers(_: Office, unit: Unit, night: Night) -> Figures:
    """Record what open dossiers became on the morning after their promised day."""
    actor = system_actor(unit.accounts, at=night.at)
    return _figures(detect(unit.violations, actor, DueScope(), day=night.day, at=night.at))


def find_late_directives(_: Office, unit: Unit, night: Night) -> Figures:
    """Record directives whose due day passed without a report, and input not given in time."""
    actor = system_actor(unit.accounts, at=night.at)
    done = detect_late_directives(unit.violations, actor, day=night.day, at=night.at)
    return _figures(done)


def _figures(done: Detected) -> Figures:
    kinds = {
        "found": done.found,
        "reinstated": done.reinstated,
        "moved": done.moved,
        "overturned": done.overturned,
    }
    return {name: sum(counts.values()) for name, counts in kinds.items()}


DOSSIERS = Step(
    "violations.dossiers",
    within=find_overdue_dossiers,
    look=lambda _, __, night: dossiers_due(night.day),
    idle=_figures(Detected()),
)
DIRECTIVES = Step(
    "violations.directives",
    within=find_late_directives,
    look=lambda _, __, night: directives_due(night.day),
    idle=_figures(Detected()),
)
