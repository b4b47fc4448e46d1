"""A night among many open directives reads what is due, and walks no table of work."""

from datetime import date

import pytest
from sqlalchemy import event, inspect, text

from models.base import WRITE
from web.jobs.nightly import sweep_night

MANY = 20_000
OWN = {"id": "n + 1000", "number": "'2021-9999-' || n", "due_on": "'2031-12-31'"}


def multiply(engine):
    """Let many open directives stand, each like the first but for its number and a far due day."""
    columns = [column["name"] for column in inspect(engine).get_columns("directives")]
    values = ", ".join(OWN.get(name, f"d.{name}") for name in columns)
    rows = (
        f"WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {MANY})"
        f" INSERT INTO directives ({', '.join(columns)}) SELECT {values} FROM counted, directives AS d"
        " WHERE d.id = (SELECT min(id) FROM directives)"
    )
    with engine.execution_options(**WRITE).begin() as connection:
        connection.execute(text(rows))
    with engine.raw_connection() as raw:
        raw.execute("ANALYZE")


def test_a_night_walks_no_table_of_work_however_much_stands(world):
    engine = world.office.engine
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL goes by what it knows of the tables")
    world.issue(world.clause(1))
    multiply(engine)
    walked = []

    def look(connection, _cursor, statement, parameters, _context, is_many):
        values = parameters[0] if is_many else parameters
        driver = connection.connection.dbapi_connection
        plan = driver.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
        walked.extend((row[3], statement) for row in plan if row[3] == "SCAN directives")

    with world.app.app_context():
        sweep_night(world.office, date(2021, 8, 25))
        event.listen(engine, "before_cursor_execute", look)
        try:
            sweep_night(world.office, date(2021, 8, 26))
        finally:
            event.remove(engine, "before_cursor_execute", look)
    assert walked == []
