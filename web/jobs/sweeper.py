"""One sweeper's way through a night: as few transactions as its steps allow, each kept as it ends.

Steps that are given a transaction share one, with what the night keeps of them, so that most
nights are a single commit: a night killed within it has not begun. When one of them fails, all
that the transaction did is rolled back and the night goes on carefully, step by step.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from models.jobs.nights import HeldNight
from models.jobs.register import Line
from models.unit import Unit
from web.jobs.held import LOG, Figures, JobLost, trouble_of
from web.jobs.steps import Night, Step, count, due_among
from web.wiring import Office
from workflow.errors import Refused
from workflow.history.records import Plain
from workflow.jobs.records import Outcome

NIGHT = "night"
MANY = 5_000
"""After so much done a transaction ends, so that nobody waits long for what it holds."""
PATIENCE, LOOKS_EVERY = 2.0, 0.2
"""A second sweeper waits this many leases for the first, looking every so many seconds."""

Notes = list[tuple[str, datetime, datetime, Figures]]


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


@dataclass(slots=True)
class _Stretch:
    """What one transaction does of a night: it stands once the transaction does."""

    held: HeldNight
    steps: dict[str, dict[str, Plain]]
    notes: Notes
    is_new: bool
    did: int = 0
    due: int = 0
    alone: Step | None = None
    is_over: bool = False

    def add(self, step: Step, started: datetime, ended: datetime, figures: Figures) -> None:
        self.steps[step.name] = dict(figures)
        self.notes.append((step.name, started, ended, figures))
        self.did += count(figures)


class Sweeper:
    """A night in one sweeper's hands; `go` until it says that it is over."""

    def __init__(self, office: Office, day: date, steps: Sequence[Step]) -> None:
        self.office, self.day, self._steps = office, day, steps
        self.asked = office.clock()
        self.swept = Swept(day=day, since=None)
        self._held: HeldNight | None = None
        self._notes: Notes = []
        self._trying: Step | None = None
        self._is_careful = False
        self._lease = office.settings.background.jobs.lease
        self._gives_up = time.monotonic() + PATIENCE * self._lease.total_seconds()

    def go(self) -> bool:
        """Do the next transaction, and the step that opens its own after it; True at the end.

        JobLost when another sweeper took the night over.
        """
        try:
            done = self._stretch()
        except JobLost:
            raise
        except Exception as error:
            if not self._goes_on_after(error):
                raise
            return False
        if done is None:
            return self._ended_meanwhile() or self._wait()
        self._held, self._notes = done.held, done.notes
        self.swept.since, self.swept.steps = done.held.since, done.steps
        if done.alone is not None:
            self._run(done.alone, self._night(done.held))
        return done.is_over

    def renew(self) -> None:
        """Hold the night longer."""
        if self._held is not None:
            with self.office.writing() as unit:
                unit.nights.renew(self._held, self.office.clock() + self._lease)

    def _ended_meanwhile(self) -> bool:
        """Whether another sweeper ended the night after this one was asked for."""
        with self.office.reading() as unit:
            ended = unit.nights.ended(self.day)
            if ended is None or ended <= self.asked:
                return False
            self.swept.steps = unit.nights.figures(self.day)
            return True

    def _wait(self) -> bool:
        if time.monotonic() > self._gives_up:
            raise Refused("sweep_running", day=self.day)
        time.sleep(LOOKS_EVERY)
        return False

    def _night(self, held: HeldNight) -> Night:
        return Night(held.day, held.since, self.asked, lambda unit: _hold(held, unit))

    def _stretch(self) -> _Stretch | None:
        """Do steps in one transaction until one must wait for the next; None: another has it."""
        self._trying = None
        with self.office.writing() as unit:
            held = self._held or unit.nights.take(
                self.day, self.office.clock(), self._lease, asked=self.asked
            )
            if held is None:
                return None
            is_new = self._held is None
            if not is_new:
                _hold(held, unit)
            kept = held.steps if is_new else self.swept.steps
            stretch = _Stretch(held, dict(kept), list(self._notes), is_new)
            self._walk(unit, stretch)
            self._keep(unit, stretch)
        return stretch

    def _walk(self, unit: Unit, stretch: _Stretch) -> None:
        night = self._night(stretch.held)
        passed = {*stretch.steps, *self.swept.failed}
        left = [step for step in self._steps if step.name not in passed]
        due = self._due(unit, night, left)
        for place, step in enumerate(left):
            is_due = step.name in due
            if _must_wait(unit, step, is_due=is_due) or (is_due and self._is_enough(stretch)):
                return
            if not is_due:
                self._rest(unit, night, step, stretch)
            elif step.within is None:
                stretch.alone = step
                return
            elif self._try(unit, night, step, stretch) and not step.last:
                due = self._due(unit, night, left[place + 1 :])
        stretch.is_over = True

    def _due(self, unit: Unit, night: Night, steps: Sequence[Step]) -> Collection[str]:
        """Return which steps are to be done; a careful sweeper tries every one."""
        if self._is_careful:
            return {step.name for step in steps}
        return due_among(self.office, unit, night, steps)

    def _is_enough(self, stretch: _Stretch) -> bool:
        return stretch.did > MANY or (self._is_careful and stretch.due > 0)

    def _try(self, unit: Unit, night: Night, step: Step, stretch: _Stretch) -> bool:
        """Do a step inside the transaction; whether it changed anything."""
        assert step.within is not None  # noqa: S101 - asked by the caller
        self._trying, started = step, self.office.clock()
        figures = step.within(self.office, unit, night)
        self._trying = None
        stretch.due += 1
        stretch.add(step, started, self.office.clock(), figures)
        return any(figures.values())

    def _rest(self, unit: Unit, night: Night, step: Step, stretch: _Stretch) -> None:
        if step.rest is not None:
            step.rest(unit, night)
        at = self.office.clock()
        stretch.add(step, at, at, step.idle)

    def _run(self, step: Step, night: Night) -> None:
        """Do a step that opens its own transactions."""
        assert step.run is not None  # noqa: S101 - it has no `within`
        started = self.office.clock()
        try:
            figures = step.run(self.office, night)
        except JobLost:
            raise
        except Exception as error:  # noqa: BLE001 - the other steps are still due
            self._fail(step, started, error)
            return
        self.swept.steps[step.name] = dict(figures)
        self._notes.append((step.name, started, self.office.clock(), figures))

    def _keep(self, unit: Unit, stretch: _Stretch) -> None:
        """Keep how far the night has come, unless nothing was done since it was last kept."""
        now, held = self.office.clock(), stretch.held
        if stretch.is_over:
            self._end(unit, stretch, max(now, self.asked))
        elif stretch.is_new or any(any(note[-1].values()) for note in stretch.notes):
            if not unit.nights.keep(held, stretch.steps, now + self._lease):
                raise JobLost
            _write_notes(unit, self.day, stretch.notes)

    def _end(self, unit: Unit, stretch: _Stretch, at: datetime) -> None:
        failed = self.swept.failed
        if failed:
            kept = unit.nights.let_go(stretch.held, stretch.steps)
        else:
            kept = unit.nights.end(stretch.held, stretch.steps, at)
        if not kept:
            raise JobLost
        outcome = Outcome.FAILED if failed else Outcome.DONE
        total: Mapping[str, Plain] = {"steps": len(stretch.steps), "failed": list(failed)}
        whole = (NIGHT, self.day, self.asked, at, total, outcome)
        _write_notes(unit, self.day, stretch.notes, whole)

    def _goes_on_after(self, error: Exception) -> bool:
        """Go on carefully, or past the step that failed; False when it was none of the steps."""
        step = self._trying
        if not self._is_careful:
            told = (self.day, type(error).__name__, step.name if step else "no step")
            LOG.warning("the night %s goes on step by step: %s in %s", *told)
            self._is_careful = True
            return True
        if step is None:
            return False
        self._fail(step, self.office.clock(), error)
        return True

    def _fail(self, step: Step, started: datetime, error: Exception) -> None:
        trouble = trouble_of(error)
        LOG.error("step %s of the night %s failed: %s", step.name, self.day, trouble)
        with self.office.writing() as unit:
            unit.runs.note(
                f"{NIGHT}.{step.name}",
                self.day,
                started,
                max(self.office.clock(), started),
                {"trouble": trouble},
                Outcome.FAILED,
            )
        self.swept.failed.append(step.name)


def _hold(held: HeldNight, unit: Unit) -> None:
    if not unit.nights.is_held(held):
        raise JobLost


def _must_wait(unit: Unit, step: Step, *, is_due: bool) -> bool:
    """Whether a step might wait for somebody who waits for the history's head, held by now."""
    if not (step.waits and unit.history.is_held):
        return False
    return is_due or (step.rest is not None and not unit.escalation.is_held)


def _write_notes(unit: Unit, day: date, notes: Notes, *more: Line) -> None:
    lines = [
        (f"{NIGHT}.{name}", day, started, max(ended, started), dict(figures), Outcome.DONE)
        for name, started, ended, figures in notes
    ]
    unit.runs.note_all([*lines, *more])
    notes.clear()
