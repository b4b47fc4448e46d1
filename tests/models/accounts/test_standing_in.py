"""Standing in: who may name whom, what it opens, how four eyes see the two, how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from doings_of_people import leave

from models.accounts.queries import person
from models.accounts.standing_in import stand_ins_seen
from models.messages.rows import InboxRow
from web.jobs.running import run_due
from workflow.accounts.records import Membership, Role
from workflow.accounts.standing_in import end_stand_in, name_stand_in
from workflow.accounts.usecases import close_account
from workflow.directives.records import Action
from workflow.directives.rules import refusal_of
from workflow.directives.usecases import take_action
from workflow.errors import Forbidden, Invalid, Refused
from workflow.messages.records import Notice

LAST = date(2021, 9, 3)


def name(world, new, who="head"):
    with world.unit() as unit:
        return name_stand_in(unit.accounts, world.actor(who), new, at=world.clock())


def seats(world, who):
    with world.office.reading() as unit:
        found = person(unit.connection, world.accounts[who])
    return found, found.seats_on(world.office.today())


def standing_in(world, who="clerk"):
    """Return somebody acting in the last of their roles: the lent one."""
    found, held = seats(world, who)
    assert held[-1].stands_for is not None
    return found.acting(held[-1])


def give(world, who, role, code):
    with world.unit() as unit:
        held = Membership(role=role, agency_id=world.agencies[code].id, valid_from=date(2020, 1, 1))
        unit.accounts.add_membership(world.accounts[who], held)


def act(world, actor, number, action, **given):
    with world.unit() as unit:
        ground = world.office.ground(unit)
        take_action(unit.directives, actor, number, action, given, ground=ground)


def refusal(world, actor, number, action):
    with world.office.reading() as unit:
        ground = world.office.ground(unit)
        from workflow.directives.guards import Case

        case = Case(
            directive=unit.directives.directive(number), actor=actor, day=ground.day,
            calendar=ground.calendar, limits=ground.limits,
        )  # fmt: skip
    found = refusal_of(action, case)
    return found.code if found else None


def test_a_stand_in_acts_in_the_role_and_the_history_says_for_whom(world):
    name(world, leave(world))
    [made] = world.issue()
    actor = standing_in(world)
    assert (actor.role, actor.stands_for.name) == (Role.AGENCY_HEAD, "Võ Thủ Trưởng")
    act(world, actor, made.number, Action.REPORT, result="Xong", **world.signed())
    with world.office.reading() as unit:
        entry = [sealed.entry for sealed in unit.history.walk()][-1]
        touched = unit.directives.directive(made.number).touched_by
        assert unit.history.verify().ok
    assert (entry.actor_name, entry.role) == ("Hồ Văn Thư", "agency_head")
    assert entry.given["stands_for"] == "Võ Thủ Trưởng"
    assert touched == {world.accounts["clerk"], world.accounts["head"]}


def test_it_begins_and_ends_by_itself(world, clock):
    name(world, replace(leave(world), from_on=date(2021, 8, 24)))
    assert len(seats(world, "clerk")[1]) == 1
    clock.at += timedelta(days=1)
    actor = standing_in(world)
    assert actor.holds_role_on(LAST)
    assert not actor.holds_role_on(LAST + timedelta(days=1))
    clock.at += timedelta(days=11)
    assert len(seats(world, "clerk")[1]) == 1


def test_it_ends_at_once_when_somebody_ends_it(world):
    key = name(world, leave(world))
    with world.unit() as unit:
        end_stand_in(unit.accounts, world.actor("clerk"), key, at=world.clock())
    assert len(seats(world, "clerk")[1]) == 1
    with pytest.raises(Refused, match="stand_in_over"), world.unit() as unit:
        end_stand_in(unit.accounts, world.actor("head"), key, at=world.clock())


def test_nobody_acts_for_somebody_whose_account_was_closed(world):
    name(world, leave(world))
    with world.unit() as unit:
        close_account(
            unit.accounts, world.actor("admin"), world.accounts["head"], reason="Thôi việc",
            at=world.clock(),
        )  # fmt: skip
    assert len(seats(world, "clerk")[1]) == 1


def test_the_person_their_head_or_an_admin_names_it(world):
    """Each in days of their own, so that one does not stand in another's way."""
    who = ("head", "admin", "clerk", "officer", "district_head", "office", "leader")
    found = {}
    for at, name_of in enumerate(who):
        day = date(2021, 9, 1) + timedelta(days=at)
        new = replace(
            leave(world, "officer"), absent_id=world.accounts["clerk"], role=Role.AGENCY_CLERK,
            from_on=day, to_on=day,
        )  # fmt: skip
        try:
            name(world, new, name_of)
        except Forbidden:
            found[name_of] = False
        else:
            found[name_of] = True
    allowed = {"head", "admin", "clerk"}  # the clerk's own role is theirs to lend
    assert found == {name_of: name_of in allowed for name_of in who}


def test_who_stands_in_does_not_pass_it_on(world):
    name(world, leave(world))
    actor = standing_in(world)
    new = replace(leave(world, "officer"), from_on=date(2021, 9, 4), to_on=date(2021, 9, 5))
    with pytest.raises(Forbidden, match="stand_in_passes_on"), world.unit() as unit:
        name_stand_in(unit.accounts, actor, new, at=world.clock())


WRONG = (
    ({"from_on": date(2021, 8, 22)}, "from_on", "date_past"),
    ({"to_on": date(2021, 8, 22)}, "to_on", "period_reversed"),
    ({"to_on": date(2023, 8, 22)}, "to_on", "stand_in_too_long"),
    ({"role": Role.AGENCY_CLERK}, "role", "role_not_held_then"),
    ({"role": Role.ADMIN}, "role", "role_not_lent"),
    ({"stand_in_id": 9_999}, "stand_in_id", "not_a_person"),
    ({"reason": "x" * 501}, "reason", "too_long"),
)


def test_what_does_not_hold_is_said_at_its_field(world):
    for change, field, code in WRONG:
        with pytest.raises(Invalid) as refused:
            name(world, replace(leave(world), **change), "admin")
        assert refused.value.errors[field] == code


def test_only_another_colleague_stands_in_and_only_one_at_a_time(world):
    with pytest.raises(Invalid) as refused:
        name(world, leave(world, "head"))
    assert refused.value.errors == {"stand_in_id": "same_person"}
    with pytest.raises(Invalid) as refused:
        name(world, leave(world, "other_clerk"))
    assert refused.value.errors == {"stand_in_id": "not_a_colleague"}
    name(world, leave(world))
    with pytest.raises(Invalid) as refused:
        name(world, leave(world, "officer"))
    assert refused.value.errors == {"from_on": "stand_in_overlaps"}
    away = replace(
        leave(world, "head"), absent_id=world.accounts["officer"], role=Role.AGENCY_OFFICER
    )
    with pytest.raises(Invalid) as refused:
        name(world, away)
    assert refused.value.errors == {"stand_in_id": "stand_in_away"}


def inspector_in_their_agency(world):
    """The inspector also belongs to Sở Xây dựng and stands in for its clerk."""
    give(world, "inspector", Role.AGENCY_OFFICER, "H32.04")
    new = replace(
        leave(world, "inspector"), absent_id=world.accounts["other_clerk"],
        role=Role.AGENCY_CLERK, agency_id=world.agencies["H32.04"].id,
    )  # fmt: skip
    name(world, new, "other_clerk")


def test_a_stand_in_does_not_verify_what_the_absent_had_a_hand_in(world):
    [made] = world.issue()
    world.act("clerk", made.number, Action.ACCEPT)
    world.act("other_clerk", made.number, Action.UPDATE, done="Đã góp ý")
    world.report(made.number)
    assert refusal(world, world.actor("inspector"), made.number, Action.VERIFY) is None
    inspector_in_their_agency(world)
    code = refusal(world, world.actor("inspector"), made.number, Action.VERIFY)
    assert code == "four_eyes_stand_in"


def test_nor_the_absent_what_their_stand_in_did_even_when_back(world, clock):
    inspector_in_their_agency(world)
    give(world, "other_clerk", Role.OFFICE, "H32.01")
    [made] = world.issue()
    world.act("clerk", made.number, Action.ACCEPT)
    act(world, standing_in(world, "inspector"), made.number, Action.UPDATE, done="Đã góp ý")
    world.report(made.number)
    found, held = seats(world, "other_clerk")
    office = found.acting(next(s for s in held if s.membership.role is Role.OFFICE))
    assert refusal(world, office, made.number, Action.VERIFY) == "four_eyes_hand"
    clock.at += timedelta(days=30)
    assert refusal(world, office, made.number, Action.VERIFY) == "four_eyes_hand"
    assert refusal(world, world.actor("inspector"), made.number, Action.VERIFY) == "four_eyes_hand"


def test_the_agency_of_the_absent_counts_for_the_stand_in(world):
    """The lead agency's people do not verify, nor who stands in for one of them."""
    inspector_in_their_agency(world)
    [made] = world.issue(world.clause(lead="H32.04", coordinating=()))
    world.report(made.number, "other_clerk")
    code = refusal(world, world.actor("inspector"), made.number, Action.VERIFY)
    assert code == "four_eyes_stand_in"


def inboxes(world, kind):
    with world.app.app_context():
        run_due(world.office)
    with world.office.reading() as unit:
        rows = unit.connection.exec_driver_sql(
            "SELECT inbox.account_id FROM inbox JOIN messages ON messages.id = inbox.message_id"
            f" WHERE messages.kind = '{kind}'"
        )
        return sorted(rows.scalars())


def test_notices_go_to_both_while_it_runs(world, clock):
    assert InboxRow.__tablename__ == "inbox"
    name(world, leave(world, "officer"))
    agency, head = world.agencies["H32.03"].id, world.accounts["head"]

    def post(key, **to):
        with world.unit() as unit:
            notice = Notice(
                key=key, kind=key, subject="directive", subject_key="x", at=world.clock(), **to
            )
            unit.messages.post(notice)
        return inboxes(world, key)

    both = sorted(world.accounts[who] for who in ("head", "clerk", "officer"))
    assert post("to.agency", to_agency=agency) == both
    assert post("to.person", to_account=head) == sorted([head, world.accounts["officer"]])
    assert inboxes(world, "account.stand_in") == [world.accounts["officer"]]
    clock.at += timedelta(days=30)
    assert post("later", to_account=head) == [head]


def test_each_sees_the_stand_ins_that_concern_them(world):
    name(world, leave(world))

    def seen(who):
        with world.office.reading() as unit:
            today = world.office.today()
            return len(stand_ins_seen(unit.connection, world.actor(who), today))

    found = {who: seen(who) for who in ("head", "clerk", "admin", "officer", "office")}
    assert found == {"head": 1, "clerk": 1, "admin": 1, "officer": 0, "office": 0}
