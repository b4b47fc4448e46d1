"""Opens a large table, CSV or XLSX, and hands its rows over one by one as texts.

A CSV file is never held whole, so that three million rows take no more room than three
thousand. The content decides what a file is.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, count, islice
from pathlib import Path
from typing import IO, TextIO

from web.uploads.archive import ARCHIVE_START
from web.uploads.sheets import SheetLimits, SheetScan
from web.uploads.signatures import (
    EICAR,
    JPEG_START,
    OLE_START,
    PDF_START,
    PNG_START,
    is_program,
    refuse_ole,
)
from web.uploads.tcvn3 import register
from web.uploads.workbook import read_lines, scanned_sheets
from workflow.documents.cells import CellValue
from workflow.errors import Refused
from workflow.evidence.rules import MEGABYTE, UploadLimits

Line = tuple[int, list[str]]
"""The number of a row's first line in the file, from 1, and its cells."""

DELIMITERS = ",;\t|"
WORKBOOK = UploadLimits(max_bytes=64 * MEGABYTE, max_unpacked=1024 * MEGABYTE)
SHEETS = SheetLimits(max_rows=300_000, max_cells=6_000_000, max_letters=200_000_000)
_HEAD = 64 * 1024
_BLOCK = 1024 * 1024
_ROWS = 500
_LETTERS, _CELLS = 32 * 1024 * 1024, 1_000_000
"""How much so many rows may hold; lines that make one row without end are read no further."""
_HINT = "sep="
_LINE_END = re.compile(r"\r\n|\r|\n")
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""What a file may begin with that tells its encoding."""
_CODECS = {"windows-1258": "cp1258", "windows-1252": "cp1252", "utf-16": "utf-16-le"}
register()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSeen:
    """A file looked at once: what it is, the hash of every byte of it, whether any is zero.

    `is_endless` tells of a line so long that it would have to be held whole to be refused.
    """

    path: Path
    size: int
    sha256: str
    is_workbook: bool
    has_zeros: bool = False
    is_endless: bool = False


def look_at(path: Path) -> FileSeen:
    """Look at a file without reading it as a table.

    Refused: `empty_file`, `not_a_spreadsheet`, `unsupported_spreadsheet` (XLS), `locked_file`,
    `macro_file`, `executable_file`, `infected_file`, `file_too_large` for a workbook.
    """
    seen, has_zeros, is_endless = hashlib.sha256(), False, False
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        if not head:
            raise Refused("empty_file")
        is_workbook = head.startswith(ARCHIVE_START)
        size = path.stat().st_size
        if is_workbook and size > WORKBOOK.max_bytes:
            raise Refused("file_too_large", limit=WORKBOOK.max_bytes)
        if not is_workbook:
            _refuse_other_kinds(head, stream)
        stream.seek(0)
        while block := stream.read(_BLOCK):
            seen.update(block)
            has_zeros = has_zeros or b"\0" in block
            is_endless = is_endless or (len(block) == _BLOCK and not _ends_a_line(block))
    return FileSeen(
        path=path,
        size=size,
        sha256=seen.hexdigest(),
        is_workbook=is_workbook,
        has_zeros=has_zeros,
        is_endless=is_endless,
    )


def _ends_a_line(block: bytes) -> bool:
    return b"\n" in block or b"\r" in block


def _refuse_other_kinds(head: bytes, stream: IO[bytes]) -> None:
    if head.startswith(OLE_START):
        stream.seek(0)
        refuse_ole(stream.read(WORKBOOK.max_bytes), "unsupported_spreadsheet")
    if is_program(head[:1024]):
        raise Refused("executable_file")
    if EICAR in head:
        raise Refused("infected_file")
    if head.startswith((PDF_START, PNG_START, JPEG_START)) or head.lstrip().startswith(b"<"):
        raise Refused("not_a_spreadsheet")


def csv_lines(seen: FileSeen, *, encoding: str | None, delimiter: str) -> Iterator[Line]:
    """Yield the rows of a CSV file, each with the line it begins on.

    UTF-8 and UTF-16 are told by their marks; without one it is `encoding`, or else UTF-8.
    Refused: `unknown_encoding`, `not_a_spreadsheet` (zero bytes), `broken_file` (a quote
    that is never closed, a cell without end), each with the line; `line_too_long`.
    """
    if seen.is_endless:
        raise Refused("line_too_long")
    line = 1
    with seen.path.open(encoding=_codec(seen.path, encoding), newline="") as text:
        may_be_zero = seen.has_zeros or text.encoding.startswith("utf-16")
        after_hint = _each_after_hint(text) if may_be_zero else _after_hint(text)
        bounded = _Bounded(after_hint, delimiter)
        rows = csv.reader(bounded, delimiter=delimiter, strict=True)
        for held, error in _blocks(rows, bounded):
            if rows.line_num == line - 1 + len(held) and not error:
                yield from zip(count(line), held)
                line = rows.line_num + 1
                continue
            for row in held:
                yield line, row
                line += _lines_of(row)
            if error:
                raise _refused(error, seen.path, text.encoding, line) from error


def _refused(error: Exception, path: Path, codec: str, line: int) -> Refused:
    """Return why a file is refused that cannot be read on from a line."""
    if isinstance(error, Refused):
        return Refused(error.code, **error.params)
    if isinstance(error, UnicodeError):
        return Refused("unknown_encoding", row=_undecodable(path, codec))
    return Refused("broken_file", row=line)


class _Bounded:
    """Lines on their way to the parser, which puts as many into one row as quotes ask for."""

    def __init__(self, lines: Iterator[str], delimiter: str) -> None:
        self._lines, self._delimiter = lines, delimiter
        self.letters = self.cells = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.letters += len(line)
            self.cells += line.count(self._delimiter)
            if self.letters > _LETTERS or self.cells > _CELLS:
                raise Refused("line_too_long")
            yield line

    def begin(self) -> None:
        """Count anew: what came before was handed over."""
        self.letters = self.cells = 0


def _blocks(
    rows: Iterator[list[str]], bounded: _Bounded
) -> Iterator[tuple[list[list[str]], Exception | None]]:
    """Yield rows many at a time; at an error those that came before it, and the error."""
    while True:
        bounded.begin()
        held: list[list[str]] = []
        try:
            held.extend(islice(rows, _ROWS))
        except (UnicodeError, csv.Error, Refused) as error:
            yield held, error
            return
        if not held:
            return
        yield held, None


def _lines_of(row: Sequence[str]) -> int:
    """Return how many lines of the file a row takes: a quoted cell may hold ends of lines."""
    return 1 + sum(len(_LINE_END.findall(cell)) for cell in row)


def _undecodable(path: Path, codec: str) -> int | None:
    """Return the first line that is no text of this encoding; None where lines can't be told."""
    if codec.startswith("utf-16"):
        return None
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            try:
                line.decode(codec)
            except UnicodeError:
                return number
    return None


def _after_hint(text: TextIO) -> Iterator[str]:
    """Pass over Excel's hint of a separator, and keep the count of lines right."""
    first = ("\n" if _is_hint(line) else line for line in islice(text, 1))
    return chain(first, text)


def _each_after_hint(text: TextIO) -> Iterator[str]:
    """Do the same to a text that may hold zeros: it is refused at the first of them."""
    for number, line in enumerate(text):
        if "\x00" in line:
            raise Refused("not_a_spreadsheet")
        yield "\n" if number == 0 and _is_hint(line) else line


def _is_hint(line: str) -> bool:
    return line.casefold().startswith(_HINT)


def hinted_delimiter(seen: FileSeen, encoding: str | None) -> str | None:
    """Return the separator that the first line names (`sep=;`), if it does."""
    with seen.path.open(encoding=_codec(seen.path, encoding), newline="", errors="replace") as text:
        first = text.readline(16).strip().casefold()
    named = first.startswith(_HINT) and len(first) == len(_HINT) + 1
    return first[-1] if named and first[-1] in DELIMITERS else None


def _codec(path: Path, encoding: str | None) -> str:
    with path.open("rb") as stream:
        head = stream.read(4)
    for mark, codec in MARKS.items():
        if head.startswith(mark):
            return codec
    return _CODECS.get(encoding or "", encoding or "utf-8")


class Sheet:
    """One sheet of a workbook whose every part was looked through."""

    def __init__(self, content: bytes, name: str, scan: SheetScan) -> None:
        self.name = name
        self._content, self._scan = content, scan

    def lines(self) -> Iterator[Line]:
        """Yield the rows as texts: figures as they are written, dates in ISO form."""
        rows = read_lines(self._content, self._scan, self.name)
        for number, row in enumerate(rows, start=1):
            yield number, [_text(value) for value in row]


def sheets_of(seen: FileSeen) -> list[Sheet]:
    """Look through a whole workbook and return its sheets; refused as `read_workbook` does."""
    content = seen.path.read_bytes()
    scans = scanned_sheets(content, WORKBOOK, SHEETS)
    return [Sheet(content, name, scan) for name, scan in scans.items()]


def _text(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else repr(value)
