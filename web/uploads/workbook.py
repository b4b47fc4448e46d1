"""Reads the sheets of a checked XLSX file as grids of plain values."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import python_calamine as calamine

from web.uploads.archive import Archive
from web.uploads.marked import without_page_codes
from web.uploads.office import inspect_office
from web.uploads.scanning import count_cells, scan_workbook
from web.uploads.sheets import SheetLimits, SheetScan
from web.uploads.short_dates import as_shown, styles_without_day
from web.uploads.xml import elements
from workflow.documents.cells import CellValue, Grid
from workflow.documents.merging import MergedCells
from workflow.documents.secrecy import refuse_secret
from workflow.errors import Refused
from workflow.evidence.rules import FileKind, UploadLimits

_BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_EXACT = 2**53
_LARGEST_BOOK_PART = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """A sheet as a grid from its first cell A1, with its merged blocks."""

    name: str
    grid: Grid
    merged: tuple[MergedCells, ...] = ()
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()


def read_workbook(
    content: bytes, limits: UploadLimits, sheet_limits: SheetLimits
) -> tuple[SheetGrid, ...]:
    """Return the worksheets, those that can be seen first; hidden rows and columns are read.

    Everything is looked through before it is parsed (`inspect_office`, `scan_workbook`).
    Also Refused: `not_a_spreadsheet`, `unsupported_spreadsheet`, `secret_document` for a
    marking in a text box or a page's head.
    """
    sheets = _read(content, scanned_sheets(content, limits, sheet_limits))
    return tuple(sorted(sheets, key=lambda sheet: sheet.is_hidden))


def scanned_sheets(
    content: bytes, limits: UploadLimits, sheet_limits: SheetLimits
) -> dict[str, SheetScan]:
    """Look through a whole workbook before it is parsed; return what each sheet holds by name."""
    archive = Archive(io.BytesIO(content), limits)
    count_cells(archive, sheet_limits)
    kind = inspect_office(io.BytesIO(content), limits)
    if kind is FileKind.ODS:
        raise Refused("unsupported_spreadsheet")
    if kind is not FileKind.XLSX:
        raise Refused("not_a_spreadsheet")
    styles = styles_without_day(archive, _part_of_styles(archive))
    scans, stamps = scan_workbook(archive, sheet_limits, styles)
    refuse_secret(map(without_page_codes, stamps))
    parts = _parts_by_sheet(archive)
    if any(part not in scans for part in parts.values()):
        raise Refused("broken_file")
    return {name: scans[part] for name, part in parts.items()}


def read_lines(content: bytes, scan: SheetScan, name: str) -> Iterator[list[CellValue]]:
    """Yield the rows of one sheet from A1 on, never more than one of them at a time."""
    lost: dict[int, dict[int, str]] = {}
    for (row, column), text in scan.lost.items():
        lost.setdefault(row, {})[column] = text
    with _broken_told(), calamine.load_workbook(io.BytesIO(content)) as book:
        sheet = book.get_sheet_by_name(name)
        before: list[CellValue] = [None] * (sheet.start or (0, 0))[1]
        for number, values in enumerate(sheet.iter_rows()):
            cells = [*before, *map(plain_cell, values)]
            for column, text in lost.get(number, {}).items():
                cells.extend([None] * (column + 1 - len(cells)))
                cells[column] = text if cells[column] is None else cells[column]
            yield cells


def _parts_by_sheet(archive: Archive) -> dict[str, str]:
    """Return which part each worksheet's name stands for, as the workbook says."""
    if _BOOK not in archive.parts or _LINKS not in archive.parts:
        raise Refused("broken_file")
    links = {
        link.get("Id", ""): _resolved(link.get("Target", ""))
        for _, link in _elements(archive, _LINKS, "Relationship")
        if link.get("Type", "").endswith("/worksheet")
    }
    sheets = [sheet for _, sheet in _elements(archive, _BOOK, "sheet")]
    return {
        one["name"]: links[one["id"]] for one in sheets if one.get("id") in links and "name" in one
    }


def _part_of_styles(archive: Archive) -> str:
    if _LINKS not in archive.parts:
        raise Refused("broken_file")
    links = [link for _, link in _elements(archive, _LINKS, "Relationship")]
    targets = (one.get("Target", "") for one in links if one.get("Type", "").endswith("/styles"))
    return _resolved(next(targets, ""))


def _elements(archive: Archive, part: str, wanted: str) -> list[tuple[str, dict[str, str]]]:
    return elements([archive.read(part, _LARGEST_BOOK_PART)], frozenset({wanted}))


def _resolved(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _read(content: bytes, scans: dict[str, SheetScan]) -> Iterator[SheetGrid]:
    for name, is_hidden, rows, merged in _parsed(content):
        if name in scans:
            grid = [[plain_cell(value) for value in row] for row in rows]
            _put_back(grid, scans[name])
            _shorten(grid, scans[name])
            blocks = tuple(MergedCells(a, b, c, d) for (a, b), (c, d) in merged)
            hidden = frozenset(scans[name].hidden_rows)
            yield SheetGrid(name, grid, blocks, is_hidden, hidden)


_Parsed = tuple[str, bool, list[list[object]], list[tuple[tuple[int, int], tuple[int, int]]]]


def _parsed(content: bytes) -> list[_Parsed]:
    """Let the parser read the whole book."""
    with _broken_told(), calamine.load_workbook(io.BytesIO(content)) as book:
        found: list[_Parsed] = []
        for sheet in book.sheets_metadata:
            if sheet.typ is calamine.SheetTypeEnum.WorkSheet:
                read = book.get_sheet_by_name(sheet.name)
                rows: list[list[object]] = [
                    list(row) for row in read.to_python(skip_empty_area=False)
                ]
                hidden = sheet.visible is not calamine.SheetVisibleEnum.Visible
                found.append((sheet.name, hidden, rows, read.merged_cell_ranges or []))
        return found


@contextmanager
def _broken_told() -> Iterator[None]:
    """Whatever the parser stumbles over is a `broken_file`."""
    try:
        yield
    except (calamine.CalamineError, ValueError, OverflowError, OSError) as error:
        raise Refused("broken_file") from error
    except BaseException as error:
        # A panic of the parser is no Exception, and no reason to end the process.
        if type(error).__name__ == "PanicException":
            raise Refused("broken_file") from error
        raise


def _put_back(grid: Grid, scan: SheetScan) -> None:
    """Show the cells that the parser leaves out: errors, and formulas without a result."""
    for (row, column), text in scan.lost.items():
        grid.extend([] for _ in range(row + 1 - len(grid)))
        cells = grid[row]
        cells.extend([None] * (column + 1 - len(cells)))
        if cells[column] is None:
            cells[column] = text


def _shorten(grid: Grid, scan: SheetScan) -> None:
    """Show a date as its cell does where that leaves out the day."""
    for (row, column), form in scan.short_dates.items():
        cells = grid[row] if row < len(grid) else []
        if column < len(cells):
            cells[column] = as_shown(cells[column], form) or cells[column]


def plain_cell(value: object) -> CellValue:
    """Return whole numbers as int, midnights as dates, lengths of time as text, "" as None."""
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < _EXACT else value
    if isinstance(value, datetime):
        return value.date() if value.time() == time.min else value
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, str):
        return value if value.strip() else None
    return value if isinstance(value, bool | int | date) else None
