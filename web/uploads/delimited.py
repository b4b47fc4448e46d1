"""Reads CSV as offices save it: any common separator, and the encodings they use."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter

from web.exports.tables import restored
from web.uploads.encoding import decoded
from web.uploads.sheets import SheetLimits
from workflow.documents.cells import CellValue, Grid
from workflow.documents.heading import find_heading
from workflow.errors import Refused

_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 300
_HINT = "sep="
_VIETNAMESE = frozenset(
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
)


def read_delimited(content: bytes, limits: SheetLimits) -> Grid:
    """Return the rows of a CSV file; an apostrophe that our own exports add is taken off.

    UTF-8 and UTF-16 are read; Windows-1258 only where every letter is then Vietnamese and a
    task heading comes out. Refused: `unknown_encoding`, `not_a_spreadsheet`, `broken_file`
    (a quote never closed), `too_many_rows`, `too_many_columns`, `too_many_cells`.
    """
    text = decoded(content)
    if text is None:
        text = _windows_1258(content)
    if "\x00" in text:
        raise Refused("not_a_spreadsheet")
    return _rows(text, _delimiter(text), limits)


def _windows_1258(content: bytes) -> str:
    """Decode the old Vietnamese code page, only where nothing speaks against it."""
    try:
        text = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError as error:
        raise Refused("unknown_encoding") from error
    letters = {c for c in text.casefold() if c.isalpha() or unicodedata.combining(c)}
    if not letters <= _VIETNAMESE or find_heading(_sample(text, _delimiter(text))) is None:
        raise Refused("unknown_encoding")
    return text


def _delimiter(text: str) -> str:
    """Choose the separator that makes a task heading, or else the most rows of one width.

    A sign that stands within cells parts a few rows, each its own way.
    """
    first = text.partition("\n")[0].strip().casefold()
    if first.startswith(_HINT) and len(first) == len(_HINT) + 1:
        return first[-1]
    samples = {mark: _sample(text, mark) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: _fitness(samples[mark]))


def _fitness(rows: Grid) -> tuple[int, int, int]:
    """Return how well rows are parted: columns of a task heading, rows alike, their width."""
    heading = find_heading(rows)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, alike = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
    return len(heading.columns) if heading else 0, alike, width


def _sample(text: str, delimiter: str) -> Grid:
    lines = io.StringIO(text, newline="")
    rows: Grid = []
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            rows.append(list(row))
            if len(rows) == _SAMPLE_LINES:
                break
    except csv.Error:
        pass
    return rows


def _rows(text: str, delimiter: str, limits: SheetLimits) -> Grid:
    rows: Grid = []
    cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            cells += len(row)
            _check(len(rows) + 1, limits.max_rows, "too_many_rows")
            _check(len(row), limits.max_columns, "too_many_columns")
            _check(cells, limits.max_cells, "too_many_cells")
            rows.append([_value(value) for value in row])
    except csv.Error as error:
        raise Refused("broken_file", row=len(rows) + 1) from error
    if rows and rows[0] and str(rows[0][0]).casefold().startswith(_HINT):
        rows[0] = []
    return rows


def _value(text: str) -> CellValue:
    return restored(text) if text.strip() else None


def _check(count: int, most: int, code: str) -> None:
    if count > most:
        raise Refused(code, limit=most)
