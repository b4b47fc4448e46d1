"""Where the columns of the office's list stand: by their names, else by what they hold.

The names are those of the registers that offices keep (NĐ 30/2020, annex IV), and any seen there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workflow.documents.cells import CellValue, Grid, cell_text, read_date
from workflow.papers.naming import AgencyOf
from workflow.text import clean, fold

_LOOKED_AT = 20
_WORDS = re.compile(r"\w+")
NUMBER, DATED, SUBJECT, COUNTERPART = "number", "dated", "subject", "counterpart"
SIGNER, RECEIVED, ARRIVAL, SECRECY = "signer", "received_on", "arrival_number", "secrecy"
PLAIN_ORDER = (NUMBER, DATED, SUBJECT, COUNTERPART, SIGNER)
SENDER_FIRST = (NUMBER, DATED, COUNTERPART, SUBJECT, SIGNER)
SAMPLE = 50
"""Rows of a list without a heading that are asked where the agency stands."""
HEADINGS: Mapping[str, tuple[str, ...]] = {
    NUMBER: (
        "so ky hieu", "so va ky hieu", "so ky hieu van ban", "so van ban", "so cong van",
        "so hieu", "so",
    ),
    DATED: (
        "ngay van ban", "ngay thang van ban", "ngay ky", "ngay ban hanh", "ngay thang",
        "ngay thang nam", "ngay",
    ),
    ARRIVAL: (
        "so den", "so van ban den", "so cv den", "so cong van den", "so thu tu den", "stt den",
    ),
    RECEIVED: ("ngay den", "ngay nhan", "ngay tiep nhan"),
    SUBJECT: (
        "trich yeu", "ten loai va trich yeu", "trich yeu noi dung", "ten loai", "noi dung",
    ),
    COUNTERPART: (
        "tac gia", "co quan gui", "co quan ban hanh", "noi gui", "don vi gui", "noi ban hanh",
        "co quan nhan", "noi nhan", "don vi nhan", "co quan",
    ),
    SIGNER: ("nguoi ky",),
    SECRECY: ("do mat", "muc do mat"),
}  # fmt: skip
"""Names of the columns, folded, the surest first; a longer heading may go on after them."""
COUNTERS = frozenset({"stt", "tt", "số tt", "số thứ tự"})
"""Columns that only count the rows: nobody misses them."""


def heading_of(grid: Grid) -> dict[str, int] | None:
    """Return where each column stands, from the first row that names a number and a date."""
    for row in grid[:_LOOKED_AT]:
        found = columns_in(row)
        if NUMBER in found and DATED in found:
            return found
    return None


def columns_in(row: Sequence[CellValue]) -> dict[str, int]:
    """Give each column the cell whose name is the surest; no cell serves two."""
    found: dict[str, tuple[int, int]] = {}
    for place, value in enumerate(row):
        named = _named(cell_text(value))
        if named and (named[0] not in found or named[1] < found[named[0]][0]):
            found[named[0]] = (named[1], place)
    return {name: place for name, (_, place) in found.items()}


def _named(text: str) -> tuple[str, int] | None:
    words = " ".join(_WORDS.findall(fold(text)))
    best: tuple[int, str, int] | None = None
    for name, phrases in HEADINGS.items():
        for rank, phrase in enumerate(phrases):
            whole = words == phrase
            goes_on = " " in phrase and words.startswith(f"{phrase} ")
            if (whole or goes_on) and (best is None or len(phrase) > best[0]):
                best = (len(phrase), name, rank)
    return (best[1], best[2]) if best else None


def plain_order(
    rows: Sequence[tuple[int, Sequence[CellValue]]], agency_of: AgencyOf
) -> tuple[str, ...]:
    """Return what the columns of a list without a heading hold, from left to right.

    Subject before agency, unless the first rows name agencies where the subject would stand,
    and more often than where the agency would. A day after the signer is that of receipt.
    """
    named = [
        sum(
            agency_of(clean(cell_text(row[place])))[0] is not None
            for _at, row in rows[:SAMPLE]
            if place < len(row)
        )
        for place in (PLAIN_ORDER.index(SUBJECT), PLAIN_ORDER.index(COUNTERPART))
    ]
    order = SENDER_FIRST if named[0] > named[1] else PLAIN_ORDER
    last = [row[len(order)] for _at, row in rows[:SAMPLE] if len(row) > len(order)]
    days = [read_date(cell).day is not None for cell in last if cell_text(cell)]
    return (*order, RECEIVED) if days and all(days) else order


def unused_headings(
    grid: Grid,
    first: int,
    columns: Mapping[str, int],
    rows: Sequence[tuple[int, Sequence[CellValue]]],
) -> tuple[str, ...]:
    """Return the headings of columns that hold something and are read as nothing."""
    head = heading_row(grid, first)
    known = {*columns.values()}
    return tuple(
        clean(cell_text(cell))
        for place, cell in enumerate(head)
        if place not in known
        and clean(cell_text(cell)).casefold() not in COUNTERS
        and cell_text(cell)
        and any(place < len(row) and cell_text(row[place]) for _at, row in rows)
    )


def heading_row(grid: Grid, first: int) -> Sequence[CellValue]:
    """Return the row above the first paper that names the columns; empty where none does."""
    found = (row for row in grid[:first] if {NUMBER, DATED} <= columns_in(row).keys())
    return next(found, ())


def first_row(grid: Grid) -> int:
    """Return the row after the heading; a line of column numbers below it is left out."""
    for at, row in enumerate(grid[:_LOOKED_AT]):
        found = columns_in(row)
        if NUMBER in found and DATED in found:
            below = [cell_text(value).strip("()") for value in _row_at(grid, at + 1)]
            counted = [text for text in below if text]
            return at + 2 if counted and all(text.isdecimal() for text in counted) else at + 1
    return 0


def _row_at(grid: Grid, at: int) -> Sequence[CellValue]:
    return grid[at] if at < len(grid) else ()
