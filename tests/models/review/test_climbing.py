"""The night's step over the stored desk: in order, once, whatever is in the way."""

from datetime import date, timedelta

import pytest
from desking import (
    act,
    add_case,
    add_person,
    bring_to,
    case_of,
    climb_now,
    furnish_desk,
    put,
    raise_again,
)
from sqlalchemy import event, select, update

from models.accounts.rows import AccountRow, MembershipRow
from models.base import db
from models.history.rows import HistoryRow
from models.messages.rows import MessageRow
from workflow.accounts.records import Role
from workflow.errors import Forbidden, Invalid
from workflow.review import sweeping
from workflow.review.ordering import set_order
from workflow.review.records import EscalationState, ReviewAction
from workflow.review.roster import Place


@pytest.fixture(autouse=True)
def _desk(world):
    furnish_desk(world)


def arrange(world, *people, **away):
    order = [Place(account_id=world.accounts[who], **away.get(who, {})) for who in people]
    with world.unit() as unit:
        set_order(unit.review, world.actor("admin"), order, at=world.clock())


def holder(world, number):
    account = case_of(world, number).holder_id
    return next((key for key, value in world.accounts.items() if value == account), None)


def told(world, kind):
    with world.office.reading() as unit:
        return list(
            unit.connection.execute(
                select(MessageRow.to_account).where(MessageRow.kind == kind)
            ).scalars()
        )


def test_a_new_case_comes_to_the_first_in_the_order_with_its_clock(world):
    arrange(world, "inspector3", "inspector", "inspector2")
    number = add_case(world, level=2)
    done = climb_now(world)
    case = case_of(world, number)
    assert (done.placed, done.climbed) == (1, 0)
    assert holder(world, number) == "inspector3"
    assert case.answer_by == date(2021, 8, 26)
    assert told(world, "review_placed") == [world.accounts["inspector3"]]


def test_a_new_case_that_nobody_can_take_is_told_to_the_office_once(world, clock):
    with world.unit() as unit:
        unit.connection.execute(update(MembershipRow).where(
            MembershipRow.role.in_([Role.INSPECTOR, Role.LEADER])
        ).values(valid_to=date(2021, 1, 1)))  # fmt: skip
    number = add_case(world)
    assert climb_now(world).unheld == 1
    clock.at += timedelta(days=10)
    climb_now(world)
    assert case_of(world, number).holder_id is None
    with world.office.reading() as unit:
        asked = select(MessageRow.to_role, MessageRow.subject_key)
        found = unit.connection.execute(asked.where(MessageRow.kind == "review_unheld")).all()
    assert found == [("office", number)]


def test_past_its_time_a_case_climbs_the_order_and_ends_with_the_leader(world, clock):
    arrange(world, "inspector", "inspector2", "inspector3")
    number = add_case(world)
    climb_now(world)
    met = [holder(world, number)]
    for _ in range(4):
        clock.at += timedelta(days=10)
        climb_now(world)
        met.append(holder(world, number))
    assert met == ["inspector", "inspector2", "inspector3", "leader", "leader"]
    with world.office.reading() as unit:
        entries = unit.connection.execute(
            select(HistoryRow.action, HistoryRow.after)
            .where(HistoryRow.subject_key == number)
            .order_by(HistoryRow.serial)
        ).all()
    assert [entry.action for entry in entries] == ["place", "climb", "climb", "climb"]
    assert [e.after["holder_id"] for e in entries] == [world.accounts[who] for who in met[:4]]
    assert len(told(world, "review_climbed")) == 3


def test_the_same_night_again_moves_nothing(world, clock):
    number = add_case(world)
    climb_now(world)
    clock.at += timedelta(days=10)
    assert climb_now(world).climbed == 1
    version = case_of(world, number).version
    again = climb_now(world)
    assert (again.seen, again.placed, again.climbed) == (0, 0, 0)
    assert case_of(world, number).version == version


def test_a_clock_runs_to_the_end_of_its_last_day(world, clock):
    number = add_case(world)
    climb_now(world)
    last = case_of(world, number).answer_by
    clock.at += last - world.office.today()
    assert climb_now(world).seen == 0
    clock.at += timedelta(days=1)
    assert climb_now(world).climbed == 1


def test_ties_absences_and_those_who_left_are_passed_over(world, clock):
    add_person(world, "away", "Vắng Mặt", Role.INSPECTOR, "H32.02")
    add_person(world, "gone", "Đã Nghỉ", Role.INSPECTOR, "H32.02")
    add_person(world, "closed", "Ngừng Tài Khoản", Role.INSPECTOR, "H32.02")
    add_person(world, "tied", "Cùng Sở", Role.INSPECTOR, "H32.03")
    today = world.office.today()
    arrange(
        world,
        "gone",
        "closed",
        "tied",
        "away",
        "inspector2",
        away={"away_from": today, "away_to": today + timedelta(days=30)},
    )
    with world.unit() as unit:
        unit.connection.execute(
            update(MembershipRow)
            .where(MembershipRow.account_id == world.accounts["gone"])
            .values(valid_to=today - timedelta(days=1))
        )
        unit.connection.execute(
            update(AccountRow)
            .where(AccountRow.id == world.accounts["closed"])
            .values(is_active=False)
        )
    number = add_case(world)
    climb_now(world)
    assert holder(world, number) == "inspector2"
    clock.at += timedelta(days=60)
    other = add_case(world)
    climb_now(world)
    assert holder(world, other) == "away"


def test_where_there_is_nobody_the_case_says_so_and_is_found_again(world, clock):
    with world.unit() as unit:
        unit.connection.execute(
            update(MembershipRow)
            .where(MembershipRow.role.in_([Role.INSPECTOR, Role.LEADER]))
            .values(valid_to=world.office.today() - timedelta(days=1))
        )
    number = add_case(world)
    done = climb_now(world)
    assert (done.placed, done.unheld) == (1, 1)
    assert case_of(world, number).holder_id is None
    clock.at += timedelta(days=20)
    assert climb_now(world).climbed == 0
    add_person(world, "new", "Người Mới", Role.INSPECTOR, "H32.02")
    assert climb_now(world).climbed == 1
    assert holder(world, number) == "new"


def test_cases_that_cannot_move_starve_nobody(world, clock, monkeypatch):
    monkeypatch.setattr(sweeping, "CHUNK", 2)
    stuck = [add_case(world, holder="leader", answer_by=world.office.today()) for _ in range(5)]
    moving = [add_case(world, holder="inspector", answer_by=world.office.today()) for _ in range(5)]
    with world.unit() as unit:
        unit.connection.execute(
            update(MembershipRow)
            .where(MembershipRow.account_id == world.accounts["deputy"])
            .values(valid_to=world.office.today())
        )
    clock.at += timedelta(days=5)
    done = climb_now(world)
    assert done.climbed == 5
    assert all(holder(world, n) == "leader" for n in stuck)
    assert all(holder(world, n) != "inspector" for n in moving)


def test_a_proposal_nobody_decides_goes_to_the_leader(world, clock):
    number = bring_to(world, EscalationState.PROPOSED)
    clock.at += timedelta(days=30)
    climb_now(world)
    assert holder(world, number) == "leader"


@pytest.mark.parametrize(
    "state", [EscalationState.DECIDED, EscalationState.CLOSED, EscalationState.RETRACTED]
)
def test_no_clock_runs_once_a_case_is_decided(world, clock, state):
    if state is EscalationState.RETRACTED:
        number = add_case(world, holder="inspector", answer_by=world.office.today())
        put(
            world,
            number,
            state=state,
            retracted_at=world.clock(),
            state_before_retraction=EscalationState.RAISED,
        )
    else:
        number = bring_to(world, state)
    clock.at += timedelta(days=60)
    assert climb_now(world).seen == 0
    assert holder(world, number) == "inspector"


def test_a_new_raise_gets_somebody_again(world, clock):
    number = bring_to(world, EscalationState.DECIDED)
    clock.at += timedelta(days=30)
    raise_again(world, number, 2, [])
    assert climb_now(world).placed == 1
    assert case_of(world, number).answer_by is not None


def test_an_act_starts_the_clock_of_the_next_step(world, clock):
    number = add_case(world, holder="inspector", answer_by=world.office.today())
    act(world, "inspector", number, ReviewAction.ACKNOWLEDGE)
    clock.at += timedelta(days=2)
    assert climb_now(world).climbed == 0


def test_the_cost_of_a_night_follows_what_is_due(world, app, clock):
    for _ in range(3):
        add_case(world, holder="inspector", answer_by=world.office.today())
    for _ in range(40):
        later = world.office.today() + timedelta(days=400)
        add_case(world, holder="inspector", answer_by=later, violations=[])
    clock.at += timedelta(days=3)
    seen = []
    with app.app_context():
        engine = db.engine

    def note(connection, cursor, statement, *rest):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        done = climb_now(world)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert done.climbed == 3
    assert len(seen) <= 25, seen


def test_the_order_is_the_admins_and_names_inspectors_once(world):
    with pytest.raises(Forbidden), world.unit() as unit:
        set_order(unit.review, world.actor("office"), [], at=world.clock())
    for people, code in (
        (("inspector", "inspector"), "named_twice"),
        (("inspector", "clerk"), "not_an_inspector"),
    ):
        with pytest.raises(Invalid) as error:
            arrange(world, *people)
        assert error.value.errors == {"order": code}
    today = world.office.today()
    with pytest.raises(Invalid) as error:
        arrange(
            world,
            "inspector",
            inspector={"away_from": today, "away_to": today - timedelta(days=1)},
        )
    key = f"away_to-{world.accounts['inspector']}"
    assert error.value.errors == {key: "period_reversed"}


def test_a_change_of_the_order_stands_in_the_history_and_no_change_does_not(world):
    arrange(world, "inspector2", "inspector")
    arrange(world, "inspector2", "inspector")
    with world.office.reading() as unit:
        entries = unit.connection.execute(
            select(HistoryRow.after).where(HistoryRow.action == "set_order")
        ).scalars()
        (after,) = entries
    assert [place["name"] for place in after["order"]] == ["Cao Nội Vụ", "Phạm Thị Hòa"]
