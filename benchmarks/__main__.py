"""Run every benchmark and put their tables into docs/benchmarks.md.

    python -m benchmarks [--write] [--rounds N] [--steps N] [--seconds S] [--big ROWS] …

Without `--write` the tables are only printed. A short look whether all of it runs:
`--rounds 1 --steps 10 --seconds 0.3 --big 20000`.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.options import ROOT

RUNS = (
    ("Steps of a directive", "benchmarks.transitions", ()),
    ("Pages, SQLite", "benchmarks.pages", ("--on", "sqlite")),
    ("Pages, PostgreSQL", "benchmarks.pages", ("--on", "postgresql")),
    ("Dossiers taken in", "benchmarks.ingest", ("--flat",)),
    ("Rules over a year", "benchmarks.rules", ()),
    ("A night's sweep, SQLite", "benchmarks.sweep", ("--on", "sqlite")),
    ("A night's sweep, PostgreSQL", "benchmarks.sweep", ("--on", "postgresql", "--small")),
)
DOCUMENT = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def machine() -> str:
    """Say in one line what was measured on."""
    facts = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next(
        (line.split(":")[1].strip() for line in facts if line.startswith("model name")), ""
    )
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} {platform.release()}"
    return f"{os.cpu_count()} cores ({model}), {gib:.0f} GiB, {system}, {platform.python_version()}"


def told() -> str:
    """Run everything and return the block of the document."""
    day = time.strftime("%d %B %Y")
    parts = [BEGIN, "", f"Measured on {day}: {machine()} (Python).", ""]
    passed_on = [word for word in sys.argv[1:] if word != "--write"]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for title, module, more in RUNS:
            kept = Path(folder) / "run.json"
            command = [sys.executable, "-m", module, "--json", str(kept), *more, *passed_on]
            subprocess.run(command, cwd=ROOT, check=True)
            found = json.loads(kept.read_text(encoding="utf-8"))
            parts += [f"### {title}", "", *found["table"], ""]
            parts += [f"Left out: {line}." for line in found["left_out"]]
    return "\n".join([*parts, END])


def main() -> None:
    block = told()
    print(block)
    if "--write" in sys.argv:
        text = DOCUMENT.read_text(encoding="utf-8")
        before, _, rest = text.partition(BEGIN)
        after = rest.partition(END)[2]
        DOCUMENT.write_text(before + block + after, encoding="utf-8")


if __name__ == "__main__":
    main()
