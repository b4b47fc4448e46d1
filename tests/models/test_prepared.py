"""A prepared statement says what SQLAlchemy would say of it: rows, types, errors, listeners."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, event, func, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError
from world import World

from models.base import table_of
from models.directives.rows import DirectiveRow, ReportRow
from models.messages.rows import MessageRow
from models.prepared import Prepared
from workflow.directives.records import Action, State

DIRECTIVES, MESSAGES = table_of(DirectiveRow), table_of(MessageRow)
ONE = select(DIRECTIVES).where(DIRECTIVES.c.number == bindparam("number"))
SECRET = "nobody may read this in a log"


def _verified(world: World) -> str:
    (one,) = world.issue()
    world.act("clerk", one.number, Action.ACCEPT)
    world.report(one.number)
    world.act("office", one.number, Action.VERIFY, verdict="met")
    return one.number


def test_rows_come_with_the_names_and_types_of_their_columns(world: World) -> None:
    named = {"number": _verified(world)}
    with world.unit() as unit:
        plain = unit.connection.execute(ONE, named).one()
        ours = Prepared(ONE).row(unit.connection, named)
    assert ours._asdict() == plain._asdict()
    assert list(map(type, ours)) == list(map(type, plain))


def test_lists_go_as_they_stand_in_the_statement(world: World) -> None:
    number = _verified(world)
    states = DIRECTIVES.c.state.in_([State.VERIFIED, State.REPORTED])
    found = select(DIRECTIVES.c.number).where(states, DIRECTIVES.c.number != bindparam("but"))
    none = found.where(DIRECTIVES.c.state.in_([]))
    with world.unit() as unit:
        for statement, but, rows in ((found, "", [(number,)]), (found, number, []), (none, "", [])):
            assert Prepared(statement).rows(unit.connection, {"but": but}) == rows


def test_no_row_is_none_and_many_come_in_their_order(world: World) -> None:
    made = [one.number for one in world.issue(*(world.clause(place) for place in (1, 2, 3)))]
    every = Prepared(select(DIRECTIVES.c.number).order_by(DIRECTIVES.c.id.desc()))
    with world.unit() as unit:
        assert Prepared(ONE).row(unit.connection, {"number": "none"}) is None
        assert [row.number for row in every.rows(unit.connection, {})] == made[::-1]


def test_what_a_function_writes_into_its_text_is_written_once(world: World) -> None:
    numbers = [one.number for one in world.issue(world.clause(1), world.clause(2))]
    joined = Prepared(select(func.aggregate_strings(DIRECTIVES.c.number, ";").label("told")))
    with world.unit() as unit:
        told = joined.row(unit.connection, {}).told
    assert sorted(told.split(";")) == sorted(numbers)


def test_a_value_that_is_not_given_is_an_error_and_nothing_is_sent(world: World) -> None:
    with world.unit() as unit, pytest.raises(KeyError, match="number"):
        Prepared(ONE).row(unit.connection, {})


def test_a_constraint_that_fails_is_named_as_ever_and_tells_no_data(world: World) -> None:
    names = [column.name for column in MESSAGES.c if column.name != "id"]
    add = Prepared(insert(MESSAGES).values({name: bindparam(name) for name in names}))
    values = dict.fromkeys(names) | {
        "key": SECRET, "kind": "test", "subject": "directive", "subject_key": SECRET,
        "params": {"said": SECRET}, "urgency": "normal", "delivery": "waiting", "recipients": 0,
        "at": datetime(2021, 8, 23, tzinfo=UTC),
    }  # fmt: skip
    with (
        world.office.engine.begin() as connection,
        pytest.raises(IntegrityError) as caught,
        connection.begin_nested(),
    ):
        add.run(connection, values)  # it goes to nobody
    assert SECRET not in str(caught.value).split("DETAIL")[0]


def test_listeners_of_the_engine_hear_it_and_can_stop_it(world: World) -> None:
    engine, heard = world.office.engine, []

    def before(_connection, _cursor, statement, *_):
        heard.append(statement)

    def after(_connection, _cursor, statement, *_):
        heard.append(statement)
        raise ZeroDivisionError

    with engine.begin() as connection:
        event.listen(engine, "before_cursor_execute", before)
        event.listen(engine, "after_cursor_execute", after)
        try:
            with pytest.raises(ZeroDivisionError):
                Prepared(ONE).row(connection, {"number": ""})
        finally:
            event.remove(engine, "before_cursor_execute", before)
            event.remove(engine, "after_cursor_execute", after)
    assert len(heard) == 2
    assert heard[0] == heard[1]
    assert "directives" in heard[0]


def test_statements_whose_values_python_would_compute_are_refused(world: World) -> None:
    reports = table_of(ReportRow)
    without = Prepared(insert(reports).values(directive_id=bindparam("of"), serial=1))
    with world.unit() as unit, pytest.raises(AssertionError):
        without.run(unit.connection, {"of": 1})


def test_a_lost_connection_is_an_operational_error_and_the_next_unit_is_whole(
    world: World,
) -> None:
    engine = world.office.engine
    if engine.dialect.name != "postgresql":
        pytest.skip("a file loses no connection")
    number = _verified(world)
    with (
        engine.connect() as other,
        pytest.raises(OperationalError) as caught,
        world.office.writing() as unit,
    ):
        key = unit.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        other.exec_driver_sql(f"SELECT pg_terminate_backend({key}, 5000)")
        unit.directives.directive(number)
    assert caught.value.connection_invalidated
    assert world.directive(number).number == number


def test_sqlite_is_told_plain_values_of_a_statement_in_its_words(world: World) -> None:
    """Else a value beside the condition of a partial index compiles it anew at each call."""
    dialect = world.office.engine.dialect
    if dialect.name != "sqlite":
        pytest.skip("PostgreSQL takes every value apart from the text")
    given, plain = DIRECTIVES.c.number == bindparam("number"), DIRECTIVES.c.state == "assigned"
    typed = DIRECTIVES.c.content != "'; --"
    form = Prepared(select(DIRECTIVES.c.id).where(given, plain, typed)).form(dialect)
    assert form.text.endswith("number = ? AND directives.state = 'assigned' AND "
                              "directives.content != ?")  # fmt: skip
    assert form.bound({"number": "x"}) == ["x", "'; --"]
