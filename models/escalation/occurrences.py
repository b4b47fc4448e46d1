"""Violations as columns for the engine: the groups asked for, or everything from a day on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar, overload

import numpy as np
from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    String,
    and_,
    literal_column,
    select,
    true,
    tuple_,
    type_coerce,
)

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.violations.rows import ViolationRow
from workflow.agencies.successors import Successors
from workflow.escalation.columns import Coded, Columns, Ints
from workflow.escalation.groups import Shape, value_in
from workflow.escalation.records import Group, GroupKey
from workflow.violations.records import ViolationState, engine_id

Value = TypeVar("Value")
_VIOLATIONS = table_of(ViolationRow)
_V = _VIOLATIONS.c
VALUES: Mapping[GroupKey, ColumnElement[str]] = {
    GroupKey.FIELD: _V.field_text,
    GroupKey.PROCEDURE: _V.procedure_code,
    GroupKey.OFFICER: _V.officer,
    GroupKey.TYPE: _V.type,
}
"""The columns that hold what violations are gathered by, all but the agency's."""
AT_ONCE = 100
"""Groups that one statement asks for."""
EVERYTHING = 2_000
"""So many groups are read fastest by reading all of them."""
PART = 1_000
"""Rows taken at a time: so few stay in the processor's cache while they are turned."""
DAYS = {
    "sqlite": "CAST(julianday(violations.occurred_on) - 1721424.5 AS INTEGER)",
    "postgresql": "violations.occurred_on - DATE '0001-01-01' + 1",
}
MOMENTS = {
    "sqlite": (
        "CAST(strftime('%s', substr(violations.occurred_at, 1, 19)) AS INTEGER) * 1000000"
        " + CAST(substr(violations.occurred_at, 21, 6) AS INTEGER)"
    ),
    "postgresql": "CAST(extract(epoch FROM violations.occurred_at) * 1000000 AS BIGINT)",
}


class EngineIds(Sequence[str]):
    """Row ids as the engine orders them, written out only where one is looked at."""

    def __init__(self, ids: Ints) -> None:
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return EngineIds(self._ids[place])
        return engine_id(int(self._ids[place]))

    def __iter__(self) -> Iterator[str]:
        return map(engine_id, self._ids.tolist())


def agency_codes(connection: Connection) -> dict[int, str]:
    """Return the code of every agency there ever was, by id."""
    return {row.id: row.code for row in connection.execute(select(AgencyRow.id, AgencyRow.code))}


def columns_of_groups(
    connection: Connection,
    shape: Shape,
    since: Mapping[Group, date | None],
    successors: Successors,
    *,
    without: Collection[int] = (),
) -> Columns:
    """Return what counts for some groups, at least from a day on (None: from the beginning).

    Those `without` are read as if they did not count.
    """
    reading = _Reading(connection, shape, successors, without)
    if len(since) > EVERYTHING:
        return reading.all_columns(_from(_earliest(since.values())), by_moment=True)
    ordered = sorted(since, key=lambda group: (since[group] or date.min, group))
    return reading.columns(
        condition
        for part in in_parts(ordered, AT_ONCE)
        for condition in reading.of_groups(part, _earliest(since[group] for group in part))
    )


def all_columns(
    connection: Connection,
    shape: Shape,
    successors: Successors,
    *,
    first: date | None = None,
    last: date | None = None,
    condition: ColumnElement[bool] | None = None,
    by_moment: bool = True,
) -> Columns:
    """Return everything that counts between two days, both included, whatever the group.

    Where nobody reads the evidence of a raise, the order of moments within a day can go.
    """
    where = [_from(first)]
    if last is not None:
        where.append(_V.occurred_on <= last)
    if condition is not None:
        where.append(condition)
    reading = _Reading(connection, shape, successors)
    return reading.all_columns(and_(*where), by_moment=by_moment)


def in_parts(values: Sequence[Value], size: int) -> Iterator[Sequence[Value]]:
    """Cut a list into parts of at most `size`."""
    return (values[place : place + size] for place in range(0, len(values), size))


def _earliest(days: Iterable[date | None]) -> date | None:
    found = list(days)
    known = [day for day in found if day is not None]
    return None if len(known) < len(found) else min(known, default=None)


def _from(day: date | None) -> ColumnElement[bool]:
    return true() if day is None else _V.occurred_on >= day


class _Reading:
    """Violations by the keys of one shape."""

    def __init__(
        self, connection: Connection, shape: Shape, successors: Successors,
        without: Collection[int] = (),
    ) -> None:  # fmt: skip
        fallen = [_V.id.not_in(sorted(without))] if without else []
        self._counted = [_V.state != ViolationState.OVERTURNED, *fallen]
        self._connection = connection
        self._shape = shape
        self._successors = successors
        self._codes = agency_codes(connection) if GroupKey.AGENCY in shape else {}
        self._ids = {code: key for key, code in self._codes.items()}
        self._others = [key for key in shape if key is not GroupKey.AGENCY]

    def of_groups(
        self, groups: Sequence[Group], first: date | None
    ) -> Iterator[ColumnElement[bool]]:
        """Yield the conditions under which a violation is of one of these groups."""
        others = [VALUES[key] for key in self._others]
        if GroupKey.AGENCY not in self._shape:
            values = [[value_in(group, key) for key in self._others] for group in groups]
            yield and_(_from(first), _is_one_of(others, values))
            return
        known, named = self._split(groups)
        if known:
            ids = {values[0] for values in known}
            wanted = _is_one_of([_V.agency_id, *others], known)
            yield and_(_V.agency_id.in_(ids), _from(first), wanted)
        wanted = _is_one_of([_V.agency_text, *others], named)
        yield and_(_V.agency_id.is_(None), _from(first), wanted)

    def _split(self, groups: Sequence[Group]) -> tuple[list[list[Any]], list[list[Any]]]:
        """Return the values of groups with the agency's id, and with its words."""
        known: list[list[Any]] = []
        named: list[list[Any]] = []
        for group in groups:
            rest = [value_in(group, key) for key in self._others]
            agency = value_in(group, GroupKey.AGENCY)
            named.append([agency, *rest])
            codes = self._successors.counted_under(agency)
            known += [[self._ids[code], *rest] for code in codes if code in self._ids]
        return known, named

    def columns(self, conditions: Iterable[ColumnElement[bool]]) -> Columns:
        """Read what meets any of the conditions, which exclude each other."""
        gathered = _Gathered(self._shape, self._agency)
        for condition in conditions:
            rows = self._connection.execute(self._statement().where(condition)).all()
            if rows:
                gathered.add(rows)
        return gathered.columns()

    def all_columns(self, condition: ColumnElement[bool], *, by_moment: bool) -> Columns:
        """Read what meets a condition, part by part."""
        gathered = _Gathered(self._shape, self._agency)
        statement = self._statement(by_moment=by_moment).where(condition)
        with self._connection.execute(statement, execution_options={"yield_per": PART}) as rows:
            for part in rows.partitions():
                gathered.add(part)
        return gathered.columns()

    def _statement(self, *, by_moment: bool = True) -> Select[Any]:
        dialect = self._connection.dialect.name
        agency = [_V.agency_id, _V.agency_text] if GroupKey.AGENCY in self._shape else []
        moment = literal_column(MOMENTS[dialect] if by_moment else "0", Integer)
        return select(
            _V.id,
            literal_column(DAYS[dialect], Integer),
            moment,
            type_coerce(_V.type, String),
            *(VALUES[key] for key in self._others if key is not GroupKey.TYPE),
            *agency,
        ).where(*self._counted)

    def _agency(self, told: int | str) -> str:
        """Return the code an agency's violations count under; words are theirs as they are."""
        code = told if isinstance(told, str) else self._codes[told]
        return self._successors.code(code)


def _is_one_of(
    columns: Sequence[ColumnElement[Any]], values: Sequence[Sequence[Any]]
) -> ColumnElement[bool]:
    if not columns:
        return true()
    if len(columns) == 1:
        return columns[0].in_([value[0] for value in values])
    return tuple_(*columns).in_([tuple(value) for value in values])


class _Gathered:
    """Parts of a result, laid out in columns as they come."""

    def __init__(self, shape: Shape, agency: Any) -> None:
        self._with_agency = GroupKey.AGENCY in shape
        self._keys = [key for key in shape if key not in {GroupKey.AGENCY, GroupKey.TYPE}]
        self._agency = agency
        self._seen: dict[int | str, int] = {}
        self._words: dict[GroupKey, dict[str, int]] = {
            key: {"": 0} for key in (GroupKey.TYPE, GroupKey.AGENCY, *self._keys)
        }
        self._parts: dict[str, list[Ints]] = {}

    def add(self, rows: Sequence[Any]) -> None:
        """Lay out one part."""
        ids, days, moments, types, *rest = zip(*rows, strict=True)
        self._put("ids", np.array(ids, np.int64))
        self._put("days", np.array(days, np.int64))
        self._put("moments", np.array(moments, np.int64))
        self._put_words(GroupKey.TYPE, types)
        for key, words in zip(self._keys, rest, strict=False):
            self._put_words(key, words)
        if self._with_agency:
            told = [text if key is None else key for key, text in zip(*rest[-2:], strict=True)]
            known = self._words[GroupKey.AGENCY]
            for one in set(told) - self._seen.keys():
                self._seen[one] = known.setdefault(self._agency(one), len(known))
            self._put(GroupKey.AGENCY, np.array([self._seen[one] for one in told], np.int64))

    def _put(self, name: str, values: Ints) -> None:
        self._parts.setdefault(name, []).append(values)

    def _put_words(self, key: GroupKey, words: Sequence[str]) -> None:
        known = self._words[key]
        codes = [known.setdefault(word, len(known)) for word in words]
        self._put(key, np.array(codes, np.int64))

    def columns(self) -> Columns:
        """Return all parts together, by moment then id."""
        ids, days = self._whole("ids"), self._whole("days")
        order = np.lexsort((ids, self._whole("moments"), days))
        keys = [*self._keys, GroupKey.AGENCY] if self._with_agency else self._keys
        return Columns(
            ids=EngineIds(ids[order]),
            days=days[order],
            types=self._coded(GroupKey.TYPE, order),
            keys={key: self._coded(key, order) for key in keys},
        )

    def _whole(self, name: str) -> Ints:
        parts = self._parts.get(name)
        return np.concatenate(parts) if parts else np.zeros(0, np.int64)

    def _coded(self, key: GroupKey, order: Ints) -> Coded:
        return Coded(self._whole(key)[order], tuple(self._words[key]))
