"""What every benchmark is told, and where their figures go."""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict
from pathlib import Path

from benchmarks.measure import Rounds
from benchmarks.peers import Absent, Peers

ROOT = Path(__file__).absolute().parent.parent
ENVIRON = os.environ  # noqa: TID251 - a benchmark's settings begin here


def parser(doc: str | None, *, rounds: int) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        description=doc, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--rounds", type=int, default=rounds)
    made.add_argument("--steps", type=int, default=120, help="steps of an engine in one turn")
    made.add_argument("--seconds", type=float, default=2, help="how long one page is asked")
    made.add_argument("--big", type=int, default=1_000_000, help="directives of the big province")
    made.add_argument(
        "--yardsticks",
        type=Path,
        default=Path(ENVIRON.get("DONDOC_YARDSTICKS", ROOT.parent / "shared" / "yardsticks")),
        help="folder with the peers' scripts; without it their rows are left out",
    )
    made.add_argument(
        "--peers-python",
        type=Path,
        default=Path(ENVIRON.get("DONDOC_PEERS_PYTHON", ROOT / ".venv-peers" / "bin" / "python")),
        help="the Python of the environment made from benchmarks/peers.txt",
    )
    made.add_argument(
        "--postgresql",
        default=_postgresql(),
        help="a server to measure on (databases bench_* are made and dropped there); "
        "else the one from the wheel is started",
    )
    made.add_argument("--json", type=Path, help="keep every sample in this file")
    return made


def _postgresql() -> str:
    given = ENVIRON.get("DATABASE_URL", "")
    return given if given.startswith("postgres") else ""


def peers(arguments: argparse.Namespace, place: Path, left_out: list[str]) -> Peers | None:
    """Copy the yardsticks to `place`; where there are none, say so and go on."""
    try:
        return Peers(arguments.yardsticks, arguments.peers_python, place)
    except Absent as why:
        left_out.append(f"all peers: {why}")
        return None


def keep(
    arguments: argparse.Namespace, name: str, rounds: Rounds, lines: list[str], left_out: list[str]
) -> None:
    """Write every sample of a run down, when a file was named for it."""
    if arguments.json is None:
        return
    samples = [asdict(sample) for each in rounds.samples.values() for sample in each]
    told = {"benchmark": name, "samples": samples, "table": lines, "left_out": left_out}
    arguments.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
