"""A night in few transactions: asked first what is due, shared while nothing must wait."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, func, literal, select, true

from models.jobs.looking import Asked
from models.jobs.rows import NightRow, RunRow
from models.violations.rows import ViolationRow
from web.jobs import sweeper
from web.jobs.nightly import STEPS, sweep_night
from web.jobs.steps import Step
from web.jobs.sweeping import StepFailed, sweep
from workflow.accounts.usecases import system_actor
from workflow.history.records import Subject
from workflow.history.rules import entry_by
from workflow.jobs.records import Outcome

DAY = date(2021, 8, 24)
ONE = timedelta(days=1)
LATE = date(2021, 9, 30)
"""The morning after the due day of a clause of the world's."""
AT = datetime(2021, 8, 24, tzinfo=UTC)


class Killed(BaseException):
    """A process that ends here."""


@pytest.fixture
def commits(world):
    """Count the commits of this database, and the statements between them."""
    seen = [0]

    def committed(_):
        seen.append(0)

    def sent(*_):
        seen[-1] += 1

    event.listen(world.office.engine, "commit", committed)
    event.listen(world.office.engine, "before_cursor_execute", sent)
    yield seen
    event.remove(world.office.engine, "commit", committed)
    event.remove(world.office.engine, "before_cursor_execute", sent)


def ledger(world):
    with world.office.reading() as unit:
        rows = unit.connection.execute(
            select(RunRow.kind, RunRow.outcome, RunRow.figures).order_by(RunRow.id)
        )
        return [tuple(row) for row in rows]


def night_of(world, day):
    with world.office.reading() as unit:
        return unit.connection.execute(select(NightRow.__table__).where(NightRow.day == day)).one()


def noting(name, **more):
    """A step that leaves a line in the ledger, inside the transaction it is given."""

    def note(_, unit, night):
        unit.runs.note(f"did.{name}", night.day, AT, AT, {})
        return {"did": 1}

    return Step(name, within=note, **more)


def did(world):
    return [kind.removeprefix("did.") for kind, *_ in ledger(world) if kind.startswith("did.")]


def idle(_, __, ___):
    return Asked(literal(value=False), {})


def test_a_night_on_which_nothing_is_due_is_one_commit(world, commits):
    world.issue(world.clause())
    sweep_night(world.office, DAY)
    commits[:] = [0]
    sweep_night(world.office, DAY + ONE)
    assert len(commits) == 2
    assert commits[0] <= 10


def test_the_ledger_tells_of_every_step_also_when_nothing_was_due(world):
    sweep_night(world.office, DAY)
    world.clock.at += ONE
    sweep_night(world.office, DAY + ONE)
    lines = ledger(world)
    assert len(lines) == 2 * (len(STEPS) + 2)
    names = [kind for kind, *_ in lines[-len(STEPS) - 1 :]]
    assert names == [*(f"night.{step.name}" for step in STEPS), "night"]
    assert night_of(world, DAY + ONE).steps == {
        step.name: dict(figures)
        for step, (*_, figures) in zip(STEPS, lines[-len(STEPS) - 1 :], strict=False)
    }
    assert all(step.idle == night_of(world, DAY + ONE).steps[step.name] for step in STEPS[:-1])


def test_evaluation_has_come_as_far_as_a_night_on_which_nothing_was_due(world):
    for day in (DAY, DAY + ONE):
        sweep_night(world.office, day)
        with world.unit() as unit:
            kept = unit.escalation.hold()
        assert (kept.swept_on, kept.evaluated_to) == (day, day)
    assert [kind for kind, *_ in ledger(world)].count("evaluation") == 2


def test_a_night_on_which_work_became_late_is_one_commit(world, commits):
    world.issue(world.clause())
    sweep_night(world.office, LATE - ONE)
    commits[:] = [0]
    swept = sweep_night(world.office, LATE)
    assert (swept.steps["violations.directives"]["found"], len(commits)) == (1, 2)
    assert swept.steps["messages.due"]["notices"] == 1


def test_a_night_that_is_killed_within_its_transaction_has_not_begun(world):
    def die(*_):
        raise Killed

    with pytest.raises(Killed):
        sweep(world.office, DAY, (noting("one"), Step("two", within=die)))
    assert ledger(world) == []
    sweep(world.office, DAY, (noting("one"), noting("two")))
    assert did(world) == ["one", "two"]


def test_a_step_that_fails_takes_back_itself_and_no_other(world):
    """The first transaction is rolled back; then each step has one of its own."""

    def fail(_, unit, night):
        unit.runs.note("did.two", night.day, AT, AT, {})
        raise RuntimeError

    steps = (noting("one"), Step("two", within=fail), noting("three"))
    with pytest.raises(StepFailed, match="two"):
        sweep(world.office, DAY, steps)
    assert did(world) == ["one", "three"]
    assert ("night.two", Outcome.FAILED, {"trouble": "RuntimeError"}) in ledger(world)
    assert night_of(world, DAY).ended_at is None
    sweep(world.office, DAY, (steps[0], noting("two"), steps[2]))
    assert did(world) == ["one", "three", "two"]
    assert night_of(world, DAY).ended_at is not None


def test_a_look_that_fails_leaves_every_step_done(world):
    def wrong(*_):
        raise RuntimeError

    sweep(world.office, DAY, (noting("one", look=wrong), noting("two")))
    assert did(world) == ["one", "two"]


def test_a_step_with_nothing_to_do_is_not_done_and_keeps_what_it_must(world):
    kept = []
    step = noting("one", look=idle, idle={"did": 0}, rest=lambda _, night: kept.append(night.day))
    swept = sweep(world.office, DAY, (step,))
    assert (swept.steps, kept, did(world)) == ({"one": {"did": 0}}, [DAY], [])


def test_what_a_step_did_may_give_the_next_something_to_do(world):
    """Steps are asked again after each that changed something."""

    def look(_, __, night):
        done = select(RunRow.id).where(RunRow.kind == "did.one", RunRow.day == night.day)
        return Asked(done.exists(), {})

    sweep(world.office, DAY, (noting("one"), noting("two", look=look)))
    assert did(world) == ["one", "two"]


def test_a_step_that_may_wait_follows_an_entry_in_a_transaction_of_its_own(world, commits):
    """Others may hold its rows and wait for the history's head (ADR 0011)."""

    def tell(_, unit, night):
        actor = system_actor(unit.accounts, at=AT)
        unit.history.append(entry_by(actor, AT, Subject.CALENDAR, "x", "x"))
        return {"did": 1}

    commits[:] = [0]
    sweep(world.office, DAY, (Step("tell", within=tell), noting("free", waits=False)))
    assert len(commits) == 2
    commits[:] = [0]
    sweep(world.office, DAY + ONE, (Step("tell", within=tell), noting("waits")))
    assert len(commits) == 3
    assert did(world) == ["free", "waits"]


def test_after_much_a_transaction_ends(world, commits, monkeypatch):
    monkeypatch.setattr(sweeper, "MANY", 0)
    commits[:] = [0]
    sweep(world.office, DAY, (noting("one"), noting("two"), noting("three")))
    assert len(commits) == 4
    assert did(world) == ["one", "two", "three"]


def test_what_the_looks_passed_over_a_night_that_does_every_step_finds_done(world):
    world.issue(world.clause(), world.clause(2))

    def nights(steps):
        return [sweep(world.office, LATE + n * ONE, steps).steps for n in range(3)]

    told = nights(STEPS)
    with world.office.reading() as unit:
        found = unit.connection.execute(select(func.count()).select_from(ViolationRow)).scalar()
    assert (told[0]["violations.directives"]["found"], found) == (2, 2)
    always = tuple(
        Step(step.name, step.run, step.within, look=lambda *_: Asked(true(), {})) for step in STEPS
    )
    again = nights(always)
    assert not any(value for steps in again for step in steps.values() for value in step.values())
