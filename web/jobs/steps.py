"""The steps of a night: what one is told, how it does its part, how it is asked beforehand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from models.jobs.looking import Asked, answers
from models.unit import Unit
from web.jobs.held import Figures
from web.wiring import Office


@dataclass(frozen=True, slots=True)
class Night:
    """What a step is told: the day that begins, and since which night nothing was swept.

    `day` is the day as of which things fall due, whatever the clock says; `since` the last
    day before it whose night was swept (None at the first): everything that fell due after
    `since` and by `day` is this night's, so missed nights are made up in one go. `at` is
    the instant of the sweep. A step that works long calls `hold` in each of its
    transactions: JobLost there means that another sweeper took over.
    """

    day: date
    since: date | None
    at: datetime
    hold: Callable[[Unit], None]


Look = Callable[[Office, Unit, Night], Asked]
"""Return how to ask whether a step has anything to do; asked for all steps in one statement."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the night: `run` opens its own transactions, `within` is given one.

    It does what is due by `night.day`, and must be idempotent: done twice for a day, the
    second time it changes nothing and its figures are zeros. Its cost grows with what is due,
    never with what is stored. Exactly one of the two is given.

    `look` says how to ask whether it has anything to do; without one it is always done. When
    it has nothing to do, `idle` are its figures and `rest` keeps what must be kept all the same.
    A step that `waits` takes rows that others may hold while they wait for the history's head:
    in one transaction it never follows an entry (ADR 0011). What a step does may give those after
    it something to do, so that they are asked again, unless it is the `last` word on it.
    """

    name: str
    run: Callable[[Office, Night], Figures] | None = None
    within: Callable[[Office, Unit, Night], Figures] | None = None
    look: Look | None = None
    idle: Figures = field(default_factory=dict)
    rest: Callable[[Unit, Night], None] | None = None
    waits: bool = True
    last: bool = False


def due_among(office: Office, unit: Unit, night: Night, steps: Sequence[Step]) -> Collection[str]:
    """Return the names of the steps that have something to do, or may have; one statement."""
    looks = [(step.name, step.look(office, unit, night)) for step in steps if step.look]
    found = answers(unit.connection, [asked for _, asked in looks])
    idle = {name for (name, _), holds in zip(looks, found, strict=True) if not holds}
    return {step.name for step in steps} - idle


def count(figures: Mapping[str, object]) -> int:
    """Return how much a step did, by its figures."""
    return sum(value for value in figures.values() if isinstance(value, int))
