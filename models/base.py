"""The ground of the memory: one metadata with named constraints, and the database handle."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from select import POLLIN, poll
from time import monotonic
from typing import Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Dialect, Engine, MetaData, Table, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry

from models.prepared import send

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

IDLE_SECONDS = 30.0
"""After how long a pooled connection to a server is asked whether it still lives."""

CACHE_KIB = 32 * 1024
"""How much of the database a connection of SQLite may keep in memory: with the 2 MB of its default
a write reads the pages of its indexes anew, the more so the more is stored."""
LOG_PAGES = 4_096
"""How long the log of SQLite may get (16 MB) before whoever commits brings it into the file: by
default each four megabytes somebody's act waits for that. A worker does it once a minute. A log
that grows is written more slowly than one that begins anew, so it is not longer."""
PRAGMAS = (
    "journal_mode=wal",
    "foreign_keys=on",
    "busy_timeout=10000",
    f"cache_size=-{CACHE_KIB}",
    f"wal_autocheckpoint={LOG_PAGES}",
)


def tune_sqlite(engine: Engine, *, synchronous: str = "full") -> None:
    """Make SQLite honest: foreign keys, a real BEGIN, and the write lock before reading.

    The driver's own transaction handling reads before it begins and loses updates, so it
    is switched off. A unit of work says `write` and gets BEGIN IMMEDIATE; a reader does
    not wait for a writer. The folder of a new database is made when it is first opened, for its
    owner alone.
    """

    @event.listens_for(engine, "do_connect")
    def _make_room(_: Dialect, __: ConnectionPoolEntry, args: list[str], ___: object) -> None:
        Path(args[0]).parent.mkdir(mode=0o700, parents=True, exist_ok=True)

    @event.listens_for(engine, "connect")
    def _connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        assert isinstance(connection, sqlite3.Connection)  # noqa: S101 - SQLite only
        connection.isolation_level = None
        for pragma in (*PRAGMAS, f"synchronous={synchronous}"):
            connection.execute(f"pragma {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("write")
        send(connection, "BEGIN IMMEDIATE" if writes else "BEGIN", ())


def engine_options(url: str) -> Mapping[str, Any]:
    """Return what the engine of `url` needs beyond the defaults; errors never tell its data."""
    private = {"hide_parameters": True}
    if url.startswith("sqlite"):
        return private | {"connect_args": {"timeout": 10}}
    return private | {"pool_size": 10}


def doubt_idle(engine: Engine, idle: float = IDLE_SECONDS) -> None:
    """Hand out no connection that the server closed: ask those in doubt whether they live.

    In doubt is one that lay idle for more than `idle` seconds, or on whose socket something
    waits though nothing was asked: a server that stops or ends a session leaves its word there.
    All others are handed out without a question, which spares every unit a round trip. One
    that is dead is replaced, and with it all that are as old.
    """

    @event.listens_for(engine, "checkin")
    def _left(_: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        record.info["left"] = monotonic()

    @event.listens_for(engine, "checkout")
    def _taken(driver: Any, record: ConnectionPoolEntry, _: object) -> None:
        left = record.info.get("left")
        if left is None or (monotonic() - left < idle and not _has_word(driver)):
            return
        try:
            engine.dialect.do_ping(driver)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error


def _has_word(driver: Any) -> bool:
    """Whether the server said something, or hung up, while nobody asked; or nobody can tell."""
    if driver.closed:
        return True
    waits = poll()
    waits.register(driver.fileno(), POLLIN)
    return bool(waits.poll(0))
