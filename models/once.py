"""Inserting what may be there already: the unique key decides, on both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert


def insert_once(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, key: str
) -> int:
    """Insert the rows whose `key` column is not there yet; return how many were new.

    Two transactions that insert one key at the same time: the second waits for the first,
    then inserts nothing.
    """
    if not rows:
        return 0
    insert = postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
    new = insert(table).on_conflict_do_nothing(index_elements=[key]).returning(table.c[key])
    return len(connection.execute(new, list(rows)).all())
