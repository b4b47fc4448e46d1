"""T1 and T2: one step of a directive, kept with its history, beside a bare floor and the peers.

    python -m benchmarks.transitions [--rounds 20] [--steps 120] [--json FILE]

A disk's fsync changes from one minute to the next, so every engine stands by in a process of
its own and they take short turns. The peers, which cannot, run whole between the turns.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import options, province
from benchmarks.floors import ROWS, PostgresFloor, SqliteFloor
from benchmarks.measure import HEADER, Rounds, Sample, Verdict, sample_from, timed
from benchmarks.ours import Ours
from benchmarks.peers import Absent, Peers
from benchmarks.postgres import for_sqlalchemy, fresh, postgres

OURS, FLOOR = "ours", "floor"
WARM = 20
PEERS = (
    # name, script, its arguments, how many steps
    ("django-fsm-2", "fsm_django.py", ("fsm2", "sqlite"), 1500),
    ("SpiffWorkflow", "fsm.py", ("spiff_sqlite",), 1500),
    ("viewflow", "fsm_django.py", ("viewflow", "sqlite"), 600),
    ("DBOS", "fsm_dbos.py", ("sqlite",), 900),
)
BARS = (
    # bar, ours, beside, least, aim
    ("T1", "ours, SQLite full", "floor, SQLite full", 0.2, 0.33),
    ("T1", "ours, PostgreSQL", "floor, PostgreSQL, four round trips", 0.2, 0.33),
    ("T2", "ours, SQLite normal", "django-fsm-2", 0.5, 1.0),
    ("T2", "ours, SQLite normal", "SpiffWorkflow", 0.7, 1.3),
    ("T2", "ours, SQLite normal", "viewflow", 2.0, 4.5),
    ("T2", "ours, SQLite normal", "DBOS", 3.0, 5.5),
)
NO_BAR = (
    ("ours, PostgreSQL", "floor, PostgreSQL, one statement"),
    ("ours, SQLite normal", "floor, SQLite normal"),
)


@dataclass(frozen=True, slots=True)
class Engine:
    """One of those that stand by: what it runs, on which database, how durable."""

    name: str
    kind: str
    database: str
    mode: str


ENGINES = (
    Engine("floor, SQLite full", FLOOR, "sqlite", "full"),
    Engine("ours, SQLite full", OURS, "sqlite", "full"),
    Engine("floor, PostgreSQL, four round trips", FLOOR, "postgresql", "four"),
    Engine("ours, PostgreSQL", OURS, "postgresql", "full"),
    Engine("floor, PostgreSQL, one statement", FLOOR, "postgresql", "one"),
    Engine("floor, SQLite normal", FLOOR, "sqlite", "normal"),
    Engine("ours, SQLite normal", OURS, "sqlite", "normal"),
)


def subject_of(engine: Engine, url: str, folder: Path) -> Ours | SqliteFloor | PostgresFloor:
    """Open what an engine measures."""
    if engine.kind == OURS:
        return Ours(url, folder, synchronous=engine.mode)
    if engine.database == "postgresql":
        return PostgresFloor(url, one_trip=engine.mode == "one")
    return SqliteFloor(Path(url), synchronous=engine.mode)


def stand_by(engine: Engine, url: str, folder: Path, turns: Iterable[str]) -> None:
    """Measure a slice of directives for each line read; at the end, check what was kept."""
    subject = subject_of(engine, url, folder)
    for turn in turns:
        first, count = map(int, turn.split())
        if count:
            before = subject.verified()
            sample = timed(engine.name, subject.steps(first, count))
            assert subject.verified() - before == count, "not every step was kept"
            print(sample.as_json(), flush=True)
        elif isinstance(subject, Ours):
            assert subject.chain_is_whole(), "the chain of the history is broken"


class Bystander:
    """An engine in a process of its own, waiting for its turn."""

    def __init__(self, engine: Engine, url: str, folder: Path) -> None:
        self.engine, self.url = engine, url
        self._process = subprocess.Popen(
            [sys.executable, "-m", __spec__.name, "--engine", engine.name, url, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=options.ROOT,
        )

    def turn(self, first: int, count: int) -> Sample:
        self._say(f"{first} {count}")
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.engine.name} fell over")
        return sample_from(line)

    def _say(self, line: str) -> None:
        assert self._process.stdin
        print(line, file=self._process.stdin, flush=True)

    def close(self) -> None:
        """Let it check what it kept and leave."""
        self._say("0 0")
        assert self._process.stdin
        self._process.stdin.close()
        if self._process.wait(timeout=60):
            raise SystemExit(f"{self.engine.name}: what it kept is not whole")


@dataclass(slots=True)
class Run:
    """All engines, turn after turn; each slice of directives is used once."""

    folder: Path
    address: str
    rounds: Rounds = field(default_factory=Rounds)
    left_out: list[str] = field(default_factory=list)
    _urls: dict[tuple[str, str], str] = field(default_factory=dict)
    _used: dict[str, int] = field(default_factory=dict)

    def stand_up(self, stack: ExitStack, only: str) -> list[Bystander]:
        """Build the databases and start every engine, warm."""
        made = []
        for engine in ENGINES:
            if only not in engine.name:
                continue
            bystander = Bystander(engine, self._url(engine), self.folder)
            stack.callback(bystander.close)
            self._turn(bystander, WARM)
            made.append(bystander)
        return made

    def go(self, bystanders: list[Bystander], peers: Peers | None, rounds: int, steps: int) -> None:
        """Take turns; the peers run three times, spread over the run."""
        often = max(1, rounds // 3)
        for turn in range(rounds):
            for bystander in bystanders:
                self.rounds.add(self._turn(bystander, steps // 3))
            if peers is not None and turn % often == often - 1:
                self._peers(peers)
                print(self.rounds.table(), "\n", flush=True)

    def _turn(self, bystander: Bystander, count: int) -> Sample:
        first = self._used.get(bystander.url, 0)
        self._used[bystander.url] = first + count
        return bystander.turn(first, count)

    def _peers(self, peers: Peers) -> None:
        for name, script, words, steps in PEERS:
            if any(line.startswith(name) for line in self.left_out):
                continue
            try:
                self.rounds.add(peers.measure(name, script, *words, str(steps)))
            except Absent as why:
                self.left_out.append(str(why))

    def _url(self, engine: Engine) -> str:
        key = (engine.kind, engine.database)
        if key not in self._urls:
            self._urls[key] = self._new_url(*key)
        return self._urls[key]

    def _new_url(self, kind: str, database: str) -> str:
        if kind == FLOOR:
            made = database == "postgresql"
            return fresh(self.address, "bench_floor") if made else str(self.folder / "floor.db")
        url = f"sqlite:///{self.folder / 'ours.db'}"
        if database == "postgresql":
            url = for_sqlalchemy(fresh(self.address, "bench_ours"))
        province.build(province.make_app(url, self.folder), ROWS, all_assigned=True)
        return url


def table(rounds: Rounds) -> list[str]:
    """Return the lines of the table that docs/benchmarks.md shows."""
    lines = [HEADER]
    for bar, ours, beside, least, aim in BARS:
        if rounds.has(ours) and rounds.has(beside):
            low, high = rounds.spread(ours, beside)
            got = rounds.ratio(ours, beside)
            verdict = Verdict(
                bar=bar, what=ours, beside=beside, least=least, aim=aim, got=got, low=low, high=high
            )
            lines.append(verdict.line())
    for ours, beside in NO_BAR:
        if not (rounds.has(ours) and rounds.has(beside)):
            continue
        low, high = rounds.spread(ours, beside)
        got = rounds.ratio(ours, beside)
        lines.append(f"| – | {ours} | {beside} | – | {got:.2f} | {low:.2f}–{high:.2f} | |")
    return lines


def parse() -> argparse.Namespace:
    parser = options.parser(__doc__, rounds=20)
    parser.add_argument("--only", default="", help="engines whose names hold these words")
    parser.add_argument("--engine", nargs=3, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    arguments = parse()
    if arguments.engine:
        name, url, folder = arguments.engine
        engine = next(engine for engine in ENGINES if engine.name == name)
        stand_by(engine, url, Path(folder), sys.stdin)
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        run = Run(folder, stack.enter_context(postgres(arguments.postgresql)))
        peers = options.peers(arguments, folder / "peers", run.left_out)
        run.go(run.stand_up(stack, arguments.only), peers, arguments.rounds, arguments.steps)
    lines = table(run.rounds)
    print("\n".join([run.rounds.table(), "", *lines, *run.left_out]))
    options.keep(arguments, "transitions", run.rounds, lines, run.left_out)


if __name__ == "__main__":
    main()
