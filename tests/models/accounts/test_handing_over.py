"""Handing over open work: what goes, what stays and why, what the history keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from desking import add_case
from doings_of_people import followed_by, leave

from models.directives.beside import routings_of
from workflow.accounts.handing_over import Ground, Held, hand_over_work, look_through
from workflow.accounts.records import Membership, Role
from workflow.accounts.standing_in import name_stand_in
from workflow.directives.records import Action
from workflow.errors import Forbidden, Invalid, NotFound, Refused

WHY = "Chuyển công tác"


def ground(world, unit):
    today = world.office.today()
    return Ground(
        at=world.clock(),
        organisation=unit.review.organisation(today, ""),
        roster=unit.review.roster(today),
    )


def hand_over(world, giver, taker, who="admin", reason=WHY):
    with world.unit() as unit:
        return hand_over_work(
            unit.handovers, world.actor(who), world.accounts[giver], world.accounts[taker],
            reason=reason, ground=ground(world, unit),
        )  # fmt: skip


def look(world, giver, taker=None, who="admin"):
    with world.office.reading() as unit:
        return look_through(
            unit.handovers, world.actor(who), world.accounts[giver],
            world.accounts[taker] if taker else None, ground=ground(world, unit),
        )  # fmt: skip


def held(world, who):
    return [(one.piece.kind, one.piece.key) for one in look(world, who)]


def entries(world, action="hand_over_work"):
    with world.office.reading() as unit:
        assert unit.history.verify().ok
        return [s.entry for s in unit.history.walk() if s.entry.action == action]


def test_work_followed_goes_to_another_of_the_office(world):
    number = followed_by(world, "office")
    assert held(world, "office") == [(Held.FOLLOWED, number)]
    [done] = hand_over(world, "office", "office2")
    assert done.goes
    assert held(world, "office") == []
    assert held(world, "office2") == [(Held.FOLLOWED, number)]
    of_work, of_account = entries(world)
    assert (of_work.subject_key, of_work.given["taker"]) == (number, "Lê Văn Bình")
    assert (of_account.subject_key, of_account.reason) == ("office", WHY)
    assert of_account.after == {"taker": "Lê Văn Bình", "followed": 1}


def test_finished_work_stays_where_it_was(world):
    number = followed_by(world, "office")
    world.report(number)
    world.act("office2", number, Action.VERIFY, verdict="met")
    assert held(world, "office") == []


def test_a_case_goes_to_an_able_inspector_only(world):
    number = add_case(world, agency="H32.03", holder="inspector")
    with world.unit() as unit:
        for who, code in (("office2", "H32.05"), ("officer", "H32.05")):
            role = Membership(
                role=Role.INSPECTOR, agency_id=world.agencies[code].id,
                valid_from=date(2020, 1, 1),
            )  # fmt: skip
            unit.accounts.add_membership(world.accounts[who], role)
    assert held(world, "inspector") == [(Held.CASE, number)]
    with pytest.raises(Refused, match="nothing_to_hand_over"):
        hand_over(world, "inspector", "officer")
    [stays] = look(world, "inspector", "officer")
    assert stays.refusal.code == "cannot_take_it"
    hand_over(world, "inspector", "office2")
    with world.office.reading() as unit:
        case = unit.review.escalation(number)
    assert case.holder_id == world.accounts["office2"]


def test_work_routed_inside_the_agency_stays_inside_it(world):
    [made] = world.issue()
    world.act("clerk", made.number, Action.ACCEPT)
    world.act("clerk", made.number, Action.ROUTE, person=world.accounts["officer"], note="Khẩn")
    assert held(world, "officer") == [(Held.ROUTED, made.number)]
    [stays] = look(world, "officer", "other_clerk")
    assert stays.refusal.code == "taker_not_in_agency"
    hand_over(world, "officer", "clerk", who="head")
    assert held(world, "officer") == []
    assert held(world, "clerk") == [(Held.ROUTED, made.number)]
    with world.office.reading() as unit:
        routed, before = routings_of(unit.connection, made.id, world.actor("clerk"))
    assert routed.by != before.by
    assert (routed.note, routed.note_by) == ("Khẩn", before.by), "nobody else's words"
    of_work, _ = entries(world)
    assert of_work.subject == "routing", "who does it inside is no matter of the province"
    assert of_work.subject_key == f"{made.number}@{world.agencies['H32.03'].id}"


def test_a_role_lent_to_them_goes_to_a_colleague(world):
    with world.unit() as unit:
        name_stand_in(unit.accounts, world.actor("head"), leave(world, "officer"), at=world.clock())
    assert [kind for kind, _ in held(world, "officer")] == [Held.LENT]
    [stays] = look(world, "officer", "head", who="head")
    assert stays.refusal.code == "same_person"
    hand_over(world, "officer", "clerk")
    assert [kind for kind, _ in held(world, "clerk")] == [Held.LENT]


def test_what_stays_is_told_beside_what_goes(world):
    followed_by(world, "office")
    with world.unit() as unit:
        new = replace(
            leave(world, "office"), absent_id=world.accounts["office2"], role=Role.OFFICE,
            agency_id=world.agencies["H32.01"].id,
        )  # fmt: skip
        name_stand_in(unit.accounts, world.actor("office2"), new, at=world.clock())
    done = hand_over(world, "office", "office2")
    assert [(one.piece.kind, one.goes) for one in done] == [
        (Held.FOLLOWED, True), (Held.LENT, False),
    ]  # fmt: skip


def test_only_an_admin_or_the_head_of_the_agency_hands_over(world):
    for who in ("office", "leader", "clerk", "district_head", "inspector"):
        with pytest.raises(Forbidden):
            hand_over(world, "officer", "clerk", who=who)


def test_what_does_not_hold_is_refused(world):
    followed_by(world, "office")
    with pytest.raises(Invalid) as refused:
        hand_over(world, "office", "office")
    assert refused.value.errors == {"taker": "same_person"}
    with pytest.raises(Invalid) as refused:
        hand_over(world, "office", "office2", reason=" ")
    assert refused.value.errors == {"reason": "required"}
    with pytest.raises(Refused, match="nothing_to_hand_over"):
        hand_over(world, "office", "clerk")
    world.accounts["nobody"] = 99_999
    with pytest.raises(NotFound):
        hand_over(world, "nobody", "clerk")
