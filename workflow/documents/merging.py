"""Cells merged downwards: the value goes for every row, and one merged task is one row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workflow.documents.cells import Grid, cell_text
from workflow.documents.columns import Column
from workflow.documents.heading import SheetHeading


@dataclass(frozen=True, slots=True)
class MergedCells:
    """A merged block: its first and last row and column, from 0, both ends in."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


def unmerge(grid: Grid, heading: SheetHeading, merged: Iterable[MergedCells]) -> Grid:
    """Return a grid in which blocks merged downwards under the heading are taken apart.

    Where the task itself spans several rows, their other cells are lines of its own: two
    leads under one task. Any other block repeats its value for each task beside it.
    """
    blocks = [
        block
        for block in merged
        if heading.last_row < block.first_row < block.last_row
        and block.first_column == block.last_column
    ]
    if not blocks:
        return grid
    copy = [list(row) for row in grid]
    joined = _join_tasks(copy, blocks, heading.place_of(Column.CONTENT))
    for block in blocks:
        _repeat(copy, block, joined)
    return copy


def _join_tasks(grid: Grid, blocks: list[MergedCells], content: int | None) -> set[int]:
    """Move the cells of a merged task's lower rows up into its first row; return those rows."""
    joined: set[int] = set()
    for block in blocks:
        if block.first_column == content:
            lower = range(block.first_row + 1, min(block.last_row + 1, len(grid)))
            for at in lower:
                _append(grid, block.first_row, at)
            joined |= set(lower)
    return joined


def _append(grid: Grid, upper: int, lower: int) -> None:
    for place, value in enumerate(grid[lower]):
        above = grid[upper]
        if not cell_text(value):
            continue
        above.extend([None] * (place + 1 - len(above)))
        held = cell_text(above[place])
        above[place] = f"{held}\n{cell_text(value)}" if held else value
        grid[lower][place] = None


def _repeat(grid: Grid, block: MergedCells, joined: set[int]) -> None:
    if block.first_row >= len(grid) or block.first_column >= len(grid[block.first_row]):
        return
    value = grid[block.first_row][block.first_column]
    for at in range(block.first_row + 1, min(block.last_row + 1, len(grid))):
        if at not in joined:
            row = grid[at]
            row.extend([None] * (block.first_column + 1 - len(row)))
            row[block.first_column] = value
