"""A file whose codes lie scattered among those that stand: each dossier is found by a key."""

from datetime import date

import pytest
from intake import row, take, write
from sqlalchemy import event

STANDING, GAP = 60, 7


def known(count, **more):
    return [row(f"H32-{n:03d}", promised=date(2021, 9, 20), **more) for n in range(count)]


def test_scattered_dossiers_are_told_as_they_stand(world, tmp_path):
    take(world, write(tmp_path / "all.csv", known(STANDING)))
    came = [*known(STANDING)[::GAP], row("H32-0005", promised=date(2021, 9, 20))]
    counts = take(world, write(tmp_path / "some.csv", came)).done.counts
    assert (counts.unchanged, counts.created, counts.updated) == (len(came) - 1, 1, 0)


def test_no_look_walks_all_dossiers_of_the_source(world, tmp_path):
    """Seen at 360,000: for each code of a chunk SQLite went through the whole source."""
    engine = world.office.engine
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL goes by what it knows of the tables")
    take(world, write(tmp_path / "all.csv", known(STANDING)))
    plans = []

    def look(connection, _cursor, statement, parameters, _context, is_many):
        if "dossier_lookup AS" in statement or "dossier_chunk AS" in statement:
            driver = connection.connection.dbapi_connection
            values = parameters[0] if is_many else parameters
            plan = driver.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            plans.append([row[3] for row in plan])

    event.listen(engine, "before_cursor_execute", look)
    try:
        take(world, write(tmp_path / "some.csv", known(STANDING, applicant="Người khác")[::GAP]))
    finally:
        event.remove(engine, "before_cursor_execute", look)
    assert [plan[:2] for plan in plans] == [
        ["SCAN c", "SEARCH d USING INDEX sqlite_autoindex_dossiers_1 (source=? AND code=?)"],
        ["SCAN c", "SEARCH t USING INTEGER PRIMARY KEY (rowid=?)"],
    ]
