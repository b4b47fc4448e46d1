"""Violations as columns for the engine: the groups asked for, or everything from a day on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    false,
    literal_column,
    or_,
    select,
    true,
)

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.escalation import asking
from models.escalation.reading import Gathered
from models.escalation.statistics import MANY, look_once
from models.prepared import Prepared, in_parts_of, rows_of, text_of
from models.violations.known import known_at
from models.violations.rows import ViolationRow
from workflow.agencies.successors import Successors
from workflow.escalation.columns import Columns
from workflow.escalation.groups import Shape, value_in
from workflow.escalation.records import Group, GroupKey
from workflow.violations.records import ViolationState

_VIOLATIONS = table_of(ViolationRow)
_READ = _VIOLATIONS.alias("v")
_CODES = Prepared(select(table_of(AgencyRow).c.id, table_of(AgencyRow).c.code))
VALUES: Mapping[GroupKey, ColumnElement[str]] = {
    key: _VIOLATIONS.c[name] for key, name in asking.COLUMNS.items()
}
"""The columns that hold what violations are gathered by, all but the agency's."""
EVERYTHING = 2_000
"""So many groups that are looked at whole are read fastest by reading all of them."""
PART = 5_000
"""Rows taken at a time: so few stay in the processor's cache while they are turned."""


def agency_codes(connection: Connection) -> dict[int, str]:
    """Return the code of every agency there ever was, by id."""
    return dict(_CODES.rows(connection, {}))


def columns_of_groups(
    connection: Connection,
    shape: Shape,
    since: Mapping[Group, date | None],
    successors: Successors,
    *,
    without: Collection[int] = (),
    codes: Mapping[int, str] | None = None,
) -> Columns:
    """Return what counts for some groups, at least from a day on (None: from the beginning).

    Those `without` are read as if they did not count; `codes` are the agencies' where they are
    known already.
    """
    reading = _Reading(connection, shape, successors, without, codes=codes)
    whole = sum(1 for day in since.values() if day is None)
    if whole > EVERYTHING:
        return reading.everything(_from(_earliest(since.values())), by_moment=True)
    return reading.of_groups(since) if since else reading.columns()


def all_columns(
    connection: Connection,
    shape: Shape,
    successors: Successors,
    *,
    first: date | None = None,
    last: date | None = None,
    types: Iterable[str] | None = None,
    by_moment: bool = True,
    known: datetime | None = None,
    codes: Mapping[int, str] | None = None,
) -> Columns:
    """Return everything that counts between two days, both included, whatever the group.

    Of some types only where they are named. Where nobody reads the evidence of a raise, the
    order of moments within a day can go. With `known` they are what was known at that instant.
    `codes` are the agencies' own where they were read before.
    """
    read = _READ if known is None else known_at(known, _READ.name)
    where = [_from(first, read)]
    if last is not None:
        where.append(read.c.occurred_on <= last)
    if types is not None:
        where.append(or_(false(), *(read.c.type == one for one in sorted(types))))
    reading = _Reading(connection, shape, successors, read=read, codes=codes)
    return reading.everything(and_(*where), by_moment=by_moment)


def columns_from(
    connection: Connection,
    rows: Sequence[Any],
    keys: Sequence[GroupKey],
    shape: Shape,
    successors: Successors,
    *,
    without: Collection[int],
    codes: Mapping[int, str],
) -> Columns:
    """Return rows that were read with all their words, those of `keys`, as one shape has them.

    A row tells its id, day and moment, then the words, then its agency's words and id.
    """
    reading = _Reading(connection, shape, successors, without, codes=codes)
    if rows:
        who, days, moments, *words, names, agencies = zip(*rows, strict=True)
        told = dict(zip(keys, words, strict=True))
        others = [told[key] for key in asking.others_of(shape)]
        told_by = [names, agencies] if GroupKey.AGENCY in shape else []
        reading.take([who, days, moments, told[GroupKey.TYPE], *others, *told_by])
    return reading.columns()


def _earliest(days: Iterable[date | None]) -> date | None:
    found = list(days)
    known = [day for day in found if day is not None]
    return None if len(known) < len(found) else min(known, default=None)


def _from(day: date | None, read: FromClause = _READ) -> ColumnElement[bool]:
    return true() if day is None else read.c.occurred_on >= day


class _Reading:
    """Violations by the keys of one shape."""

    def __init__(
        self, connection: Connection, shape: Shape, successors: Successors,
        without: Collection[int] = (), read: FromClause = _READ,
        codes: Mapping[int, str] | None = None,
    ) -> None:  # fmt: skip
        self._read = read
        self._connection = connection
        self._kind = connection.dialect.name
        self._shape = shape
        self._successors = successors
        self._codes: Mapping[int, str] = {}
        if GroupKey.AGENCY in shape:
            self._codes = agency_codes(connection) if codes is None else codes
        self._others = asking.others_of(shape)
        self._gathered = Gathered(shape, self._agency, without)

    def columns(self) -> Columns:
        """Return what was read so far."""
        return self._gathered.columns()

    def of_groups(self, since: Mapping[Group, date | None]) -> Columns:
        """Read the violations of some groups by the index that finds them, each as far as asked.

        Those of agencies known by words alone are few, and so is a shape without an index.
        """
        first = min(day or date.min for day in since.values())
        if not asking.indexed_of(self._shape):
            self._by_words(since, first)
            return self.columns()
        self._by_index(since)
        if GroupKey.AGENCY in self._shape and self._any_nameless(first):
            self._by_words(since, first)
        return self.columns()

    def _by_index(self, since: Mapping[Group, date | None]) -> None:
        units, groups = self._units(since)
        if not units:
            return
        if self._kind == "postgresql" and len(units) >= MANY:
            look_once(self._connection)
        names = asking.columns_asked(self._shape)
        asked = [(place, day, *unit) for place, (unit, day) in enumerate(units.items())]
        values = asking.values_of("asked", names, asked, self._kind)
        if self._others:
            names = asking.columns_of_indexed(self._shape)
            values |= asking.values_of("groups", names, groups, self._kind)
        rows = rows_of(self._connection, asking.of_asked(self._shape, self._kind), values)
        if not rows:
            return
        places, ids, days, moments, *words = zip(*rows, strict=True)
        self._gathered.add(ids, days, moments)
        at = np.array(places, np.int64)
        for key, told in zip(asking.indexed_of(self._shape), zip(*units, strict=True), strict=True):
            self._gathered.add_places(key, told, at)
        keys = () if GroupKey.TYPE in self._shape else (GroupKey.TYPE,)
        for key, told in zip((*keys, *self._others), words, strict=True):
            self._gathered.add_values(key, told)

    def _units(
        self, since: Mapping[Group, date | None]
    ) -> tuple[dict[tuple[Any, ...], date], list[tuple[Any, ...]]]:
        """Return what the index is asked for, each from its earliest day; and every group."""
        indexed = asking.indexed_of(self._shape)
        with_agency = indexed[0] is GroupKey.AGENCY
        keys = [key for key in (*indexed, *self._others) if key is not GroupKey.AGENCY]
        ids = {code: key for key, code in self._codes.items()}
        units: dict[tuple[Any, ...], date] = {}
        groups: list[tuple[Any, ...]] = []
        for group, day in since.items():
            values = dict(group)
            rest = [values[key] for key in keys]
            codes = self._successors.counted_under(values["agency"]) if with_agency else ("",)
            for code in codes:
                if with_agency and code not in ids:
                    continue
                whole = (ids[code], *rest) if with_agency else tuple(rest)
                unit = whole[: len(indexed)]
                units[unit] = min(units.get(unit, date.max), day or date.min)
                groups.append(whole)
        return units, groups

    def _any_nameless(self, first: date) -> bool:
        asked = {"first": first.isoformat() if self._kind == "sqlite" else first}
        return bool(rows_of(self._connection, asking.any_nameless(self._kind), asked))

    def _by_words(self, since: Iterable[Group], first: date) -> None:
        values: dict[str, Any] = {"first": first.isoformat() if self._kind == "sqlite" else first}
        if self._shape:
            groups = [[value_in(group, key) for key in self._shape] for group in since]
            names = asking.columns_of_words(self._shape)
            values |= asking.values_of("groups", names, groups, self._kind)
        rows = rows_of(self._connection, asking.of_words(self._shape, self._kind), values)
        self._add(rows)

    def _add(self, rows: Sequence[Any]) -> None:
        """Lay out rows that tell every value by its words; an agency that is known by its id."""
        if rows:
            self.take(list(zip(*rows, strict=True)))

    def take(self, columns: Sequence[Sequence[Any]]) -> None:
        """Lay out such rows column by column."""
        ids, days, moments, *words = columns
        self._gathered.add(ids, days, moments)
        for key, told in zip((GroupKey.TYPE, *self._others), words, strict=False):
            self._gathered.add_values(key, told)
        if GroupKey.AGENCY in self._shape:
            beyond = words[1 + len(self._others) :]
            self._gathered.add_values(GroupKey.AGENCY, _told(*beyond))

    def everything(self, condition: ColumnElement[bool], *, by_moment: bool) -> Columns:
        """Read what meets a condition, part by part."""
        statement = self._statement(by_moment=by_moment).where(condition)
        asked = text_of(statement, self._connection.dialect)
        for part in in_parts_of(self._connection, *asked, size=PART):
            self._add(part)
        return self.columns()

    def _statement(self, *, by_moment: bool) -> Select[Any]:
        keys, read = (GroupKey.TYPE, *self._others), self._read
        moment = asking.MOMENTS[self._kind] if by_moment else "0"
        agency = ("agency_text", "agency_id") if GroupKey.AGENCY in self._shape else ()
        return (
            select(
                read.c.id,
                literal_column(asking.DAYS[self._kind]).label("day"),
                literal_column(moment).label("moment"),
                *(read.c[asking.COLUMNS[key]] for key in keys),
                *(read.c[name] for name in agency),
            )
            .select_from(read)
            .where(read.c.state != ViolationState.OVERTURNED)
        )

    def _agency(self, told: int | str) -> str:
        """Return the code an agency's violations count under; words are theirs as they are."""
        code = told if isinstance(told, str) else self._codes[told]
        return self._successors.code(code)


def _told(words: Sequence[str], ids: Sequence[int | None] | None = None) -> Sequence[int | str]:
    if ids is None:
        return words
    if None not in ids:
        return ids  # type: ignore[return-value]
    return [text if key is None else key for key, text in zip(ids, words, strict=True)]
