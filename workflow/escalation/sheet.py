"""Violations from a file of comma-separated values, as product.md §9 names its columns."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice

import numpy as np

from workflow.days import PROVINCE_ZONE, local_day
from workflow.errors import Refused
from workflow.escalation.columns import Coded, Columns, Flags, Ints, in_order
from workflow.escalation.lines import BadLine
from workflow.escalation.records import GroupKey
from workflow.violations.records import ViolationState

ID, TYPE, OCCURRED_AT, STATUS = "id", "type", "occurred_at", "status"
NEEDED = (ID, TYPE, OCCURRED_AT)
KEYS = (GroupKey.AGENCY, GroupKey.FIELD, GroupKey.PROCEDURE, GroupKey.OFFICER)
NAMES = frozenset({*NEEDED, STATUS, *KEYS})
STATES = frozenset({"", *ViolationState})
MARK = b"\xef\xbb\xbf"
AT_ONCE = 20_000
"""Rows read in one go."""
MOST_ROWS = 5_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(slots=True)
class _Words:
    """A column of words while it is read: a number for each different one; a blank one is 0."""

    numbers: dict[str, int] = field(default_factory=lambda: {"": 0})
    parts: list[Ints] = field(default_factory=list)

    def add(self, words: Sequence[str]) -> None:
        numbers = self.numbers
        said = (word.strip() and word for word in words)
        codes = [numbers.setdefault(word, len(numbers)) for word in said]
        self.parts.append(np.array(codes, np.int32))

    def coded(self, order: Ints | None) -> Coded:
        codes = _joined(self.parts)
        return Coded(codes if order is None else codes[order], tuple(self.numbers))


@dataclass(slots=True)
class _Sheet:
    """What has been read so far."""

    ids: list[str] = field(default_factory=list)
    lines: list[Ints] = field(default_factory=list)
    words: dict[str, _Words] = field(default_factory=dict)
    days: list[Ints] = field(default_factory=list)
    instants: list[Ints] = field(default_factory=list)
    overturned: list[Flags] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Some rows of the file, with the line on which each begins."""

    names: Sequence[str]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]

    def column(self, name: str) -> Sequence[str]:
        place = self.names.index(name)
        return [row[place] for row in self.rows]

    def refuse(self, place: int, name: str, reason: str) -> BadLine:
        return BadLine(self.lines[place], name, reason)


def read_violations(lines: Iterable[bytes]) -> Columns:
    """Read the lines of a file as violations; an empty file, or one with a heading only, has none.

    Columns stand in any order; those that are missing have no values, but for id, type and
    occurred_at. Times without a zone are Asia/Ho_Chi_Minh. BadLine names line and field:
    `column_missing`, `column_unknown`, `column_twice`, `row_short`, `row_long`, `required`,
    `id_twice`, `not_a_moment`, `not_a_state`, `not_utf8`, `not_csv`. Refused: `too_many_rows`.
    """
    counted = _rows(lines)
    line, heading = next(counted, (1, []))
    names = _names(line, heading)
    sheet = _Sheet()
    while rows := list(islice(counted, AT_ONCE)):
        _add(sheet, _Rows(names, [row for _, row in rows], [line for line, _ in rows]))
        if len(sheet.ids) > MOST_ROWS:
            raise Refused("too_many_rows")
    return _columns(sheet)


def _rows(lines: Iterable[bytes]) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not blank, with the line on which it begins."""
    reader = csv.reader(_decoded(lines), strict=True)
    begins = 1
    try:
        for row in reader:
            if row:
                yield begins, row
            begins = reader.line_num + 1
    except csv.Error as why:
        raise BadLine(max(begins, reader.line_num), "", "not_csv") from why


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        try:
            yield (line.removeprefix(MARK) if number == 1 else line).decode()
        except UnicodeDecodeError as why:
            raise BadLine(number, "", "not_utf8") from why


def _names(line: int, heading: Sequence[str]) -> list[str]:
    names = [name.strip() for name in heading]
    for place, name in enumerate(names):
        if name not in NAMES:
            raise BadLine(line, name, "column_unknown")
        if name in names[:place]:
            raise BadLine(line, name, "column_twice")
    for name in NEEDED if names else ():
        if name not in names:
            raise BadLine(line, name, "column_missing")
    return names


def _add(sheet: _Sheet, rows: _Rows) -> None:
    _refuse_ragged(rows)
    for name in (ID, TYPE):
        _refuse_blank(rows, name)
    sheet.ids.extend(rows.column(ID))
    sheet.lines.append(np.array(rows.lines, np.int32))
    for name in (TYPE, *KEYS):
        if name in rows.names:
            words = rows.column(name)
            sheet.words.setdefault(name, _Words()).add(words)
    instants, days = _moments(rows)
    sheet.instants.append(instants)
    sheet.days.append(days)
    if STATUS in rows.names:
        sheet.overturned.append(_overturned(rows))


def _refuse_ragged(rows: _Rows) -> None:
    width = len(rows.names)
    for place, row in enumerate(rows.rows):
        if len(row) < width:
            raise rows.refuse(place, rows.names[len(row)], "row_short")
        if len(row) > width:
            raise rows.refuse(place, str(width + 1), "row_long")


def _refuse_blank(rows: _Rows, name: str) -> None:
    for place, word in enumerate(rows.column(name)):
        if not word or word.isspace():
            raise rows.refuse(place, name, "required")


def _moments(rows: _Rows) -> tuple[Ints, Ints]:
    """Return microseconds since 1970 and the ordinal of the local date of each row."""
    known: dict[str, tuple[int, int]] = {}
    found = []
    for place, text in enumerate(rows.column(OCCURRED_AT)):
        if text not in known:
            try:
                known[text] = _moment(text.strip())
            except (ValueError, OverflowError) as why:
                raise rows.refuse(place, OCCURRED_AT, "not_a_moment") from why
        found.append(known[text])
    both = np.array(found, np.int64)
    return both[:, 0], both[:, 1]


def _moment(text: str) -> tuple[int, int]:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        at = at.replace(tzinfo=PROVINCE_ZONE)
    return (at.astimezone(UTC) - EPOCH) // MICROSECOND, local_day(at).toordinal()


def _overturned(rows: _Rows) -> Flags:
    states = [word.strip() for word in rows.column(STATUS)]
    if not STATES.issuperset(states):
        place = next(place for place, word in enumerate(states) if word not in STATES)
        raise rows.refuse(place, STATUS, "not_a_state")
    return np.array([word == ViolationState.OVERTURNED for word in states], np.bool_)


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _columns(sheet: _Sheet) -> Columns:
    _refuse_twice(sheet)
    instants, days = _joined(sheet.instants), _joined(sheet.days)
    order = in_order(instants, sheet.ids)
    overturned = np.concatenate(sheet.overturned) if sheet.overturned else None
    ids = sheet.ids
    if order is not None:
        ids = [ids[row] for row in order.tolist()]
        days = days[order]
        overturned = None if overturned is None else overturned[order]
    types = sheet.words.pop(TYPE, _Words())
    return Columns(
        ids=ids,
        days=days,
        types=types.coded(order),
        keys={GroupKey(name): words.coded(order) for name, words in sheet.words.items()},
        overturned=overturned,
    )


def _refuse_twice(sheet: _Sheet) -> None:
    if len(set(sheet.ids)) == len(sheet.ids):
        return
    seen: set[str] = set()
    lines = (line for part in sheet.lines for line in part.tolist())
    for line, identifier in zip(lines, sheet.ids, strict=True):
        if identifier in seen:
            raise BadLine(line, ID, "id_twice")
        seen.add(identifier)
