"""Takes in a sheet as a file, XLSX or CSV, and finds the one with the heading asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO

from web.uploads.archive import ARCHIVE_START
from web.uploads.delimited import read_delimited
from web.uploads.sheets import SheetLimits
from web.uploads.signatures import (
    EICAR,
    JPEG_START,
    OLE_START,
    PDF_START,
    PNG_START,
    is_program,
    refuse_ole,
)
from web.uploads.workbook import SheetGrid, read_workbook
from workflow.documents.cells import Grid
from workflow.documents.heading import find_heading
from workflow.documents.secret_names import refuse_secret_name
from workflow.documents.sheet import refuse_secret_grid
from workflow.errors import Refused
from workflow.evidence.rules import MEGABYTE, UploadLimits, clean_filename

IMPORT_LIMITS = UploadLimits(max_bytes=10 * MEGABYTE, max_unpacked=64 * MEGABYTE)
SHEET_LIMITS = SheetLimits()
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV = "text/csv"
_HEAD = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Spreadsheet:
    """A file taken in: its safe name, what it is, and the one sheet that holds tasks."""

    filename: str
    media_type: str
    size: int
    sha256: str
    sheet: SheetGrid
    other_sheets: tuple[str, ...] = ()


def read_spreadsheet(
    stream: IO[bytes],
    filename: str | None,
    limits: UploadLimits = IMPORT_LIMITS,
    sheet_limits: SheetLimits = SHEET_LIMITS,
    *,
    heading: Callable[[Grid], object] = find_heading,
    holds: Callable[[Grid], bool] = bool,
    without: str = "no_task_heading",
) -> Spreadsheet:
    """Read a sheet; the content decides what it is, never more than the limits are read.

    `heading` finds the heading of the sheet that is wanted, a task sheet's if nothing is
    said; none of them having one is refused with the code `without`. Of several, the first that
    `holds` something is wanted.
    Refused: `empty_file`, `file_too_large`, `not_a_spreadsheet`, `unsupported_spreadsheet`
    (XLS, XLSB, ODS), `locked_file`, `macro_file`, `empty_sheet`, `no_task_heading`,
    `secret_document` (its name, or any sheet), what `read_workbook`, `read_delimited` refuse.
    """
    content = stream.read(limits.max_bytes + 1)
    if len(content) > limits.max_bytes:
        raise Refused("file_too_large", limit=limits.max_bytes)
    if not content:
        raise Refused("empty_file")
    name = clean_filename(filename or "")
    refuse_secret_name(name)
    is_archive = content.startswith(ARCHIVE_START)
    sheets: Sequence[SheetGrid]
    if is_archive:
        sheets = read_workbook(content, limits, sheet_limits)
    else:
        _refuse_other_kinds(content)
        sheets = (SheetGrid(name, read_delimited(content, sheet_limits)),)
    sheet = _wanted(sheets, heading, holds, without)
    return Spreadsheet(
        filename=name,
        media_type=_XLSX if is_archive else _CSV,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        sheet=sheet,
        other_sheets=tuple(
            one.name for one in sheets if one is not sheet and any(map(any, one.grid))
        ),
    )


def _refuse_other_kinds(content: bytes) -> None:
    head = content[:_HEAD]
    if content.startswith(OLE_START):
        refuse_ole(content, "unsupported_spreadsheet")
    if is_program(head):
        raise Refused("executable_file")
    if EICAR in content:
        raise Refused("infected_file")
    if head.startswith((PDF_START, PNG_START, JPEG_START)) or head.lstrip().startswith(b"<"):
        raise Refused("not_a_spreadsheet")


def _wanted(
    sheets: Sequence[SheetGrid],
    heading: Callable[[Grid], object],
    holds: Callable[[Grid], bool],
    without: str,
) -> SheetGrid:
    """Return the first sheet with the heading; a marking on any sheet refuses them all.

    One whose heading has nothing below it is passed over, where another has.
    """
    for sheet in sheets:
        refuse_secret_grid(sheet.grid)
    headed = [sheet for sheet in sheets if heading(sheet.grid)]
    if headed:
        held = (sheet for sheet in headed if holds(sheet.grid)) if len(headed) > 1 else headed
        return next(iter(held), headed[0])
    filled = any(value is not None for sheet in sheets for row in sheet.grid for value in row)
    raise Refused(without if filled else "empty_sheet")
