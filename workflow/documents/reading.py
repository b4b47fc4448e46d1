"""What a task sheet was read as: rows understood, rows left out, and what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflow.agencies.matching import Match, Suggestion
from workflow.deadlines.records import Deadline
from workflow.documents.columns import SheetColumn
from workflow.documents.records import CarriedState


class SkipReason(StrEnum):
    """Why a row of the sheet is no task."""

    EMPTY_ROW = "empty_row"
    SECTION = "section"
    TOTAL = "total"
    HEADING = "heading"
    NUMBERING = "numbering"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that was not read as a task: its number in the sheet, why, and its words."""

    row: int
    reason: SkipReason
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """What waits for a person: the row of the sheet, the field, its words and a stable reason."""

    row: int
    field: str
    text: str
    reason: str
    suggestions: tuple[Suggestion, ...] = ()
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOver:
    """Running, paused or finished work that was recorded elsewhere, in the sheet's own words.

    `reached_on` is the day it was paused or finished there.
    """

    state: CarriedState
    words: str
    reached_on: date | None = None
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One task of the sheet; `row` counts from 1 as the spreadsheet does.

    `extra` are the columns with no field of their own, heading and text, so that nothing is
    dropped. `year` is the one the deadline was read with. `duplicate_of` is the earlier row
    that says the same.
    """

    row: int
    ordinal: str
    content: str
    lead_words: str
    lead: tuple[Match, ...]
    coordinating_words: str
    coordinating: tuple[Match, ...]
    deadline: Deadline
    year: int | None
    section: str = ""
    expected_output: str = ""
    field: str = ""
    source_text: str = ""
    source_date: date | None = None
    assigner: str = ""
    monitor: str = ""
    urgency: str = ""
    result: str = ""
    note: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    carried_over: CarriedOver | None = None
    duplicate_of: int | None = None
    unresolved: tuple[Unresolved, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReading:
    """A whole sheet as read; `header_row` counts from 1, `year` is the sheet's own."""

    title: str
    preamble: tuple[str, ...]
    year: int | None
    header_row: int
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    skipped: tuple[SkippedRow, ...]

    @property
    def unresolved(self) -> tuple[Unresolved, ...]:
        """All that waits for a person, row by row."""
        return tuple(one for row in self.rows for one in row.unresolved)
