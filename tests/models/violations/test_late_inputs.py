"""V23: an agency that was asked for input and kept silent, or answered late."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update
from violating import kept

from models.agencies.rows import AgencyRow
from workflow.accounts.usecases import system_actor
from workflow.directives.records import Action
from workflow.violations.usecases import detect_late_directives

NEEDED = date(2021, 9, 6)
ONE = timedelta(days=1)


def sweep(world, day):
    world.clock.at = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    with world.unit() as unit:
        actor = system_actor(unit.accounts, at=world.clock())
        return detect_late_directives(unit.violations, actor, day=day, at=world.clock())


@pytest.fixture
def number(world):
    [made] = world.issue(world.clause(coordinating=("H32.04", "H32.02")))
    world.act("clerk", made.number, Action.ACCEPT)
    ask(world, made.number, "H32.04")
    return made.number


def ask(world, number, *codes, day=NEEDED):
    agencies = tuple(world.agencies[code].id for code in codes)
    world.act("clerk", number, Action.REQUEST_INPUT, agencies=agencies, what="x", needed_on=day)


def answer(world, number, day):
    world.clock.at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    key = world.directive(number).open_inputs[0].id
    world.act("other_clerk", number, Action.GIVE_INPUT, request=key, answer="x")


def late(world):
    return [(r.type, r.agency_id, r.occurred_on) for r in kept(world) if r.type == "V23"]


@pytest.mark.parametrize(("day", "found"), [(NEEDED, 0), (NEEDED + ONE, 1)])
def test_silence_is_a_violation_on_the_morning_after(world, number, day, found):
    assert sweep(world, day).found.get("V23", 0) == found
    beside = world.agencies["H32.04"].id
    assert late(world) == [("V23", beside, NEEDED + ONE)] * found


def test_a_second_night_finds_nothing_new(world, number):
    sweep(world, NEEDED + ONE)
    assert sweep(world, NEEDED + 2 * ONE).found == {}


@pytest.mark.parametrize(("answered", "found"), [(NEEDED, 0), (NEEDED + ONE, 1)])
def test_an_answer_is_judged_by_its_own_day_though_no_night_ran(world, number, answered, found):
    answer(world, number, answered)
    assert sweep(world, NEEDED + 3 * ONE).found.get("V23", 0) == found


def test_several_agencies_and_days_are_several_and_two_requests_of_a_day_are_one(world, number):
    ask(world, number, "H32.04", "H32.02")
    ask(world, number, "H32.04", day=NEEDED + ONE)
    assert sweep(world, NEEDED + 5 * ONE).found == {"V23": 3}
    assert len(set(late(world))) == 3


def test_paused_work_asks_nobody_and_its_requests_wait_with_it(world, number):
    world.act("office", number, Action.SUSPEND, paper="9/UBND")
    assert sweep(world, NEEDED + ONE).found == {}
    world.act("office", number, Action.RESUME, paper="10/UBND")
    [request] = world.directive(number).inputs
    assert request.due_on > NEEDED + ONE
    assert sweep(world, request.due_on).found == {}
    assert sweep(world, request.due_on + ONE).found == {"V23": 1}


def test_an_agency_that_no_longer_coordinates_answers_nothing_more(world, number):
    world.act("office", number, Action.REASSIGN, agency=world.agencies["H32.04"].id, reason="x")
    [request] = world.directive(number).inputs
    assert not request.is_open
    assert sweep(world, NEEDED + ONE).found == {}


@pytest.mark.parametrize(("last", "found"), [(NEEDED + ONE, 1), (NEEDED, 0), (NEEDED - ONE, 0)])
def test_no_agency_owes_an_answer_for_a_day_after_its_end(world, number, last, found):
    with world.unit() as unit:
        unit.connection.execute(
            update(AgencyRow).where(AgencyRow.code == "H32.04").values(valid_to=last)
        )
    assert sweep(world, NEEDED + 3 * ONE).found.get("V23", 0) == found
