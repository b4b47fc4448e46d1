"""Fixtures: every test that touches memory runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

from backends import (
    OTHERS_SERVER,
    Backend,
    PostgresBackend,
    SqliteBackend,
    keep_compiled_templates,
    start_postgres,
)
from world import PROVINCE, World, build_world

from web import labels

gc.disable()  # until all tests are collected: they stay, and every look finds more of them

settings.register_profile("suite", deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("light", settings.get_profile("suite"), max_examples=20)
settings.register_profile("night", settings.get_profile("suite"), max_examples=1_000)
settings.load_profile(os.environ.get("DONDOC_TEST_PROFILE", "suite"))


ZONES = ("America/New_York", "Asia/Ho_Chi_Minh")
"""The server's zone on each worker, a far one and the province's; a process alone keeps its own.

No test may depend on it, and which worker a test falls to changes from run to run.
"""


def pytest_configure() -> None:
    """Put this worker into its zone."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if worker.isdecimal():
        os.environ["TZ"] = ZONES[int(worker) % len(ZONES)]
        time.tzset()


LONGEST = ("tests/drills/test_life.py", "tests/journeys/", "tests/drills/")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest on every worker, so that none is left alone with one at the end.

    Each worker is given a part of the list in its order, and takes from the others' ends.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    ranks = {item: _rank(item) for item in items}
    long = sorted((item for item in items if ranks[item] < len(LONGEST)), key=ranks.__getitem__)
    short = [item for item in items if ranks[item] == len(LONGEST)]
    part, spread = len(items) // workers, []
    for worker in range(workers):
        own = long[worker::workers]
        rest = max(0, part - len(own)) if worker < workers - 1 else len(short)
        spread += own + short[:rest]
        del short[:rest]
    items[:] = spread


def _rank(item: pytest.Item) -> int:
    """Return the place among the longest; behind them all else."""
    return next((n for n, part in enumerate(LONGEST) if item.nodeid.startswith(part)), len(LONGEST))


def pytest_collection_finish() -> None:
    """Leave thousands of tests out of every later look for rubbish."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


class TestClock:
    """A clock that stands until it is set."""

    __test__ = False
    START = datetime(2021, 8, 23, 2, 0, tzinfo=UTC)

    def __init__(self) -> None:
        self.at = self.START

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Undo pytest-flask: its pushed context signs an anonymous client in as the last one."""


@pytest.fixture(scope="session", autouse=True)
def _never_wait_for_the_disk() -> Iterator[None]:
    """No test pulls a plug: files need not be on the disk, no more than what databases write."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    if OTHERS_SERVER:
        yield OTHERS_SERVER
        return
    with tempfile.TemporaryDirectory(prefix="dondoc-pg-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with start_postgres(Path(folder)) as address:
            yield address


@pytest.fixture(scope="session")
def made_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    keep_compiled_templates(tmp_path_factory.getbasetemp())
    made = SqliteBackend(tmp_path_factory.mktemp("sqlite"), TestClock())
    yield made
    made.close()


@pytest.fixture(scope="session")
def made_on_postgresql(
    tmp_path_factory: pytest.TempPathFactory, postgres_address: str
) -> Iterator[Backend]:
    keep_compiled_templates(tmp_path_factory.getbasetemp())
    folder = tmp_path_factory.mktemp("postgresql")
    made = PostgresBackend(folder, TestClock(), postgres_address)
    yield made
    made.close()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """One of the two databases; each is made once, however the tests change between them."""
    made: Backend = request.getfixturevalue(f"made_on_{request.param}")
    return made


@pytest.fixture
def app(request: pytest.FixtureRequest, backend: Backend) -> Flask:
    """The application on an empty database, or on one that the test's world is laid out on next."""
    backend.clock.at = TestClock.START
    backend.reset(before=PROVINCE if "world" in request.fixturenames else "")
    _forget(backend.app)
    return backend.app


def _forget(app: Flask) -> None:
    """Begin as a new process does, with nothing known of what other tests saw."""
    app.extensions["office"].remembered.forget()
    app.extensions["office"].known.forget()
    app.extensions["office"].moving.forget()
    labels._MISSED.clear()


@pytest.fixture
def clock(backend: Backend, app: Flask) -> TestClock:
    del app
    return backend.clock


@pytest.fixture
def world(app: Flask, backend: Backend, clock: TestClock) -> World:
    """The small province, laid out; built anew where a fixture has moved the clock before it."""
    if clock() != TestClock.START:
        backend.reset()
    return build_world(app, clock)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
