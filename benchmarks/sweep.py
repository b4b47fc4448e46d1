"""S1 to S4: a night's sweep, beside the bare statements and other ways of finding what is due.

    python -m benchmarks.sweep [--rounds 3] [--on sqlite] [--small] [--json FILE]

Open directives stand beside 200,000 closed ones; each night some have just become overdue.
Ours is the whole night as it is run: every step, violations with their history, escalations,
notices in the outbox. The floor flags each due row and writes an audit row, nothing else.
S3 speaks of a due row: it is judged by what further ones cost, from 100 to 1,000. Whole nights
stand below it, beside our floor and beside the yardsticks', whose process begins anew each night.
`--small` leaves the million out.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import case, literal, update

from benchmarks import options
from benchmarks.measure import HEADER, Rounds, Sample, Verdict
from benchmarks.peers import Absent, Peers
from benchmarks.postgres import drop, for_sqlalchemy, fresh, postgres
from benchmarks.province import build, make_app, office_of
from models.base import table_of
from models.directives.rows import DirectiveRow
from web.jobs.nightly import STEPS
from web.jobs.sweeping import sweep
from workflow.directives.records import State

CLOSED = 200_000
SIZES = (10_000, 100_000, 1_000_000)
DUES = (0, 100, 1_000)
FIRST = date(2022, 6, 16)
FAR = date(2023, 12, 1)
NAN = float("nan")
ANEW, TURNS_ANEW = "lite_indexed", 3
"""The floor of the yardsticks, and how often it is asked."""
FLOOR_TABLES = (
    """CREATE TABLE work (id INTEGER PRIMARY KEY, agency TEXT, title TEXT, state TEXT, due INTEGER,
    overdue INTEGER)""",
    "CREATE TABLE trail (id {serial}, work_id INTEGER, at TIMESTAMP, what TEXT)",
)
FLOOR_INDEX = "CREATE INDEX due ON work (due) WHERE overdue = 0 AND state <> 'verified'"
NOBODY_BELOW = 1_760_000_000


def one(engine: str, seconds: float, **more: object) -> Sample:
    ms = seconds * 1e3
    return Sample(engine=engine, rate=1 / seconds, p50_ms=ms, p95_ms=NAN, p99_ms=NAN, more=more)


class Ours:
    """One of our databases with so many open directives; each night is another day."""

    def __init__(self, url: str, folder: Path, size: int) -> None:
        self.app = make_app(url, folder)
        self.office = office_of(self.app)
        self.size, self.night, self.used = size, 0, 0
        build(self.app, size + CLOSED, all_assigned=True)
        table = table_of(DirectiveRow)
        closed = table.c.id > size
        with self.office.writing() as unit:
            unit.connection.execute(
                update(table).values(
                    due_on=FAR,
                    first_due_on=FAR,
                    state=case((closed, State.VERIFIED.value), else_=State.IN_PROGRESS.value),
                    completed_on=case((closed, literal(FIRST, table.c.due_on.type)), else_=None),
                    verified_on=case((closed, literal(FIRST, table.c.due_on.type)), else_=None),
                    verdict=case((closed, "met"), else_=None),
                )
            )
        self._settle()
        self.sweep(0)

    def _settle(self) -> None:
        """Leave the database as a server that ran for a while has it."""
        if self.office.engine.dialect.name == "sqlite":
            with self.office.engine.raw_connection() as raw:
                raw.execute("ANALYZE")
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        with self.office.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as run:
            run.exec_driver_sql("VACUUM ANALYZE")
            run.exec_driver_sql("CHECKPOINT")

    def sweep(self, due: int) -> Sample:
        """Let so many become overdue, sweep the night, and check that each was told."""
        self.night += 1
        day = FIRST + timedelta(days=self.night)
        table = table_of(DirectiveRow)
        with self.office.writing() as unit:
            first = self.used + 1
            unit.connection.execute(
                update(table)
                .where(table.c.id.between(first, first + due - 1))
                .values(due_on=day - timedelta(days=1))
            )
        self.used += due
        started = time.perf_counter()
        swept = sweep(self.office, day, STEPS)
        took = time.perf_counter() - started
        told = swept.steps["messages.due"]["directives"]
        found = swept.steps["violations.directives"]["found"]
        assert (told, found) == (due, due), (told, found, due)
        return one(name_of("ours", self.size, due), took, steps=dict(swept.steps))

    def close(self) -> None:
        self.office.engine.dispose()


class Floor:
    """The bare statements over the same shape."""

    def __init__(self, run: Any, many: Any, *, serial: str, mark: str, size: int) -> None:
        self.run, self.mark, self.size, self.used = run, mark, size, 0
        for statement in FLOOR_TABLES:
            run(statement.format(serial=serial))
        run("BEGIN")
        row = ", ".join([mark] * 6)
        many(f"INSERT INTO work VALUES ({row})", _floor_rows(size))
        run("COMMIT")
        run(FLOOR_INDEX)
        run("ANALYZE")

    def sweep(self, due: int) -> Sample:
        first, m = self.used + 1, self.mark
        self.run(
            f"UPDATE work SET due = {m} WHERE id BETWEEN {m} AND {m}", (0, first, first + due - 1)
        )
        self.used += due
        started = time.perf_counter()
        self.run("BEGIN IMMEDIATE" if m == "?" else "BEGIN")
        found = self.run(
            f"UPDATE work SET overdue = 1 WHERE due <= {m} AND overdue = 0 "
            "AND state <> 'verified' RETURNING id",
            (NOBODY_BELOW,),
        ).fetchall()
        if found:
            row = f"INSERT INTO trail (work_id, at, what) VALUES ({m}, {m}, 'overdue')"
            self.trail(row, [(key, "2022-06-15 02:30:00") for (key,) in found])
        self.run("COMMIT")
        took = time.perf_counter() - started
        assert len(found) == due
        return one(name_of("floor", self.size, due), took)

    trail: Any


def _floor_rows(size: int) -> Iterator[tuple[object, ...]]:
    for n in range(1, size + CLOSED + 1):
        state = "verified" if n > size else "in_progress"
        yield n, f"A{n % 160:03d}", f"Khắc phục {n}", state, NOBODY_BELOW + n, 0


def sqlite_floor(file: Path, size: int) -> Floor:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    many = connection.executemany
    made = Floor(connection.execute, many, serial="INTEGER PRIMARY KEY", mark="?", size=size)
    made.trail = many
    return made


def postgres_floor(address: str, size: int) -> Floor:
    connection = psycopg.connect(address, autocommit=True)
    many = connection.cursor().executemany
    made = Floor(connection.execute, many, serial="BIGSERIAL PRIMARY KEY", mark="%s", size=size)
    made.trail = many
    return made


def name_of(whose: str, size: int, due: int) -> str:
    return f"{whose}, {size:,} open, {due:,} due"


def ground(on: str, size: int, place: Path, address: str) -> tuple[Ours, Floor]:
    """Make our database and the floor's for one size."""
    if on == "sqlite":
        folder = place / f"ours{size}"
        folder.mkdir()
        ours = Ours(f"sqlite:///{folder / 'bench.sqlite3'}", folder, size)
        return ours, sqlite_floor(place / f"floor{size}.sqlite3", size)
    name = f"bench_sweep_{size}"
    ours = Ours(for_sqlalchemy(fresh(address, name)), place, size)
    return ours, postgres_floor(fresh(address, f"{name}_floor"), size)


def peer_samples(found: Peers | None, size: int, due: int, left_out: list[str]) -> list[Sample]:
    """The ORM loop, APScheduler and the bare statements, as the yardsticks have them."""
    asked = [(engine, due) for engine in ("orm_loop", "apscheduler")]
    asked += [(ANEW, several) for several in (due, 1_000) for _ in range(TURNS_ANEW)]
    samples = []
    for engine, several in asked if found else ():
        try:
            printed = found.run("sweep.py", engine, str(size), str(several))
        except Absent as why:
            left_out.append(str(why))
            continue
        told = json.loads([line for line in printed.splitlines() if line.startswith("{")][-1])
        samples.append(one(name_of(engine, size, several), told["ms"] / 1e3))
    return samples


def verdicts(rounds: Rounds, sizes: tuple[int, ...]) -> Iterator[Verdict]:
    """The bars that this run can judge."""
    small, big = sizes[0], sizes[-1]
    yield _bar(rounds, "S1", name_of("ours", big, 100), name_of("ours", small, 100), 1.5, 1.5)
    yield _each_due_row(rounds)
    for due in (100, 1_000):
        ours = name_of("ours", 100_000, due)
        for floor in (name_of("floor", 100_000, due), name_of(ANEW, 100_000, due)):
            if rounds.has(floor):
                yield _bar(rounds, "S3, whole night", ours, floor, 10, 4)
    for engine, least, aim in (("orm_loop", 1 / 20, 1 / 100), ("apscheduler", 1 / 10, 1 / 10)):
        other = name_of(engine, 100_000, 100)
        if rounds.has(other):
            yield _bar(rounds, "S4", name_of("ours", 100_000, 100), other, least, aim)


def _each_due_row(rounds: Rounds) -> Verdict:
    """S3: what each due row costs beyond the first hundred, beside what it costs the floor."""
    ours, floor = (_further(rounds, whose) for whose in ("ours", "floor"))
    each = [mine / statistics.median(floor) for mine in ours]
    return Verdict(
        bar="S3", what="ours, each row from 100 due to 1,000", beside="floor", least=10, aim=4,
        got=statistics.median(each), low=min(each), high=max(each), smaller_is_better=True,
    )  # fmt: skip


def _further(rounds: Rounds, whose: str) -> list[float]:
    few, many = (rounds.samples[name_of(whose, 100_000, due)] for due in (100, 1_000))
    return [more.p50_ms - less.p50_ms for less, more in zip(few, many, strict=True)]


def _bar(rounds: Rounds, bar: str, what: str, beside: str, least: float, aim: float) -> Verdict:
    low, high = rounds.spread(what, beside, "p50_ms")
    return Verdict(
        bar=bar, what=what, beside=beside, least=least, aim=aim,
        got=rounds.ratio(what, beside, "p50_ms"), low=low, high=high, smaller_is_better=True,
    )  # fmt: skip


def nothing_due(rounds: Rounds, size: int) -> str:
    """S2 is a time, not a ratio."""
    took = rounds.median(name_of("ours", size, 0), "p50_ms")
    word = "aim reached" if took <= 2 else "passes" if took <= 5 else "MISSED"
    return f"| S2 | {name_of('ours', size, 0)} | | ≤ 5 / 2 ms | **{took:.1f} ms** | | {word} |"


def measure(arguments: argparse.Namespace, rounds: Rounds, left_out: list[str]) -> None:
    sizes = SIZES[:2] if arguments.small else SIZES
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-sweep-")))
        found = options.peers(arguments, place / "peers", left_out)
        address = ""
        if arguments.on == "postgresql":
            address = stack.enter_context(postgres(arguments.postgresql))
        made = []
        for size in sizes:
            print(f"building {size:,} …", file=sys.stderr)
            made.append(ground(arguments.on, size, place, address))
        for _ in range(arguments.rounds):
            for due in DUES:
                for ours, floor in made:
                    rounds.add(floor.sweep(due))
                    rounds.add(ours.sweep(due))
        for sample in peer_samples(found, 100_000, 100, left_out):
            rounds.add(sample)
        for ours, _ in made:
            ours.close()
        if address:
            drop(address, *(f"bench_sweep_{s}{e}" for s in sizes for e in ("", "_floor")))


def main() -> None:
    parser = options.parser(__doc__, rounds=5)
    parser.add_argument("--on", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--small", action="store_true", help="without the million")
    arguments = parser.parse_args()
    rounds, left_out = Rounds(), []
    measure(arguments, rounds, left_out)
    sizes = SIZES[:2] if arguments.small else SIZES
    lines = [HEADER, *(v.line() for v in verdicts(rounds, sizes)), nothing_due(rounds, sizes[-1])]
    print(rounds.table(), "", *lines, sep="\n")
    options.keep(arguments, "sweep", rounds, lines, left_out)


if __name__ == "__main__":
    main()
