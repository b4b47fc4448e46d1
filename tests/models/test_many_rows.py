"""Many rows at once leave what one by one would, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DataError

from models.base import table_of
from models.bulk import change_rows
from models.jobs.rows import JobRow
from models.once import insert_once
from models.recordset import SEVERAL
from workflow.errors import Refused
from workflow.jobs.records import JobState

JOBS = table_of(JobRow)
AT = datetime(2026, 11, 27, 23, 59, 59, 123456, tzinfo=UTC)
PAYLOAD = {"lời": 'nói "không"', "số": [1, 2.5, None, True], "trong": {"a\\b": "%(rows)s {x}"}}


def job(number: int, **values: object) -> dict[str, object]:
    made = {
        "name": "thử", "key": f"thử:{number}", "payload": PAYLOAD, "state": JobState.READY,
        "run_at": AT + timedelta(minutes=number), "attempts": number, "account_id": None,
        "added_at": AT, "trouble": "",
    }  # fmt: skip
    return made | values


def jobs(world):
    with world.office.reading() as unit:
        asked = select(JOBS).where(JOBS.c.name == "thử").order_by(JOBS.c.key)
        return [dict(row._mapping) for row in unit.connection.execute(asked)]


@pytest.mark.parametrize("many", [1, SEVERAL - 1, SEVERAL, 9])
def test_what_is_added_once_is_kept_as_given_and_counted_where_it_is_new(world, many):
    rows = [job(number) for number in range(many)]
    with world.unit() as unit:
        assert insert_once(unit.connection, JOBS, rows, key="key") == many
        again = [*rows, job(many, trouble="mới")]
        assert insert_once(unit.connection, JOBS, again, key="key") == 1
    kept = jobs(world)
    assert [{name: one[name] for name in rows[0]} for one in kept[:many]] == rows
    assert kept[many]["trouble"] == "mới"


@pytest.mark.parametrize("many", [1, SEVERAL, 9])
def test_only_rows_that_are_as_given_are_changed_and_counted(world, many):
    with world.unit() as unit:
        insert_once(unit.connection, JOBS, [job(number) for number in range(many + 1)], key="key")
    before = jobs(world)
    changes = [
        {
            "of_key": one["key"],
            "of_attempts": one["attempts"] + (place == 0),
            "new_payload": {"lượt": place},
            "new_run_at": AT,
            "new_account_id": None,
        }
        for place, one in enumerate(before[:many])
    ]
    names = ("payload", "run_at", "account_id")
    with world.unit() as unit:
        found = change_rows(unit.connection, JOBS, changes, names, ("key", "attempts"))
    assert found == many - 1
    after = jobs(world)
    assert (after[0], after[many]) == (before[0], before[many])
    assert [(one["payload"], one["run_at"]) for one in after[1:many]] == [
        ({"lượt": place}, AT) for place in range(1, many)
    ]


def test_a_word_that_is_too_long_is_refused_and_never_cut(world):
    if world.office.engine.dialect.name != "postgresql":
        pytest.skip("SQLite keeps words of any length")
    rows = [job(number, name="x" * 500) for number in range(SEVERAL)]
    with pytest.raises(DataError), world.unit() as unit:
        insert_once(unit.connection, JOBS, rows, key="key")


def test_what_a_column_must_have_is_asked_of_many_rows_too(world):
    rows = [job(number, added_at=None) for number in range(SEVERAL)]
    with pytest.raises(Refused), world.unit() as unit:
        insert_once(unit.connection, JOBS, rows, key="key")
