"""Parts handed down: numbers, who judges them, and what ends with the directive above."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.directives.rows import DirectiveRow, ReportRow
from workflow.directives.records import Action, State
from workflow.errors import Forbidden, Invalid, NotFound, Refused

DUE = date(2021, 9, 10)


@pytest.fixture
def work(world):
    """A directive of the district, accepted."""
    [made] = world.issue(world.clause(lead="H32.10", coordinating=()))
    world.act("district", made.number, Action.ACCEPT)
    return world.directive(made.number)


def hand_down(world, number, unit="H32.10.1", who="district", due=DUE):
    world.act(
        who,
        number,
        Action.HAND_DOWN,
        agency=world.agencies[unit].id,
        content="Rà soát hồ sơ",
        due_on=due,
    )
    return world.directive(number).parts[-1].number


def reports(world):
    with world.office.reading() as unit:
        rows = unit.connection.execute(
            select(DirectiveRow.number, ReportRow.outcome)
            .join(DirectiveRow, DirectiveRow.id == ReportRow.directive_id)
            .order_by(ReportRow.id)
        )
        return [tuple(row) for row in rows]


def code(world, *args, **given):
    with pytest.raises(Refused) as caught:
        world.act(*args, **given)
    return caught.value.code


def test_parts_are_numbered_under_their_directive_and_never_twice(world, work):
    numbers = [hand_down(world, work.number, unit) for unit in ("H32.10.1", "H32.10.2", "H32.10.1")]
    assert numbers == [f"{work.number}-{n:02d}" for n in (1, 2, 3)]
    world.act("district", numbers[2], Action.WITHDRAW, paper="1/UBND", reason="x")
    assert hand_down(world, work.number) == f"{work.number}-04"


def test_a_part_begins_as_the_act_said(world, work):
    part = world.directive(hand_down(world, work.number))
    assert (part.state, part.version, part.content) == (State.ASSIGNED, 1, "Rà soát hồ sơ")
    assert part.lead_agency_id == world.agencies["H32.10.1"].id
    assert part.handed_by_id == world.agencies["H32.10"].id
    assert part.handed_by_path == world.agencies["H32.10"].path
    assert (part.due_on, part.first_due_on) == (DUE, DUE)
    assert part.assigned_on == part.lead_since == world.office.today()
    assert part.parent_due_on == work.due_on
    assert (part.document_id, part.clause_id) == (work.document_id, work.clause_id)


def test_the_agency_that_handed_it_down_verifies_and_the_office_does_not(world, work):
    number = hand_down(world, work.number)
    world.report(number, "commune")
    for who in ("office", "office2", "inspector", "leader"):
        with pytest.raises(Forbidden):
            world.act(who, number, Action.VERIFY, verdict="met")
    with pytest.raises(NotFound):
        world.act("foreign", number, Action.VERIFY, verdict="met")
    with pytest.raises(Forbidden):
        world.act("commune", number, Action.VERIFY, verdict="met")
    assert world.act("district_head", number, Action.VERIFY, verdict="met").state is State.VERIFIED


def test_a_report_over_open_parts_names_why(world, work):
    hand_down(world, work.number)
    with pytest.raises(Invalid) as caught:
        world.report(work.number, "district")
    assert caught.value.errors == {"open_parts_reason": "open_parts"}
    told = world.report(work.number, "district", open_parts_reason="Xã chưa báo cáo")
    assert told.state is State.REPORTED


def test_everything_below_ends_with_the_directive(world, work):
    first, second = hand_down(world, work.number), hand_down(world, work.number, "H32.10.2")
    world.report(first, "commune")
    world.act("district_head", first, Action.VERIFY, verdict="met")
    below = hand_down(world, work.number)
    world.act("commune", below, Action.ACCEPT)
    world.act(
        "office", work.number, Action.WITHDRAW, paper="15/UBND", reason="Đã có văn bản thay thế"
    )
    states = {n: world.directive(n).state for n in (work.number, first, second, below)}
    assert states == {
        work.number: State.WITHDRAWN,
        first: State.VERIFIED,
        second: State.WITHDRAWN,
        below: State.WITHDRAWN,
    }
    with world.office.reading() as unit:
        ended = [
            (link.entry.subject_key, link.entry.given["paper"], link.entry.reason)
            for link in unit.history.walk()
            if link.entry.action == "withdraw"
        ]
        assert unit.history.verify().ok
    same = ("15/UBND", "Đã có văn bản thay thế")
    assert ended == [(n, *same) for n in (work.number, second, below)]


def test_a_part_of_a_part_ends_too_and_a_verified_one_between_hides_it_not(world):
    """Three storeys: province, district, commune, and a branch under the commune."""
    with world.unit() as unit:
        from workflow.agencies.records import Tier

        world.agencies["H32.10.1.1"] = unit.agencies.add_agency(
            code="H32.10.1.1",
            name="Chi nhánh",
            tier=Tier.BRANCH,
            parent=world.agencies["H32.10.1"],
            valid_from=date(2020, 1, 1),
        )
    [made] = world.issue(world.clause(lead="H32.10", coordinating=()))
    world.act("district", made.number, Action.ACCEPT)
    part = hand_down(world, made.number)
    world.act("commune", part, Action.ACCEPT)
    deeper = hand_down(world, part, "H32.10.1.1", "commune", date(2021, 8, 31))
    assert deeper == f"{made.number}-01-01"
    world.report(part, "commune", open_parts_reason="x")
    world.act("district_head", part, Action.VERIFY, verdict="met")
    world.act("office", made.number, Action.WITHDRAW, paper="1/UBND", reason="x")
    assert world.directive(part).state is State.VERIFIED
    assert world.directive(deeper).state is State.WITHDRAWN


def test_a_report_that_waited_on_a_part_is_overtaken_when_all_ends(world, work):
    number = hand_down(world, work.number)
    world.report(number, "commune")
    assert reports(world) == [(number, "pending")]
    world.act("office", work.number, Action.WITHDRAW, paper="1/UBND", reason="x")
    assert reports(world) == [(number, "overtaken")]


def test_a_part_is_not_reopened_under_work_that_ended(world, work):
    number = hand_down(world, work.number)
    world.report(number, "commune")
    world.act("district_head", number, Action.VERIFY, verdict="met")
    world.act("office", work.number, Action.WITHDRAW, paper="1/UBND", reason="x")
    assert code(world, "district", number, Action.REOPEN, reason="x") == "parent_changed"


def test_a_part_is_not_reopened_behind_a_verified_report_that_quotes_it(world, work):
    number = hand_down(world, work.number)
    world.report(number, "commune")
    world.act("district_head", number, Action.VERIFY, verdict="met")
    world.report(work.number, "district")
    world.act("office", work.number, Action.VERIFY, verdict="met")
    assert code(world, "district", number, Action.REOPEN, reason="x") == "parent_changed"
    world.act("office", work.number, Action.REOPEN, reason="x")
    assert world.act("district", number, Action.REOPEN, reason="x").state is State.IN_PROGRESS


def test_a_part_is_not_reopened_by_an_agency_that_lost_the_work(world, work):
    number = hand_down(world, work.number)
    world.report(number, "commune")
    world.act("district_head", number, Action.VERIFY, verdict="met")
    world.act(
        "office", work.number, Action.REASSIGN, agency=world.agencies["H32.03"].id, reason="x"
    )
    assert code(world, "district", number, Action.REOPEN, reason="x") == "parent_changed"


def test_a_part_is_reopened_while_the_work_above_runs(world, work):
    number = hand_down(world, work.number)
    world.report(number, "commune")
    world.act("district_head", number, Action.VERIFY, verdict="met")
    assert world.act("district", number, Action.REOPEN, reason="x").state is State.IN_PROGRESS


def test_a_part_s_date_follows_the_parent_as_it_stands_now(world, work):
    number = hand_down(world, work.number)
    late = work.due_on + timedelta(days=30)
    given = {"paper": "1/UBND", "due_on": work.due_on}
    with pytest.raises(Invalid) as caught:
        world.act("district", number, Action.AMEND, **given)
    assert caught.value.errors == {"due_on": "outside_parent"}
    world.act("office", work.number, Action.AMEND, paper="2/UBND", due_on=late)
    assert world.act("district", number, Action.AMEND, **given).due_on == work.due_on
