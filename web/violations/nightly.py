"""The night's steps for violations: dossiers and directives that fell due."""

from __future__ import annotations

from web.jobs.held import Figures
from web.jobs.sweeping import Night
from web.wiring import Office
from workflow.accounts.usecases import system_actor
from workflow.violations.records import Detected, DueScope
from workflow.violations.usecases import detect, detect_late_directives


def find_overdue_dossiers(office: Office, night: Night) -> Figures:
    """Record what open dossiers became on the morning after their promised day."""
    with office.writing() as unit:
        night.hold(unit)
        actor = system_actor(unit.accounts, at=night.at)
        done = detect(unit.violations, actor, DueScope(), day=night.day, at=night.at)
    return _figures(done)


def find_late_directives(office: Office, night: Night) -> Figures:
    """Record directives whose due day passed without a report, and input not given in time."""
    with office.writing() as unit:
        night.hold(unit)
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
