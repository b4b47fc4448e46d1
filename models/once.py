"""Inserting what may be there already: the unique key decides, on both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.sql.dml import ReturningInsert


def insert_once(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, key: str
) -> int:
    """Insert the rows whose `key` column is not there yet; return how many were new.

    Two transactions that insert one key at the same time: the second waits for the first,
    then inserts nothing.
    """
    if not rows:
        return 0
    new = _insert_into(table, key, connection.dialect.name)
    given = list(rows) if len(rows) > 1 else rows[0]
    return len(connection.execute(new, given).all())


@lru_cache(maxsize=64)
def _insert_into(table: Table, key: str, dialect: str) -> ReturningInsert[tuple[Any]]:
    """Return the statement; making it takes longer than asking it."""
    insert = postgresql_insert if dialect == "postgresql" else sqlite_insert
    return insert(table).on_conflict_do_nothing(index_elements=[key]).returning(table.c[key])
