"""Agencies that ended: nobody can choose them, and what history needs names who they are now."""

from __future__ import annotations

import re
from datetime import date

import pytest
from deskwork import Desk
from world import csrf_of

from workflow.agencies.records import Handover, SuccessionKind
from workflow.agencies.successions import hand_over
from workflow.directives.records import Action
from workflow.errors import Invalid

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
