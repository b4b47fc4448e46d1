"""Sweeping a night: its steps in order, each once, resumed where a killed one stopped."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from models.jobs.nights import HeldNight
from models.unit import Unit
from web.jobs.held import LOG, Figures, JobLost, beating
from web.wiring import Office
from workflow.errors import Refused
from workflow.history.records import Plain
from workflow.jobs.records import Outcome

NIGHT = "night"
BEATS_PER_LEASE = 3
PATIENCE, LOOKS_EVERY = 2.0, 0.2
"""A second sweeper waits this many leases for the first, looking every so many seconds."""


class StepFailed(Exception):
    """Some steps of a night failed; the others were done. `steps` names them."""

    def __init__(self, steps: Sequence[str]) -> None:
        self.steps = tuple(steps)
        super().__init__(", ".join(steps))


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


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the night.

    `run` opens its own transactions, does what is due by `night.day`, and must be
    idempotent: run twice for a day, the second time it changes nothing and its figures are
    zeros. Its cost grows with what is due, never with what is stored.
    """

    name: str
    run: Callable[[Office, Night], Figures]


@dataclass(slots=True)
class Swept:
    """What a sweep did, step by step, and which steps it could not do."""

    day: date
    since: date | None
    steps: dict[str, dict[str, Plain]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Plain]:
        """Return the keys that `dondoc sweep --json` prints."""
        return {
            "day": self.day.isoformat(),
            "since": self.since.isoformat() if self.since else None,
            "steps": dict(self.steps),
            "failed": list(self.failed),
        }


def sweep(office: Office, day: date, steps: Sequence[Step]) -> Swept:
    """Sweep the night of `day`; StepFailed after the others when a step failed.

    Two at once: the second waits and then tells what the first did. A night cut short
    goes on after its last finished step; one that had ended is swept again, which finds
    nothing that the steps have not done already.
    """
    asked = office.clock()
    held = _take(office, day, asked)
    if held is None:
        with office.reading() as unit:
            return Swept(day=day, since=None, steps=unit.nights.figures(day))
    lease = office.settings.background.jobs.lease.total_seconds()
    with beating(lambda: _renew(office, held), lease / BEATS_PER_LEASE):
        swept = _sweep(office, held, asked, steps)
    if swept.failed:
        raise StepFailed(swept.failed)
    return swept


def _take(office: Office, day: date, asked: datetime) -> HeldNight | None:
    """Hold the night; None when another sweeper ended it while this one waited."""
    lease = office.settings.background.jobs.lease
    give_up = time.monotonic() + PATIENCE * lease.total_seconds()
    while True:
        with office.writing() as unit:
            ended = unit.nights.ended(day)
            if ended is not None and ended > asked:
                return None
            held = unit.nights.take(day, office.clock(), lease)
        if held is not None:
            return held
        if time.monotonic() > give_up:
            raise Refused("sweep_running", day=day)
        time.sleep(LOOKS_EVERY)


def _renew(office: Office, held: HeldNight) -> None:
    with office.writing() as unit:
        unit.nights.renew(held, office.clock() + office.settings.background.jobs.lease)


def _hold(held: HeldNight, unit: Unit) -> None:
    if not unit.nights.is_held(held):
        raise JobLost


def _sweep(office: Office, held: HeldNight, asked: datetime, steps: Sequence[Step]) -> Swept:
    swept = Swept(day=held.day, since=held.since, steps=dict(held.steps))
    night = Night(held.day, held.since, asked, lambda unit: _hold(held, unit))
    notes: list[tuple[str, datetime, datetime, Figures]] = []
    for step in steps:
        if step.name in swept.steps:
            continue
        started = office.clock()
        try:
            figures = step.run(office, night)
        except JobLost:
            raise
        except Exception as error:  # noqa: BLE001 - the other steps are still due
            _note_failure(office, held, step, started, error)
            swept.failed.append(step.name)
            continue
        swept.steps[step.name] = dict(figures)
        notes.append((step.name, started, office.clock(), figures))
        if any(figures.values()):
            _keep(office, held, swept, notes)
    _end(office, held, swept, asked, notes)
    return swept


Notes = list[tuple[str, datetime, datetime, Figures]]


def _keep(office: Office, held: HeldNight, swept: Swept, notes: Notes) -> None:
    """Keep which steps are done; a step that did nothing waits for the next that did."""
    with office.writing() as unit:
        until = office.clock() + office.settings.background.jobs.lease
        if not unit.nights.keep(held, swept.steps, until):
            raise JobLost
        _write_notes(unit, held.day, notes)


def _end(office: Office, held: HeldNight, swept: Swept, asked: datetime, notes: Notes) -> None:
    with office.writing() as unit:
        if swept.failed:
            kept = unit.nights.let_go(held, swept.steps)
        else:
            kept = unit.nights.end(held, swept.steps, max(office.clock(), asked))
        if not kept:
            raise JobLost
        _write_notes(unit, held.day, notes)
        outcome = Outcome.FAILED if swept.failed else Outcome.DONE
        total: Mapping[str, Plain] = {"steps": len(swept.steps), "failed": list(swept.failed)}
        unit.runs.note(NIGHT, held.day, asked, max(office.clock(), asked), total, outcome)


def _write_notes(unit: Unit, day: date, notes: Notes) -> None:
    unit.runs.note_all(
        [
            (f"{NIGHT}.{name}", day, started, max(ended, started), dict(figures), Outcome.DONE)
            for name, started, ended, figures in notes
        ]
    )
    notes.clear()


def _note_failure(
    office: Office, held: HeldNight, step: Step, started: datetime, error: Exception
) -> None:
    trouble = type(error).__name__
    LOG.error("step %s of the night %s failed: %s", step.name, held.day, trouble)
    with office.writing() as unit:
        unit.runs.note(
            f"{NIGHT}.{step.name}",
            held.day,
            started,
            max(office.clock(), started),
            {"trouble": trouble},
            Outcome.FAILED,
        )
