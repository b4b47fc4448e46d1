"""The ground of the memory: one metadata with named constraints, and the database handle."""

from __future__ import annotations

import select
import sqlite3
import time
from collections.abc import Mapping
from typing import Any, cast

import psycopg
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, Table, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from models.cursors import PlainCursor

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every row class stands on this; constraint names follow one convention."""

    metadata = MetaData(naming_convention=NAMING)


def table_of(row: type[Base]) -> Table:
    """Return the table of a row class: what the write path's prepared statements stand on."""
    return cast("Table", row.__table__)


db = SQLAlchemy(model_class=Base)

WRITE = {"write": True}
"""Execution options of a unit of work: on SQLite it takes the write lock at once."""

ONE_MOMENT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""Execution options of a reader on PostgreSQL; SQLite's readers see one moment anyway."""

RESTS_SINCE = "rests_since"
LONG_REST = 60.0
"""Seconds after which a pooled connection is asked whether it still stands."""

PRAGMAS = ("journal_mode=wal", "foreign_keys=on", "busy_timeout=10000")


def tune_sqlite(engine: Engine, *, synchronous: str = "full") -> None:
    """Make SQLite honest: foreign keys, a real BEGIN, and the write lock before reading.

    The driver's own transaction handling reads before it begins and loses updates, so it
    is switched off. A unit of work says `write` and gets BEGIN IMMEDIATE; a reader does
    not wait for a writer.
    """

    @event.listens_for(engine, "connect")
    def _connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        assert isinstance(connection, sqlite3.Connection)  # noqa: S101 - SQLite only
        connection.isolation_level = None
        for pragma in (*PRAGMAS, f"synchronous={synchronous}"):
            connection.execute(f"pragma {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def engine_options(url: str) -> Mapping[str, Any]:
    """Return what the engine of `url` needs beyond the defaults."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 10}}
    return {
        "pool_size": 10,
        "pool_events": [(note_rest, "checkin"), (refuse_the_dead, "checkout")],
        "connect_args": {"cursor_factory": PlainCursor},
    }


def note_rest(_: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
    """Note when a connection went back to the pool."""
    record.info[RESTS_SINCE] = time.monotonic()


def refuse_the_dead(
    connection: DBAPIConnection, record: ConnectionPoolEntry, _: PoolProxiedConnection
) -> None:
    """Let the pool replace a connection that its server closed.

    A closed connection can be read from, so looking at the socket tells it without a round
    trip; only what rested long is asked, for a network may drop it silently.
    """
    assert isinstance(connection, psycopg.Connection)  # noqa: S101 - PostgreSQL only
    try:
        rested = time.monotonic() - record.info.get(RESTS_SINCE, 0.0)
        if rested > LONG_REST or _has_something_to_say(connection.fileno()):
            _ask(connection)
    except psycopg.Error as error:
        raise DisconnectionError(str(error)) from error


def _has_something_to_say(socket: int) -> bool:
    look = select.poll()
    look.register(socket, select.POLLIN)
    return bool(look.poll(0))


def _ask(connection: psycopg.Connection[Any]) -> None:
    connection.autocommit = True
    connection.execute("")
    connection.autocommit = False
