"""Whose a target is, said anew after issue: for every directive of its clause."""

from __future__ import annotations

import html
from decimal import Decimal

import pytest
from forms import filled, form_on
from sqlalchemy import select, update
from standing import MONTHLY, standing

from models.documents.rows import ClauseRow
from models.messages.rows import MessageRow
from web.directives.notices import DIRECTIVE_TELLERS
from workflow.directives.records import Action, State
from workflow.directives.rules import snapshot
from workflow.directives.targets import TargetBasis, TargetScope
from workflow.errors import Forbidden, Invalid, Refused
from workflow.history.records import Subject

EACH, WHOLE = TargetScope.EACH, TargetScope.WHOLE


@pytest.fixture
def made(world):
    """Three leads of one target; nobody could say whose it was when the clause was issued."""
    found = world.issue(
        world.clause(
            lead=("H32.02", "H32.03", "H32.10"), coordinating=(), target_indicator="Hồ sơ",
            target_value=Decimal(100), target_unit="hồ sơ", target_scope=EACH,
        )
    )  # fmt: skip
    with world.unit() as unit:
        unit.connection.execute(update(ClauseRow).values(target_scope=None))
    return [one.number for one in found]


def entries_of(world, number):
    with world.office.reading() as unit:
        assert unit.history.verify().ok
        found = [s.entry for s in unit.history.walk()]
    return [e for e in found if e.subject == Subject.DIRECTIVE and e.subject_key == number]


@pytest.mark.parametrize("state", [State.ASSIGNED, State.IN_PROGRESS])
def test_it_is_corrected_for_all_leads_and_each_history_tells_it(world, made, state):
    if state is State.IN_PROGRESS:
        world.act("clerk", made[1], Action.ACCEPT)
    world.act("office", made[1], Action.CORRECT, target_scope="whole", reason="Bỏ sót khi nhập")
    assert {world.directive(n).target_scope for n in made} == {WHOLE}
    for number in made:
        last = entries_of(world, number)[-1]
        assert (last.action, last.after) == ("correct", {"target_scope": "whole"})
        assert last.reason == "Bỏ sót khi nhập"
        told = {
            name: value for one in entries_of(world, number) for name, value in one.after.items()
        }
        assert told == snapshot(world.directive(number)), "folding the history gives the row"
    page = html.unescape(world.sign_in("clerk").get(f"/directives/{made[1]}").text)
    assert "của cả mục, mọi cơ quan gộp lại" in page


@pytest.mark.parametrize("again", [False, True])
def test_each_other_lead_is_told_once_whose_its_target_is(world, made, again):
    world.act("office", made[1], Action.CORRECT, target_scope="whole", reason="Bỏ sót khi nhập")
    if again:
        world.act("office", made[1], Action.CORRECT, content="Nội dung khác", reason="Sai chữ")
    with world.office.reading() as unit:
        found = unit.connection.execute(
            select(MessageRow.to_agency, MessageRow.subject_key).where(
                MessageRow.kind == "directive.rescoped"
            )
        ).all()
    others = [world.directive(one) for one in made if one != made[1]]
    assert sorted(found) == sorted((one.lead_agency_id, one.number) for one in others)
    page = render_kind(world, "directive.rescoped", key=made[0], scope="whole")
    assert "chỉ tiêu được nói lại là của cả mục, mọi cơ quan gộp lại" in page


def render_kind(world, kind, **params):
    with world.app.test_request_context():
        return DIRECTIVE_TELLERS[kind](params)


def test_after_a_report_only_a_document_says_it_and_the_report_goes_back(world, made):
    world.report(made[1], figure=Decimal(120))
    with pytest.raises(Refused):
        world.act("office", made[1], Action.CORRECT, target_scope="each", reason="x")
    world.act("office", made[1], Action.AMEND, target_scope="each", paper="9/UBND")
    assert world.directive(made[1]).state is State.IN_PROGRESS
    assert {world.directive(n).target_scope for n in made} == {EACH}
    assert entries_of(world, made[0])[-1].given == {"paper": "9/UBND"}


def test_it_is_said_where_several_lead_and_by_the_office(world, made):
    [alone] = world.issue(world.clause(target_value=Decimal(5), target_unit="hồ sơ"))
    with pytest.raises(Invalid) as error:
        world.act("office", alone.number, Action.CORRECT, target_scope="each", reason="x")
    assert error.value.errors == {"target_scope": "not_shared"}
    with pytest.raises(Forbidden):
        world.act("clerk", made[1], Action.CORRECT, target_scope="each", reason="x")
    client = world.sign_in("office")
    assert 'name="target_scope"' not in client.get(f"/directives/{alone.number}/correct").text
    address = f"/directives/{made[1]}/correct"
    form = form_on(client.get(address).text, address)
    assert "target_basis" not in form, "its figures are of no period"
    typed = filled(form, target_scope="whole", reason="Bỏ sót")
    assert client.post(address, data=typed).status_code == 303
    assert world.directive(made[2]).target_scope is WHOLE
    again = filled(form_on(client.get(address).text, address), reason="Bỏ sót")
    assert client.post(address, data=again).status_code == 422, "nothing changes"


def test_what_figures_of_periods_tell_is_corrected_too(world):
    number = standing(world, MONTHLY, target_indicator="Hồ sơ", target_unit="hồ sơ")
    client, address = world.sign_in("office"), f"/directives/{number}/correct"
    form = form_on(client.get(address).text, address)
    assert form["target_basis"] == ["period"]
    typed = filled(form, target_basis="running", reason="Lũy kế")
    assert client.post(address, data=typed).status_code == 303
    assert world.directive(number).target_basis is TargetBasis.RUNNING
