"""V22: a directive that was late once was late, whatever becomes of its date afterwards."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update
from violating import kept

from models.directives.rows import DirectiveRow
from workflow.accounts.usecases import system_actor
from workflow.directives.records import Action
from workflow.violations.judging import Said, act_on
from workflow.violations.records import ViolationAction
from workflow.violations.usecases import detect_late_directives

DUE = date(2021, 9, 29)
MORNING = datetime(2021, 9, 29, 17, tzinfo=UTC)


def at(day, hour=2):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def sweep(world, day):
    world.clock.at = at(day)
    with world.unit() as unit:
        actor = system_actor(unit.accounts, at=world.clock())
        return detect_late_directives(unit.violations, actor, day=day, at=world.clock())


@pytest.fixture
def number(world):
    return world.issue(world.clause())[0].number


def set_due(world, number, day, **more):
    with world.unit() as unit:
        unit.connection.execute(
            update(DirectiveRow).where(DirectiveRow.number == number).values(due_on=day, **more)
        )


@pytest.mark.parametrize(("day", "late"), [(DUE, False), (DUE + timedelta(days=1), True)])
def test_it_stands_on_the_morning_after_the_due_day(world, number, day, late):
    done = sweep(world, day)
    assert done.found == ({"V22": 1} if late else {})
    rows = kept(world)
    assert [(r.type, r.occurred_on, r.agency_id) for r in rows] == (
        [("V22", date(2021, 9, 30), world.agencies["H32.03"].id)] if late else []
    )
    assert all(row.occurred_at == MORNING for row in rows)


def test_looking_again_finds_nothing_more(world, number):
    sweep(world, date(2021, 10, 1))
    assert sweep(world, date(2021, 10, 1)).changes == 0
    assert sweep(world, date(2021, 11, 1)).changes == 0
    assert len(kept(world)) == 1


@pytest.mark.parametrize(("day", "found"), [(date(2021, 9, 29), 1), (date(2021, 10, 5), 0)])
def test_who_took_the_lead_over_after_the_day_had_passed_is_not_blamed_for_it(
    world, number, day, found
):
    world.clock.at = at(day)
    other = world.agencies["H32.11"].id
    world.act("office", number, Action.REASSIGN, agency=other, reason="Đúng lĩnh vực")
    assert sweep(world, date(2021, 10, 6)).found == ({"V22": found} if found else {})
    assert [row.agency_id for row in kept(world)] == [other] * found


def test_a_date_moved_later_before_it_passed_never_makes_one(world, number):
    set_due(world, number, date(2021, 10, 15))
    assert sweep(world, date(2021, 10, 1)).changes == 0


def test_a_date_moved_after_it_passed_removes_none_and_the_new_one_can_pass_too(world, number):
    sweep(world, date(2021, 10, 1))
    set_due(world, number, date(2021, 10, 15))
    assert sweep(world, date(2021, 10, 10)).changes == 0
    assert len(kept(world)) == 1
    assert sweep(world, date(2021, 10, 16)).found == {"V22": 1}
    assert [(row.serial, row.occurred_on) for row in kept(world)] == [
        (0, date(2021, 9, 30)),
        (1, date(2021, 10, 16)),
    ]


def test_a_date_corrected_to_an_earlier_day_makes_no_second_one(world, number):
    sweep(world, date(2021, 10, 1))
    set_due(world, number, date(2021, 9, 15))
    assert sweep(world, date(2021, 10, 2)).changes == 0


def test_a_report_in_time_is_not_late_while_it_waits_to_be_judged(world, number):
    world.clock.at = at(DUE)
    world.report(number)
    assert sweep(world, date(2021, 10, 20)).changes == 0


def test_a_report_that_came_late_is(world, number):
    world.clock.at = at(date(2021, 10, 3))
    world.report(number)
    assert sweep(world, date(2021, 10, 4)).found == {"V22": 1}


def test_a_report_sent_back_after_the_due_day_is_late_by_the_due_day(world, number):
    world.clock.at = at(DUE)
    world.report(number)
    world.clock.at = at(date(2021, 10, 5))
    world.act("inspector", number, Action.RETURN, reason="Thiếu số liệu")
    sweep(world, date(2021, 10, 6))
    assert [row.occurred_on for row in kept(world)] == [date(2021, 9, 30)]


def test_work_that_ended_in_time_or_was_stopped_is_not_late(world):
    done, stopped = (d.number for d in world.issue(world.clause(1), world.clause(2)))
    world.clock.at = at(date(2021, 9, 20))
    world.report(done)
    world.act("inspector", done, Action.VERIFY, verdict="met")
    world.act("office", stopped, Action.WITHDRAW, paper="9/UBND", reason="Không còn cần")
    assert sweep(world, date(2021, 10, 20)).changes == 0


def test_work_carried_over_with_its_date_passed_is_not_late_anew(world, number):
    set_due(world, number, date(2021, 8, 1), carried_over=True)
    assert sweep(world, date(2021, 10, 20)).changes == 0
    set_due(world, number, date(2021, 8, 24), carried_over=True)
    assert sweep(world, date(2021, 10, 20)).found == {"V22": 1}


def test_it_is_charged_to_who_led_when_it_was_found(world, number):
    sweep(world, date(2021, 10, 1))
    world.act(
        "office", number, Action.REASSIGN, agency=world.agencies["H32.04"].id, reason="Sai việc",
        due_on=date(2021, 10, 10),
    )  # fmt: skip
    sweep(world, date(2021, 10, 11))
    assert [row.agency_id for row in kept(world)] == [
        world.agencies["H32.03"].id,
        world.agencies["H32.04"].id,
    ]


def test_a_part_that_was_handed_down_is_late_for_itself(world):
    number = world.issue(world.clause(lead="H32.10", coordinating=()))[0].number
    world.act("district", number, Action.ACCEPT)
    world.act(
        "district", number, Action.HAND_DOWN, agency=world.agencies["H32.10.1"].id,
        content="Rà soát", due_on=date(2021, 9, 10),
    )  # fmt: skip
    sweep(world, date(2021, 9, 11))
    assert [(r.agency_id, r.occurred_on) for r in kept(world)] == [
        (world.agencies["H32.10.1"].id, date(2021, 9, 11))
    ]


def judge(world, key, action, who="inspector"):
    actor = world.actor(who)
    with world.unit() as unit:
        act_on(unit.violations, actor, key, action, Said(reason="vì vậy"), at=world.clock())


def test_one_that_stands_again_falls_by_a_paper_that_was_recorded_meanwhile(world, number):
    """What nights judged is noted beside the work; reinstating a violation notes it again."""
    sweep(world, date(2021, 10, 1))
    [one] = kept(world)
    judge(world, one.id, ViolationAction.OVERTURN)
    world.act(
        "office", number, Action.RECORD_REPORT, result="Xong", report_number="45/BC",
        report_date=DUE, received_on=DUE, signer="Võ Thủ Trưởng",
    )  # fmt: skip
    assert sweep(world, date(2021, 10, 3)).changes == 0
    judge(world, one.id, ViolationAction.REINSTATE)
    assert sweep(world, date(2021, 10, 4)).overturned == {"V22": 1}
    world.act("inspector", number, Action.RETURN, reason="Thiếu số liệu")
    assert sweep(world, date(2021, 10, 5)).found == {"V22": 1}
    assert sweep(world, date(2021, 10, 6)).changes == 0
