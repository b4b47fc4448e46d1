"""`dondoc calendar due` and `dondoc deadline parse`, as other tools rely on them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from backends import make_app, passing

from workflow.calendar.records import DayKind, Override

ROOT = Path(__file__).resolve().parents[3]


def run(app, *args):
    return app.test_cli_runner().invoke(args=list(args))


@pytest.fixture
def bare(tmp_path):
    """An installation without a database."""
    with passing(make_app(f"sqlite:///{tmp_path / 'none.sqlite3'}", tmp_path, clock=None)) as app:
        yield app


def due(app, start, days, *more):
    return run(app, "calendar", "due", "--from", start, "--working-days", days, *more)


@pytest.mark.parametrize(
    ("start", "days", "due_on"),
    [
        ("2021-08-23", "1", "2021-08-24"),
        ("2021-08-23", "10", "2021-09-08"),
        ("2021-08-23T08:30", "10", "2021-09-08"),
        ("2021-08-23T08:30:59", "10", "2021-09-08"),
        ("2021-08-23T23:30:00+07:00", "1", "2021-08-24"),
        ("2021-08-23T23:30:00+00:00", "1", "2021-08-25"),
        ("2021-08-23T16:59:59Z", "1", "2021-08-24"),
        ("2021-08-23T17:00:00Z", "1", "2021-08-25"),
        ("2026-01-01", "1", "2026-01-05"),
        ("2026-01-08", "2", "2026-01-10"),
        ("2026-11-23", "1", "2026-11-24"),
    ],
)
def test_a_period_is_counted_as_the_calendar_has_it(bare, start, days, due_on):
    done = due(bare, start, days, "--json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert set(found) == {"due_on", "ledger"}
    assert found["due_on"] == due_on
    assert all(set(day) == {"date", "counted", "reason"} for day in found["ledger"])
    assert sum(day["counted"] for day in found["ledger"]) == int(days)
    assert not found["ledger"][0]["counted"]
    assert found["ledger"][-1]["date"] == due_on


@pytest.mark.parametrize(
    ("start", "days", "code"),
    [
        ("2021-02-30", "1", 2), ("23/08/2021", "1", 2), ("", "1", 2), ("2021-08-23", "x", 2),
        ("2021-08-23", "1.5", 2), ("2021-08-23", "0", 1), ("2021-08-23", "-3", 1),
        ("1990-01-01", "1", 1), ("2045-12-30", "50", 1),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_has_its_status_and_one_line(bare, start, days, code):
    done = due(bare, start, days, "--json")
    assert done.exit_code == code
    assert done.stdout == ""
    if code == 1:
        said = [x for x in done.stderr.splitlines() if "as shipped" not in x]
        assert len(said) == 1
        assert said[0].startswith(("invalid: --from: ", "invalid: --working-days: "))


def test_no_database_is_made_by_counting(bare, tmp_path):
    done = due(bare, "2021-08-23", "1")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1] == "24/08/2021"
    assert "as shipped" in done.stderr
    assert not (tmp_path / "none.sqlite3").exists()


def test_the_days_of_the_database_count_where_there_is_one(world):
    assert json.loads(due(world.app, "2021-08-27", "1", "--json").stdout)["due_on"] == "2021-08-30"
    with world.unit() as unit:
        unit.calendar.put(
            Override(day=date(2021, 8, 30), kind=DayKind.OFF, reason="bão", act="1/QĐ"),
            None, world.clock(),
        )  # fmt: skip
    done = due(world.app, "2021-08-27", "1", "--json")
    assert json.loads(done.stdout)["due_on"] == "2021-08-31"
    assert "bão" in done.stdout
    assert done.stderr == ""


def test_a_database_that_cannot_be_reached_leaves_the_calendar_as_shipped(tmp_path):
    nowhere = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    with passing(make_app(nowhere, tmp_path, clock=None)) as app:
        done = due(app, "2021-08-23", "1", "--json")
    assert done.exit_code == 0
    assert "as shipped" in done.stderr


KEYS = {"text", "kind", "starts_on", "due_on", "ongoing", "working_days", "recurs"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Trước ngày 30-9", {"kind": "fixed", "due_on": "2021-09-29"}),
        ("30/9/2021", {"kind": "fixed", "due_on": "2021-09-30"}),
        ("Từ tháng 2/2017 đến tháng 9/2018",
         {"kind": "fixed", "starts_on": "2017-02-01", "due_on": "2018-09-30"}),
        ("Thường xuyên", {"kind": "ongoing", "ongoing": True}),
        ("Trong 10 ngày làm việc kể từ ngày ký", {"kind": "relative", "working_days": 10}),
        ("Hằng tháng, trước ngày 20",
         {"kind": "recurring", "ongoing": True, "recurs": "FREQ=MONTHLY;BYMONTHDAY=19"}),
        ("", {"kind": "none"}),
        ("khi nào xong thì xong", {"kind": "unknown"}),
        ("31/02/2021", {"kind": "unknown"}),
    ],
)  # fmt: skip
def test_every_kind_of_deadline_prints_its_json_and_ends_well(bare, text, found):
    done = run(bare, "deadline", "parse", text, "--year", "2021", "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    plain = dict.fromkeys(KEYS) | {"text": text, "ongoing": False}
    assert json.loads(done.stdout) == plain | found


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Trước ngày 30-9", "29/09/2021"), ("Trước ngày 30-9", "30/09/2021"),
        ("Thường xuyên", "Thường xuyên"), ("bao giờ", "Chưa đọc được"), ("", "Không thời hạn"),
    ],
)  # fmt: skip
def test_without_json_it_is_told_to_a_person(bare, text, line):
    done = run(bare, "deadline", "parse", text, "--year", "2021")
    assert done.exit_code == 0
    assert line in done.stdout


def test_a_phrase_is_read_whatever_database_is_named():
    reading = "from web.program import main; main()"
    asked = ["deadline", "parse", "Quý I/2017", "--year", "2021", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", reading, *asked],
        env=os.environ | {"DATABASE_URL": "mysql://nobody@nowhere/none"},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, json.loads(done.stdout)["due_on"]) == (0, "2017-03-31")


@pytest.mark.parametrize(
    "args",
    [("x",), ("x", "--year", "abc"), ("x", "--year", "99999"), (), ("x", "y", "--year", "1")],
)
def test_wrong_usage_has_status_two(bare, args):
    assert run(bare, "deadline", "parse", *args).exit_code == 2
