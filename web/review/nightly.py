"""The night's step of the desk: cases whose clock ran out go on, new ones get somebody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from models.review.nightly import clocks_over
from models.unit import Unit
from web.jobs.held import Figures, Held
from web.jobs.steps import Night, Step
from web.wiring import Office
from workflow.accounts.usecases import system_actor
from workflow.review.sweeping import Climbed, climb

PLACE = "review.place"
"""The job that an evaluation leaves when it raised something."""
NOBODY = {"placed": 0, "climbed": 0, "to_leader": 0, "unheld": 0}


def climb_by_night(office: Office, night: Night) -> Figures:
    """Move every case whose clock was over by the night's day one place on.

    A chunk is a transaction of its own; a night cut short goes on with what still waits.
    """
    return _climb_all(office, night.day, night.hold)


def place_cases(held: Held) -> Figures:
    """Give cases that were just raised to the first in the order, without waiting for night."""
    return _climb_all(held.office, held.office.today(), held.hold)


def _climb_all(office: Office, day: date, hold: Callable[[Unit], None]) -> Figures:
    figures = dict(NOBODY)
    after = 0
    while True:
        with office.reading() as unit:
            if not unit.review.waiting(day, after, 1):
                return figures
        with office.writing() as unit:
            hold(unit)
            done = _step(office, unit, day, after)
        for name in figures:
            figures[name] += getattr(done, name)
        if done.is_last:
            return figures
        after = done.last_id


def _step(office: Office, unit: Unit, day: date, after: int) -> Climbed:
    actor = system_actor(unit.accounts, at=office.clock())
    return climb(unit.review, actor, ground=office.desk_ground(unit), day=day, after=after)


CLIMB = Step(
    "review.climb",
    run=climb_by_night,
    look=lambda _, __, night: clocks_over(night.day),
    idle=NOBODY,
)
