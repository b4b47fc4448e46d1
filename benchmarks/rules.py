"""R1, R2, R5, R6 and R7: rules replayed over a year of 1,000,000 violations, beside the peers.

    python -m benchmarks.rules [--rounds 5] [--json FILE]

The peers: DuckDB's bare window count over the same keys and moments, which finds neither
episodes nor levels nor the violations behind them, and ElastAlert2's frequency rule. Every
engine runs in a process of its own; they take turns. Ours must answer as a plain reading does.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import options
from benchmarks.measure import HEADER, Rounds, Sample, Verdict
from benchmarks.peers import Absent, Peers

WHOLE, TENTH, FOR_ALERTS = 1_000_000, 100_000, 300_000
PARTS = 30
"""Each dense key is this many sparse ones, as in the yardsticks' own script."""
NAN = float("nan")
BARS = (
    # bar, ours, beside, least, aim
    ("R7", "replay in columns, 3,600 keys", "DuckDB's count, 3,600 keys", 0.5, 2.0),
    ("R7", "replay in columns, 108,000 keys", "DuckDB's count, 108,000 keys", 0.5, 2.0),
    ("R7", "replay in columns, 3,600 keys", "ElastAlert2, in order", 10, 50),
    ("R7", "replay as records, 108,000 keys", "ElastAlert2, in order", 10, 50),
    ("R1", "replay as records, 300,000", "ElastAlert2, in order", 15, 50),
    ("R2", "late and taken back, by 10,000", "ElastAlert2, in order", 3, 10),
    ("R5", "replay, 1,000,000", "replay, 100,000", 0.8, 0.8),
)
NO_BAR = (
    ("replay as records, 3,600 keys", "DuckDB's count, 3,600 keys"),
    ("replay as records, 108,000 keys", "DuckDB's count, 108,000 keys"),
    ("replay in columns, 3,600 keys", "plain Python, 3,600 keys"),
    ("replay in columns, 108,000 keys", "plain Python, 108,000 keys"),
)
MOST_MEGABYTES, MOST_BYTES = 300, 100


@dataclass(frozen=True, slots=True)
class Ours:
    """One of our engines: its name, what it is called in `replaying`, its folder, how many."""

    name: str
    engine: str
    folder: str
    count: int


OURS = (
    Ours("replay in columns, 3,600 keys", "columns", "dense", WHOLE),
    Ours("replay as records, 3,600 keys", "records", "dense", WHOLE),
    Ours("replay in columns, 108,000 keys", "columns", "sparse", WHOLE),
    Ours("replay as records, 108,000 keys", "records", "sparse", WHOLE),
    Ours("replay as records, 300,000", "records", "dense", FOR_ALERTS),
    Ours("late and taken back, by 10,000", "arriving", "dense", WHOLE),
)
PLAIN = (
    Ours("plain Python, 3,600 keys", "plain", "dense", WHOLE),
    Ours("plain Python, 108,000 keys", "plain", "sparse", WHOLE),
)


@dataclass(slots=True)
class Run:
    """All engines, round after round, over one generated year."""

    place: Path
    peers: Peers
    rounds: Rounds = field(default_factory=Rounds)
    left_out: list[str] = field(default_factory=list)
    answers: dict[tuple[str, int], set[str]] = field(default_factory=dict)

    def make_year(self) -> None:
        """Generate the violations, once by agency and type and once by procedure too."""
        dense, sparse = self._data("dense"), self._data("sparse")
        dense.mkdir(parents=True)
        sparse.mkdir(parents=True)
        self.peers.run("gen.py", "violations", PERF_ROOT=str(dense.parent))
        program = (
            "import sys; import numpy as np; k = np.fromfile(sys.argv[1], np.int32).astype(np.int64);"
            "i = np.arange(len(k));"
            f"(k * {PARTS} + (i * 2654435761 >> 7) % {PARTS}).astype(np.int32).tofile(sys.argv[2])"
        )
        files = [str(folder / "key.i4") for folder in (dense, sparse)]
        subprocess.run([sys.executable, "-c", program, *files], check=True)
        shutil.copy(dense / "ts.i8", sparse / "ts.i8")

    def _data(self, kind: str) -> Path:
        return self.place / kind / "data"

    def go(self, rounds: int) -> None:
        """Take turns; what never changes is run once."""
        for one in PLAIN:
            self._ours(one)
        for _ in range(rounds):
            for one in OURS:
                if one.engine == "columns":
                    keys = one.name.rpartition(", ")[2]
                    self._peer(
                        f"DuckDB's count, {keys}",
                        one.folder,
                        "rule_engines.py",
                        "duckdb_count",
                        WHOLE,
                    )
                self._ours(one)
            self._flat()
            self._peer("ElastAlert2, in order", "dense", "rule_elastalert.py", FOR_ALERTS)
            print(self.rounds.table(), "\n", flush=True)
        for asked, answers in self.answers.items():
            assert len(answers) == 1, f"{asked}: engines differ: {answers}"

    def _ours(self, one: Ours) -> None:
        told = self._replaying(one.engine, one.folder, one.count)
        if told["digest"]:
            self.answers.setdefault((one.folder, one.count), set()).add(told["digest"])
        self.rounds.add(_sample(one.name, told["rate"], megabytes=told["megabytes"]))

    def _flat(self) -> None:
        rates = self._replaying("flat", "dense", WHOLE)["rates"]
        for count in (WHOLE, TENTH):
            self.rounds.add(_sample(f"replay, {count:,}", rates[str(count)]))

    def bytes_of_state(self) -> float:
        """Return what a violation that stands costs in memory."""
        return float(self._replaying("state", "dense", WHOLE)["bytes"])

    def _replaying(self, engine: str, folder: str, count: int) -> dict:
        command = [sys.executable, "-m", "benchmarks.replaying", engine]
        ran = subprocess.run(
            [*command, str(self._data(folder)), str(count)],
            cwd=options.ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(ran.stdout)

    def _peer(self, name: str, folder: str, script: str, *words: object) -> None:
        if any(line.startswith(name) for line in self.left_out):
            return
        root = str(self._data(folder).parent)
        try:
            printed = self.peers.run(script, *map(str, words), "3", PERF_ROOT=root)
        except Absent as why:
            self.left_out.append(f"{name}: {why}")
            return
        told = json.loads(printed.splitlines()[-1])
        self.rounds.add(_sample(name, told["rate"], megabytes=told["rss_mb"]))


def _sample(name: str, rate: float, **more: object) -> Sample:
    return Sample(engine=name, rate=rate, p50_ms=NAN, p95_ms=NAN, p99_ms=NAN, more=more)


def table(run: Run) -> list[str]:
    """Return the lines of the table that docs/benchmarks.md shows."""
    rounds, lines = run.rounds, [HEADER]
    for bar, ours, beside, least, aim in BARS:
        if rounds.has(ours) and rounds.has(beside):
            lines.append(_verdict(bar, ours, beside, least, aim, rounds).line())
    for ours, beside in NO_BAR:
        if rounds.has(ours) and rounds.has(beside):
            low, high = rounds.spread(ours, beside)
            got = rounds.ratio(ours, beside)
            lines.append(f"| – | {ours} | {beside} | – | {got:.2f} | {low:.2f}–{high:.2f} | |")
    most = max(sample.more["megabytes"] for one in OURS[:4] for sample in rounds.samples[one.name])
    lines.append(_limit("R7", "megabytes over the input, at most", MOST_MEGABYTES, most))
    lines.append(
        _limit("R6", "bytes of one violation that stands", MOST_BYTES, run.bytes_of_state())
    )
    return lines


def _verdict(bar: str, ours: str, beside: str, least: float, aim: float, rounds: Rounds) -> Verdict:
    low, high = rounds.spread(ours, beside)
    got = rounds.ratio(ours, beside)
    return Verdict(
        bar=bar, what=ours, beside=beside, least=least, aim=aim, got=got, low=low, high=high
    )


def _limit(bar: str, what: str, most: float, got: float) -> str:
    return Verdict(
        bar=bar,
        what=what,
        beside="–",
        least=most,
        aim=most,
        got=got,
        low=got,
        high=got,
        smaller_is_better=True,
    ).line()


def parse() -> argparse.Namespace:
    return options.parser(__doc__, rounds=5).parse_args()


def main() -> None:
    arguments = parse()
    left_out: list[str] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        peers = options.peers(arguments, Path(folder) / "peers", left_out)
        if peers is None:
            raise SystemExit("; ".join(left_out) + ": the year is made by their generator")
        run = Run(Path(folder), peers)
        run.make_year()
        run.go(arguments.rounds)
        lines = table(run)
    print("\n".join([run.rounds.table(), "", *lines, *run.left_out]))
    options.keep(arguments, "rules", run.rounds, lines, run.left_out)


if __name__ == "__main__":
    main()
