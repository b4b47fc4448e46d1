"""A connection that the server closed is never handed out; one that lives is not asked each time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine
from world import World

from models.base import doubt_idle, engine_options


@pytest.fixture
def engine(world: World, request: pytest.FixtureRequest) -> Iterator[Engine]:
    url = world.office.engine.url
    if url.get_backend_name() != "postgresql":
        pytest.skip("a file closes no connection")
    made = create_engine(url, **engine_options(str(url)))
    doubt_idle(made, getattr(request, "param", 3600.0))
    yield made
    made.dispose()


def _key_of(engine: Engine) -> int:
    """Return which session of the server a unit gets."""
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())


def _close_all_but(engine: Engine, keys: set[int]) -> None:
    with engine.connect() as other:
        own = other.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        for key in keys - {own}:
            other.exec_driver_sql(f"SELECT pg_terminate_backend({key}, 5000)")


def _pings(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    asked: list[object] = []
    ping = engine.dialect.do_ping

    def noted(driver: object) -> bool:
        asked.append(driver)
        return ping(driver)

    monkeypatch.setattr(engine.dialect, "do_ping", noted)
    return asked


def test_who_comes_back_at_once_is_not_asked(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _pings(engine, monkeypatch)
    assert len({_key_of(engine) for _ in range(5)}) == 1
    assert asked == []


@pytest.mark.parametrize("engine", [0.0], indirect=True)
def test_who_lay_idle_for_long_is_asked_and_kept(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _pings(engine, monkeypatch)
    assert len({_key_of(engine) for _ in range(3)}) == 1
    assert len(asked) == 2


def test_one_that_the_server_closed_is_replaced_before_anybody_notices(
    engine: Engine, world: World
) -> None:
    first = _key_of(engine)
    _close_all_but(world.office.engine, {first})
    second = _key_of(engine)
    assert second != first
    assert _key_of(engine) == second


def test_all_that_are_as_old_go_with_it(engine: Engine, world: World) -> None:
    with engine.connect() as one, engine.connect() as two:
        keys = {c.exec_driver_sql("SELECT pg_backend_pid()").scalar_one() for c in (one, two)}
    assert len(keys) == 2
    _close_all_but(world.office.engine, keys)
    with engine.connect() as one, engine.connect() as two:
        fresh = {c.exec_driver_sql("SELECT pg_backend_pid()").scalar_one() for c in (one, two)}
    assert fresh.isdisjoint(keys)
