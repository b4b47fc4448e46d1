"""What stands beside the state, in lists: whose it is, what is late, what is held too long."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from models.accounts.rows import AccountRow, MembershipRow
from models.directives.beside import pauses_of, routings_of
from models.directives.filters import ListFilter, Looker, ways_to
from models.directives.lists import page_of
from models.directives.orders import Order
from models.directives.page import open_file
from models.directives.rows import DirectiveRow
from workflow.deadlines.rules import Timeliness
from workflow.directives.holding import asked_before, held_beyond, waits_of
from workflow.directives.limits import Limits
from workflow.directives.records import Action

ONE = timedelta(days=1)


def listed(world, who, **view):
    actor, day = world.actor(who), world.office.today()
    with world.office.reading() as unit:
        calendar = world.office.calendar(unit)
        before = asked_before(calendar, world.office.settings.limits, day)
        looker = Looker(actor=actor, day=day, asked_before=before)
        page = page_of(unit.connection, ways_to(ListFilter(**view), looker), Order())
    return [row.number for row in page.rows]


@pytest.fixture
def numbers(world):
    made = world.issue(world.clause(), world.clause(2), world.clause(3))
    for one in made:
        world.act("clerk", one.number, Action.ACCEPT)
    return [one.number for one in made]


def route(world, number, who="clerk", **to):
    return world.act(who, number, Action.ROUTE, **to)


def test_what_is_routed_to_an_officer_is_theirs_and_leaves_the_heads_list(world, numbers):
    first, second, third = numbers
    route(world, first, person=world.accounts["officer"])
    route(world, second, person=world.accounts["head"])
    assert listed(world, "officer", routed="me") == [first]
    assert listed(world, "head", routed="open") == [second, third]
    assert listed(world, "clerk", routed="open") == [third]


def test_a_closed_account_is_nobody_to_route_to(world, numbers):
    day, ours = world.office.today(), world.agencies["H32.03"].id
    with world.unit() as unit:
        unit.connection.execute(
            update(AccountRow)
            .where(AccountRow.id == world.accounts["officer"])
            .values(is_active=False)
        )
        names = [one.name for one in unit.directives.matters.colleagues(ours, day)]
    assert names == ["Hồ Văn Thư", "Võ Thủ Trưởng"]


def test_the_last_routing_counts_and_those_before_are_kept(world, numbers):
    first = numbers[0]
    route(world, first, person=world.accounts["officer"])
    route(world, first, person=world.accounts["head"], note="Tôi làm")
    assert listed(world, "officer", routed="me") == []
    file = file_of(world, "officer", first)
    assert [(r.person, r.is_current) for r in file.routings] == [
        ("Võ Thủ Trưởng", True),
        ("Đặng Chuyên Viên", False),
    ]
    assert file.routing.note == "Tôi làm"


def test_a_division_alone_means_everybody_who_serves_in_it(world, numbers):
    first = numbers[0]
    ours, since = world.agencies["H32.03"].id, world.agencies["H32.03"].valid_from
    with world.unit() as unit:
        division = unit.agencies.add_division(ours, "Phòng Đất đai", since)
        unit.connection.execute(
            update(MembershipRow)
            .where(MembershipRow.account_id == world.accounts["officer"])
            .values(division_id=division)
        )
    route(world, first, division=division)
    assert listed(world, "officer", routed="me") == [first]
    assert first not in listed(world, "head", routed="open")


def file_of(world, who, number):
    with world.office.reading() as unit:
        return open_file(unit.connection, world.actor(who), number, world.office.today())


@pytest.mark.parametrize("who", ["office", "leader", "inspector", "other_clerk"])
def test_routing_is_seen_in_its_own_agency_only(world, numbers, who):
    first = numbers[0]
    before = file_of(world, who, first)
    route(world, first, person=world.accounts["officer"], note="Riêng")
    after = file_of(world, who, first)
    assert after.routings == ()
    assert len(after.links) == len(before.links)
    assert after.directive.version == before.directive.version


def test_each_agency_routes_its_own_share(world, numbers):
    first = numbers[0]
    route(world, first, person=world.accounts["officer"])
    route(world, first, "other_clerk", person=world.accounts["other_clerk"])
    assert [r.person for r in file_of(world, "other_clerk", first).routings] == ["Bùi Xây Dựng"]
    assert [r.person for r in file_of(world, "clerk", first).routings] == ["Đặng Chuyên Viên"]


def test_another_lead_frees_the_people_of_the_one_before(world, numbers):
    first = numbers[0]
    route(world, first, person=world.accounts["officer"])
    world.act("office", first, Action.REASSIGN, agency=world.agencies["H32.02"].id, reason="x")
    with world.office.reading() as unit:
        key = unit.directives.directive(first).id
        assert not any(
            r.is_current for r in routings_of(unit.connection, key, world.actor("clerk"))
        )


def test_requests_are_found_by_who_was_asked_and_by_being_late(world, numbers):
    first, second, _third = numbers
    beside, day = world.agencies["H32.04"].id, world.office.today()
    for number, needed in ((first, day), (second, day + 9 * ONE)):
        world.act(
            "clerk", number, Action.REQUEST_INPUT, agencies=(beside,), what="x", needed_on=needed
        )
    world.clock.at += ONE
    assert listed(world, "other_clerk", inputs="open", asked="H32.04") == [first, second]
    assert listed(world, "other_clerk", inputs="late", asked="H32.04") == [first]
    assert listed(world, "clerk", inputs="late", agency="H32.03") == [first]
    assert listed(world, "office", inputs="open", asked="H32.02") == []
    world.act("office", first, Action.SUSPEND, paper="9/UBND")
    assert listed(world, "clerk", inputs="late", agency="H32.03") == []


def test_a_proposal_waits_in_the_offices_list_until_it_is_answered(world, numbers):
    first = numbers[0]
    world.act("officer", first, Action.UPDATE, done="x", proposal="Thêm người")
    assert listed(world, "office", asks="proposal") == [first]
    assert listed(world, "office", waits=True) == [first]
    [one] = world.directive(first).proposals
    world.act("office", first, Action.ANSWER, proposed=one.id, answer="Đồng ý")
    assert listed(world, "office", waits=True) == []
    [answered] = world.directive(first).proposals
    assert (answered.answer, answered.answered_by) == ("Đồng ý", "Trần Thị Mai")


def test_paused_work_is_listed_apart_and_is_neither_late_nor_silent(world, numbers):
    first = numbers[0]
    world.act("office", first, Action.SUSPEND, paper="9/UBND")
    assert listed(world, "office", suspended=True) == [first]
    assert first not in listed(world, "office", suspended=False)
    world.clock.at += 60 * ONE
    assert first not in listed(world, "office", timeliness=Timeliness.OVERDUE)
    assert numbers[1] in listed(world, "office", timeliness=Timeliness.OVERDUE)


def test_acceptance_is_awaited_from_entry_and_anew_once_the_assignment_is_upheld(world):
    [one] = world.issue(issued_on=world.office.today() - 4 * ONE)
    assert listed(world, "office", silent=3) == []
    world.act("clerk", one.number, Action.DECLINE, paper="1/A", ask="part", reason="x",
              files=(world.file(),))  # fmt: skip
    world.clock.at += 3 * ONE
    assert listed(world, "office", silent=3) == [], "who waits for an answer is not silent"
    world.act("office", one.number, Action.INSIST, reason="Đúng việc")
    assert listed(world, "office", silent=3) == []
    world.clock.at += 3 * ONE
    assert listed(world, "office", silent=3) == [one.number]


def test_the_pauses_of_a_directive_are_kept_with_their_last_day(world, numbers):
    first, began = numbers[0], world.office.today()
    world.act("office", first, Action.SUSPEND, paper="9/UBND", reason="Bão")
    world.act("office", first, Action.RESUME, paper="10/UBND")
    world.act("office", first, Action.SUSPEND, paper="11/UBND")
    world.clock.at += 3 * ONE
    world.act("office", first, Action.RESUME, paper="12/UBND")
    with world.office.reading() as unit:
        found = pauses_of(unit.connection, unit.directives.directive(first).id)
    assert [(p.first_day, p.last_day, p.document) for p in found] == [
        (began, began + 2 * ONE, "11/UBND")
    ]


ASKS = {
    "report": lambda w, n: w.report(n),
    "extension": lambda w, n: w.act(
        "clerk", n, Action.REQUEST_EXTENSION, due_on=w.office.today() + 90 * ONE, reason="x"
    ),
    "proposal": lambda w, n: w.act("clerk", n, Action.UPDATE, done="x", proposal="y"),
}


@pytest.mark.parametrize("matter", ASKS)
def test_what_the_office_holds_too_long_is_listed_on_the_day_the_page_says_so(
    world, numbers, matter
):
    first = numbers[0]
    ASKS[matter](world, first)
    seen = []
    for _night in range(12):
        file = file_of(world, "office", first)
        with world.office.reading() as unit:
            calendar = world.office.calendar(unit)
        waits = waits_of(file.entries, file.directive.proposals)
        held = held_beyond(waits, calendar, Limits(), world.office.today())
        assert (listed(world, "office", overheld=True) == [first]) == bool(held)
        seen.append(bool(held))
        world.clock.at += ONE
    assert seen == sorted(seen)
    assert set(seen) == {False, True}


@settings(max_examples=20, deadline=None)
@given(since=st.integers(0, 30))
def held_since(world, number, since):
    with world.unit() as unit:
        unit.connection.execute(
            update(DirectiveRow)
            .where(DirectiveRow.number == number)
            .values(decline_standing=True, declined_on=world.office.today() - since * ONE)
        )
    with world.office.reading() as unit:
        before = asked_before(world.office.calendar(unit), Limits(), world.office.today())
    long_ago = world.office.today() - since * ONE <= before.decline
    assert (number in listed(world, "office", overheld=True)) == long_ago


def test_a_decline_is_held_too_long_from_its_own_day(world, numbers):
    held_since(world, numbers[0])


def test_files_of_one_name_from_two_agencies_stand_beside_each_other(world, numbers):
    first = numbers[0]
    for who, content in (("clerk", "1"), ("other_clerk", "2"), ("clerk", "3")):
        file = world.file(content, "so-lieu.pdf")
        world.act(who, first, Action.UPDATE, done="x", files=(file,))
    pieces = file_of(world, "office", first).directive.evidence
    assert [(piece.uploaded_by, piece.is_current) for piece in pieces] == [
        (world.accounts["clerk"], False),
        (world.accounts["other_clerk"], True),
        (world.accounts["clerk"], True),
    ]
