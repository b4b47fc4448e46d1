"""A list that goes to the database as one value: every statement finds its rows by an index."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from models.agencies.codes import _IDS, codes_of, ids_of
from models.escalation.loading import _BY_ID
from models.listing import array_text


def test_codes_and_ids_are_told_of_those_that_are_listed_and_of_nobody_else(world):
    wanted = {world.agencies[code].id: code for code in ("H32.03", "H32.10.1")}
    with world.office.reading() as unit:
        assert codes_of(unit.connection, iter(wanted)) == wanted
        assert ids_of(unit.connection, set(wanted.values())) == {c: i for i, c in wanted.items()}
        assert codes_of(unit.connection, ()) == ids_of(unit.connection, ()) == {}


def test_the_members_of_a_list_are_found_by_the_key(world):
    """SQLite walks the whole table where the condition is compared with 1."""
    engine = world.office.engine
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL goes by what it knows of the tables")
    plans = []

    def look(connection, _cursor, statement, parameters, *_):
        driver = connection.connection.dbapi_connection
        plans.append(
            [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
        )

    with world.office.reading() as unit:
        event.listen(engine, "before_cursor_execute", look)
        _BY_ID.rows(unit.connection, {"ids": [1, 2]})
        event.remove(engine, "before_cursor_execute", look)
    [plan] = plans
    assert plan[0].startswith("SEARCH escalations USING INTEGER PRIMARY KEY")


def test_a_kept_statement_looks_through_a_long_list_once(world):
    """`= ANY` of a statement that PostgreSQL keeps compares every row with every member."""
    if world.office.engine.dialect.name != "postgresql":
        pytest.skip("SQLite makes a table of the list")
    with world.office.reading() as unit:
        driver = unit.connection.connection.dbapi_connection
        driver.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        text = _IDS.form(unit.connection.dialect).text.replace("%(codes)s", "$1")
        driver.execute(f"PREPARE asked (VARCHAR[]) AS {text}")
        plan = driver.execute("EXPLAIN EXECUTE asked (ARRAY['H32.03', 'H32.04'])").fetchall()
    assert not [line for (line,) in plan if "ANY" in line]


def test_words_that_are_sent_as_a_list_stay_apart_and_as_they_are(world):
    words = ["", "NULL", "a,b", 'nói "không"', "gạch\\chéo", '\\"', "{x}", " hai  cách ", "'", "\n"]
    if world.office.engine.dialect.name != "postgresql":
        pytest.skip("SQLite takes JSON")
    with world.office.reading() as unit:
        driver = unit.connection.connection.dbapi_connection
        asked = "SELECT unnest(CAST(%s AS VARCHAR[]))"
        assert driver.execute(asked, [array_text(words)]).fetchall() == [(one,) for one in words]
        assert driver.execute(asked, [array_text([])]).fetchall() == []
