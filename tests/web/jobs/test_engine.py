"""The engine calls workers and loses nothing when it cannot; workers run beside the pages."""

import time
from dataclasses import replace

import pytest
from huey import BlackHoleHuey, PostgresHuey, SqliteHuey
from sqlalchemy import select

from models.jobs.rows import JobRow
from web.background import Background, JobSettings
from web.jobs import engine as engines
from web.jobs import running
from web.jobs.engine import Engine, huey_of, register
from web.jobs.held import Work
from workflow.jobs.records import TICK, JobState


@pytest.fixture
def told(world, tmp_path, monkeypatch):
    """Let the small province's engine be chosen, with its queue in a folder of its own."""
    before = world.office.settings

    def choose(kind, **more):
        background = replace(Background(), jobs=JobSettings(engine=kind, threads=2))
        settings = replace(before, instance=tmp_path, background=background, **more)
        monkeypatch.setattr(world.office, "settings", settings)
        return settings

    return choose


@pytest.mark.parametrize(
    ("kind", "url", "made"),
    [
        ("off", "sqlite:///x", BlackHoleHuey),
        ("instance", "sqlite:///x", SqliteHuey),
        ("instance", "postgresql+psycopg://h/d", SqliteHuey),
        ("database", "sqlite:///x", SqliteHuey),
    ],
)
def test_the_setting_names_the_engine(told, kind, url, made):
    assert type(huey_of(told(kind, database_url=url))) is made


def test_on_postgresql_the_queue_can_stand_in_the_database(world, told):
    url = world.office.engine.url.render_as_string(hide_password=False)
    if not url.startswith("postgresql"):
        pytest.skip("SQLite's queue is a file of its own")
    huey = huey_of(told("database", database_url=url))
    assert type(huey) is PostgresHuey
    try:
        ran = []
        task = huey.task(name="probe")(lambda: ran.append(1))
        task()
        huey.execute(huey.dequeue())
        assert ran == [1]
    finally:
        with huey.storage.db(commit=True) as cursor:
            for table in ("kv", "schedule", "task", "counter"):
                cursor.execute(f"DROP TABLE huey_{table}")
        huey.storage.close()


def test_redis_is_an_engine_too(told, monkeypatch):
    made = []
    monkeypatch.setattr(engines, "RedisHuey", lambda _, url: made.append(url))
    huey_of(told("redis://localhost:6379/0"))
    assert made == ["redis://localhost:6379/0"]


def test_a_call_that_fails_does_not_fail_what_was_committed(world, told, monkeypatch, caplog):
    told("instance")
    engine = Engine(world.app)

    def broken(*_):
        raise OSError("no disk")

    monkeypatch.setattr(engine.huey.storage, "enqueue", broken)
    engine.poke()
    assert "no worker was called: OSError" in caplog.text


def test_an_engine_that_cannot_be_made_fails_no_commit_either(world, told, monkeypatch, caplog):
    def broken(_):
        raise ImportError("redis")

    monkeypatch.setattr(world.office, "settings", replace(told("redis://localhost"), testing=False))
    monkeypatch.setattr(world.office, "call_worker", world.office.call_worker)
    monkeypatch.setattr(engines, "engine_of", broken)
    register(world.app)
    with world.unit() as unit:
        unit.jobs.add("x", "x:1")
    said, end = "no worker can be called: ImportError", time.monotonic() + 60
    while said not in caplog.text and time.monotonic() < end:
        time.sleep(0.01)
    assert said in caplog.text
    with world.office.reading() as unit:
        assert unit.connection.execute(select(JobRow.key)).scalars().all() == ["x:1"]


def states(world):
    with world.office.reading() as unit:
        rows = unit.connection.execute(select(JobRow.name, JobRow.state))
        return {row.name: row.state for row in rows}


def until(world, expected):
    end = time.monotonic() + 60
    while time.monotonic() < end and not expected.items() <= states(world).items():
        time.sleep(0.05)
    return states(world)


def test_workers_beside_the_pages_take_up_what_a_commit_leaves(world, told, monkeypatch):
    """A tick at the start, quick and long work in lanes of their own, and a stop that waits."""
    told("instance")
    done = Work(name="quick", run=lambda _: {})
    slow = Work(name="slow", run=lambda _: {}, is_long=True)
    monkeypatch.setitem(running.WORKS, "quick", done)
    monkeypatch.setitem(running.WORKS, "slow", slow)
    monkeypatch.setattr(running, "QUICK", frozenset({"quick", TICK, "night"}))
    monkeypatch.setattr(engines, "LONG", frozenset({"slow"}))
    monkeypatch.setattr(running, "LONG", frozenset({"slow"}))
    stops = []
    monkeypatch.setattr(engines, "Finalize", lambda _, stop, **more: stops.append((stop, more)))
    engine = Engine(world.app)
    monkeypatch.setattr(world.office, "call_worker", engine.poke)
    engine.run_beside()
    try:
        with world.unit() as unit:
            unit.jobs.add("quick", "quick:1")
            unit.jobs.add("slow", "slow:1")
        expected = {"quick": JobState.DONE, "slow": JobState.DONE, TICK: JobState.DONE}
        assert expected.items() <= until(world, expected).items()
    finally:
        [(stop, more)] = stops
        stop(**more["kwargs"])


@pytest.mark.parametrize(("kind", "threads"), [("off", 2), ("instance", 0)])
def test_where_no_worker_shall_run_beside_the_pages_none_does(world, told, kind, threads):
    settings = told(kind)
    jobs = replace(settings.background.jobs, threads=threads)
    world.office.settings = replace(settings, background=replace(settings.background, jobs=jobs))
    engine = Engine(world.app)
    engine.run_beside()
    assert engine.huey.pending_count() == 0
