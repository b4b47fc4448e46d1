"""The statements that read what some groups gather: their text, and the values sent with it.

One statement reads all groups, however many: what is asked for goes along as one list, and the
database looks each up by an index. Who reads (`reading`) lays the rows out in columns.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from models.listing import array_text
from workflow.escalation.groups import Shape
from workflow.escalation.records import GroupKey

COLUMNS: Mapping[GroupKey, str] = {
    GroupKey.FIELD: "field_text",
    GroupKey.PROCEDURE: "procedure_code",
    GroupKey.OFFICER: "officer",
    GroupKey.TYPE: "type",
}
"""The columns that hold what violations are gathered by, all but the agency's."""
INDEXED = (GroupKey.AGENCY, GroupKey.TYPE)
"""The keys by which an index finds violations from a day on."""
DAYS = {"sqlite": "v.occurred_on", "postgresql": "v.occurred_on - DATE '0001-01-01' + 1"}
MOMENTS = {
    "sqlite": "v.occurred_at",
    "postgresql": "CAST(round(date_part('epoch', v.occurred_at) * 1000000) AS BIGINT)",
}
"""Microseconds on PostgreSQL: to the last one up to the year 2242, and quicker than `extract`."""
KINDS = {"place": "int", "since": "date", "agency_id": "int"}
Table = Sequence[Sequence[Any]]


def indexed_of(shape: Shape) -> tuple[GroupKey, ...]:
    """Return the keys of a shape by which an index finds its violations."""
    return tuple(key for key in INDEXED if key in shape)


def others_of(shape: Shape) -> tuple[GroupKey, ...]:
    """Return the keys of a shape that are read as words of each violation."""
    return tuple(key for key in shape if key not in INDEXED)


@lru_cache(maxsize=64)
def of_asked(shape: Shape, kind: str) -> str:
    """Return the statement that reads by index: place, id, day, moment, then words.

    The words are the type, where the shape does not have it, and those of the other keys.
    `asked` are (place, since, agency's id, type), the last two where the shape has them, `groups`
    the values of the groups where the index finds more than these.
    """
    found = indexed_of(shape)
    names = [_column(key) for key in found]
    where = [f"v.{name} = asked.{name}" for name in names] + ["v.occurred_on >= asked.since"]
    if others_of(shape):
        where.append(_among(columns_of_indexed(shape), kind))
    asked = _listed("asked", ["place", "since", *names], kind)
    words = () if GroupKey.TYPE in shape else (GroupKey.TYPE,)
    read = _read((*words, *others_of(shape)), kind)
    if kind == "sqlite":
        return (
            f"WITH asked AS MATERIALIZED ({asked}) SELECT asked.place, {read} "
            f"FROM asked CROSS JOIN violations AS v WHERE {' AND '.join(where)} AND {STANDS}"
        )
    inner = f"SELECT * FROM violations AS v WHERE {' AND '.join(where)} AND {STANDS} OFFSET 0"
    return f"SELECT asked.place, {read} FROM ({asked}) AS asked CROSS JOIN LATERAL ({inner}) AS v"


STANDS = "v.state <> 'overturned'"


@lru_cache(maxsize=64)
def of_words(shape: Shape, kind: str) -> str:
    """Return the statement that reads from the day `first` on what no index of groups finds.

    These are the violations of agencies known by words alone, and all of a shape that names
    neither agency nor type: id, day, moment, type, the other words and the agency's.
    """
    where = ["v.occurred_on >= " + _value("first", kind)]
    read = _read((GroupKey.TYPE, *others_of(shape)), kind)
    if GroupKey.AGENCY in shape:
        where.insert(0, "v.agency_id IS NULL")
        read += ", v.agency_text"
    if shape:
        where.append(_among(columns_of_words(shape), kind))
    return f"SELECT {read} FROM violations AS v WHERE {' AND '.join(where)} AND {STANDS}"


@lru_cache(maxsize=2)
def any_nameless(kind: str) -> str:
    """Return the statement that asks for one violation of an agency known by words alone."""
    first = _value("first", kind)
    where = f"v.agency_id IS NULL AND v.occurred_on >= {first}"
    return f"SELECT 1 FROM violations AS v WHERE {where} LIMIT 1"


def values_of(name: str, names: Sequence[str], rows: Table, kind: str) -> dict[str, Any]:
    """Return a list of rows as the statements take it."""
    if kind == "sqlite":
        return {name: json.dumps(rows, default=date.isoformat)}
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return {f"{name}_{one}": array_text(told) for one, told in zip(names, columns, strict=True)}


def columns_asked(shape: Shape) -> list[str]:
    """Return the names of the columns of `asked`."""
    return ["place", "since", *(_column(key) for key in indexed_of(shape))]


def columns_of_indexed(shape: Shape) -> list[str]:
    """Return the names of the columns of `groups` where the index finds more than these."""
    rest = (COLUMNS[key] for key in others_of(shape))
    return [*(_column(key) for key in indexed_of(shape)), *rest]


def columns_of_words(shape: Shape) -> list[str]:
    """Return the names of the columns of `groups` that are found by words alone."""
    return [_named(key) for key in shape]


def _column(key: GroupKey) -> str:
    return "agency_id" if key is GroupKey.AGENCY else COLUMNS[key]


def _named(key: GroupKey) -> str:
    return "agency_text" if key is GroupKey.AGENCY else COLUMNS[key]


def _read(words: Sequence[GroupKey], kind: str) -> str:
    columns = ["v.id", DAYS[kind], MOMENTS[kind], *(f"v.{COLUMNS[key]}" for key in words)]
    return ", ".join(columns)


def _value(name: str, kind: str) -> str:
    return f":{name}" if kind == "sqlite" else f"%({name})s"


def _among(names: Sequence[str], kind: str) -> str:
    columns = ", ".join(f"v.{name}" for name in names)
    return f"({columns}) IN ({_listed('groups', names, kind)})"


def _listed(name: str, names: Sequence[str], kind: str) -> str:
    """Return what selects a list that is sent along."""
    if kind == "sqlite":
        columns = [f"json_extract(value, '$[{n}]') AS {one}" for n, one in enumerate(names)]
        return f"SELECT {', '.join(columns)} FROM json_each(:{name})"
    lists = [f"CAST(%({name}_{one})s AS {KINDS.get(one, 'text')}[])" for one in names]
    return f"SELECT * FROM unnest({', '.join(lists)}) AS listed ({', '.join(names)})"
