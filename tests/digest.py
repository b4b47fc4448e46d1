"""What a whole database says, in one word; two states are the same when the words are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from sqlalchemy import Connection, Engine, func, select

from models.base import Base


def digest_of(engine: Engine, *, without: frozenset[str] = frozenset()) -> str:
    """Return a hash over every row of every table, in the order of the keys."""
    seen = hashlib.sha256()
    with engine.connect() as connection:
        for name, text in _told(connection, without):
            seen.update(f"{name} {text}\n".encode())
    return seen.hexdigest()


def _told(connection: Connection, without: frozenset[str]):
    for table in Base.metadata.sorted_tables:
        if table.name in without:
            continue
        rows = connection.execute(select(table).order_by(*table.primary_key.columns))
        for row in rows:
            yield table.name, repr(tuple(row))


def counts_of(engine: Engine) -> Mapping[str, int]:
    """Return how many rows each table holds."""
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
        }
