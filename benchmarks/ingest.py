"""I1 to I5: a year of dossiers taken in with everything that follows, beside bare loads.

    python -m benchmarks.ingest [--rows 1000000] [--rounds 3] [--on sqlite] [--flat] [--json FILE]

Each engine runs in a process of its own, from the file to the last commit; they take turns. The
floors know one table with three indexes and check nothing. Ours looks the whole file through,
keeps 45 columns, steps, changes and rejected rows, finds violations, derives escalations, and
leaves a history. `--flat` also takes in three times as many rows, for memory and for the rate.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as time_of_day
from pathlib import Path

from flask_migrate import upgrade

from benchmarks import dossiers, options, province
from benchmarks.measure import HEADER, Rounds, Sample, Verdict, sample_from
from benchmarks.postgres import for_sqlalchemy, fresh, postgres
from web.dossiers.following import detection
from web.dossiers.intake import Order, take_in_file
from web.wiring import Office
from workflow.accounts.usecases import system_actor
from workflow.dossiers.profile_text import read_profile

DATABASES = ("sqlite", "postgresql")
AS_OF = date(2025, 12, 31)
FLOOR, FIRST, AGAIN, ORM, BY_HALVES = "floor", "ours", "ours, the same again", "ORM", "ours, flat"
BARS = {"sqlite": (0.5, 0.8), "postgresql": (0.4, 0.6)}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
CACHE_MB = 64


def name_of(engine: str, database: str) -> str:
    return f"{engine}, {NAMES[database]}"


def sample(name: str, rows: int, seconds: float, **more: object) -> Sample:
    each = seconds / rows * 1e3
    return Sample(
        engine=name, rate=rows / seconds, p50_ms=each, p95_ms=each, p99_ms=each,
        more={"rows": rows, "seconds": seconds, "peak_mb": peak_mb(), **more},
    )  # fmt: skip


def peak_mb() -> int:
    """Return the most memory this process ever had, in MB.

    Not `ru_maxrss`: that of a process just started already holds what whoever started it had.
    """
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.split("VmHWM:")[1].split()[0]) // 1024


def ours(name: str, file: Path, url: str, folder: Path) -> Sample:
    """Take the file in as the command does."""
    office = province.office_of(province.make_app(url, folder, synchronous="normal"))
    order = Order(
        path=file,
        profile=read_profile(dossiers.PROFILE),
        as_of=AS_OF,
        acting=lambda unit: system_actor(unit.accounts, at=office.clock()),
    )
    turns: list[tuple[float, int]] = []

    def progress(done: int, _rows: int) -> None:
        turns.append((time.perf_counter(), done))

    started = time.perf_counter()
    outcome = take_in_file(office, order, following=detection, progress=progress)
    whole = time.perf_counter() - started
    counts = outcome.done.counts
    check(office, counts.rows)
    made = {"counts": counts.as_json(), "halves": halves(turns)}
    return sample(name, counts.rows, whole, **made)


def halves(turns: list[tuple[float, int]]) -> float:
    """Return the rate of the second half of the rows beside that of the first."""
    start, end = turns[0], turns[-1]
    middle = min(turns, key=lambda turn: abs(turn[1] - end[1] / 2))
    first = (middle[1] - start[1]) / (middle[0] - start[0])
    return (end[1] - middle[1]) / (end[0] - middle[0]) / first


def check(office: Office, rows: int) -> None:
    with office.reading() as unit:
        stands = unit.connection.exec_driver_sql("SELECT count(*) FROM dossiers").scalar()
        assert stands == rows, "not every row stands"
        assert unit.history.verify().ok


def run_engine(engine: str, database: str, file: Path, url: str, folder: Path) -> Sample:
    """Measure one engine, in this process."""
    name = name_of(engine, database)
    if engine in {FIRST, AGAIN, BY_HALVES}:
        return ours(name, file, url, folder)
    if engine == ORM:
        act = dossiers.usual_way(file, url, datetime.combine(AS_OF, time_of_day.min))
    elif database == "sqlite":
        act = dossiers.sqlite_floor(file, Path(url))
    else:
        act = dossiers.postgres_floor(file, url)
    started = time.perf_counter()
    return sample(name, act(), time.perf_counter() - started)


@dataclass(slots=True)
class Run:
    """All engines, turn after turn, each turn on fresh databases."""

    folder: Path
    address: str
    rounds: Rounds = field(default_factory=Rounds)

    def turn(self, database: str, file: Path, *engines: str) -> None:
        """Measure engines on one fresh database each; the same again on that of the first."""
        urls: dict[str, str] = {}
        for engine in engines:
            kind = FIRST if engine == AGAIN else engine
            if kind not in urls:
                urls[kind] = self._fresh(kind, database)
            self.rounds.add(self._measured(engine, database, file, urls[kind]))

    def _fresh(self, kind: str, database: str) -> str:
        mine = kind in {FIRST, BY_HALVES}
        if database == "postgresql":
            made = fresh(self.address, f"bench_{'ours' if mine else kind.lower()}")
            url = made if kind == FLOOR else for_sqlalchemy(made)
        else:
            place = self.folder / f"{kind}.db"
            for end in ("", "-wal", "-shm"):
                Path(f"{place}{end}").unlink(missing_ok=True)
            url = str(place) if kind == FLOOR else f"sqlite:///{place}"
        if mine:
            with province.make_app(url, self.folder).app_context():
                upgrade(directory=str(options.ROOT / "migrations"))
        return url

    def _measured(self, engine: str, database: str, file: Path, url: str) -> Sample:
        told = subprocess.run(
            [sys.executable, "-m", __spec__.name, "--engine", engine, database, str(file), url,
             str(self.folder)],
            cwd=options.ROOT, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        found = sample_from(told.stdout.strip().splitlines()[-1])
        print(f"{found.engine}: {found.rate:,.0f}/s {json.dumps(found.more)}", flush=True)
        return found


def bars(database: str) -> list[tuple[str, str, str, float, float]]:
    """Return bar, ours, beside, least, aim for one database."""
    first, again = name_of(FIRST, database), name_of(AGAIN, database)
    least, aim = BARS[database]
    return [
        ("I1", first, name_of(FLOOR, database), least, aim),
        ("I2", first, name_of(ORM, database), 6, 10),
        ("I3", again, first, 2.5, 2.5),
    ]


def table(rounds: Rounds) -> list[str]:
    """Return the lines of the table that docs/benchmarks.md shows."""
    lines = [HEADER]
    for database in DATABASES:
        for bar, one, beside, least, aim in bars(database):
            if rounds.has(one) and rounds.has(beside):
                low, high = rounds.spread(one, beside)
                lines.append(
                    Verdict(
                        bar=bar, what=one, beside=beside, least=least, aim=aim,
                        got=rounds.ratio(one, beside), low=low, high=high,
                    ).line()
                )  # fmt: skip
        lines += flat(rounds, name_of(BY_HALVES, database))
    return lines


def flat(rounds: Rounds, name: str) -> list[str]:
    """Return what stays the same while the rows grow: the rate, the memory."""
    if not rounds.has(name):
        return []
    found = rounds.samples[name]
    rate = [float(str(one.more["halves"])) for one in found]
    peak = [float(str(one.more["peak_mb"])) - CACHE_MB for one in found]
    facts = {"low": min(rate), "high": max(rate), "got": sorted(rate)[len(rate) // 2]}
    room = {"low": min(peak), "high": max(peak), "got": sorted(peak)[len(peak) // 2]}
    rows = max(int(str(one.more["rows"])) for one in found)
    return [
        Verdict(
            bar="I5", what=f"{name}, second half of {rows:,} rows", beside="first half",
            least=0.8, aim=0.8, **facts,
        ).line(),
        Verdict(
            bar="I4", what=f"{name}, MB at the peak for {rows:,} rows, less the cache",
            beside="–", least=200, aim=200, smaller_is_better=True, **room,
        ).line(),
    ]  # fmt: skip


def parse() -> argparse.Namespace:
    parser = options.parser(__doc__, rounds=3)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--on", choices=DATABASES, help="one database only")
    parser.add_argument("--flat", action="store_true", help="take in three times as many once")
    parser.add_argument("--engine", nargs=5, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    arguments = parse()
    if arguments.engine:
        engine, database, file, url, folder = arguments.engine
        print(run_engine(engine, database, Path(file), url, Path(folder)).as_json())
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        address = ""
        if arguments.on != "sqlite":
            address = stack.enter_context(postgres(arguments.postgresql))
        run = Run(folder, address)
        file = dossiers.write(folder / "year.csv", arguments.rows)
        chosen = [one for one in DATABASES if arguments.on in {None, one}]
        for _ in range(arguments.rounds):
            for database in chosen:
                run.turn(database, file, FLOOR, FIRST, AGAIN, ORM)
        if arguments.flat:
            larger = dossiers.write(folder / "years.csv", 3 * arguments.rows)
            for database in chosen:
                run.turn(database, larger, BY_HALVES)
    lines = table(run.rounds)
    print("\n".join([run.rounds.table(), "", *lines]))
    options.keep(arguments, "ingest", run.rounds, lines, [])


if __name__ == "__main__":
    main()
