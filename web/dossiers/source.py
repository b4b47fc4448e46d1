"""A file of dossiers as an import wants it: looked through once, then chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain, islice
from pathlib import Path

from web.dossiers.opening import Opened, open_dossiers
from web.dossiers.ordering import in_code_order
from web.uploads.tables import FileSeen
from workflow.agencies.matching import KnownAgency
from workflow.calendar.working import WorkingCalendar
from workflow.dossiers.agencies import AgencyNames
from workflow.dossiers.headings import Layout
from workflow.dossiers.picking import Picker
from workflow.dossiers.profile import Profile
from workflow.dossiers.raw import Chunk
from workflow.dossiers.reading import DossierReader
from workflow.dossiers.taken import Taken
from workflow.dossiers.timing import pushed_as_of
from workflow.violations.signs import Signs, signs_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Which file to read, by which profile, as of which day, and where its rows may lie."""

    path: Path
    profile: Profile
    as_of: date
    name: str
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was found out about a file: what it is, and where its columns are."""

    seen: FileSeen
    layout: Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What rows are read on: the calendar, and every agency there ever was by its time."""

    calendar: WorkingCalendar
    days: Sequence[date]
    known: Mapping[date, Sequence[KnownAgency]]

    def reader(self, profile: Profile, facts: Facts | Opened) -> DossierReader:
        """Return what reads the rows of one file."""
        ever = {agency.id: agency for standing in self.known.values() for agency in standing}
        return DossierReader(
            profile,
            facts.layout,
            calendar=self.calendar,
            agencies=AgencyNames(self.days, self.known.__getitem__, tuple(ever.values())),
            serials=facts.seen.is_workbook,
        )


class FileHere:
    """A file of dossiers, looked through to its end and put in the order of its codes."""

    def __init__(self, place: Place) -> None:
        """Read the whole of it before anything is done; Refused as `open_dossiers` does."""
        self._profile, self._as_of = place.profile, place.as_of
        self._opened = open_dossiers(place.path, place.profile, name=place.name)
        picker = Picker(place.profile, self._opened.layout)
        self._ordered = in_code_order(picker.pick(self._opened.rows()), place.folder)
        self._first = list(islice(self._ordered, 1))
        self.rows, self.rejected = picker.rows, picker.rejected
        self.reads_ahead = False

    @property
    def opened(self) -> Facts:
        """What was found out about the file."""
        return Facts(seen=self._opened.seen, layout=self._opened.layout)

    def chunks(self, ground: Ground, size: int, *, after: str = "") -> Iterator[Chunk]:
        """Yield the file's chunks in the order of their codes, those up to `after` left out.

        Where `reads_ahead` is set a chunk is read already, every row of it, and looked through
        for signs of violations.
        """
        reader = ground.reader(self._profile, self._opened)
        rows = chain(self._first, self._ordered)
        for chunk in reader.grouping.chunks(rows, size, after=after):
            if self.reads_ahead:
                taken = reader.read(chunk, range(len(chunk.codes)))
                chunk.keep_read(taken, self._shown(taken, ground.calendar))
            yield chunk

    def _shown(self, taken: Taken, calendar: WorkingCalendar) -> Sequence[Signs]:
        day, off = self._as_of, self._opened.layout.off
        due_on = partial(pushed_as_of, day=day, calendar=calendar)
        return signs_in(taken.columns, day, off, due_on) if taken.places else ()

    def close(self) -> None:
        """Let go of what lies on the disk."""
        self._ordered.close()
