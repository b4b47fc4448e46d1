"""One moment of the database as a file, taken while others write, and that file put back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, create_engine, inspect, update

from models.accounts.rows import SessionRow
from models.base import ONE_MOMENT, WRITE, table_of
from models.history.register import HistoryRegister
from workflow.errors import Refused
from workflow.history.records import Head

NAMES: Mapping[str, str] = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
"""What the file is called, for each kind of database."""


def copy_database(engine: Engine, folder: Path) -> tuple[Path, Head]:
    """Write one moment of the database into `folder`; return the file and its history's head.

    Nobody waits for it. PostgreSQL's own `pg_dump` is used: Refused `program_missing` where the
    machine has none, `program_failed` with its last words.
    """
    target = folder / NAMES[engine.dialect.name]
    copy = _dump if engine.dialect.name == "postgresql" else _copy
    return target, copy(engine, target)


def is_empty(engine: Engine) -> bool:
    """Tell whether a database was never set up."""
    with engine.connect() as connection:
        return not inspect(connection).get_table_names()


def put_back(engine: Engine, folder: Path) -> None:
    """Put the file of a backup into an empty database, whole or not at all; Refused as above."""
    source = folder / NAMES[engine.dialect.name]
    if engine.dialect.name == "postgresql":
        _run("pg_restore", engine, "--single-transaction", "--exit-on-error", *OWN, str(source))
        return
    engine.dispose()
    place = Path(str(engine.url.database))
    part = place.with_name(f"{place.name}.part")
    shutil.copyfile(source, part)
    for end in ("-wal", "-shm"):
        place.with_name(place.name + end).unlink(missing_ok=True)
    part.replace(place)


def end_sessions(engine: Engine, at: datetime) -> int:
    """End every session that the backup had: whoever held one signs in anew."""
    sessions = table_of(SessionRow)
    with engine.execution_options(**WRITE).begin() as connection:
        ended = update(sessions).where(sessions.c.ended_at.is_(None)).values(ended_at=at)
        return connection.execute(ended).rowcount


def _copy(engine: Engine, target: Path) -> Head:
    with engine.connect() as connection, closing(sqlite3.connect(target)) as copy:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - SQLite only
        driver.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file alone, without a log beside it
    made = create_engine(f"sqlite:///{target}")
    try:
        with made.connect() as connection:
            return HistoryRegister(connection).head()
    finally:
        made.dispose()


def _dump(engine: Engine, target: Path) -> Head:
    """Dump the moment that another transaction sees, whose head is read beside it."""
    with engine.connect().execution_options(**ONE_MOMENT) as connection:
        head = HistoryRegister(connection).head()
        moment = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
        words = ("--format=custom", f"--snapshot={moment}", f"--file={target}")
        _run("pg_dump", engine, *words, *OWN)
        return head


OWN = ("--no-owner", "--no-privileges")
"""Whose the tables are is for the server they are put back on to say."""


def _run(program: str, engine: Engine, *words: str) -> None:
    """Run a program of PostgreSQL; the password goes along unseen by who lists processes."""
    found = shutil.which(program)
    if found is None:
        raise Refused("program_missing", program=program)
    address = engine.url.set(drivername="postgresql", password=None)
    environ = {**os.environ, "PGPASSWORD": engine.url.password or ""}  # noqa: TID251 - handed on
    ran = subprocess.run(  # noqa: S603 - a program of the server's, words of our own
        [found, f"--dbname={address.render_as_string(hide_password=False)}", *words],
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode != 0:
        last = ran.stderr.strip().splitlines()[-1:]
        raise Refused("program_failed", program=program, said=" ".join(last)[:300])
