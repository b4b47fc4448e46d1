"""A process that takes in a file of dossiers and is killed from outside.

Started once, it forks a child for every "go" on its standard input; the child takes the file
in, or goes on with it, and says how many rows are done after each commit. With `--broken` it
keeps what was taken in in one transaction and how far it came in another, as no program should.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import create_engine

import models
from models.base import engine_options, tune_sqlite
from models.dossiers.register import DossierRegister
from models.unit import writing
from tests.often import often
from web.config import Settings
from web.dossiers.following import detection
from web.dossiers.intake import Order, take_in_file
from web.wiring import Office
from workflow.accounts.usecases import system_actor
from workflow.dossiers.profile_text import read_profile

assert models
AT = datetime(2021, 9, 20, 2, 0, tzinfo=UTC)
CHUNK = often(40, night=2_000)


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


class Halves(Office):
    """An office whose imports come in two halves."""

    @contextmanager
    def writing(self):
        later: list[object] = []
        keep = DossierRegister.save_import
        DossierRegister.save_import = lambda _, running: later.append(running)  # type: ignore[method-assign,assignment,return-value]
        try:
            with writing(self.engine, self.clock()) as unit:
                yield unit
        finally:
            DossierRegister.save_import = keep  # type: ignore[method-assign]
        time.sleep(0.3)
        with writing(self.engine, self.clock()) as unit:
            for running in later:
                keep(unit.dossiers, running)  # type: ignore[arg-type]


def main() -> None:
    url, folder, file, profile = sys.argv[1:5]
    engine = create_engine(url, **engine_options(url))
    if url.startswith("sqlite"):
        tune_sqlite(engine, synchronous="full")
    settings = Settings(database_url=url, secret_key="only-for-tests", instance=Path(folder))
    office = (Halves if "--broken" in sys.argv else Office)(engine, settings, lambda: AT)
    order = Order(
        path=Path(file),
        profile=read_profile(Path(profile).read_text(encoding="utf-8")),
        as_of=date(2021, 9, 20),
        acting=lambda unit: system_actor(unit.accounts, at=AT),
    )
    say("ready")
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            say(f"begun {os.getpid()}")
            done = take_in_file(
                office, order, following=detection, chunk=CHUNK,
                progress=lambda rows, _: say(f"done {rows}"),
            )  # fmt: skip
            say(f"finished {done.done.id}")
            os._exit(0)
        os.waitpid(child, 0)
        say(f"dead {child}")


if __name__ == "__main__":
    main()
