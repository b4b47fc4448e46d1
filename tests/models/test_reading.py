"""A reader keeps nothing, and does not make the database forget what it prepared."""

from __future__ import annotations

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import InternalError
from world import World

from models.accounts.rows import AccountRow


def _rename(world: World) -> None:
    with world.office.reading() as unit:
        unit.connection.execute(update(AccountRow).values(name="Ai đó"))


def _names(world: World) -> set[str]:
    with world.office.reading() as unit:
        return set(unit.connection.execute(text("SELECT name FROM accounts")).scalars())


def test_what_a_reader_writes_is_not_kept(world: World) -> None:
    if world.office.engine.dialect.name == "postgresql":
        with pytest.raises(InternalError, match="read-only"):
            _rename(world)
    else:
        _rename(world)
    assert "Ai đó" not in _names(world)


def test_a_reader_leaves_prepared_statements_standing(world: World) -> None:
    if world.office.engine.dialect.name != "postgresql":
        pytest.skip("SQLite's driver keeps them in any case")
    for _ in range(8):
        _names(world)
    with world.office.reading() as unit:
        kept = unit.connection.execute(text("SELECT statement FROM pg_prepared_statements"))
        assert "SELECT name FROM accounts" in set(kept.scalars())


def test_a_writer_after_a_reader_can_write(world: World) -> None:
    _names(world)
    with world.unit() as unit:
        unit.connection.execute(update(AccountRow).values(name="Ai đó"))
    assert _names(world) == {"Ai đó"}
