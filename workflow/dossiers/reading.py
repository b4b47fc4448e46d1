"""Reads a chunk of a file column by column: what its dossiers say, and which rows cannot be read.

Values are plain: texts, whole numbers, days and instants as ISO text. A spelling that was
read once is looked up the next time, so that a million rows cost little more than their
distinct words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple

from workflow.calendar.working import WorkingCalendar
from workflow.dossiers import cells, fields
from workflow.dossiers.agencies import AgencyNames
from workflow.dossiers.derived import Derivation
from workflow.dossiers.fields import Kind
from workflow.dossiers.headings import CODE, Layout
from workflow.dossiers.instants import Days, Moments
from workflow.dossiers.misread import Misread, Rejected
from workflow.dossiers.profile import Profile, Supplement, word_key
from workflow.dossiers.raw import END, Chunk, Grouping, RawStep
from workflow.dossiers.records import Channel, Status
from workflow.dossiers.steps import StepValues, in_order, step_values
from workflow.dossiers.taken import Columns, Taken, in_order_of
from workflow.text import clean

HIGHEST_LEVEL = 4
LONGEST_TOLD = 200


class Fault(NamedTuple):
    """What keeps a dossier out: the line, the field, the reason and what stood there."""

    line: int
    field: str
    reason: str
    told: str = ""


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
        self._days = Days(self._moments)
        self._dossier_fills = layout.fills[1 : layout.steps_from]
        steps = layout.fills[layout.steps_from :]
        self._step_fills = [one.removeprefix("steps.") for one in steps]
        self._readers = [self._reader(fills) for fills in layout.fills[1:]]
        self._derivation = Derivation(profile, calendar, self._moments.beginning)

    def read(self, chunk: Chunk, places: Sequence[int]) -> Taken:
        """Read the dossiers at `places` of a chunk."""
        if not places:
            return Taken([], {})
        rows = [chunk.cells[place] for place in places]
        codes = [chunk.codes[place] for place in places]
        columns = {CODE: codes} | {
            name: _column(reader, column)
            for name, reader, column in zip(
                self._dossier_fills, self._readers, _columns_of(rows), strict=False
            )
        }
        steps = [self._read_steps(chunk.steps[place]) for place in places] if chunk.steps else []
        refused: dict[int, list[Rejected]] = {}
        for at, fault in self._misread(columns, steps, rows, chunk, places):
            if at not in refused:
                refused[at] = rejected(chunk, places[at], fault)
        kept = [place for place in range(len(places)) if place not in refused]
        if refused:
            columns = {name: [values[k] for k in kept] for name, values in columns.items()}
            steps = [steps[k] for k in kept] if steps else []
        return self._derived(chunk, [places[k] for k in kept], columns, steps, refused)

    def knows_any(self, words: Iterable[str]) -> bool:
        """Tell whether an agency is known by any of these words by now."""
        return any(word and self.agencies.id_of(word, None) for word in words)

    def _read_steps(self, steps: Sequence[RawStep]) -> list[dict[str, Any]]:
        names, readers = self._step_fills, self._readers[len(self._dossier_fills) :]
        return [
            {
                name: reader[cell]
                for name, reader, cell in zip(names, readers, step.cells.split(END), strict=True)
            }
            for step in steps
        ]

    def _misread(
        self,
        columns: Columns,
        steps: Sequence[Sequence[Mapping[str, Any]]],
        rows: Sequence[str],
        chunk: Chunk,
        places: Sequence[int],
    ) -> Iterator[tuple[int, Fault]]:
        """Yield what can't be read, field by field, then step by step."""
        for at, (name, values) in enumerate(columns.items()):
            if Misread in set(map(type, values)):
                for one, value in enumerate(values):
                    if isinstance(value, Misread):
                        line = chunk.lines[places[one]]
                        yield one, Fault(line, name, value.reason, rows[one].split(END)[at - 1])
        for one, log in enumerate(steps):
            for row, raw in zip(log, chunk.steps[places[one]], strict=True):
                yield from _misread_step(one, row, raw)

    def _derived(
        self,
        chunk: Chunk,
        places: list[int],
        columns: Columns,
        steps: list[list[dict[str, Any]]],
        refused: Mapping[int, list[Rejected]],
    ) -> Taken:
        told = [one for several in refused.values() for one in several]
        made, faults = self._derivation.columns(columns, len(places))
        for at, fault in sorted(faults.items()):
            told += rejected(chunk, places[at], Fault(chunk.lines[places[at]], *fault))
        if faults:
            kept = [at for at in range(len(places)) if at not in faults]
            places = [places[k] for k in kept]
            made = {name: [values[k] for k in kept] for name, values in made.items()}
            steps = [steps[k] for k in kept] if steps else []
        order = _by_receipt(made)
        places, made = [places[k] for k in order], in_order_of(made, order)
        steps = [steps[k] for k in order] if steps else []
        days = made["received_on"]
        for name in ("agency", "receiving"):
            made[f"{name}_id"] = self.agencies.ids(made[f"{name}_text"], days)
        raws = (chunk.steps[place] for place in places)
        held = (
            [in_order(self._step_values(*one)) for one in zip(raws, steps, days, strict=True)]
            if steps
            else []
        )
        return Taken(places=places, columns=made, steps=held, rejected=told)

    def _step_values(
        self, raws: Sequence[RawStep], rows: Sequence[Mapping[str, Any]], day: str | None
    ) -> list[StepValues]:
        return [
            step_values(row, self.agencies.id_of(row.get("holder") or "", day), raw.digest)
            for row, raw in zip(rows, raws, strict=True)
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
        if kind is Kind.DAY:
            return self._days
        if kind is Kind.INSTANT:
            return self._moments
        if kind is Kind.COUNT:
            return cells.counts(empty)
        if kind is Kind.TEXT:
            longest = fields.LONGEST_CODE if name in fields.SHORT else fields.LONGEST_TEXT
            return cells.texts(longest, empty)
        meanings: Mapping[Kind, tuple[Mapping[str, Any], Callable[[str], Any]]] = {
            Kind.STATUS: (_codes(words.status), cells.whole_number(max(Status))),
            Kind.LEVEL: (words.level, cells.whole_number(HIGHEST_LEVEL)),
            Kind.CHANNEL: (_values(words.channel), partial(_own_value, Channel)),
            Kind.SUPPLEMENT: (words.supplement, partial(_own_word, Supplement)),
        }
        meaning, plain = meanings[kind]
        return cells.words(meaning, empty, plain)


def _by_receipt(made: Columns) -> list[int]:
    """Return the order by day of receipt, then by code, in which dossiers are kept.

    The indexes by day are then walked from one end to the other, once for a chunk.
    """
    days = made["received_on"]
    return sorted(range(len(days)), key=[day or "" for day in days].__getitem__)


def _columns_of(rows: Sequence[str]) -> Iterator[list[str]]:
    """Yield the columns of rows that have equally many cells; all cells are parted at once."""
    width = rows[0].count(END) + 1
    cells = END.join(rows).split(END)
    return (cells[place::width] for place in range(width))


def _column(reader: Mapping[str, Any], texts: Sequence[str]) -> list[Any]:
    """Read a whole column: dates by what they have in common, words one spelling after another."""
    if isinstance(reader, Moments | Days):
        return list(reader.column(texts))
    return list(map(reader.__getitem__, texts))


def _misread_step(at: int, row: Mapping[str, Any], raw: RawStep) -> Iterator[tuple[int, Fault]]:
    for (name, value), told in zip(row.items(), raw.cells.split(END), strict=True):
        if isinstance(value, Misread):
            yield at, Fault(raw.line, f"steps.{name}", value.reason, told)


def grouping_of(profile: Profile, layout: Layout) -> Grouping:
    """Return how rows of this layout are put together by dossier."""
    steps = layout.fills[layout.steps_from :]
    return Grouping(
        profile.digest,
        layout.steps_from - 1 if steps else None,
        steps.index("steps.code") if "steps.code" in steps else None,
    )


def rejected(chunk: Chunk, place: int, fault: Fault) -> list[Rejected]:
    """Keep out every row of a dossier for the fault of one."""
    code, line = chunk.codes[place], fault.line
    told = "" if fault.field in fields.PERSONAL else clean(fault.told)[:LONGEST_TOLD]
    first = Rejected(line=line, code=code, field=fault.field, reason=fault.reason, told=told)
    others = (
        Rejected(line=one, code=code, field=fault.field, reason="with_other_row", other_line=line)
        for one in chunk.lines_of(place)
        if one != line
    )
    return [first, *others]


def _emptiness(words: Iterable[str]) -> Any:
    known = frozenset(words)
    return (lambda text: word_key(text) in known) if known else (lambda _: False)


def _own_word(meaning: type[StrEnum], text: str) -> Any:
    """Our own words stand for themselves."""
    return meaning(text) if text in list(meaning) else None


def _own_value(meaning: type[StrEnum], text: str) -> Any:
    return text if text in list(meaning) else None


def _values(meanings: Mapping[str, StrEnum]) -> dict[str, str]:
    return {word: meaning.value for word, meaning in meanings.items()}


def _codes(meanings: Mapping[str, Status]) -> dict[str, int]:
    return {word: status.value for word, status in meanings.items()}
