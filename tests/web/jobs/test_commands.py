"""The commands of background work, and what the doctor says of it."""

import json
from datetime import UTC, date, datetime, timedelta

import post
import pytest
from sqlalchemy import select

from models.jobs.rows import JobRow
from models.messages.rows import InboxRow
from web.jobs import nightly
from web.jobs.nightly import sweep_night
from web.jobs.running import run_due
from web.jobs.steps import Step
from workflow.accounts.records import Role
from workflow.messages.records import Notice

AT = datetime(2021, 8, 23, 2, 0, tzinfo=UTC)
DAY = date(2021, 8, 23)


@pytest.fixture
def command(world):
    def run(*words):
        return world.app.test_cli_runner().invoke(args=list(words))

    return run


def test_a_night_swept_by_hand_prints_what_each_step_did(world, command):
    world.issue(world.clause(deadline="Trước ngày 30-8"))
    answer = command("sweep", "--as-of", "2021-08-30", "--json")
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert (told["day"], told["since"], told["failed"]) == ("2021-08-30", None, [])
    assert told["steps"]["messages.due"] == {"directives": 1, "unanswered": 0, "notices": 1}
    again = json.loads(command("sweep", "--as-of", "2021-08-30", "--json").stdout)
    assert again["steps"]["messages.due"] == {"directives": 0, "unanswered": 0, "notices": 0}


def test_without_a_day_it_sweeps_today_and_tells_it_in_lines(world, command):
    answer = command("sweep")
    assert answer.exit_code == 0
    assert answer.output.startswith("2021-08-23\n  ")
    assert "messages.due: directives 0" in answer.output


def test_a_step_that_fails_ends_with_its_name_and_status_1(world, command, monkeypatch):
    def fail(office, night):
        raise RuntimeError

    monkeypatch.setattr(nightly, "STEPS", (Step("broken", fail),))
    answer = command("sweep")
    assert answer.exit_code == 1
    assert "broken" in answer.stderr


def test_a_day_that_is_none_is_wrong_usage(command):
    assert command("sweep", "--as-of", "30/2/2021").exit_code == 2


def test_one_round_for_cron_does_what_is_due_and_ends(world, command):
    with world.unit() as unit:
        unit.messages.post(
            Notice(key="n", kind="x", subject="x", subject_key="", at=AT, to_role=Role.INSPECTOR)
        )
    answer = command("worker", "--once")
    assert answer.exit_code == 0
    assert "1 notices" in answer.stderr
    with world.office.reading() as unit:
        assert len(unit.connection.execute(select(InboxRow.id)).all()) == 1
        names = unit.connection.execute(select(JobRow.name).order_by(JobRow.id)).scalars().all()
    assert names == ["tick", "night"]


def findings(command):
    answer = command("doctor", "--json")
    return {f["name"]: (f["ok"], f["says"]) for f in json.loads(answer.stdout)}


def test_before_the_first_night_the_doctor_finds_nothing_wrong(world, command):
    found = findings(command)
    assert found["night"] == (True, "never swept yet")
    assert found["worker"] == (True, "none was ever seen")
    assert found["given_up"] == (True, "0 jobs")
    assert found["mail"] == (True, "none")


def test_the_doctor_says_since_when_no_night_was_swept_and_no_worker_seen(world, command, clock):
    with world.app.app_context():
        sweep_night(world.office, DAY)
    command("worker", "--once")
    assert findings(command)["night"] == (True, "swept for 2021-08-23")
    clock.at = AT + timedelta(days=2)
    found = findings(command)
    assert found["night"] == (False, "NOT RUN since 2021-08-23")
    assert not found["worker"][0]


def test_the_doctor_counts_what_was_given_up(world, command):
    with world.unit() as unit:
        unit.jobs.add("unknown", "unknown:1")
    with world.app.app_context():
        run_due(world.office)
    assert findings(command)["given_up"] == (False, "1 jobs")


def test_the_doctor_knocks_at_the_mail_server(world, command):
    with post.mail_server() as (_, port), post.letters_leave(world, post.to_server(port)):
        assert findings(command)["mail"] == (True, f"smtp 127.0.0.1:{port}")
    with post.letters_leave(world, post.to_server(post.free_port())):
        ok, says = findings(command)["mail"]
    assert not ok
    assert "ConnectionRefusedError" in says
