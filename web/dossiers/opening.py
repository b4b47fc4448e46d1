"""Opens a file of dossiers by a profile: finds the sheet, the separator and the heading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from web.exports.tables import restored
from web.uploads.tables import (
    DELIMITERS,
    FileSeen,
    Line,
    csv_lines,
    hinted_delimiter,
    look_at,
    sheets_of,
)
from workflow.documents.secrecy import refuse_secret
from workflow.documents.secret_names import refuse_secret_name
from workflow.dossiers.headings import ROWS_LOOKED_AT, Layout, find_layout
from workflow.dossiers.profile import Profile
from workflow.errors import Refused

Lines = Callable[[], Iterator[Line]]
OURS = "dondoc_"
"""Begins the headings that we add to the rows of a file that were not taken in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file whose columns were found; `lines` reads it anew from its first row."""

    seen: FileSeen
    layout: Layout
    lines: Lines
    heading: Sequence[str] = ()

    def rows(self) -> Iterator[Line]:
        """Yield the rows below the heading."""
        return islice(self.lines(), self.layout.heading, None)


def open_dossiers(path: Path, profile: Profile, *, name: str = "") -> Opened:
    """Find a profile's columns in a file; nothing of it is kept.

    Refused as `look_at`, `csv_lines` and `find_layout` do; `sheet_missing` where the profile
    names a sheet that is not there; `secret_document` by the name or the words above the
    heading.
    """
    refuse_secret_name(name or path.name)
    seen = look_at(path)
    ways = _sheets(seen, profile) if seen.is_workbook else _separated(seen, profile)
    refused: list[Refused] = []
    for lines in ways:
        sample, broken = _sample(lines)
        try:
            layout = find_layout(profile, sample)
        except Refused as error:
            refused.append(broken or error)
            continue
        if broken:
            raise broken
        refuse_secret(cell for row in sample[: layout.heading - 1] for cell in row)
        heading = sample[layout.heading - 1]
        is_ours = any(cell.startswith(OURS) for cell in heading)
        read = partial(_as_given, lines) if is_ours else lines
        return Opened(seen=seen, layout=layout, lines=read, heading=heading)
    raise max(refused, key=_known_columns)


def _as_given(lines: Lines) -> Iterator[Line]:
    """Take off what kept the cells of a file of ours from being formulas."""
    return ((number, [restored(cell) for cell in row]) for number, row in lines())


def _sample(lines: Lines) -> tuple[list[list[str]], Refused | None]:
    """Return the first rows, and why there are no more of them if they can't be read."""
    rows: list[list[str]] = []
    try:
        rows.extend(row for _, row in islice(lines(), ROWS_LOOKED_AT))
    except Refused as error:
        return rows, error
    return rows, None


def _known_columns(error: Refused) -> int:
    """Of several readings that fail, the one that parts a row into most columns is meant."""
    found = error.params.get("found")
    return len(found) if isinstance(found, list) else 0


def _sheets(seen: FileSeen, profile: Profile) -> Sequence[Lines]:
    sheets = sheets_of(seen)
    wanted = profile.file.sheet
    picked = [sheet.lines for sheet in sheets if wanted is None or sheet.name == wanted]
    if not picked:
        raise Refused("sheet_missing", sheet=wanted, found=[sheet.name for sheet in sheets])
    return picked


def _separated(seen: FileSeen, profile: Profile) -> Sequence[Lines]:
    encoding = profile.file.encoding
    named = profile.file.delimiter or hinted_delimiter(seen, encoding)
    return [
        partial(csv_lines, seen, encoding=encoding, delimiter=mark) for mark in named or DELIMITERS
    ]
