"""The first rows of a file: its headings, and how a profile reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from web.dossiers.import_words import reason_told
from web.dossiers.intake import Order, reader_on
from web.dossiers.opening import open_dossiers
from web.identity import current_actor
from web.imports.words import field_told
from web.uploads.encodings import encoding_of
from web.uploads.tables import (
    DELIMITERS,
    FileSeen,
    Line,
    csv_lines,
    hinted_delimiter,
    look_at,
    sheets_of,
)
from web.wiring import office, reading_unit
from workflow.dossiers.picking import Picker
from workflow.dossiers.profile import Profile
from workflow.errors import Refused
from workflow.looks.usecases import initials_of
from workflow.text import clean

LOOKED_AT, READ, SHOWN = 40, 400, 20
LEAST_HEADINGS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """How a file's bytes are read: encoding and separator, "" where its own content tells."""

    encoding: str = ""
    delimiter: str = ""


def headings_of(path: Path, dress: Dress) -> list[str]:
    """Return the headings of a file, each once, before any profile reads it.

    They are the first of the rows that hold most words: a title holds fewer, and rows of
    dossiers hold figures and dates among them. Refused as `look_at` does; an empty list where
    no row looks like a heading.
    """
    return list(dict.fromkeys(_best(look_at(path), dress)))


def _best(seen: FileSeen, dress: Dress) -> list[str]:
    best: list[str] = []
    most = LEAST_HEADINGS - 1
    for lines in _ways(seen, dress):
        try:
            rows = [row for _line, row in islice(lines, LOOKED_AT)]
        except Refused:
            continue
        for row in rows:
            named = [cell for cell in map(clean, row) if cell]
            words = sum(any(map(str.isalpha, cell)) for cell in named)
            if words > most:
                best, most = named, words
    return best


def first_cells(path: Path) -> list[str]:
    """Return what stands in the first rows of a file; Refused as `look_at` does."""
    found = []
    for lines in _ways(look_at(path), dress_of(path)):
        found += [cell for _line, row in islice(lines, LOOKED_AT) for cell in row]
    return found


def dress_of(path: Path) -> Dress:
    """Return how a file seems to be written: its separator parts it into most headings.

    UTF-8 is what is read anyhow, and needs no word.
    """
    seen = look_at(path)
    if seen.is_workbook:
        return Dress()
    encoding = encoding_of(path)
    encoding = None if encoding == "utf-8" else encoding
    hinted = hinted_delimiter(seen, encoding)
    by_mark = {mark: len(_best(seen, Dress(encoding=encoding or "", delimiter=mark)))
               for mark in hinted or DELIMITERS}  # fmt: skip
    best = max(by_mark, key=by_mark.__getitem__)
    return Dress(encoding=encoding or "", delimiter=best if by_mark[best] else "")


def _ways(seen: FileSeen, dress: Dress) -> Iterator[Iterator[Line]]:
    if seen.is_workbook:
        yield from (sheet.lines() for sheet in sheets_of(seen))
        return
    for mark in dress.delimiter or DELIMITERS:
        yield csv_lines(seen, encoding=dress.encoding or None, delimiter=mark)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a profile reads the first rows: dossiers as they would be kept, and rows it refuses."""

    rows: Sequence[dict[str, Any]] = ()
    rejected: Sequence[tuple[Any, str, str]] = ()
    off: Sequence[str] = ()


def reading_of(path: Path, profile: Profile) -> Reading:
    """Read the first rows of a file by a profile, without keeping anything.

    Of the applicant only the initials are shown. Refused as `open_dossiers` does.
    """
    opened = open_dossiers(path, profile)
    picker = Picker(profile, opened.layout)
    picked = sorted(picker.pick(islice(opened.rows(), READ)))
    unit = reading_unit()
    order = Order(
        path=path, profile=profile, as_of=office().today(), acting=lambda _unit: current_actor()
    )
    reader = reader_on(unit, order, opened, office().calendar(unit))
    chunk = next(reader.grouping.chunks(iter(picked), SHOWN), None)
    if chunk is None:
        return Reading(rejected=_refused(picker.rejected), off=opened.layout.off)
    places = range(min(len(chunk.codes), SHOWN))
    taken = reader.read(chunk, places)
    rows = [_row(taken.columns, taken.steps, place) for place in range(len(taken.places))]
    refused = [*picker.rejected, *chunk.rejected, *taken.rejected]
    return Reading(rows=rows, rejected=_refused(refused), off=opened.layout.off)


def _row(columns: dict[str, list[Any]], steps: Sequence[Any], place: int) -> dict[str, Any]:
    row = {name: values[place] for name, values in columns.items()}
    row["applicant"] = initials_of(str(row.get("applicant") or ""))
    row["steps"] = len(steps[place]) if steps else 0
    return row


def _refused(rejected: Sequence[Any]) -> list[tuple[Any, str, str]]:
    return [(one, reason_told(one), field_told(one.field)) for one in rejected[:SHOWN]]
