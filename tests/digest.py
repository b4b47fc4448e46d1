"""What a whole database says, in one word; two states are the same when the words are."""

from __future__ import annotations

import atexit
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine

from models.base import Base


def digest_of(engine: Engine, *, without: frozenset[str] = frozenset()) -> str:
    """Return a hash over every row of every table, in the order of the keys.

    Asked of the driver, as plainly as can be: drills ask it after every statement of every
    use case.
    """
    seen = hashlib.sha256()
    for rows in _asked(engine, _statements(engine.dialect.name, without)):
        for row in rows:
            seen.update(repr(row).encode())
        seen.update(b"\n")
    return seen.hexdigest()


def _asked(engine: Engine, statements: Iterable[str]) -> list[list[Any]]:
    """Return what statements say of what is committed."""
    if engine.dialect.name == "postgresql":
        return _asked_beside(engine, statements)
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        return [cursor.execute(statement).fetchall() for statement in statements]
    finally:
        connection.rollback()
        connection.close()


_BESIDE: dict[str, psycopg.Connection] = {}
atexit.register(lambda: [connection.close() for connection in _BESIDE.values()])


def _asked_beside(engine: Engine, statements: Iterable[str]) -> list[list[Any]]:
    """Ask PostgreSQL on a connection of our own.

    It keeps the plan, which is most of the time: on the engine's a rollback throws it away.
    """
    address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    asked = tuple(statements)
    for _ in range(2):
        connection = _BESIDE.get(address)
        try:
            if connection is None or connection.closed:
                connection = _BESIDE[address] = psycopg.connect(address, autocommit=True)
            return [connection.execute(one, prepare=True).fetchall() for one in asked]
        except psycopg.OperationalError:  # its database was made anew meanwhile
            _BESIDE.pop(address).close()
    pytest.fail("the database cannot be looked at")


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
    tables = (f"SELECT '{name}', count(*) FROM \"{name}\"" for name in Base.metadata.tables)
    return dict(row for rows in _asked(engine, _together(tables)) for row in rows)


def _together(selects: Iterable[str]) -> Iterator[str]:
    """Put statements together, no more of them than SQLite takes in one."""
    whole = list(selects)
    for start in range(0, len(whole), 100):
        yield " UNION ALL ".join(whole[start : start + 100])
