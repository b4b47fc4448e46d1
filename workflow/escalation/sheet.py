"""Violations from a file of comma-separated values, as product.md §9 names its columns."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
AT_ONCE = 1_000
"""Rows read in one go."""
MOST_ROWS = 5_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_DAY = EPOCH.toordinal()
MICROSECOND = timedelta(microseconds=1)
DAY, AHEAD = 86_400, 7 * 3_600
"""Seconds of a day, and by which the province is ahead of UTC."""
SECOND = 1_000_000
"""Microseconds."""
SETTLED = 1976
"""From this year on the province has been at UTC+7 without a change."""


@dataclass(slots=True)
class _Words:
    """A column of words while it is read: a number for each different one; a blank one is 0."""

    numbers: dict[str, int] = field(default_factory=dict)
    words: list[str] = field(default_factory=lambda: [""])
    parts: list[Ints] = field(default_factory=list)

    def add(self, words: Sequence[str]) -> None:
        numbers = self.numbers
        for word in dict.fromkeys(words):
            if word not in numbers:
                numbers[word] = len(self.words) if word.strip() else 0
                if numbers[word]:
                    self.words.append(word)
        self.parts.append(np.array([numbers[word] for word in words], np.int32))

    def coded(self, order: Ints | None) -> Coded:
        codes = _joined(self.parts)
        return Coded(codes if order is None else codes[order], self.words)


@dataclass(slots=True)
class _Sheet:
    """What has been read so far."""

    ids: list[str] = field(default_factory=list)
    lines: list[Ints] = field(default_factory=list)
    words: dict[str, _Words] = field(default_factory=dict)
    days: list[Ints] = field(default_factory=list)
    instants: list[Ints] = field(default_factory=list)
    overturned: list[Flags] = field(default_factory=list)


def read_violations(lines: Iterable[str]) -> Columns:
    """Read the lines of a file as violations; an empty file, or one with a heading only, has none.

    Columns stand in any order; those that are missing have no values, but for id, type and
    occurred_at. Times without a zone are Asia/Ho_Chi_Minh. BadLine names line and field:
    `column_missing`, `column_unknown`, `column_twice`, `row_short`, `row_long`, `required`,
    `id_twice`, `not_a_moment`, `not_a_state`, `not_csv`. Refused: `too_many_rows`.
    """
    counted = _rows(lines)
    line, heading = next(counted, (1, []))
    names = _names(line, heading)
    sheet = _Sheet()
    while rows := list(islice(counted, AT_ONCE)):
        _add(sheet, names, [row for _, row in rows], [line for line, _ in rows])
        if len(sheet.ids) > MOST_ROWS:
            raise Refused("too_many_rows")
    return _columns(sheet)


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not blank, with the line on which it begins."""
    reader = csv.reader(lines, strict=True)
    begins = 1
    try:
        for row in reader:
            if row:
                yield begins, row
            begins = reader.line_num + 1
    except csv.Error as why:
        raise BadLine(max(begins, reader.line_num), "", "not_csv") from why


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


def _add(
    sheet: _Sheet, names: Sequence[str], rows: Sequence[Sequence[str]], lines: Sequence[int]
) -> None:
    _refuse_ragged(names, rows, lines)
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    for name in (ID, TYPE):
        _refuse_where(columns, name, lines, str.strip, "required")
    sheet.ids.extend(columns[ID])
    sheet.lines.append(np.array(lines, np.int32))
    for name in (TYPE, *KEYS):
        if name in columns:
            sheet.words.setdefault(name, _Words()).add(columns[name])
    instants, days = _moments(columns, lines)
    sheet.instants.append(instants)
    sheet.days.append(days)
    if STATUS in columns:
        _refuse_where(columns, STATUS, lines, _is_state, "not_a_state")
        gone = [word.strip() == ViolationState.OVERTURNED for word in columns[STATUS]]
        sheet.overturned.append(np.array(gone, np.bool_))


def _refuse_ragged(
    names: Sequence[str], rows: Sequence[Sequence[str]], lines: Sequence[int]
) -> None:
    width = len(names)
    for place, row in enumerate(rows):
        if len(row) < width:
            raise BadLine(lines[place], names[len(row)], "row_short")
        if len(row) > width:
            raise BadLine(lines[place], str(width + 1), "row_long")


def _refuse_where(
    columns: Mapping[str, Sequence[str]],
    name: str,
    lines: Sequence[int],
    holds: Callable[[str], object],
    reason: str,
) -> None:
    """Refuse the first row whose word does not hold; each different word is asked once."""
    words = columns[name]
    wrong = {word for word in set(words) if not holds(word)}
    if wrong:
        place = next(place for place, word in enumerate(words) if word in wrong)
        raise BadLine(lines[place], name, reason)


def _is_state(word: str) -> bool:
    return word.strip() in STATES


def _moments(columns: Mapping[str, Sequence[str]], lines: Sequence[int]) -> tuple[Ints, Ints]:
    """Return microseconds since 1970 and the ordinal of the local date of each row."""
    texts = columns[OCCURRED_AT]
    try:
        return _read_moments(texts)
    except (ValueError, OverflowError) as why:
        place = next(place for place, text in enumerate(texts) if not _is_moment(text))
        raise BadLine(lines[place], OCCURRED_AT, "not_a_moment") from why


def _read_moments(texts: Sequence[str]) -> tuple[Ints, Ints]:
    moments = [datetime.fromisoformat(text.strip()) for text in texts]
    if all(at.tzinfo is None and at.year >= SETTLED for at in moments):
        days = np.array([at.toordinal() for at in moments], np.int64)
        seconds = np.array(
            [at.hour * 3600 + at.minute * 60 + at.second for at in moments], np.int64
        )
        parts = np.array([at.microsecond for at in moments], np.int64)
        return ((days - FIRST_DAY) * DAY + seconds - AHEAD) * SECOND + parts, days
    both = np.array([_moment(at) for at in moments], np.int64)
    return both[:, 0], both[:, 1]


def _is_moment(text: str) -> bool:
    try:
        return bool(_moment(datetime.fromisoformat(text.strip())))
    except (ValueError, OverflowError):
        return False


def _moment(at: datetime) -> tuple[int, int]:
    if at.tzinfo is None:
        at = at.replace(tzinfo=PROVINCE_ZONE)
    return (at.astimezone(UTC) - EPOCH) // MICROSECOND, local_day(at).toordinal()


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _columns(sheet: _Sheet) -> Columns:
    _refuse_twice(sheet)
    instants, days = _joined(sheet.instants), _joined(sheet.days).astype(np.int32)
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
    first = dict(zip(reversed(sheet.ids), range(len(sheet.ids) - 1, -1, -1), strict=True))
    place = next(place for place, name in enumerate(sheet.ids) if first[name] < place)
    raise BadLine(int(_joined(sheet.lines)[place]), ID, "id_twice")
