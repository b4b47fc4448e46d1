"""The bulk path of dossiers: rows of plain values straight into either database.

PostgreSQL takes them by COPY, SQLite by one prepared statement for many rows; no object is
made for a row. Values are plain: texts, numbers, ISO days and instants in UTC.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Connection

Values = Sequence[object]

_HOLD_POSTGRESQL = (
    "SELECT pg_advisory_xact_lock(hashtext('dossiers'))",
    "SET LOCAL random_page_cost = 1",
    "SET LOCAL jit = off",
)
"""One import at a time; a chunk finds its dossiers by their keys, not by walking the table."""

_HOLD_SQLITE = (f"PRAGMA cache_size = -{64 * 1024}", "PRAGMA wal_autocheckpoint = 65536")
"""Room for a chunk's pages, and for several chunks before they go into the file itself."""

CHUNK_TABLE = "dossier_chunk"
"""A temporary table: what a transaction looks up or changes in one go."""


class Loader:
    """Writes many rows at once within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_postgresql = connection.dialect.name == "postgresql"
        self._staged: set[str] = set()
        self.place = "%s" if self._is_postgresql else "?"

    def hold(self) -> None:
        """Let one import write at a time; on SQLite the writer's lock does so already.

        There a chunk also gets room for its pages, so that none is written twice.
        """
        for statement in _HOLD_POSTGRESQL if self._is_postgresql else _HOLD_SQLITE:
            self._connection.exec_driver_sql(statement)
        self.speak_utc()

    def speak_utc(self) -> None:
        """Let instants without a zone be those of UTC until the transaction ends."""
        if self._is_postgresql:
            self._connection.exec_driver_sql("SET LOCAL TIME ZONE 'UTC'")

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
        """Add rows to a table; there may be none."""
        if self._is_postgresql:
            self._copy(table, columns, rows)
            return
        several = list(rows)
        if several:
            places = ", ".join("?" * len(columns))
            self._connection.exec_driver_sql(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})",
                several,
            )

    def insert_columns(self, table: str, columns: Mapping[str, Sequence[object]]) -> None:
        """Add rows that are given column by column, each as long as the others and none empty.

        On SQLite each value that is bound costs as much as a column that is stored: what a
        column says throughout stands in the statement, what two columns say is bound once.
        """
        if self._is_postgresql:
            self._copy(table, list(columns), zip(*columns.values(), strict=True))
            return
        bound: list[Sequence[object]] = []
        terms = [_term(values, bound) for values in columns.values()]
        self._connection.exec_driver_sql(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(terms)})",
            list(zip(*bound, strict=True)),
        )

    def _copy(self, table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
        driver = self._connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)  # noqa: S101 - PostgreSQL only
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def stage(self, name: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
        """Fill a temporary table of this transaction; each column is `name type`."""
        ends = " ON COMMIT DELETE ROWS" if self._is_postgresql else ""
        run = self._connection.exec_driver_sql
        if name not in self._staged:
            run(f"CREATE TEMPORARY TABLE IF NOT EXISTS {name} ({', '.join(columns)}){ends}")
            self._staged.add(name)
        run(f"DELETE FROM {name}")
        self.insert(name, [column.split()[0] for column in columns], rows)
        if self._is_postgresql:
            run(f"ANALYZE {name}")

    def change(self, table: str, columns: Sequence[str], rows: Sequence[Values]) -> None:
        """Write `columns` over the rows whose `id` comes first in each row."""
        if not rows:
            return
        if not self._is_postgresql:
            settings = ", ".join(f"{column} = ?" for column in columns)
            self._connection.exec_driver_sql(
                f"UPDATE {table} SET {settings} WHERE id = ?",
                [(*row[1:], row[0]) for row in rows],
            )
            return
        run = self._connection.exec_driver_sql
        changes = f"{table}_changing"
        run(f"CREATE TEMPORARY TABLE IF NOT EXISTS {changes} AS SELECT * FROM {table} LIMIT 0")
        run(f"DELETE FROM {changes}")
        self._copy(changes, ["id", *columns], rows)
        settings = ", ".join(f"{column} = c.{column}" for column in columns)
        run(f"UPDATE {table} AS t SET {settings} FROM {changes} AS c WHERE c.id = t.id")
        run(f"DELETE FROM {changes}")

    def delete_of(self, table: str, column: str, ids: Sequence[int]) -> None:
        """Take out the rows that belong to any of `ids`."""
        self.stage(CHUNK_TABLE, ("id INTEGER",), ((one,) for one in ids))
        self._connection.exec_driver_sql(
            f"DELETE FROM {table} WHERE {column} IN (SELECT id FROM {CHUNK_TABLE})"
        )

    def values_of(
        self, table: str, key: str, columns: Sequence[str], ids: Sequence[int], order: str
    ) -> Iterable[tuple[Any, ...]]:
        """Return plain values of the rows that belong to any of `ids`, the key first.

        SQLite joins in the order that is written: from the ids to the rows, never through all.
        """
        self.stage(CHUNK_TABLE, ("id INTEGER",), ((one,) for one in ids))
        picked = ", ".join(f"t.{column}" for column in (key, *columns))
        rows = self._connection.exec_driver_sql(
            f"SELECT {picked} FROM {CHUNK_TABLE} AS c CROSS JOIN {table} AS t "
            f"WHERE t.{key} = c.id ORDER BY {order}"
        )
        return (tuple(map(plain, row)) for row in rows)


def _term(values: Sequence[object], bound: list[Sequence[object]]) -> str:
    """Return how an insert names a column's values, which are bound if they must be."""
    first = values[0]
    is_alike = len(values) > 1 and values[-1] == first and values.count(first) == len(values)
    if is_alike and "\0" not in str(first):
        return _literal(first)
    for place, other in enumerate(bound, start=1):
        if other[0] == first and other == values:
            return f"?{place}"
    bound.append(values)
    return f"?{len(bound)}"


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    return str(int(value)) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def plain(value: object) -> object:
    """Return a value as the bulk path writes it, whichever driver read it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return json.dumps(value)
    return value
