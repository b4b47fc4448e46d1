"""The night: steps in order, each once, resumed after a kill, made up after an absence."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from models.jobs.rows import JobRow, NightRow, RunRow
from web.jobs import nightly
from web.jobs.held import JobLost
from web.jobs.running import run_due
from web.jobs.steps import Step
from web.jobs.sweeping import StepFailed, sweep
from web.jobs.ticking import tick
from workflow.errors import Refused
from workflow.jobs.records import Outcome

DAY = date(2021, 8, 24)
ONE = timedelta(days=1)
HALF_PAST_MIDNIGHT = datetime(2021, 8, 23, 17, 30, tzinfo=UTC)


class Killed(BaseException):
    """A process that ends here."""


class Steps:
    """Steps that write down what they were told, and fail when told to."""

    def __init__(self, *names):
        self.told, self.trouble = [], {}
        self.all = tuple(Step(name, self._step(name)) for name in names)

    def _step(self, name):
        def run(office, night):
            self.told.append((name, night.day, night.since))
            if name in self.trouble:
                raise self.trouble[name]
            return {"did": 1}

        return run

    @property
    def names(self):
        return [name for name, _, _ in self.told]


@pytest.fixture
def steps():
    return Steps("one", "two", "three")


def nights(world):
    with world.office.reading() as unit:
        return unit.connection.execute(select(NightRow.__table__).order_by(NightRow.day)).all()


def runs(world):
    with world.office.reading() as unit:
        rows = unit.connection.execute(select(RunRow.__table__).order_by(RunRow.id))
        return [(row.kind, row.outcome) for row in rows]


def test_steps_run_in_their_order_and_stand_in_the_ledger(world, steps):
    swept = sweep(world.office, DAY, steps.all)
    assert steps.told == [(name, DAY, None) for name in ("one", "two", "three")]
    assert swept.as_json() == {
        "day": "2021-08-24",
        "since": None,
        "steps": {"one": {"did": 1}, "two": {"did": 1}, "three": {"did": 1}},
        "failed": [],
    }
    assert runs(world) == [
        ("night.one", Outcome.DONE),
        ("night.two", Outcome.DONE),
        ("night.three", Outcome.DONE),
        ("night", Outcome.DONE),
    ]


def test_a_step_is_told_since_when_nothing_was_swept(world, steps):
    sweep(world.office, DAY, steps.all)
    sweep(world.office, DAY + 5 * ONE, steps.all)
    assert steps.told[3] == ("one", DAY + 5 * ONE, DAY)


def test_a_night_that_was_cut_short_goes_on_after_its_last_step(world, steps, clock):
    steps.trouble["two"] = Killed()
    with pytest.raises(Killed):
        sweep(world.office, DAY, steps.all)
    del steps.trouble["two"]
    clock.at += timedelta(minutes=2)
    sweep(world.office, DAY, steps.all)
    assert steps.names == ["one", "two", "two", "three"]
    assert nights(world)[0].ended_at == clock.at


def test_an_unfinished_night_is_no_night_for_the_next(world, steps, clock):
    sweep(world.office, DAY, steps.all)
    steps.trouble["one"] = Killed()
    with pytest.raises(Killed):
        sweep(world.office, DAY + ONE, steps.all)
    del steps.trouble["one"]
    sweep(world.office, DAY + 2 * ONE, steps.all)
    assert steps.told[-1] == ("three", DAY + 2 * ONE, DAY)


def test_a_step_that_fails_holds_up_none_of_the_others(world, steps, clock):
    steps.trouble["one"] = RuntimeError("Nguyễn Văn A")
    with pytest.raises(StepFailed, match="one"):
        sweep(world.office, DAY, steps.all)
    assert steps.names == ["one", "two", "three"]
    assert ("night.one", Outcome.FAILED) in runs(world)
    assert nights(world)[0].ended_at is None
    del steps.trouble["one"]
    sweep(world.office, DAY, steps.all)
    assert steps.names == ["one", "two", "three", "one"]


def test_a_finished_night_is_swept_again_only_when_somebody_asks(world, steps, clock):
    sweep(world.office, DAY, steps.all)
    clock.at += timedelta(minutes=1)
    sweep(world.office, DAY, steps.all)
    assert steps.names == ["one", "two", "three"] * 2


def test_of_two_sweepers_at_once_the_second_tells_what_the_first_did(world):
    running, going_on = threading.Event(), threading.Event()
    done = []

    def slowly(office, night):
        done.append("x")
        running.set()
        assert going_on.wait(20)
        return {"did": 1}

    steps, told = (Step("slow", slowly),), []
    first = threading.Thread(target=lambda: told.append(sweep(world.office, DAY, steps)))
    first.start()
    assert running.wait(20)
    world.clock.at += timedelta(seconds=1)
    second = threading.Thread(target=lambda: told.append(sweep(world.office, DAY, steps)))
    world.clock.at -= timedelta(seconds=1)
    second.start()
    world.clock.at += timedelta(seconds=2)
    going_on.set()
    first.join(20)
    second.join(20)
    assert [swept.steps for swept in told] == [{"slow": {"did": 1}}] * 2
    assert len(done) <= 2


def test_a_sweeper_that_was_taken_over_writes_nothing_more(world):
    def overtaken(office, night):
        world.clock.at += timedelta(hours=1)
        with office.writing() as unit:
            assert unit.nights.take(DAY, office.clock(), timedelta(minutes=1))
        with pytest.raises(JobLost), office.writing() as unit:
            unit.runs.note("stray", DAY, HALF_PAST_MIDNIGHT, HALF_PAST_MIDNIGHT, {})
            night.hold(unit)
        return {"did": 1}

    with pytest.raises(JobLost):
        sweep(world.office, DAY, (Step("one", overtaken),))
    assert runs(world) == []


def test_a_sweep_that_another_holds_too_long_is_refused(world, steps, monkeypatch):
    monkeypatch.setattr("web.jobs.sweeper.PATIENCE", 0)
    with world.unit() as unit:
        unit.nights.take(DAY, world.clock(), timedelta(minutes=1))
    with pytest.raises(Refused, match="sweep_running"):
        sweep(world.office, DAY, steps.all)


# the tick that starts the night


def minute(world, at):
    world.clock.at = at
    with world.app.app_context():
        acted = tick(world.office, at)
        run_due(world.office, at)
    return acted


@pytest.fixture
def own_steps(monkeypatch, steps):
    monkeypatch.setattr(nightly, "STEPS", steps.all)
    return steps


def test_the_night_is_swept_once_when_its_time_has_come(world, own_steps):
    sweep(world.office, date(2021, 8, 23), own_steps.all)
    own_steps.told.clear()
    for minutes in (-2, -1, 0, 1, 2):
        minute(world, HALF_PAST_MIDNIGHT + timedelta(minutes=minutes))
    assert own_steps.told == [(n, DAY, DAY - ONE) for n in ("one", "two", "three")]


def test_of_all_clocks_one_tick_acts_in_a_minute(world, own_steps):
    assert minute(world, HALF_PAST_MIDNIGHT)
    assert not minute(world, HALF_PAST_MIDNIGHT + timedelta(seconds=30))
    assert minute(world, HALF_PAST_MIDNIGHT + timedelta(seconds=60))


def test_a_server_that_was_off_for_days_makes_the_nights_up_when_it_is_back(world, own_steps):
    minute(world, HALF_PAST_MIDNIGHT)
    own_steps.told.clear()
    minute(world, HALF_PAST_MIDNIGHT + 4 * ONE + timedelta(hours=9))
    assert own_steps.told == [(n, DAY + 4 * ONE, DAY) for n in ("one", "two", "three")]


def test_the_clock_stepping_back_an_hour_sweeps_no_night_twice_and_loses_none(world, own_steps):
    """From 00:29 the clock steps back to 23:30 and comes to 00:30 a second time."""
    minute(world, HALF_PAST_MIDNIGHT - 2 * ONE)
    own_steps.told.clear()
    start = HALF_PAST_MIDNIGHT - timedelta(minutes=1)
    for back in (0, -60, 0):
        for minutes in range(3):
            minute(world, start + timedelta(minutes=back + minutes))
    assert [day for name, day, _ in own_steps.told if name == "one"] == [DAY - ONE, DAY]


def test_a_night_that_fails_is_tried_again(world, own_steps):
    own_steps.trouble["two"] = RuntimeError()
    minute(world, HALF_PAST_MIDNIGHT)
    del own_steps.trouble["two"]
    minute(world, HALF_PAST_MIDNIGHT + timedelta(minutes=1))
    assert own_steps.names == ["one", "two", "three", "two"]


def test_a_night_swept_by_hand_for_a_far_day_stops_no_later_night(world, own_steps):
    sweep(world.office, date(2030, 1, 1), own_steps.all)
    own_steps.told.clear()
    minute(world, HALF_PAST_MIDNIGHT)
    assert [day for name, day, _ in own_steps.told if name == "one"] == [DAY]


def test_old_jobs_are_forgotten_and_what_ran_is_not(world):
    minute(world, HALF_PAST_MIDNIGHT)
    with world.unit() as unit:
        unit.jobs.add("night", "night:left", {"day": "2021-08-24"})
    minute(world, HALF_PAST_MIDNIGHT + timedelta(minutes=1))
    before = len(runs(world))
    minute(world, HALF_PAST_MIDNIGHT + 3 * ONE)
    with world.office.reading() as unit:
        names = unit.connection.execute(select(JobRow.name).order_by(JobRow.id)).scalars().all()
    assert names == ["night", "night", "tick", "night"]
    minute(world, HALF_PAST_MIDNIGHT + 40 * ONE)
    with world.office.reading() as unit:
        left = unit.connection.execute(select(JobRow.key).order_by(JobRow.id)).scalars().all()
    assert left == ["tick:2021-10-03T00:30", "night:2021-10-03"]
    assert len(runs(world)) > before
