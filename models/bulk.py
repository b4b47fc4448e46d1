"""Many rows of one table at once, as quickly as the driver takes them.

PostgreSQL takes new ones by COPY and changes as one value (`models.recordset`), SQLite both by
one prepared statement; nothing is compiled anew and no object is made for a row. What the driver
raises comes out as SQLAlchemy's error of that name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Connection, Dialect, Table, bindparam, update
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from models.prepared import Prepared, Turn, hearing, many
from models.recordset import SEVERAL, changing

Row = Mapping[str, Any]


def add_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all give the same columns; there may be none.

    A column that is not given takes the default of its model, where that is a plain value, or
    the database's own.
    """
    if not rows:
        return
    form = _form(table, tuple(rows[0]), connection.dialect)
    values = [form.values(row) for row in rows]
    if connection.dialect.name == "postgresql":
        _copy(connection, form.text, values)
    else:
        many(connection, form.text, values)


def change_rows(
    connection: Connection,
    table: Table,
    rows: Sequence[Row],
    names: tuple[str, ...],
    found_by: tuple[str, ...],
) -> int:
    """Write some columns of many rows; return how many there were. There may be none.

    A row gives `new_…` of each name to write and `of_…` of each it is found by.
    """
    if connection.dialect.name == "postgresql" and len(rows) >= SEVERAL:
        return changing(table, names, found_by, connection.dialect).run(connection, rows)
    return _one_by_one(table, names, found_by).run_all(connection, rows)


@lru_cache(maxsize=64)
def _one_by_one(table: Table, names: tuple[str, ...], found_by: tuple[str, ...]) -> Prepared:
    c = table.c
    found = (c[name] == bindparam(f"of_{name}", type_=c[name].type) for name in found_by)
    written = {name: bindparam(f"new_{name}", type_=c[name].type) for name in names}
    return Prepared(update(table).where(*found).values(written))


def _copy(connection: Connection, text: str, rows: Sequence[Sequence[Any]]) -> None:
    driver: Any = connection.connection.dbapi_connection
    with (
        driver.cursor() as cursor,
        hearing(connection, cursor, text, rows),
        cursor.copy(text) as copy,
    ):
        for row in rows:
            copy.write_row(row)


class _Form:
    """An insert as one kind of database takes it, and how values go in."""

    def __init__(self, table: Table, given: Sequence[str], dialect: Dialect) -> None:
        own = {
            column.name: column.default.arg
            for column in table.columns
            if column.name not in given and isinstance(column.default, ScalarElementColumnDefault)
        }
        self._given = tuple(given)
        names = (*given, *own)
        columns = [table.columns[name] for name in names]
        turns = [_turn(column.type, dialect) for column in columns]
        self._turns = [(n, turn) for n, turn in enumerate(turns) if turn is not None]
        self._own = tuple(own.values())
        quoted = dialect.identifier_preparer.quote
        into = f"{quoted(table.name)} ({', '.join(quoted(name) for name in names)})"
        marks = ", ".join("?" * len(names))
        is_copy = dialect.name == "postgresql"
        self.text = f"COPY {into} FROM STDIN" if is_copy else f"INSERT INTO {into} VALUES ({marks})"

    def values(self, row: Row) -> Sequence[Any]:
        """Return the values of one row as the driver takes them."""
        found = [row[name] for name in self._given]
        found += self._own
        for place, turn in self._turns:
            if found[place] is not None:
                found[place] = turn(found[place])
        return found


def _turn(kind: Any, dialect: Dialect) -> Turn | None:
    if isinstance(kind, JSON):
        return _encoded
    turn: Turn | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return turn


_ENCODER = json.JSONEncoder()


def _encoded(value: Any) -> str:
    """Return JSON as SQLAlchemy writes it on both databases, at once where nothing is in it."""
    if not value and type(value) in _EMPTY:
        return _EMPTY[type(value)]
    if type(value) is list and set(map(type, value)) == {int}:
        return str(value)
    return _ENCODER.encode(value)


_EMPTY: Mapping[type, str] = {dict: "{}", list: "[]"}


@lru_cache(maxsize=64)
def _form(table: Table, given: tuple[str, ...], dialect: Dialect) -> _Form:
    return _Form(table, given, dialect)
