"""The office's list of incoming or outgoing papers, read from pasted cells or a sheet.

Where its columns stand is told by their names, else by what they hold (`columns`). Where nothing
names the sender of an incoming paper, its subject may begin with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from workflow.agencies.matching import KnownNames
from workflow.documents.cells import CellValue, Grid, ReadDate, cell_text, read_date
from workflow.documents.secrecy import is_secret_level
from workflow.documents.sheet import refuse_secret_grid
from workflow.errors import Refused
from workflow.papers.columns import (
    ARRIVAL,
    COUNTERPART,
    DATED,
    NUMBER,
    RECEIVED,
    SECRECY,
    SIGNER,
    SUBJECT,
    first_row,
    heading_of,
    heading_row,
    plain_order,
    unused_headings,
)
from workflow.papers.naming import AgencyOf, matcher, opener
from workflow.papers.records import Direction, LeftRow, ListedPaper
from workflow.text import clean

MOST_ROWS = 5_000
LINE = 500
BODY = 5_000
_SHORT_YEAR = re.compile(r"(\d{1,2}[/.-]\d{1,2}[/.-])(\d{2})")
SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReading:
    """What a list says: papers in their order, and the rows that wait for a better one.

    `told` is what a person should know of rows that were taken: an agency nobody knows or read
    from its short form, a paper that stands twice, of which the later row is taken. `unused` are
    the headings of columns that hold something and say nothing here. `again` are the heading and
    the rows left as they came, to be mended. `order` is what the columns of a list without a
    heading were taken for, from left to right; empty where a heading names them.
    """

    papers: tuple[ListedPaper, ...]
    left: tuple[LeftRow, ...]
    told: tuple[LeftRow, ...] = ()
    unused: tuple[str, ...] = ()
    again: tuple[tuple[str, ...], ...] = ()
    order: tuple[str, ...] = ()


def read_list(
    grid: Grid, direction: Direction, names: KnownNames, *, today: date | None = None
) -> ListReading:
    """Read a list of papers; every row is understood or left with its reason, none dropped.

    A row dated after `today` is left, where the day is given.
    Refused: `secret_document` when any cell or level marks one (nothing of it is then kept),
    `too_many_rows`, `no_papers` when no row holds anything.
    """
    refuse_secret_grid(grid)
    heading = heading_of(grid)
    first = first_row(grid) if heading else 0
    filled = [(at, row) for at, row in enumerate(grid, start=1) if any(map(cell_text, row))]
    rows = [(at, row) for at, row in filled if at > first]
    if not rows:
        raise Refused("no_papers")
    if len(rows) > MOST_ROWS:
        raise Refused("too_many_rows", limit=MOST_ROWS)
    agency_of, sender_in = matcher(names), opener(names)
    order = () if heading else plain_order(rows, agency_of)
    columns = heading or {name: place for place, name in enumerate(order)}
    read = [_Row(at, row, columns, direction, sender_in) for at, row in rows]
    if any(is_secret_level(row.text(SECRECY)) for row in read):
        raise Refused("secret_document")
    papers: list[ListedPaper] = []
    left, told = [], []
    seen: set[tuple[str, str, date, str]] = set()
    for row in read:
        paper, problem = row.paper(agency_of, today)
        if problem is not None:
            left.append(problem)
        if paper is None:
            continue
        told += row.notes_on(agency_of)
        if paper.key in seen:
            told.append(row.note(NUMBER, "paper_twice"))
        seen.add(paper.key)
        papers.append(paper)
    return ListReading(
        papers=tuple(papers),
        left=tuple(left),
        told=tuple(told),
        unused=unused_headings(grid, first, columns, rows) if heading else (),
        again=_again(grid, first if heading else 0, left),
        order=order,
    )


def _again(grid: Grid, first: int, left: Sequence[LeftRow]) -> tuple[tuple[str, ...], ...]:
    """Return the heading and the rows left, as text."""
    if not left:
        return ()
    head = [heading_row(grid, first)] if first else []
    rows = [*head, *(grid[one.row - 1] for one in left)]
    return tuple(tuple(clean(cell_text(cell)) for cell in row) for row in rows)


class _Row:
    """One row of the list and where its columns stand."""

    def __init__(
        self,
        at: int,
        row: Sequence[CellValue],
        columns: Mapping[str, int],
        direction: Direction,
        sender_in: Callable[[str], str],
    ) -> None:
        self.at = at
        self.row = row
        self.columns = columns
        self.direction = direction
        told = self.text(COUNTERPART)
        asks = direction is Direction.INCOMING and not told
        taken = sender_in(self.text(SUBJECT)) if asks else ""
        self.counterpart, self.is_taken = told or taken, bool(taken)

    def cell(self, name: str) -> CellValue:
        place = self.columns.get(name)
        return self.row[place] if place is not None and place < len(self.row) else None

    def text(self, name: str) -> str:
        return clean(cell_text(self.cell(name)))

    def day(self, name: str) -> ReadDate:
        """Return the day of a cell; registers write years of two figures, of this century."""
        short = _SHORT_YEAR.fullmatch(self.text(name))
        return read_date(f"{short[1]}20{short[2]}" if short else self.cell(name))

    def note(self, name: str, reason: str) -> LeftRow:
        """Return what to know of this row, at one of its cells."""
        return self._left(name, reason)

    def notes_on(self, agency_of: AgencyOf) -> list[LeftRow]:
        """Return what to know of the agency this row names."""
        reason = "agency_in_subject" if self.is_taken else agency_of(self.counterpart)[1]
        words = self.counterpart[:SHOWN]
        return (
            [LeftRow(row=self.at, field=COUNTERPART, words=words, reason=reason)] if reason else []
        )

    def paper(
        self, agency_of: AgencyOf, today: date | None = None
    ) -> tuple[ListedPaper | None, LeftRow | None]:
        """Return the paper a row is, or what in it cannot be read."""
        dated, received = self.day(DATED), self.day(RECEIVED)
        problem = self._missing(dated.day, dated.reason) or self._long()
        if problem is None and received.reason:
            problem = self._left(RECEIVED, "not_a_date")
        problem = problem or self._ahead(dated.day, received.day, today)
        if problem is not None or dated.day is None:
            return None, problem
        counterpart = self.counterpart
        return (
            ListedPaper(
                direction=self.direction,
                number=self.text(NUMBER),
                dated=dated.day,
                counterpart=counterpart,
                subject=self.text(SUBJECT),
                signer=self.text(SIGNER),
                received_on=received.day,
                arrival_number=self.text(ARRIVAL),
                agency_id=agency_of(counterpart)[0],
            ),
            None,
        )

    def _ahead(
        self, dated: date | None, received: date | None, today: date | None
    ) -> LeftRow | None:
        """Return the day that has not come yet; it is a slip of the pen."""
        days = {DATED: dated, RECEIVED: received}
        ahead = (name for name, day in days.items() if today and day and day > today)
        name = next(ahead, None)
        return self._left(name, "date_future") if name else None

    def _missing(self, day: date | None, reason: str) -> LeftRow | None:
        if not self.text(NUMBER):
            return self._left(NUMBER, "required")
        if day is None:
            return self._left(DATED, "not_a_date" if reason else "required")
        return None if self.counterpart else self._left(COUNTERPART, "required")

    def _long(self) -> LeftRow | None:
        for name in (NUMBER, COUNTERPART, SIGNER, ARRIVAL):
            if len(self.text(name)) > LINE:
                return self._left(name, "too_long")
        return self._left(SUBJECT, "too_long") if len(self.text(SUBJECT)) > BODY else None

    def _left(self, name: str, reason: str) -> LeftRow:
        return LeftRow(row=self.at, field=name, words=self.text(name)[:SHOWN], reason=reason)
