"""What a whole database says, in one word; two states are the same when the words are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache

from sqlalchemy import Engine, func, select

from models.base import Base


def digest_of(engine: Engine, *, without: frozenset[str] = frozenset()) -> str:
    """Return a hash over every row of every table, in the order of the keys.

    Asked as plainly as can be: drills ask it after every statement of every use case.
    """
    seen = hashlib.sha256()
    with engine.connect() as connection:
        for statement in _statements(engine.dialect.name, without):
            for row in connection.exec_driver_sql(statement):
                seen.update(repr(tuple(row)).encode())
            seen.update(b"\n")
    return seen.hexdigest()


@lru_cache
def _statements(dialect: str, without: frozenset[str]) -> tuple[str, ...]:
    told = []
    for table in Base.metadata.sorted_tables:
        keys = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
        if table.name in without:
            continue
        if dialect == "postgresql":
            rows = f"string_agg(t::text, E'\\n' ORDER BY {keys})"
            told.append(f"SELECT '{table.name}', {rows} FROM \"{table.name}\" t")
        else:
            told.append(f'SELECT * FROM "{table.name}" ORDER BY {keys}')
    if dialect == "postgresql":  # the tables of one statement may come in any order
        return (f"SELECT * FROM ({' UNION ALL '.join(told)}) AS t (name, rows) ORDER BY name",)
    return tuple(told)


def counts_of(engine: Engine) -> Mapping[str, int]:
    """Return how many rows each table holds."""
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
        }
