"""Who follows an agency that no longer stands opens what was given to it, and cannot act on it."""

from datetime import timedelta

import pytest
from world import csrf_of

from workflow.agencies.records import Handover, SuccessionKind
from workflow.agencies.successions import hand_over
from workflow.directives.records import Action

OLD, HEIRS = "H32.03", ("H32.10", "H32.05")


@pytest.fixture
def split(world):
    """A verified and an open directive of an agency that was split into two, tomorrow."""
    done, left = (one.number for one in world.issue(world.clause(1), world.clause(2)))
    world.report(done)
    world.act("office", done, Action.VERIFY, verdict="met")
    handover = Handover(
        predecessor_ids=(world.agencies[OLD].id,),
        successor_ids=tuple(world.agencies[code].id for code in HEIRS),
        kind=SuccessionKind.SPLIT,
        act="12/NQ-HĐND",
        on=world.office.today() + timedelta(days=1),
    )
    with world.unit() as unit:
        hand_over(unit.agencies, unit.history, world.actor("admin"), handover, at=world.clock())
    return done, left


def test_the_old_work_opens_on_the_day_and_not_before(world, clock, split):
    places = [f"/directives/{split[0]}", f"/documents/{split[0].rsplit('-', 1)[0]}"]
    heir = world.sign_in("district")
    assert [heir.get(place).status_code for place in places] == [404, 404]
    clock.at += timedelta(days=1)
    heir = world.sign_in("district")
    assert [heir.get(place).status_code for place in places] == [200, 200]
    page = heir.get(places[0]).text
    assert "Xem cơ quan tiếp nhận" in page
    assert all(number in heir.get("/directives/").text for number in split)
    assert f"agency={OLD}" in heir.get(f"/agencies/{OLD}").text


def test_who_has_nothing_to_do_with_it_still_finds_nothing(world, clock, split):
    clock.at += timedelta(days=1)
    other = world.sign_in("foreign")
    assert other.get(f"/directives/{split[0]}").status_code == 404
    assert split[0] not in other.get("/directives/").text
    assert f"agency={OLD}" not in other.get(f"/agencies/{OLD}").text


def test_reading_is_all_that_following_gives(world, clock, split):
    clock.at += timedelta(days=1)
    heir = world.sign_in("district")
    page = f"/directives/{split[1]}/accept"
    token = csrf_of(heir.get("/account").text)
    assert heir.get(page).status_code == 403
    version = world.directive(split[1]).version
    answer = heir.post(page, data={"csrf_token": token, "version": version})
    assert answer.status_code == 403
    assert world.directive(split[1]).version == version
