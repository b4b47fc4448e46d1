"""Reads a task sheet, as offices send it, into clauses that a person can look over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from workflow.agencies.matching import KnownNames
from workflow.documents.cells import Grid, cell_text
from workflow.documents.columns import Column
from workflow.documents.heading import SheetHeading, find_heading
from workflow.documents.layout import TaskRow, lay_out
from workflow.documents.merging import MergedCells, unmerge
from workflow.documents.reading import (
    CarriedOver,
    SheetReading,
    SheetRow,
    SkippedRow,
    SkipReason,
    Unresolved,
)
from workflow.documents.rowreading import RowReader
from workflow.documents.secrecy import is_secret_level, refuse_secret
from workflow.documents.years import year_of_sheet
from workflow.errors import Refused
from workflow.text import fold, squeeze

__all__ = [
    "CarriedOver",
    "MergedCells",
    "SheetReading",
    "SheetRow",
    "SkipReason",
    "SkippedRow",
    "Unresolved",
    "has_tasks",
    "read_sheet",
    "refuse_secret_grid",
]

_TITLES = ("phu luc", "danh muc", "bang", "bieu", "ke hoach", "tong hop", "nhiem vu", "danh sach")
_SHORTEST_TITLE = 3


def read_sheet(
    grid: Grid,
    names: KnownNames,
    *,
    year: int | None = None,
    before_is_strict: bool = True,
    name: str = "",
    merged: Iterable[MergedCells] = (),
    hidden: Collection[int] = (),
) -> SheetReading:
    """Read a grid of cells as a task sheet; nothing is guessed and no row is dropped.

    `year` stands above every year the sheet itself names; without it a row takes the year of
    its own source date, else the one above the heading or in `name` (the sheet's and the
    file's). A task in a row of `hidden` (from 0) waits: who sent the sheet did not see it.
    Refused: `secret_document`, `no_task_heading`, `no_tasks`.
    """
    refuse_secret_grid(grid)
    heading = find_heading(grid)
    if heading is None:
        raise Refused("no_task_heading")
    layout = lay_out(unmerge(grid, heading, merged), heading)
    _refuse_secret_levels(layout.tasks)
    if not layout.tasks:
        raise Refused("no_tasks")
    preamble = tuple(_preamble(grid, heading))
    sheet_year = year or year_of_sheet(preamble, name)
    reader = RowReader(names, year=year, sheet_year=sheet_year, before_is_strict=before_is_strict)
    return SheetReading(
        title=_title(preamble),
        preamble=preamble,
        year=sheet_year,
        header_row=heading.first_row + 1,
        columns=heading.columns,
        rows=tuple(
            _hidden(row) if row.row - 1 in hidden else row
            for row in _with_duplicates(reader.read(task) for task in layout.tasks)
        ),
        skipped=tuple(layout.skipped),
    )


def has_tasks(grid: Grid) -> bool:
    """Tell whether a grid has a task below its heading."""
    heading = find_heading(grid)
    return heading is not None and bool(lay_out(grid, heading).tasks)


def refuse_secret_grid(grid: Grid) -> None:
    """Refuse a grid with a marking of Mật or above in any of its cells."""
    refuse_secret(value for row in grid for value in row if isinstance(value, str))


def _refuse_secret_levels(tasks: Iterable[TaskRow]) -> None:
    if any(is_secret_level(task.text(Column.SECRECY)) for task in tasks):
        raise Refused("secret_document")


def _title(preamble: tuple[str, ...]) -> str:
    """Tell the sheet's own title from the names of the state and the office above it.

    "PHỤ LỤC" or "PHỤ LỤC II" alone goes on in the line below it.
    """
    for line, below in zip(preamble, (*preamble[1:], ""), strict=False):
        if fold(line).startswith(_TITLES):
            goes_on = len(line.split()) <= _SHORTEST_TITLE and not below.startswith("(")
            return f"{line} {below}".strip() if goes_on else line
    return preamble[0] if preamble else ""


def _preamble(grid: Grid, heading: SheetHeading) -> Iterator[str]:
    for row in grid[: heading.first_row]:
        texts = [text for text in map(cell_text, row) if text]
        if texts:
            yield " ".join(" ".join(texts).split())


def _with_duplicates(rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
    """Mark a row that says what an earlier one said: the same task, lead and deadline."""
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        said = (row.content, row.lead_words, row.deadline.text)
        key = tuple(map(squeeze, said))
        if not key[0] or key not in first:
            first.setdefault(key, row.row)
            yield row
            continue
        again = Unresolved(row=row.row, field="row", text=row.content, reason="duplicate_row")
        yield replace(row, duplicate_of=first[key], unresolved=(*row.unresolved, again))


def _hidden(row: SheetRow) -> SheetRow:
    unseen = Unresolved(row=row.row, field="row", text=row.content, reason="hidden_row")
    return replace(row, unresolved=(*row.unresolved, unseen))
