"""Violations as columns: what the engine counts over, a million rows as quickly as five."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from workflow.days import local_day
from workflow.escalation.records import Group, GroupKey, Occurrence

Ints = npt.NDArray[np.integer[Any]]
Flags = npt.NDArray[np.bool_]

NO_GROUP = -1
"""The code of a row that lacks a value for one of the keys."""
MOST = 1 << 62
"""Codes beyond this are made small again."""
NARROW = 1 << 31
"""Numbers below this take half the room."""
DIGIT, DIGITS = 16, 0xFFFF
"""Bits that numpy sorts in one quick pass, and their mask."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of words: `words[codes[row]]`; `words[0]` is "", which is no value."""

    codes: Ints
    words: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Violations by column; the rows of any group stand in the order of `occurred_at`, then id.

    `days` are proleptic ordinals of the local dates. A key that is not in `keys` has no values;
    `GroupKey.TYPE` reads `types`. `overturned` None means none is. `numbers` are the ids as
    numbers where they were stored as such.
    """

    ids: Sequence[str]
    days: Ints
    types: Coded
    keys: Mapping[GroupKey, Coded] = field(default_factory=dict)
    overturned: Flags | None = None
    numbers: Ints = field(default_factory=lambda: np.zeros(0, np.int64), repr=False)
    _groups: dict[tuple[GroupKey, ...], Ints] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.days)

    def groups(self, keys: tuple[GroupKey, ...]) -> Ints:
        """Return each row's group by `keys`, in alphabetical order: a code, or NO_GROUP."""
        if keys not in self._groups:
            self._groups[keys] = self._coded(keys)
        return self._groups[keys]

    def groups_of(self, keys: tuple[GroupKey, ...], rows: Ints) -> list[Group]:
        """Return the groups of some rows as words; each row has a value for every key."""
        pairs = [[(str(key), word) for word in self._words(key, rows)] for key in keys]
        return list(zip(*pairs, strict=True)) if keys else [()] * len(rows)

    def _words(self, key: GroupKey, rows: Ints) -> list[str]:
        column = self.types if key is GroupKey.TYPE else self.keys[key]
        words = column.words
        return [words[code] for code in column.codes[rows].tolist()]

    def _column(self, key: GroupKey) -> Coded | None:
        return self.types if key is GroupKey.TYPE else self.keys.get(key)

    def _coded(self, keys: tuple[GroupKey, ...]) -> Ints:
        columns = [column for key in keys if (column := self._column(key)) is not None]
        if len(columns) < len(keys):
            return np.full(len(self), NO_GROUP, np.int64)
        sizes = [len(column.words) for column in columns]
        kind = np.int32 if prod(sizes) < NARROW else np.int64
        whole: Ints = np.zeros(len(self), kind)
        missing = np.zeros(len(self), np.bool_)
        so_far = 1
        for column, size in zip(columns, sizes, strict=True):
            if so_far * size > MOST:
                names, whole = np.unique(whole, return_inverse=True)
                so_far = len(names)
            missing |= column.codes == 0
            whole *= size
            whole += column.codes.astype(kind, copy=False)
            so_far *= size
        whole[missing] = NO_GROUP
        return whole


def keys_of(group_by: Iterable[GroupKey]) -> tuple[GroupKey, ...]:
    """Return the keys in the order in which groups name them: alphabetical."""
    return tuple(sorted(group_by))


def columns_of(occurrences: Iterable[Occurrence]) -> Columns:
    """Lay violations out in columns, whatever order they come in."""
    instants = ((one.occurred_at.astimezone(UTC), one.id, one) for one in occurrences)
    rows = [one for _, _, one in sorted(instants, key=_moment_then_id)]
    overturned = [one.overturned for one in rows]
    return Columns(
        ids=[one.id for one in rows],
        days=np.array([local_day(one.occurred_at).toordinal() for one in rows], np.int32),
        types=coded([one.type for one in rows]),
        keys={
            GroupKey.AGENCY: coded([one.agency for one in rows]),
            GroupKey.FIELD: coded([one.field for one in rows]),
            GroupKey.PROCEDURE: coded([one.procedure for one in rows]),
            GroupKey.OFFICER: coded([one.officer for one in rows]),
        },
        overturned=np.array(overturned, np.bool_) if any(overturned) else None,
    )


def _moment_then_id(row: tuple[datetime, str, Occurrence]) -> tuple[datetime, str]:
    return row[:2]


def coded(words: Sequence[str]) -> Coded:
    """Give each different word a number; "" is 0."""
    numbers: dict[str, int] = {"": 0}
    codes = [numbers.setdefault(word, len(numbers)) for word in words]
    return Coded(np.array(codes, np.int64), tuple(numbers))


def by_code(codes: Ints) -> Ints:
    """Return the order of rows by code; rows of one code keep theirs. Codes are not negative."""
    order = (codes & DIGITS).astype(np.uint16).argsort(kind="stable")
    beyond = int(codes.max(initial=0)) >> DIGIT
    shift = DIGIT
    while beyond:
        digits = ((codes[order] >> shift) & DIGITS).astype(np.uint16)
        order = order[digits.argsort(kind="stable")]
        beyond >>= DIGIT
        shift += DIGIT
    return order


def in_order(instants: Ints, ids: Sequence[str]) -> Ints | None:
    """Return the order of rows by instant, then id by code point; None when they stand so."""
    order = np.argsort(instants, kind="stable")
    sorted_instants = instants[order]
    same = sorted_instants[1:] == sorted_instants[:-1]
    if same.any():
        tied = np.zeros(len(order), np.bool_)
        tied[1:] = same
        tied[:-1] |= same
        places = np.flatnonzero(tied)
        rows, at = order[places].tolist(), sorted_instants[places].tolist()
        moments = dict(zip(rows, at, strict=True))
        order[places] = sorted(rows, key=lambda row: (moments[row], ids[row]))
    return None if (order == np.arange(len(order))).all() else order
