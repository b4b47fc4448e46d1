"""Inserting what may be there already: the unique key decides, on both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from models.prepared import Prepared
from models.recordset import SEVERAL, adding_once

COUNTED = {"preserve_rowcount": True}
"""Execution options of an insert that tells how many rows were new; the driver adds them up."""


def insert_once(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, key: str
) -> int:
    """Insert the rows whose `key` column is not there yet; return how many were new.

    Two transactions that insert one key at the same time: the second waits for the first,
    then inserts nothing.
    """
    if not rows:
        return 0
    kind = connection.dialect.name
    names = tuple(rows[0])
    if kind == "postgresql" and len(rows) >= SEVERAL and _is_whole(table, names):
        return adding_once(table, key, names, connection.dialect).run(connection, rows)
    if _is_whole(table, names):
        add = add_once(table, key, kind, names)
        return add.run(connection, rows[0]) if len(rows) == 1 else add.run_all(connection, rows)
    sent = connection.execute(_insert_into(table, key, kind), list(rows), execution_options=COUNTED)
    return sent.rowcount


@lru_cache(maxsize=64)
def _is_whole(table: Table, names: tuple[str, ...]) -> bool:
    """Whether a row leaves no column to a default of ours, which a prepared statement lacks."""
    return all(column.default is None or column.name in names for column in table.columns)


@lru_cache(maxsize=64)
def add_once(table: Table, key: str, dialect: str, names: tuple[str, ...]) -> Prepared:
    """Return what inserts these columns of one row where its `key` is not there yet."""
    new = _new_in(table, key, dialect).values({name: bindparam(name) for name in names})
    return Prepared(new)


@lru_cache(maxsize=64)
def _insert_into(table: Table, key: str, dialect: str) -> PostgresInsert | SqliteInsert:
    """Return the statement; making it takes longer than asking it."""
    return _new_in(table, key, dialect)


def _new_in(table: Table, key: str, dialect: str) -> PostgresInsert | SqliteInsert:
    if dialect == "postgresql":
        return postgresql_insert(table).on_conflict_do_nothing(index_elements=[key])
    return sqlite_insert(table).on_conflict_do_nothing(index_elements=[key])
