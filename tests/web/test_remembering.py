"""A reading is kept while the history stands; every act that changes it shows at once."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from upkeep import counted_queries

from web.remembering import Remembered
from workflow.accounts.records import Membership, Role
from workflow.accounts.roles import give_role
from workflow.agencies.usecases import rename_agency
from workflow.calendar.records import DayKind, Override
from workflow.calendar.usecases import DayChange, change_days, preview_days
from workflow.directives.records import Action

TOTAL = re.compile(r'class="dd-total"[^>]*>([^<]*)<')


def test_a_reading_is_kept_for_its_head_and_what_it_is_of():
    kept, asked = Remembered(), []

    def read(head, what):
        return kept.of(head, what, lambda: asked.append((head, what)) or (head, what))

    ways = [("a", 1), ("a", 1), ("a", 2), ("b", 1), ("a", 1), ("b", 1)]
    assert [read(*way) for way in ways] == ways
    assert asked == [("a", 1), ("a", 2), ("b", 1), ("a", 1), ("b", 1)]
    kept.forget()
    assert (read("b", 1), len(asked)) == (("b", 1), 6)


def test_nothing_is_kept_of_a_history_without_entries():
    kept = Remembered()
    assert [kept.of("", "x", lambda n=n: n) for n in range(3)] == [0, 1, 2]
    assert len(kept) == 0


def test_readings_take_bounded_room():
    kept = Remembered(most=10)
    for n in range(95):
        kept.of("a", n, list)
    assert len(kept) <= 10


def listed(client, query=""):
    text = client.get(f"/directives/{query}").text
    return TOTAL.search(text)[1], text


@pytest.mark.parametrize("who", ["office", "clerk"])
def test_the_total_tells_what_was_done_since(world, who):
    client = world.sign_in(who)
    [land] = world.issue(world.clause())
    assert [listed(client, q)[0] for q in ("", "?state=assigned")] == ["1 nhiệm vụ"] * 2
    world.act("clerk", land.number, Action.ACCEPT)
    assert [listed(client, q)[0] for q in ("", "?state=assigned")] == ["1 nhiệm vụ", "0 nhiệm vụ"]
    world.issue(world.clause())
    assert [listed(client, q)[0] for q in ("", "?state=assigned")] == ["2 nhiệm vụ", "1 nhiệm vụ"]


def test_the_total_follows_the_day(world):
    client = world.sign_in("office")
    world.issue(world.clause())
    assert listed(client, "?time=overdue")[0] == "0 nhiệm vụ"
    world.clock.at += timedelta(days=100)
    assert listed(world.sign_in("office"), "?time=overdue")[0] == "1 nhiệm vụ"


def test_a_new_colleague_shows_at_once_and_to_their_agency_alone(world):
    offered = re.compile(r"<option[^>]*>Mai Huyện Khác</option>")
    clients = {who: world.sign_in(who) for who in ("clerk", "other_clerk", "office")}

    def seeing():
        return {who for who, client in clients.items() if offered.search(listed(client)[1])}

    assert seeing() == set()
    role = Membership(
        role=Role.AGENCY_OFFICER,
        agency_id=world.agencies["H32.03"].id,
        valid_from=world.office.today(),
    )
    with world.office.writing() as unit:
        give_role(
            unit.accounts, world.actor("admin"), world.accounts["foreign"], role,
            at=world.clock.at,
        )  # fmt: skip
    assert seeing() == {"clerk"}


def test_a_new_name_shows_at_once(world):
    client = world.sign_in("office")
    world.issue(world.clause())
    agency = world.agencies["H32.03"]
    assert listed(client)[1].count("Sở Tên mới") == 0
    with world.office.writing() as unit:
        rename_agency(
            unit.agencies, unit.history, world.actor("admin"), agency.id,
            name="Sở Tên mới", on=date(2021, 8, 1), act="1/QĐ", at=world.clock.at,
        )  # fmt: skip
    assert listed(client)[1].count("Sở Tên mới") > 0


def test_a_new_day_off_counts_at_once_and_days_are_not_read_until_then(world):
    [land] = world.issue(world.clause())
    client, asking = world.sign_in("clerk"), "/calendar/?start=27/08/2021&days=3"
    assert "Hết hạn ngày 01/09/2021" in client.get(asking).text
    with counted_queries(world) as sent:
        client.get(f"/directives/{land.number}")
    assert not [one for one in sent if "FROM calendar_days" in one]
    off = Override(day=date(2021, 8, 30), kind=DayKind.OFF, reason="Bão", act="1/UBND")
    change, today = DayChange(put=(off,)), world.office.today()
    with world.office.reading() as unit:
        seen = preview_days(unit.calendar, change, today=today).seen
    with world.office.writing() as unit:
        change_days(unit.calendar, world.actor("admin"), change, seen=seen, at=world.clock.at)
    assert "Hết hạn ngày 06/09/2021" in client.get(asking).text
