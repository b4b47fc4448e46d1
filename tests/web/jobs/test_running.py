"""Jobs: each done once, tried again with patience, given up in the open, taken over."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models.jobs.rows import JobRow, RunRow
from models.messages.rows import MessageRow
from web.jobs import running
from web.jobs.held import Hopeless, JobLost, PutOff, Work
from web.jobs.running import Lane, run_due, run_job
from workflow.errors import Refused
from workflow.jobs.records import JobState, Outcome
from workflow.jobs.rules import Patience

AT = datetime(2021, 8, 23, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Doing:
    """What a handler is told to do, and what it did."""

    def __init__(self):
        self.calls, self.then = [], None

    def __call__(self, held):
        self.calls.append(held)
        if self.then is not None:
            self.then(held)
        return {"calls": len(self.calls)}


@pytest.fixture
def doing(monkeypatch):
    made = Doing()
    work = Work(name="test", run=made, patience=Patience(attempts=3, waits=(MINUTE, 5 * MINUTE)))
    monkeypatch.setitem(running.WORKS, "test", work)
    return made


@pytest.fixture
def run(world):
    def run_at(at=AT, **more):
        world.clock.at = at
        with world.app.app_context():
            return run_due(world.office, at, **more)

    return run_at


def add(world, key="test:1", run_at=None, name="test", **payload):
    with world.unit() as unit:
        return unit.jobs.add(name, key, payload, run_at)


def job(world, key="test:1"):
    with world.office.reading() as unit:
        return unit.connection.execute(
            select(JobRow.__table__).where(JobRow.key == key)
        ).one_or_none()


def ledger(world, kind="test"):
    with world.office.reading() as unit:
        rows = unit.connection.execute(select(RunRow.__table__).where(RunRow.kind == kind))
        return [(row.outcome, row.figures) for row in rows]


def claim(world, at):
    with world.unit() as unit:
        return unit.jobs.claim(at, timedelta(seconds=60))


def test_a_job_is_done_once_and_stands_in_the_ledger(world, doing, run):
    assert add(world, of=7)
    assert run().done == 1
    assert run().done == 0
    assert [held.job.payload for held in doing.calls] == [{"of": 7}]
    assert job(world).state is JobState.DONE
    assert ledger(world) == [(Outcome.DONE, {"calls": 1})]


def test_one_key_is_one_job_even_after_it_was_done(world, doing, run):
    assert add(world)
    assert not add(world)
    run()
    assert not add(world)
    assert run().done == 0


def test_a_job_goes_with_the_transaction_that_caused_it(world, doing, run):
    with pytest.raises(RuntimeError), world.unit() as unit:
        unit.jobs.add("test", "test:1")
        raise RuntimeError
    assert run().done == 0
    assert job(world) is None


def test_a_job_for_later_waits_for_its_hour(world, doing, run):
    add(world, run_at=AT + MINUTE)
    assert run().done == 0
    assert run(AT + MINUTE).done == 1


def test_jobs_are_taken_in_the_order_they_fall_due(world, doing, run):
    for number, minutes in ((1, 3), (2, 1), (3, 2)):
        add(world, f"test:{number}", AT + minutes * MINUTE)
    run(AT + timedelta(hours=1))
    assert [held.job.key for held in doing.calls] == ["test:2", "test:3", "test:1"]


def fail(_):
    raise Refused("conflict")


def test_a_failed_job_is_tried_again_with_patience_then_given_up(world, doing, run):
    doing.then = fail
    add(world)
    for at in (AT, AT + MINUTE, AT + 6 * MINUTE, AT + timedelta(days=9)):
        run(at - timedelta(seconds=1))
        run(at)
    assert len(doing.calls) == 3
    found = job(world)
    assert (found.state, found.trouble, found.attempts) == (JobState.DEAD, "conflict", 3)
    assert ledger(world) == [(Outcome.FAILED, {"trouble": "conflict"})] * 3


def test_the_admins_are_told_once_a_day_that_something_was_given_up(world, doing, run):
    def give_up(held):
        raise Hopeless("no use")

    doing.then = give_up
    for number in range(3):
        add(world, f"test:{number}")
    run()
    with world.office.reading() as unit:
        told = unit.connection.execute(select(MessageRow.kind, MessageRow.params)).all()
    assert told == [("job.dead", {"name": "test"})]
    assert job(world, "test:2").trouble == "no use"


def test_what_is_told_of_an_error_holds_no_personal_data(world, doing, run, caplog):
    def stumble(held):
        raise RuntimeError("Nguyễn Văn A, CCCD 051200000001")

    doing.then = stumble
    add(world)
    run()
    assert job(world).trouble == "RuntimeError"
    assert "Nguyễn" not in caplog.text
    assert "RuntimeError" in caplog.text


def test_a_dead_job_can_be_given_a_fresh_start(world, doing, run):
    doing.then = fail
    add(world)
    for at in (AT, AT + MINUTE, AT + 6 * MINUTE):
        run(at)
    doing.then = None
    with world.unit() as unit:
        assert unit.jobs.try_again(job(world).id, AT + timedelta(hours=1))
        assert not unit.jobs.try_again(10_000, AT)
    assert run(AT + timedelta(hours=1)).done == 1


def test_a_job_put_off_comes_back_and_no_attempt_counts(world, doing, run):
    def later(held):
        raise PutOff(AT + MINUTE)

    doing.then = later
    add(world)
    run()
    assert (job(world).attempts, job(world).run_at) == (0, AT + MINUTE)
    doing.then = None
    assert run(AT + MINUTE).done == 1


def test_a_job_of_an_unknown_kind_is_given_up_in_the_open(world, run):
    add(world, name="from the future")
    run()
    assert (job(world).state, job(world).trouble) == (JobState.DEAD, "unknown_job")


def test_nobody_else_gets_a_job_while_its_lease_stands(world, doing):
    add(world)
    assert claim(world, AT).attempts == 1
    assert claim(world, AT + timedelta(seconds=60)) is None
    again = claim(world, AT + timedelta(seconds=61))
    assert (again.key, again.attempts) == ("test:1", 2)


def test_a_worker_that_lost_its_job_can_no_longer_write(world, doing):
    add(world)
    first = claim(world, AT)
    second = claim(world, AT + timedelta(seconds=61))
    with world.unit() as unit:
        assert not unit.jobs.finish(first, AT)
        assert not unit.jobs.progress(first, 1, 2)
        assert not unit.jobs.renew(first, AT)
        assert not unit.jobs.fail(first, AT, "x", None)
        assert not unit.jobs.put_off(first, AT)
        assert unit.jobs.finish(second, AT)
    assert job(world).state is JobState.DONE


def test_work_that_was_taken_over_is_rolled_back(world, doing):
    """A worker thought dead wakes up: what it writes with its hold stands nowhere."""
    add(world)
    first = claim(world, AT)
    claim(world, AT + timedelta(seconds=61))

    def write(held):
        with held.office.writing() as unit:
            unit.runs.note("late", AT.date(), AT, AT, {})
            held.hold(unit)

    doing.then = write
    with world.app.app_context():
        assert not run_job(world.office, first, AT)
    assert ledger(world, "late") == []
    assert ledger(world) == []


def test_progress_is_kept_and_shown_while_the_job_runs(world, doing, run):
    seen = []

    def go(held):
        for done in (1, 2):
            held.progress(done, 2)
            seen.append((job(world).done, job(world).total))
        with world.unit() as unit:
            held.progress(2, 3, unit)

    doing.then = go
    add(world)
    run()
    assert seen == [(1, 2), (2, 2)]
    assert (job(world).done, job(world).total) == (2, 3)


def test_progress_tells_a_worker_that_its_job_is_gone(world, doing, run):
    def go(held):
        claim(world, AT + timedelta(minutes=9))
        with pytest.raises(JobLost):
            held.progress(1, 2)
        raise JobLost

    doing.then = go
    add(world)
    assert run().failed == 1
    assert job(world).state is JobState.READY


def test_long_jobs_have_a_lane_of_their_own(world, doing, run, monkeypatch):
    monkeypatch.setitem(running.WORKS, "slow", Work(name="slow", run=doing, is_long=True))
    monkeypatch.setattr(running, "LONG", frozenset({"slow"}))
    monkeypatch.setattr(running, "QUICK", frozenset({"test"}))
    add(world, "slow:1", name="slow")
    add(world)
    run(lane=Lane.QUICK)
    assert [held.job.name for held in doing.calls] == ["test"]
    run(lane=Lane.LONG)
    assert [held.job.name for held in doing.calls] == ["test", "slow"]


def test_the_clock_stepping_back_an_hour_does_no_job_twice(world, doing, run):
    add(world)
    run()
    run(AT - timedelta(hours=1))
    run(AT)
    assert len(doing.calls) == 1


def test_a_commit_that_leaves_work_calls_a_worker_and_any_other_does_not(world, monkeypatch):
    calls = []
    monkeypatch.setattr(world.office, "call_worker", lambda: calls.append(job(world).key))
    with world.unit() as unit:
        unit.runs.note("nothing to do", AT.date(), AT, AT, {})
    assert calls == []
    add(world)
    assert calls == ["test:1"]
    with pytest.raises(RuntimeError), world.unit() as unit:
        unit.jobs.add("test", "test:2")
        raise RuntimeError
    assert calls == ["test:1"]
