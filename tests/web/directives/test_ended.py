"""Agencies that ended: nobody can choose them, and what history needs names who they are now."""

from __future__ import annotations

import re
from datetime import date

import pytest
from deskwork import Desk
from forms import form_on
from upkeep import counted_queries
from world import csrf_of

from workflow.agencies.records import Handover, SuccessionKind
from workflow.agencies.successions import hand_over
from workflow.directives.handing_on import Move, hand_on_left
from workflow.directives.records import Action, State
from workflow.errors import Forbidden, Invalid

OLD, INTO = "H32.04", ("H32.10", "H32.11")


def split(world, code=OLD, into=INTO, on=None):
    """End an agency that went over into several: nobody can say who takes what."""
    handover = Handover(
        predecessor_ids=(world.agencies[code].id,),
        successor_ids=tuple(world.agencies[one].id for one in into),
        kind=SuccessionKind.SPLIT, act="12/NQ-HĐND", on=on or world.office.today(),
    )  # fmt: skip
    with world.unit() as unit:
        hand_over(unit.agencies, unit.history, world.actor("admin"), handover, at=world.clock())


def named(world, code):
    return world.agencies[code].name


def options(page, name):
    [select] = re.findall(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    return dict(re.findall(r'<option[^>]*value="([^"]+)"[^>]*>([^<]*)<', select))


def test_what_an_ended_agency_left_goes_on_in_one_act_with_a_result_for_each(world):
    led, beside, gone = (
        one.number
        for one in world.issue(
            world.clause(1, lead=OLD, coordinating=(), content="Việc chủ trì"),
            world.clause(2, coordinating=(OLD,), content="Việc phối hợp"),
            world.clause(3, lead=OLD, coordinating=(), content="Việc đổi"),
        )
    )
    world.report(led, "other_clerk")
    split(world)
    office = world.sign_in("office")
    page = office.get("/directives/left").text
    old, new = (world.agencies[code].id for code in (OLD, INTO[0]))
    assert list(options(page, f"to-{old}")) == [str(world.agencies[code].id) for code in INTO]
    keys = dict(re.findall(r'name="chosen" value="(\d+:\d+:([0-9.-]+))"', page))
    assert set(keys.values()) == {led, beside, gone}
    world.act("office", gone, Action.REMIND, text="Nhắc")
    data = {"csrf_token": csrf_of(page), "chosen": list(keys)}
    nobody = office.post("/directives/left", data=data)
    assert nobody.status_code == 422
    assert "Hãy chọn cơ quan tiếp nhận" in nobody.text
    assert nobody.text.count(" checked") == len(keys) - 1
    told = office.post("/directives/left", data=data | {f"to-{old}": str(new)})
    assert told.status_code == 200
    assert "Nhiệm vụ vừa thay đổi" in told.text
    moved = world.directive(led)
    assert (moved.lead_agency_id, moved.state) == (new, State.REPORTED)
    assert world.directive(beside).coordinating == {new}
    assert world.directive(gone).lead_agency_id == old
    left = office.get("/directives/left").text
    assert set(re.findall(r'name="chosen" value="[^"]*:([0-9.-]+)"', left)) == {gone}
    assert world.sign_in("clerk").get("/directives/left").status_code == 404


def test_nothing_goes_to_who_cannot_take_it(world):
    [made] = world.issue(world.clause(lead=OLD, coordinating=()))
    office, ids = world.actor("office"), {code: a.id for code, a in world.agencies.items()}

    def tried(old, new):
        version = world.directive(made.number).version
        move = Move(number=made.number, version=version, heirs={ids[old]: ids[new]})
        with world.unit() as unit:
            [done] = hand_on_left(unit.papers, office, [move], at=world.clock())
        return done.refusal and done.refusal.code

    assert tried(OLD, "H32.10") == "cannot_take_over"
    split(world)
    assert tried(OLD, "H32.90") == "cannot_take_over"
    assert tried("H32.11", "H32.10") == "cannot_take_over"
    assert tried(OLD, "H32.10") is None
    assert tried(OLD, "H32.10") == "nothing_left"
    with world.unit() as unit, pytest.raises(Forbidden):
        hand_on_left(unit.papers, world.actor("leader"), [], at=world.clock())


def test_input_is_asked_of_nobody_who_ended(world):
    [made] = world.issue(world.clause(coordinating=(OLD, "H32.02")))
    world.act("clerk", made.number, Action.ACCEPT)
    split(world)
    form = Desk(world, "clerk", made.number).form("request_input").text
    [box] = re.findall(r'<input[^>]*name="agencies"[^>]*>', form)
    assert f'value="{world.agencies["H32.02"].id}"' in box
    assert "checked" in box
    assert "nay là" in form
    assert named(world, "H32.10") in form
    with pytest.raises(Invalid) as refused:
        world.act(
            "clerk", made.number, Action.REQUEST_INPUT, what="Số liệu",
            agencies=(world.agencies[OLD].id,), needed_on=date(2021, 9, 20),
        )  # fmt: skip
    assert refused.value.errors == {"agencies": "agency_ended"}


def test_a_draft_offers_who_stood_on_its_day_and_keeps_whom_it_names(world):
    office, day = world.sign_in("office"), world.office.today()
    gone = f"a:{world.agencies[OLD].id}"
    assert gone in options(office.get("/documents/new").text, "clauses-0-leads")
    split(world)
    page = office.get("/documents/new").text
    assert gone not in options(page, "clauses-0-leads")
    data = {
        "csrf_token": csrf_of(page), "subject": "Việc cũ", "issuer": "UBND tỉnh",
        "source": "committee", "urgency": "normal", "secrecy": "none",
        "overseer_id": str(world.agencies["H32.01"].id), "add_clauses": "1",
        "clauses-0-content": "Việc", "clauses-0-priority": "normal",
    }  # fmt: skip
    before = office.post("/documents/new", data=data | {"issued_on": "01/01/2021"}).text
    assert options(before, "clauses-0-leads")[gone].startswith(named(world, OLD))
    assert "đã kết thúc" not in options(before, "clauses-0-leads")[gone]
    now = data | {"issued_on": f"{day:%d/%m/%Y}", "clauses-0-leads": gone}
    kept = options(office.post("/documents/new", data=now).text, "clauses-0-leads")
    assert "đã kết thúc" in kept[gone]
    assert named(world, "H32.10") in kept[gone]


def test_an_agency_that_ended_is_followed_by_all_that_took_over_in_one_form(world):
    [made] = world.issue(world.clause(coordinating=(OLD,)))
    split(world)
    office = world.sign_in("office")
    path = f"/directives/{made.number}/amend"
    assert "/amend?heirs=yes" in office.get(path).text
    with counted_queries(world) as sent:
        form = form_on(office.get(f"{path}?heirs=yes").text, "/amend")
    assert len(sent) <= 8, sent
    heirs = {world.agencies[code].id for code in INTO}
    assert set(map(int, form["coordinating"])) == heirs
    assert office.post(path, data=form | {"paper": ["9/UBND"]}).status_code == 303
    assert world.directive(made.number).coordinating == heirs
    assert "heirs=yes" not in office.get(path).text


def test_a_lead_that_asks_to_change_roles_is_found_among_those_who_will_coordinate(world):
    [made] = world.issue(world.clause(coordinating=(OLD,)))
    lead, peer = (world.agencies[code].id for code in ("H32.03", OLD))
    world.act(
        "clerk", made.number, Action.DECLINE, paper="9/STNMT", ask="swap_roles", agency=peer,
        reason="x", files=(world.file(),),
    )  # fmt: skip
    office, path = world.sign_in("office"), f"/directives/{made.number}/reassign"
    form = form_on(office.get(path).text, "/reassign")
    assert (form["agency"], form["coordinating"]) == ([str(peer)], [str(lead)])
    assert office.post(path, data=form | {"reason": ["Đúng"]}).status_code == 303
    of = world.directive(made.number)
    assert (of.lead_agency_id, of.coordinating) == (peer, {lead})
