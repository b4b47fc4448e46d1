"""Workers that run what is due until nothing is left; they are killed from outside.

Started once, it forks a worker for every "go" on its standard input, and a sweeper for every day.

Each job writes one line into the ledger, in the transaction that holds the job, after it
has worked for a while. With `--broken` it takes a job off the list before it does it, as
a queue does that hands a task over once.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from web.background import Background, JobSettings
from web.config import Settings
from web.factory import create_app
from web.jobs import running
from web.jobs.held import Held, JobLost, Work
from web.jobs.nightly import sweep_night
from web.jobs.running import run_due
from web.wiring import Office
from workflow.errors import Refused

WORKS_FOR = 0.03


def work(held: Held) -> dict[str, int]:
    """Work for a while, then keep that it was done, if the job is still one's own."""
    if "--broken" in sys.argv:
        with held.office.writing() as unit:
            unit.jobs.finish(held.job, held.at)
    os.write(1, f"works {os.getpid()}\n".encode())
    time.sleep(WORKS_FOR)
    with held.office.writing() as unit:
        if "--broken" not in sys.argv:
            held.hold(unit)
        unit.runs.note("drilled", held.at.date(), held.at, held.at, {"key": held.job.key})
        unit.jobs.finish(held.job, held.at)
    return {}


def main() -> None:
    jobs = JobSettings(engine="off", lease=timedelta(seconds=1))
    settings = Settings(
        database_url=sys.argv[1],
        secret_key="only-for-tests",
        instance=Path(sys.argv[2]),
        background=replace(Background(), jobs=jobs),
        testing=True,
    )
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    app = create_app(settings)
    running.WORKS["drill"] = Work(name="drill", run=work, in_ledger=False)
    office = app.extensions["office"]
    os.write(1, b"ready\n")
    for line in sys.stdin:
        if os.fork() == 0:
            os.write(1, f"begun {os.getpid()}\n".encode())
            with app.app_context():
                ended = how_it_ends(office, line.strip())
            os.write(1, f"{ended} {os.getpid()}\n".encode())
            os._exit(0)


def how_it_ends(office: Office, what: str) -> str:
    """Return the word for a worker's end: whatever goes wrong is told, never waited for."""
    try:
        do(office, what)
    except JobLost:
        return "idle"  # slower than the lease, so that another took the night over
    except Refused as refused:
        return "idle" if refused.code == "sweep_running" else "failed"
    except Exception:  # noqa: BLE001 - told by the drill
        traceback.print_exc()
        return "failed"
    return "idle"


def do(office: Office, what: str) -> None:
    """Run what is due, or sweep the night of a day."""
    if what == "go":
        run_due(office)
    else:
        sweep_night(office, date.fromisoformat(what))


if __name__ == "__main__":
    main()
