"""What a worker does once a minute: the log goes into the file, the night is not forgotten."""

import shutil
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from web.jobs.running import run_due
from web.jobs.ticking import tick

NOON = datetime(2021, 8, 24, 5, tzinfo=UTC)


def names_in(file, folder):
    """Read the names of the agencies from the file alone, as if its log were gone."""
    copy = folder / "alone.sqlite3"
    shutil.copy(file, copy)
    with sqlite3.connect(copy) as alone:
        return [name for (name,) in alone.execute("SELECT name FROM agencies")]


def rename(world):
    with world.office.writing() as unit:
        unit.connection.execute(text("UPDATE agencies SET name = 'Sở Xây dựng và Kiến trúc'"))


@pytest.fixture
def file(world):
    if world.office.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its own log")
    return world.office.engine.url.database


def test_what_was_written_lies_in_the_file_after_the_next_minute(world, file, tmp_path):
    rename(world)
    assert "Sở Xây dựng và Kiến trúc" not in names_in(file, tmp_path)
    tick(world.office, NOON)
    run_due(world.office, NOON)
    assert "Sở Xây dựng và Kiến trúc" in names_in(file, tmp_path)


def test_a_reader_of_an_earlier_moment_keeps_it_and_stops_nobody(world, file):
    with world.office.reading() as unit:
        before = unit.connection.execute(text("SELECT min(name) FROM agencies")).scalar()
        rename(world)
        tick(world.office, NOON + timedelta(minutes=1))
        run_due(world.office, NOON + timedelta(minutes=1))
        assert unit.connection.execute(text("SELECT min(name) FROM agencies")).scalar() == before


def test_the_night_that_is_due_is_left_for_a_worker_once(world):
    for minute in range(2):
        tick(world.office, NOON + timedelta(minutes=minute))
        run_due(world.office, NOON + timedelta(minutes=minute))
    with world.office.reading() as unit:
        nights = unit.connection.execute(text("SELECT count(*) FROM nights")).scalar()
    assert nights == 1
