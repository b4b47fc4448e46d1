"""How large a sheet may be, and what one was found to hold."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLimits:
    """How large a sheet may be: rows, columns, cells, and letters in all its cells."""

    max_rows: int = 20_000
    max_columns: int = 200
    max_cells: int = 500_000
    max_letters: int = 20_000_000


@dataclass(slots=True)
class SheetScan:
    """What one sheet holds; `lost` are cells whose value a reader would leave out.

    Those are errors, and formulas saved without their result: place (row and column from 0)
    and the text a person should see there. `short_dates` are cells whose style shows a date
    without its day, with the form it takes. `stamps` are the texts of page heads and feet,
    `hidden_rows` the rows (from 0) that nobody sees who opens the sheet.
    """

    cells: int = 0
    shared: int = 0
    merged: int = 0
    last_row: int = -1
    last_column: int = -1
    lost: dict[tuple[int, int], str] = field(default_factory=dict)
    short_dates: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    stamps: list[str] = field(default_factory=list)
