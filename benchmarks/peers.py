"""The peers, run from a copy of the yardsticks folder in an environment of their own.

Their scripts write beside themselves, so they are copied to a temporary place first.
Nothing of theirs is kept.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from benchmarks.measure import Sample


class Absent(Exception):
    """The yardsticks, or what a peer needs, are not on this machine."""


class Peers:
    """A copy of the yardsticks; Absent when there is none or nothing to run it with."""

    def __init__(self, yardsticks: Path, python: Path, place: Path) -> None:
        if not (yardsticks / "bench").is_dir():
            raise Absent(f"no yardsticks at {yardsticks}")
        if not python.exists():
            raise Absent(f"no Python for the peers at {python}")
        self.python = python
        self.folder = place / "bench"
        shutil.copytree(yardsticks / "bench", self.folder)
        for folder in (place, *place.rglob("*")):
            folder.chmod(0o755)
        (place / "dbs").mkdir()

    def measure(self, name: str, script: str, *arguments: str) -> Sample:
        """Run one peer and read its line; Absent when it does not run here."""
        printed = self.run(script, *arguments)
        lines = [line for line in printed.splitlines() if line.startswith("{")]
        if not lines:
            raise Absent(f"{name}: it said nothing")
        told = json.loads(lines[-1])
        return Sample(
            engine=name,
            rate=told["rate"],
            p50_ms=told["p50_us"] / 1e3,
            p95_ms=float("nan"),
            p99_ms=told["p99_us"] / 1e3,
            more={"peer": told["engine"]},
        )

    def run(self, script: str, *arguments: str, timeout: float = 120, **environment: str) -> str:
        """Run one of their scripts to its end and return what it printed."""
        ran = subprocess.run(
            [str(self.python), str(self.folder / script), *arguments],
            cwd=self.folder,
            env=self.environment(PAGE_DB="sqlite", **environment),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        if ran.returncode:
            last = (ran.stderr.strip().splitlines() or ["no output"])[-1]
            raise Absent(f"{script} {' '.join(arguments)}: {last}")
        return ran.stdout

    def environment(self, **more: str) -> dict[str, str]:
        inherited = dict(os.environ)  # noqa: TID251 - handed on as it is
        return inherited | {"PYTHONDONTWRITEBYTECODE": "1"} | more
