"""The engine: huey calls workers after a commit and each minute; what is due stands in our rows.

Huey takes a task off its queue before it runs, so a killed worker loses it. Nothing is
lost here, because a task only says "look what is due": the rows are the truth, claimed
with a lease (docs/adr/0013-jobs.md).
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime
from multiprocessing.util import Finalize
from typing import Any

from flask import Flask
from huey import BlackHoleHuey, Huey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer

from models.jobs.queries import what_is_due
from web.config import Settings
from web.jobs.calling import Caller
from web.jobs.running import LONG, Lane, run_due
from web.jobs.ticking import tick
from web.wiring import Office

LOG = logging.getLogger("dondoc.jobs")
LOOKS_AT_LEAST_EVERY = 1.0
"""Seconds: how long a worker sleeps at most before it looks whether it was called."""
STOPS_WITHIN = 5.0
"""Seconds: how long a stopping process lets its workers finish."""


def huey_of(settings: Settings) -> Huey:
    """Return the queue over which workers are called, as the settings name it."""
    engine, name = settings.background.jobs.engine, "dondoc"
    if engine == "off":
        return BlackHoleHuey(name)
    if engine.startswith("redis"):
        return RedisHuey(name, url=engine)
    if engine == "database" and settings.database_url.startswith("postgresql"):
        address = settings.database_url.replace("postgresql+psycopg://", "postgresql://", 1)
        return PostgresHuey(name, dsn=address)
    return SqliteHuey(name, filename=str(settings.instance / "queue.sqlite3"), fsync=False)


class Embedded(Consumer):
    """A consumer inside a process whose signals belong to somebody else."""

    def _set_signal_handlers(self) -> None:
        """Leave the signals alone."""


class Engine:
    """Calls workers, and runs them in this process when asked to."""

    def __init__(self, app: Flask) -> None:
        found = app.extensions["office"]
        assert isinstance(found, Office)  # noqa: S101 - set by the factory
        self.app, self.office = app, found
        self.huey = huey_of(found.settings)
        self._long = threading.Lock()
        self._quick_task = self.huey.task(name="quick")(self.quick)
        self._long_task = self.huey.task(name="long")(self.long)
        self._minute_task = self.huey.periodic_task(crontab(), name="minute")(self.minute)

    def poke(self) -> None:
        """Call a worker; never fails, because the minute's tick calls one anyway."""
        try:
            self._quick_task()
        except Exception as error:  # noqa: BLE001 - what was committed stands
            LOG.warning("no worker was called: %s", type(error).__name__)

    def quick(self) -> None:
        """Do what is due but for long jobs, and call for those."""
        with self.app.app_context():
            run_due(self.office, lane=Lane.QUICK)
            if self._is_long_due():
                self._long_task()

    def long(self) -> None:
        """Do the long jobs that are due, one at a time in this process."""
        if not self._long.acquire(blocking=False):
            return
        try:
            with self.app.app_context():
                run_due(self.office, lane=Lane.LONG)
        finally:
            self._long.release()

    def _is_long_due(self) -> bool:
        with self.office.reading() as unit:
            return what_is_due(unit.connection, self.office.clock(), LONG).job

    def minute(self) -> None:
        """Tick; whichever clock ticks first acts, and every worker takes up what was left."""
        at = self.office.clock()
        self._tick(at)
        self.quick()

    def _tick(self, at: datetime) -> None:
        try:
            tick(self.office, at)
        except Exception as error:  # noqa: BLE001 - the next minute ticks again
            LOG.warning("a tick was missed: %s", type(error).__name__)

    def consumer(self, threads: int, *, embedded: bool) -> Any:
        """Return what runs workers: inside another program, or as a program of its own."""
        kind = Embedded if embedded else Consumer
        return kind(
            self.huey,
            workers=threads,
            periodic=True,
            initial_delay=0.1,
            max_delay=LOOKS_AT_LEAST_EVERY,
            check_worker_health=not embedded,
            shutdown_timeout=STOPS_WITHIN,
            graceful_signal="TERM",
        )

    def run_beside(self) -> None:
        """Run workers as threads of this process until it ends, and look at once what is due."""
        jobs = self.office.settings.background.jobs
        if jobs.engine == "off" or not jobs.threads:
            return
        consumer = self.consumer(jobs.threads, embedded=True)
        consumer.start()
        self._minute_task()
        Finalize(None, consumer.stop, kwargs={"graceful": True}, exitpriority=100)


def engine_of(app: Flask) -> Engine:
    """Return the application's engine, made at first use."""
    found = app.extensions.get("jobs_engine")
    if found is None:
        found = app.extensions["jobs_engine"] = Engine(app)
    assert isinstance(found, Engine)  # noqa: S101 - set just above
    return found


def register(app: Flask) -> None:
    """Let every unit that leaves work call a worker once it has committed."""
    office = app.extensions["office"]
    assert isinstance(office, Office)  # noqa: S101 - set by the factory
    if office.settings.testing or office.settings.background.jobs.engine == "off":
        return
    office.call_worker = Caller(lambda: _call(app)).call


def _call(app: Flask) -> None:
    """Call a worker; what was committed stands, so nobody is told when it cannot be done."""
    try:
        engine = engine_of(app)
    except Exception as error:  # noqa: BLE001 - the minute's tick finds the work
        LOG.warning("no worker can be called: %s", type(error).__name__)
        return
    engine.poke()
