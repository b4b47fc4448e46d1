"""How the nightly look for late work goes about it: what is known costs next to nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from models.jobs.looking import answers
from models.violations.inputs import OWED
from models.violations.lateness import ADD_LATE, LISTED, detect_late_directives
from models.violations.nightly import directives_due
from models.violations.periods import MISSING

DAY, AT = date(2021, 10, 1), datetime(2021, 10, 1, 2, tzinfo=UTC)


@pytest.fixture
def plans(world):
    """Collect how SQLite would carry out every statement from now on."""
    if world.office.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL goes by what it knows of the tables")
    told = []

    def look(connection, _cursor, statement, parameters, *_):
        driver = connection.connection.dbapi_connection
        rows = driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        told.append([row[3] for row in rows])

    event.listen(world.office.engine, "before_cursor_execute", look)
    yield told
    event.remove(world.office.engine, "before_cursor_execute", look)


@pytest.mark.parametrize("added", [ADD_LATE, MISSING.add, OWED.add])
def test_what_is_known_of_a_piece_of_work_is_found_by_the_work(world, plans, added):
    """By type and day, each overdue directive would walk all violations since its day."""
    with world.unit() as unit:
        plans.clear()
        added.rows(unit.connection, {"judged_at": AT, LISTED: [1]})
    [plan] = plans
    earlier = [line for line in plan if " earlier " in line]
    assert earlier
    assert all("(directive_id=? AND type=?)" in line for line in earlier)


def test_what_fell_due_is_read_and_not_all_that_is_open(world, plans):
    with world.unit() as unit:
        plans.clear()
        for detect in (detect_late_directives, MISSING.detect, OWED.detect):
            detect(unit.connection, DAY, AT)
    assert ["to_judge (due_on" in plan[0] for plan in plans] == [True] * 3


def test_a_due_day_is_looked_at_once_whatever_stays_overdue(world):
    world.issue(world.clause(1), world.clause(2))
    told = []
    for day in (DAY, DAY + timedelta(days=1)):
        with world.unit() as unit:
            told.append(answers(unit.connection, [directives_due(day)]))
            detect_late_directives(unit.connection, day, AT)
    assert told == [(True,), (False,)]


def test_no_look_of_a_night_walks_all_work(world, plans):
    """What was asked for and not answered has an index of its own, short whatever is stored."""
    from web.jobs.nightly import STEPS
    from web.jobs.steps import Night, due_among

    night = Night(DAY, None, AT, lambda _: None)
    with world.unit() as unit:
        plans.clear()
        assert not due_among(world.office, unit, night, STEPS[:-1]) - {"escalation.evaluate"}
    walked = [line for plan in plans for line in plan if line.startswith("SCAN ")]
    long = [line for line in walked if "directives" in line or "violations" in line]
    assert long == ["SCAN directives USING INDEX ix_directives_asked"]
