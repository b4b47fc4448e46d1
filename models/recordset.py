"""Many rows that go to PostgreSQL as one value and are written by one statement.

Its driver sends a statement for each row, and the server starts each anew: of some dozens that
takes longer than what they write. Within SQLite's process it costs little.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Connection, Dialect, String, Table
from sqlalchemy.types import TypeEngine

from models.prepared import Turn, send, turn_into

Row = Mapping[str, Any]
SEVERAL = 4
"""Fewer are written one by one as quickly."""


class Recordset:
    """A statement that writes rows given under the names of some columns."""

    def __init__(self, columns: Mapping[str, TypeEngine[Any]], text: str, dialect: Dialect) -> None:
        """Take what each name holds, and the text with "{given}" where the rows are to stand."""
        self._turns = [(name, _turn(kind, dialect)) for name, kind in columns.items()]
        members = (
            f'CAST(value ->> {place} AS {_kind(kind, dialect)}) AS "{name}"'
            for place, (name, kind) in enumerate(columns.items())
        )
        listed = "json_array_elements(CAST(%(rows)s AS JSON))"
        self._text = text.format(given=f"SELECT {', '.join(members)} FROM {listed}")

    def run(self, connection: Connection, rows: Sequence[Row]) -> int:
        """Carry it out; return how many rows of the table it touched."""
        told = [[turn(row[name]) for name, turn in self._turns] for row in rows]
        given = {"rows": json.dumps(told, default=_day_or_instant)}
        return int(send(connection, self._text, given).rowcount)


def _kind(kind: TypeEngine[Any], dialect: Dialect) -> str:
    """Return the type to read a member as; words keep their length, which the column judges."""
    return "VARCHAR" if isinstance(kind, String) else kind.compile(dialect)


def _turn(kind: TypeEngine[Any], dialect: Dialect) -> Turn:
    return _as_it_is if isinstance(kind, JSON) else turn_into(kind, dialect)


def _day_or_instant(value: date) -> str:
    return value.isoformat()


def _as_it_is(value: Any) -> Any:
    return value


@lru_cache(maxsize=64)
def adding_once(table: Table, key: str, names: tuple[str, ...], dialect: Dialect) -> Recordset:
    """Return what inserts the rows whose `key` is not there yet."""
    into = ", ".join(f'"{name}"' for name in names)
    text = f'INSERT INTO "{table.name}" ({into}) {{given}} ON CONFLICT ("{key}") DO NOTHING'
    return Recordset({name: table.c[name].type for name in names}, text, dialect)


@lru_cache(maxsize=64)
def changing(
    table: Table, names: tuple[str, ...], found_by: tuple[str, ...], dialect: Dialect
) -> Recordset:
    """Return what writes some columns where others are as given: `new_…`, and `of_…`."""
    written = ", ".join(f'"{name}" = given."new_{name}"' for name in names)
    found = " AND ".join(f'"{table.name}"."{name}" = given."of_{name}"' for name in found_by)
    columns = {f"new_{name}": table.c[name].type for name in names}
    columns |= {f"of_{name}": table.c[name].type for name in found_by}
    text = f'UPDATE "{table.name}" SET {written} FROM ({{given}}) AS given WHERE {found}'
    return Recordset(columns, text, dialect)
