"""Reads a chunk of a file column by column: what its dossiers say, and which rows cannot be read.

Values are plain: texts, whole numbers, days and instants as ISO text. A spelling that was
read once is looked up the next time, so that a million rows cost little more than their
distinct words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from itertools import compress
from typing import Any

from workflow.calendar.working import WorkingCalendar
from workflow.dossiers import cells, fields
from workflow.dossiers.agencies import AgencyNames
from workflow.dossiers.derived import Columns, Derivation
from workflow.dossiers.fields import Kind
from workflow.dossiers.headings import CODE, Layout
from workflow.dossiers.instants import Moments
from workflow.dossiers.misread import Misread, Rejected
from workflow.dossiers.profile import Profile, Supplement, word_key
from workflow.dossiers.raw import Grouping, Raw
from workflow.dossiers.records import Channel, Status
from workflow.dossiers.steps import StepValues, in_order, step_values
from workflow.text import clean

HIGHEST_LEVEL = 4
LONGEST_TOLD = 200


@dataclass(frozen=True, slots=True)
class Taken:
    """What could be read: columns of equal length by their names in the database.

    `places` are the dossiers' places in the chunk, `steps` those of each dossier in order.
    """

    places: list[int]
    columns: Columns
    steps: list[list[StepValues]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


class DossierReader:
    """Reads the raw dossiers of one file by its profile and layout."""

    def __init__(
        self,
        profile: Profile,
        layout: Layout,
        *,
        calendar: WorkingCalendar,
        agencies: AgencyNames,
        serials: bool = False,
    ) -> None:
        self.profile, self.layout, self.agencies = profile, layout, agencies
        self.grouping = grouping_of(profile, layout)
        self._is_empty = _emptiness(profile.words.empty)
        self._moments = Moments(
            profile.zone, profile.formats, empty=self._is_empty, serials=serials
        )
        self._readers = [self._reader(fills) for fills in layout.fills]
        self._derivation = Derivation(profile, calendar)

    def read(self, raws: Sequence[Raw], places: Sequence[int]) -> Taken:
        """Read the dossiers at `places` of a chunk."""
        if not places:
            return Taken([], {})
        wanted = [raws[place] for place in places]
        columns, steps = self._columns(wanted), self._steps(wanted)
        faults: dict[int, list[Rejected]] = {}
        self._note_misread(wanted, columns, faults)
        self._note_misread_steps(wanted, steps, faults)
        if faults:
            good = [place not in faults for place in range(len(wanted))]
            wanted = list(compress(wanted, good))
            places = list(compress(places, good))
            columns = {name: list(compress(values, good)) for name, values in columns.items()}
            steps = list(compress(steps, good))
        rejected = [one for found in faults.values() for one in found]
        return self._derived(wanted, list(places), columns, steps, rejected)

    def _columns(self, wanted: Sequence[Raw]) -> Columns:
        picked = zip(*(raw.cells for raw in wanted), strict=True)
        fills = self.layout.fills[: self.layout.steps_from]
        read = zip(fills[1:], self._readers[1:], picked, strict=False)
        codes = {CODE: list(next(picked))}
        return codes | {n: list(map(reader.__getitem__, column)) for n, reader, column in read}

    def _steps(self, wanted: Sequence[Raw]) -> list[list[dict[str, Any]]]:
        start = self.layout.steps_from
        names = [one.removeprefix("steps.") for one in self.layout.fills[start:]]
        readers = self._readers[start:]
        if not names:
            return [[] for _ in wanted]
        return [
            [
                {name: reader[cell] for name, reader, cell in zip(names, readers, row, strict=True)}
                for row in raw.steps
            ]
            for raw in wanted
        ]

    def _note_misread(
        self, wanted: Sequence[Raw], columns: Columns, faults: dict[int, list[Rejected]]
    ) -> None:
        for at, (fills, values) in enumerate(columns.items()):
            if Misread in set(map(type, values)):
                for place, value in enumerate(values):
                    if isinstance(value, Misread) and place not in faults:
                        raw = wanted[place]
                        told = raw.cells[at]
                        faults[place] = rejected(raw, raw.lines[0], fills, value.reason, told)

    def _note_misread_steps(
        self,
        wanted: Sequence[Raw],
        steps: Sequence[Sequence[Mapping[str, Any]]],
        faults: dict[int, list[Rejected]],
    ) -> None:
        for place, rows in enumerate(steps):
            for number, row in enumerate(rows):
                for at, (name, value) in enumerate(row.items()):
                    if isinstance(value, Misread) and place not in faults:
                        raw = wanted[place]
                        line, told = raw.step_lines[number], raw.steps[number][at]
                        field = f"steps.{name}"
                        faults[place] = rejected(raw, line, field, value.reason, told)

    def _derived(
        self,
        wanted: Sequence[Raw],
        places: list[int],
        columns: Columns,
        steps: list[list[dict[str, Any]]],
        refused: list[Rejected],
    ) -> Taken:
        made, faults = self._derivation.columns(columns, len(wanted))
        if faults:
            for place, (field, reason) in sorted(faults.items()):
                refused += rejected(wanted[place], wanted[place].lines[0], field, reason)
            good = [place not in faults for place in range(len(wanted))]
            places = list(compress(places, good))
            made = {name: list(compress(values, good)) for name, values in made.items()}
            steps = list(compress(steps, good))
            wanted = list(compress(wanted, good))
        days = made["received_on"]
        made["agency_id"] = self.agencies.ids(made["agency_text"], days)
        made["receiving_id"] = self.agencies.ids(made["receiving_text"], days)
        held = [in_order(self._step_values(*one)) for one in zip(wanted, steps, days, strict=True)]
        return Taken(places=places, columns=made, steps=held, rejected=refused)

    def _step_values(
        self, raw: Raw, rows: Sequence[Mapping[str, Any]], day: str | None
    ) -> list[StepValues]:
        return [
            step_values(row, self.agencies.id_of(row.get("holder") or "", day), digest)
            for row, digest in zip(rows, raw.step_digests, strict=True)
        ]

    def _reader(self, fills: str) -> Mapping[str, Any]:
        family, _, name = fills.partition(".")
        if family == "marks":
            return cells.marks(self.profile.marks[name], self._is_empty)
        if family == "waits":
            return self._moments
        kinds = fields.STEP_COLUMNS if family == "steps" else fields.COLUMNS
        return self._reader_of(name if family == "steps" else fills, kinds[name or fills])

    def _reader_of(self, name: str, kind: Kind) -> Mapping[str, Any]:
        words, empty = self.profile.words, self._is_empty
        if kind in {Kind.INSTANT, Kind.DAY}:
            return self._moments
        if kind is Kind.COUNT:
            return cells.counts(empty)
        if kind is Kind.TEXT:
            longest = fields.LONGEST_CODE if name in fields.SHORT else fields.LONGEST_TEXT
            return cells.texts(longest, empty)
        meanings: Mapping[Kind, tuple[Mapping[str, Any], Callable[[str], Any]]] = {
            Kind.STATUS: (words.status, cells.whole_number(max(Status))),
            Kind.LEVEL: (words.level, cells.whole_number(HIGHEST_LEVEL)),
            Kind.CHANNEL: (words.channel, partial(_own_word, Channel)),
            Kind.SUPPLEMENT: (words.supplement, partial(_own_word, Supplement)),
        }
        meaning, plain = meanings[kind]
        return cells.words(meaning, empty, plain)


def grouping_of(profile: Profile, layout: Layout) -> Grouping:
    """Return how rows of this layout are put together by dossier."""
    steps = layout.fills[layout.steps_from :]
    return Grouping(
        profile.digest,
        layout.steps_from if steps else None,
        steps.index("steps.code") if "steps.code" in steps else None,
    )


def rejected(raw: Raw, line: int, field: str, reason: str, told: str = "") -> list[Rejected]:
    """Keep out every row of a dossier for the fault of one."""
    code = raw.code
    told = "" if field in fields.PERSONAL else clean(told)[:LONGEST_TOLD]
    first = Rejected(line=line, code=code, field=field, reason=reason, told=told)
    others = (
        Rejected(line=one, code=code, field=field, reason="with_other_row", other_line=line)
        for one in raw.lines
        if one != line
    )
    return [first, *others]


def _emptiness(words: Iterable[str]) -> Any:
    known = frozenset(words)
    return (lambda text: word_key(text) in known) if known else (lambda _: False)


def _own_word(meaning: type[StrEnum], text: str) -> Any:
    """Our own words stand for themselves."""
    return meaning(text) if text in list(meaning) else None
