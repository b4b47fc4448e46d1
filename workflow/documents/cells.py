"""The values of spreadsheet cells as the words and dates that a reader sees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from workflow.text import clean_lines, fold

CellValue = str | int | float | bool | date | datetime | None
Grid = list[list[CellValue]]

_FIRST_YEAR, _LAST_YEAR = 1945, 2100
_DAY = re.compile(
    r"\b(?:ngay )?(\d{1,2}) ?(?:[/.-]|thang) ?(\d{1,2}) ?(?:[/.-]|,? ?nam) ?(\d{2,4})\b"
)
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_ERRORS = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)


def cell_text(value: CellValue) -> str:
    """Return the text of a cell as shown: whole numbers without a point, dates as dd/mm/yyyy."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return _shown_moment(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return clean_lines(value) if isinstance(value, str) else str(value)


def _shown_moment(value: datetime) -> str:
    return f"{value:%d/%m/%Y}" if value.time() == time.min else f"{value:%d/%m/%Y %H:%M}"


def is_error(text: str) -> bool:
    """Tell whether an error, or a formula without its result, stands where a value should."""
    return text in _ERRORS or text.startswith("=")


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date that was read, or the code of why it was not; both empty when nothing is there."""

    day: date | None = None
    reason: str = ""


def read_date(value: CellValue) -> ReadDate:
    """Read a cell that should hold one date.

    Reasons: `impossible_date` (31/02), `several_dates`, `unreadable_date` (no date, a year of
    two figures, or a year outside 1945-2100).
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _plausible(value.year, value.month, value.day)
    text = cell_text(value)
    if not text:
        return ReadDate()
    found = dates_in(text)
    if len(set(found)) > 1:
        return ReadDate(reason="several_dates")
    return found[0] if found else ReadDate(reason="unreadable_date")


def dates_in(text: str) -> tuple[ReadDate, ...]:
    """Return every full date written in `text`, in order."""
    words = fold(text)
    found = [(m.start(), _plausible(int(m[1]), int(m[2]), int(m[3]))) for m in _ISO.finditer(words)]
    found += [(m.start(), _of_figures(m[1], m[2], m[3])) for m in _DAY.finditer(words)]
    return tuple(day for _, day in sorted(found, key=lambda one: one[0]))


def _of_figures(day: str, month: str, year: str) -> ReadDate:
    four_figures = 4
    if len(year) != four_figures:
        return ReadDate(reason="unreadable_date")
    return _plausible(int(year), int(month), int(day))


def _plausible(year: int, month: int, day: int) -> ReadDate:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return ReadDate(reason="unreadable_date")
    try:
        return ReadDate(day=date(year, month, day))
    except ValueError:
        return ReadDate(reason="impossible_date")
