"""The floor: what a state and its audit row cost in bare SQL, at the same durability.

No permission, no reading beforehand, no chain: the guard is inside the UPDATE.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

ROWS = 100_000
MOVES = (
    ("accept", "assigned", "in_progress"),
    ("report", "in_progress", "reported"),
    ("verify", "reported", "verified"),
)
TABLES = (
    """CREATE TABLE work (id INTEGER PRIMARY KEY, lead TEXT NOT NULL, content TEXT NOT NULL,
    state TEXT NOT NULL, due_on DATE NOT NULL, version INTEGER NOT NULL)""",
    "CREATE INDEX work_state ON work (state, due_on)",
    """CREATE TABLE trail (id {serial}, work_id INTEGER NOT NULL, at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL, action TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL)""",
    "CREATE INDEX trail_work ON trail (work_id)",
)
AT = "2022-06-15 02:30:00"
Step = Callable[[], None]


def _rows() -> Iterator[tuple[object, ...]]:
    for n in range(1, ROWS + 1):
        day = f"2022-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
        yield n, f"P.{n % 160:03d}", f"Khắc phục hồ sơ trễ hạn số {n}", "assigned", day, 1


def moves(first: int, count: int) -> Iterator[tuple[int, str, str, str]]:
    """Every directive of the slice makes the first move, then every one the second, and so on."""
    ids = [1 + n * 7_919 % ROWS for n in range(first, first + count)]
    for action, before, after in MOVES:
        for key in ids:
            yield key, action, before, after


class SqliteFloor:
    """Bare sqlite3 on a file in WAL."""

    def __init__(self, file: Path, *, synchronous: str) -> None:
        fresh = not file.exists()
        self._run = sqlite3.connect(file, isolation_level=None).execute
        self._run("PRAGMA journal_mode = WAL")
        self._run(f"PRAGMA synchronous = {synchronous}")
        if fresh:
            self._fill()

    def _fill(self) -> None:
        self._run("BEGIN")
        for statement in TABLES:
            self._run(statement.format(serial="INTEGER PRIMARY KEY"))
        for row in _rows():
            self._run("INSERT INTO work VALUES (?, ?, ?, ?, ?, ?)", row)
        self._run("COMMIT")
        self._run("PRAGMA wal_checkpoint(TRUNCATE)")

    def steps(self, first: int, count: int) -> Iterator[Step]:
        for move in moves(first, count):
            yield partial(self._step, *move)

    def _step(self, key: int, action: str, before: str, after: str) -> None:
        self._run("BEGIN IMMEDIATE")
        moved = self._run(
            "UPDATE work SET state = ?, version = version + 1 WHERE id = ? AND state = ?",
            (after, key, before),
        )
        assert moved.rowcount == 1
        self._run(
            "INSERT INTO trail (work_id, at, actor, action, before, after) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (key, AT, "u1", action, before, after),
        )
        self._run("COMMIT")

    def verified(self) -> int:
        return _count(self._run("SELECT count(*) FROM work WHERE state = 'verified'"))


class PostgresFloor:
    """Bare psycopg: BEGIN, UPDATE, INSERT, COMMIT as four round trips, or one statement."""

    def __init__(self, address: str, *, one_trip: bool) -> None:
        self._connection = psycopg.connect(address, autocommit=True)
        self._cursor = self._connection.cursor()
        self._step = self._one_trip if one_trip else self._four_trips
        if self._cursor.execute("SELECT to_regclass('work')").fetchone() == (None,):
            self._fill()

    def _fill(self) -> None:
        for statement in TABLES:
            self._cursor.execute(statement.format(serial="BIGSERIAL PRIMARY KEY").encode())
        with self._cursor.copy("COPY work FROM STDIN") as copy:
            for row in _rows():
                copy.write_row(row)
        self._cursor.execute("VACUUM ANALYZE work")
        self._cursor.execute("CHECKPOINT")

    def steps(self, first: int, count: int) -> Iterator[Step]:
        for move in moves(first, count):
            yield partial(self._step, *move)

    def _four_trips(self, key: int, action: str, before: str, after: str) -> None:
        with self._connection.transaction():
            moved = self._cursor.execute(
                "UPDATE work SET state = %s, version = version + 1 WHERE id = %s AND state = %s",
                (after, key, before),
                prepare=True,
            )
            assert moved.rowcount == 1
            self._cursor.execute(
                "INSERT INTO trail (work_id, at, actor, action, before, after) "
                "VALUES (%s, %s, %s, %s, %s, %s)",
                (key, AT, "u1", action, before, after),
                prepare=True,
            )

    def _one_trip(self, key: int, action: str, before: str, after: str) -> None:
        moved = self._cursor.execute(
            "WITH moved AS (UPDATE work SET state = %s, version = version + 1 "
            "WHERE id = %s AND state = %s RETURNING id) "
            "INSERT INTO trail (work_id, at, actor, action, before, after) "
            "SELECT id, %s, %s, %s, %s, %s FROM moved",
            (after, key, before, AT, "u1", action, before, after),
            prepare=True,
        )
        assert moved.rowcount == 1

    def verified(self) -> int:
        return _count(self._cursor.execute("SELECT count(*) FROM work WHERE state = 'verified'"))


def _count(result: Any) -> int:
    return int(result.fetchone()[0])
