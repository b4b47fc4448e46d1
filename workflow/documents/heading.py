"""Finds where a task sheet's heading stands, in one line or several, merged or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.documents.cells import CellValue, Grid, cell_text
from workflow.documents.columns import (
    Column,
    Heading,
    SheetColumn,
    column_of,
    columns_of,
    holds_tasks,
)

_ROWS_SEARCHED = 200
_MOST_LINES = 3
_FEWEST_AGAIN = 3


@dataclass(frozen=True, slots=True)
class SheetHeading:
    """The heading of a task sheet: its rows (from 0, both ends in) and its columns."""

    first_row: int
    last_row: int
    columns: tuple[SheetColumn, ...]

    def place_of(self, column: Column) -> int | None:
        """Return the place of the column that holds `column`, or None."""
        return next((one.place for one in self.columns if one.holds is column), None)


def find_heading(grid: Grid) -> SheetHeading | None:
    """Return the first heading that names the task and who leads it or by when, or None."""
    for at in range(min(len(grid), _ROWS_SEARCHED)):
        found = _heading_at(grid, at)
        if found:
            return found
    return None


def heading_again(grid: Grid, at: int) -> SheetHeading | None:
    """Return the heading that starts at row `at` below the first one: a new table, a new page.

    Every cell of it has to be a heading, so that a task is never taken for one.
    """
    held = [column_of(text) for text in _texts(grid[at]).values()]
    if len(held) < _FEWEST_AGAIN or not all(held) or len(set(held)) < len(held):
        return None
    return _heading_at(grid, at)


def _heading_at(grid: Grid, at: int) -> SheetHeading | None:
    held = {column_of(text) for text in _texts(grid[at]).values()}
    if held.isdisjoint({Column.CONTENT, Column.LEAD, Column.COORDINATING, Column.DEADLINE}):
        return None
    last = at + sum(1 for _ in _lower_lines(grid, at))
    lines = [_texts(row) for row in grid[at : last + 1]]
    columns = columns_of(_stacked(lines))
    return SheetHeading(at, last, columns) if holds_tasks(columns) else None


def _lower_lines(grid: Grid, at: int) -> Iterator[int]:
    """Yield the rows under `at` that go on with the heading: no task stands in them yet.

    A line that only groups what the next one heads ("Cơ quan", "Thời gian") belongs to it.
    """
    top = _texts(grid[at])
    fixed = [p for p, text in top.items() if column_of(text) in {Column.ORDINAL, Column.CONTENT}]
    grouping: list[int] = []
    for below in range(at + 1, min(at + _MOST_LINES, len(grid))):
        texts = _texts(grid[below])
        said = [column_of(text) for place, text in texts.items() if top.get(place) != text]
        starts_tasks = any(texts.get(place, top[place]) != top[place] for place in fixed)
        if starts_tasks:
            return
        grouping.append(below)
        if any(said):
            yield from grouping
            grouping.clear()


def _stacked(lines: Sequence[dict[int, str]]) -> dict[int, Heading]:
    """Put the lines of each column together; a merged line goes for the columns to its right."""
    stacked: dict[int, Heading] = {}
    for place in sorted(set().union(*lines)):
        parts: list[str] = []
        for depth, line in enumerate(lines):
            has_lower = any(place in lower for lower in lines[depth + 1 :])
            text = line.get(place) or (_to_the_left(line, place) if has_lower else "")
            if text and text not in parts:
                parts.append(text)
        stacked[place] = Heading(tuple(parts))
    return stacked


def _to_the_left(line: dict[int, str], place: int) -> str:
    left = [at for at in line if at < place]
    return line[max(left)] if left else ""


def _texts(row: Sequence[CellValue]) -> dict[int, str]:
    shown = {place: cell_text(value) for place, value in enumerate(row) if value is not None}
    return {place: " ".join(text.split("\n")) for place, text in shown.items() if text}
