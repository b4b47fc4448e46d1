"""A pooled connection whose server is gone is replaced before anybody notices."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy import text
from world import World

from models import base

TELL = text("SELECT pg_backend_pid()")


@pytest.fixture
def on_postgresql(world: World) -> World:
    if world.office.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no server")
    return world


def _pid(world: World) -> int:
    with world.office.reading() as unit:
        return unit.connection.execute(TELL).scalar_one()


def _end(world: World, pid: int) -> None:
    url = world.office.engine.url.set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))


def test_a_connection_that_was_ended_is_replaced(on_postgresql: World) -> None:
    before = _pid(on_postgresql)
    _end(on_postgresql, before)
    assert _pid(on_postgresql) != before


def test_a_writer_does_not_meet_the_ended_one_either(on_postgresql: World) -> None:
    _end(on_postgresql, _pid(on_postgresql))
    (made,) = on_postgresql.issue()
    assert on_postgresql.directive(made.number).number == made.number


def test_a_connection_that_stands_is_kept(on_postgresql: World) -> None:
    assert _pid(on_postgresql) == _pid(on_postgresql)


def test_what_rested_long_is_asked(on_postgresql: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _pid(on_postgresql)
    monkeypatch.setattr(base, "LONG_REST", -1.0)
    assert _pid(on_postgresql) == before
    monkeypatch.setattr(base, "_has_something_to_say", lambda _: False)
    _end(on_postgresql, before)
    assert _pid(on_postgresql) != before


def test_a_result_still_names_its_columns(on_postgresql: World) -> None:
    with on_postgresql.office.reading() as unit:
        found = unit.connection.execute(text("SELECT 1 AS số, 'hai' AS chữ"))
        assert list(found.keys()) == ["số", "chữ"]
        assert found.one()._asdict() == {"số": 1, "chữ": "hai"}
        assert not unit.connection.exec_driver_sql("SET LOCAL work_mem = '8MB'").returns_rows
