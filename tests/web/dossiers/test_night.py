"""A holiday that is entered late moves the days that were counted over it, the next night."""

from datetime import date

import pytest
from digest import digest_of
from intake import dossiers, row, rows_of, take, write

from models.history.rows import HistoryRow
from models.violations.rows import ViolationRow
from web.dossiers.following import detection
from web.jobs.nightly import STEPS, sweep_night
from workflow.calendar.records import DayKind, Override
from workflow.calendar.usecases import DayChange, change_days, preview_days

NIGHT = date(2021, 9, 20)


def enter_day_off(world, day):
    """Make a working day a day off by decree."""
    change = DayChange(put=(Override(day=day, kind=DayKind.OFF, reason="Bão", act="9/QĐ"),))
    with world.unit() as unit:
        seen = preview_days(unit.calendar, change, today=world.office.today()).seen
        change_days(unit.calendar, world.actor("admin"), change, seen=seen, at=world.clock.at)


def swept(world, day=NIGHT):
    return sweep_night(world.office, day).steps["dossiers.recount"]


def waiting(code, **more):
    """Asked on Monday the 6th, answered on Wednesday the 8th: two working days."""
    return row(code, promised="10/09/2021", asked="06/09/2021", answered="08/09/2021", **more)


@pytest.fixture
def taken(world, tmp_path):
    """One ended on the very last day, one still open, one that never waited."""
    lines = [
        waiting("A", processed="14/09/2021"),
        waiting("B"),
        row("C", promised="10/09/2021", processed="10/09/2021"),
    ]
    take(world, write(tmp_path / "x.csv", lines), as_of=date(2021, 9, 13), following=detection)
    return world


def test_nothing_is_counted_again_while_the_calendar_stands(taken):
    assert dossiers(taken)["A"].due_on == date(2021, 9, 14)
    assert swept(taken) == {"waits": 0, "due_moved": 0}


def test_a_day_off_within_a_wait_takes_back_the_day_it_gave(taken):
    enter_day_off(taken, date(2021, 9, 7))
    assert swept(taken) == {"waits": 2, "due_moved": 2}
    stands = dossiers(taken)
    assert {code: one.due_on for code, one in stands.items()} == {
        "A": date(2021, 9, 13), "B": date(2021, 9, 13), "C": date(2021, 9, 10),
    }  # fmt: skip
    assert (stands["A"].waited_days, stands["A"].due_last_on) == (1, date(2021, 9, 13))
    late = {one.dossier_id for one in rows_of(taken, ViolationRow) if one.type == "V16"}
    assert late == {stands["A"].id, stands["B"].id}
    told = [one for one in rows_of(taken, HistoryRow) if one.action == "recount_waits"]
    assert [one.given["moved"] for one in told] == [2]
    before = digest_of(taken.office.engine, without=frozenset({"nights", "runs"}))
    assert swept(taken) == {"waits": 0, "due_moved": 0}
    assert digest_of(taken.office.engine, without=frozenset({"nights", "runs"})) == before


def test_a_day_off_after_the_promise_gives_a_day_and_takes_a_violation_back(world, tmp_path):
    lines = [waiting("A", processed="15/09/2021")]
    take(world, write(tmp_path / "x.csv", lines), as_of=NIGHT, following=detection)
    [found] = [one for one in rows_of(world, ViolationRow) if one.type == "V16"]
    assert found.state == "recorded"
    enter_day_off(world, date(2021, 9, 14))
    swept(world)
    assert dossiers(world)["A"].due_on == date(2021, 9, 15)
    [now] = [one for one in rows_of(world, ViolationRow) if one.type == "V16"]
    assert (now.id, now.state) == (found.id, "overturned")


def test_a_day_off_elsewhere_moves_nothing_and_is_looked_at_once(taken):
    enter_day_off(taken, date(2021, 10, 7))
    assert swept(taken) == {"waits": 2, "due_moved": 0}
    assert swept(taken) == {"waits": 0, "due_moved": 0}
    assert not [one for one in rows_of(taken, HistoryRow) if one.action == "recount_waits"]


def test_many_are_counted_some_at_a_time(world, tmp_path, monkeypatch):
    from web.dossiers import nightly

    monkeypatch.setattr(nightly, "AT_ONCE", 3)
    lines = [waiting(f"H{n}") for n in range(7)]
    take(world, write(tmp_path / "x.csv", lines))
    enter_day_off(world, date(2021, 9, 7))
    assert swept(world) == {"waits": 7, "due_moved": 7}


def test_waits_are_counted_before_anyone_is_judged():
    names = [step.name for step in STEPS]
    assert names.index("dossiers.recount") < names.index("violations.dossiers")
