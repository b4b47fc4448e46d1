"""Takes in a file of dossiers, chunk by chunk: the same way for a command, a page and a job."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from models.agencies.register import known_among
from models.dossiers.imports import has_dossiers, rejected_rows
from models.unit import Unit
from web.dossiers.apart import LEAST_BYTES, FileApart
from web.dossiers.counting import leave_counting
from web.dossiers.opening import Opened
from web.dossiers.source import Facts, FileHere, Ground, Place
from web.wiring import Office
from workflow.accounts.records import Actor
from workflow.calendar.working import WorkingCalendar
from workflow.dossiers.agencies import turning_days
from workflow.dossiers.misread import Rejected
from workflow.dossiers.ports import AfterChunk
from workflow.dossiers.profile import Profile
from workflow.dossiers.raw import Chunk
from workflow.dossiers.reading import DossierReader
from workflow.dossiers.records import Counts, DossierImport, ImportFacts
from workflow.dossiers.usecases import (
    CHUNK,
    begin_import,
    fail_import,
    finish_import,
    take_in,
)
from workflow.errors import WorkflowError
from workflow.escalation.holding import judge_held
from workflow.escalation.telling import import_source

Acting = Callable[[Unit], Actor]
Progress = Callable[[int, int], None]
"""Told how many rows are done, and how many there are."""

Following = Callable[[Unit, Actor], Sequence[AfterChunk]]
"""What goes on with a chunk in its own transaction: detection, evaluation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to take in: a file, its profile, the day it is judged as of, and who asked for it.

    `name` is the file's own where it lies under another. A trial changes nothing.
    """

    path: Path
    profile: Profile
    as_of: date
    acting: Acting
    name: str = ""
    trial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an import did, or a trial would do; a trial has its rejected rows with it."""

    done: DossierImport
    rejected: Sequence[Rejected] = ()


RARELY = (500_000, 20, 100)


class _NothingKeptError(Exception):
    """Ends a trial's transaction: it rolls back and leaves nothing."""


def take_in_file(
    office: Office,
    order: Order,
    *,
    following: Following,
    progress: Progress = lambda _done, _rows: None,
    chunk: int = CHUNK,
) -> Outcome:
    """Take in a whole file; the whole of it is read before anything is written.

    An import of the same file that was killed goes on where it stood. Refused as
    `open_dossiers` does, `too_many_rows`, and `import_taken_over` where the file is taken in
    twice at once: one of both goes on.
    """
    with rarely_collecting():
        return _taken_in(office, order, following, progress, chunk)


def _taken_in(
    office: Office, order: Order, following: Following, progress: Progress, chunk: int
) -> Outcome:
    with closing(_opened(office, order)) as file:
        run = _Run(office, order, file, following)
        running = run.begin()
        file.reads_ahead = run.is_first
        progress(running.counts.done_rows, running.counts.rows)
        try:
            for piece in file.chunks(run.ground, chunk, after=running.last_code):
                before, running = running.counts, run.take(running, piece)
                del piece
                file.reads_ahead = _mostly_new(before, running.counts)
                progress(running.counts.done_rows, running.counts.rows)
            run.judge(running)
        except WorkflowError as error:
            run.fail(running, error)
            raise
        return run.finish(running)


def _opened(office: Office, order: Order) -> FileHere | FileApart:
    """Read a small file here, a large one in a process of its own."""
    place = Place(
        path=order.path.resolve(),
        profile=order.profile,
        as_of=order.as_of,
        name=order.name or order.path.name,
        folder=office.settings.instance / "tmp",
    )
    is_large = order.path.stat().st_size >= LEAST_BYTES
    return FileApart(place) if is_large else FileHere(place)


def _mostly_new(before: Counts, after: Counts) -> bool:
    """Tell whether reading the next chunk ahead is worth it: what stands is not read at all."""
    written = after.created + after.updated - before.created - before.updated
    return written > after.unchanged - before.unchanged


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Let Python look for circles of garbage rarely: millions of plain values make none."""
    before = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Run:
    """One import under way: each step one transaction, kept or, on trial, rolled back."""

    ground: Ground
    is_first: bool
    """Whether no dossier of the source stood when it began: all of the file is new then."""

    def __init__(
        self, office: Office, order: Order, file: FileHere | FileApart, following: Following
    ) -> None:
        self._office, self._order, self._file = office, order, file
        self._following = following
        self._rejected: list[Rejected] = []
        self._reader: DossierReader

    def begin(self) -> DossierImport:
        """Begin, or take up what was killed; lay the ground that all chunks are read on."""
        file = self._file
        with self._step() as unit:
            self.ground = ground_on(unit, self._office.calendar(unit))
            self._reader = self.ground.reader(self._order.profile, file.opened)
            self.is_first = not has_dossiers(unit.connection, self._order.profile.source)
            running = begin_import(
                unit.dossiers,
                self._order.acting(unit),
                facts_of(self._order, file.opened),
                rows=file.rows,
                rejected=file.rejected,
                anew=self._order.trial,
                at=self._office.clock(),
            )
            self._note(unit, running)
        return running

    def take(self, running: DossierImport, chunk: Chunk) -> DossierImport:
        """Take in one chunk with all that follows from it."""
        at = self._office.clock()
        after = running
        with self._step() as unit:
            actor = self._order.acting(unit)
            if self._order.trial:
                facts, rows = running.facts, running.counts.rows
                begun = begin_import(unit.dossiers, actor, facts, rows=rows, anew=True, at=at)
                running = replace(running, id=begun.id)
                unit.dossiers.save_import(running)
            following = self._following(unit, actor)
            after = take_in(
                unit.dossiers, actor, running, chunk, self._reader, then=following, at=at
            )
            self._note(unit, after)
        return after

    def judge(self, running: DossierImport) -> None:
        """Judge what all chunks touched, part by part; what is held still when it dies waits."""
        source, is_left = import_source(running.id), not self._order.trial
        while is_left:
            with self._office.writing() as unit:
                is_left = judge_held(
                    unit.escalation,
                    self._order.acting(unit),
                    source,
                    as_of=running.facts.as_of,
                    at=self._office.clock(),
                )

    def fail(self, running: DossierImport, error: WorkflowError) -> None:
        """End an import that cannot be read or written on, where it stands; a trial has none.

        What it took in counts: where its cases cannot be judged now either, the night does. One
        that another run of the same file goes on with is left to it.
        """
        if self._order.trial or error.code == "import_taken_over":
            return
        with self._office.writing() as unit:
            actor = self._order.acting(unit)
            fail_import(unit.dossiers, actor, running, reason=error.code, at=self._office.clock())
        with suppress(WorkflowError):
            self.judge(running)

    def finish(self, running: DossierImport) -> Outcome:
        """End the import; a trial ends as if it had never been. A worker counts its months."""
        ended = running
        with self._step() as unit:
            if not self._order.trial:
                actor = self._order.acting(unit)
                ended = finish_import(unit.dossiers, actor, running, at=self._office.clock())
                if ended.counts.created or ended.counts.updated:
                    leave_counting(unit, ended.id)
        return Outcome(done=ended, rejected=tuple(sorted(self._rejected, key=lambda row: row.line)))

    @contextmanager
    def _step(self) -> Iterator[Unit]:
        with suppress(_NothingKeptError), self._office.writing() as unit:
            yield unit
            self._keep_or_not()

    def _keep_or_not(self) -> None:
        if self._order.trial:
            raise _NothingKeptError

    def _note(self, unit: Unit, running: DossierImport) -> None:
        """A trial takes its rejected rows with it before they are rolled back."""
        if self._order.trial:
            self._rejected += rejected_rows(unit.connection, running.id)


def facts_of(order: Order, opened: Facts | Opened) -> ImportFacts:
    """Return what is taken in, as the import keeps it."""
    return ImportFacts(
        source=order.profile.source,
        profile=order.profile.name,
        profile_digest=order.profile.digest,
        file_name=order.name or order.path.name,
        sha256=opened.seen.sha256,
        as_of=order.as_of,
        detections_off=opened.layout.off,
    )


def ground_on(unit: Unit, calendar: WorkingCalendar) -> Ground:
    """Return what rows are read on, as memory has it now: read once for all days there are."""
    agencies, words = unit.agencies.agencies(), unit.agencies.words()
    days = turning_days(agencies)
    known = {day: known_among(agencies, words, day) for day in days}
    return Ground(calendar=calendar, days=days, known=known)


def reader_on(unit: Unit, order: Order, opened: Opened, calendar: WorkingCalendar) -> DossierReader:
    """Return what reads a file's rows, with every agency there ever was by its time."""
    return ground_on(unit, calendar).reader(order.profile, opened)
