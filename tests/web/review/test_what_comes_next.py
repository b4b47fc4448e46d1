"""What an inspector finds first: the cases that wait, their next step, the rows behind figures."""

import html
import re
from datetime import timedelta

import pytest
from desking import act, add_case, add_violations, bring_to, case_of, furnish_desk, put
from sqlalchemy import insert

from models.escalation.rows import EscalationRaiseRow, SuppressionRow
from web.messages.kinds import OTHER, kind_words
from web.messages.words import SENTENCES, TELLERS
from workflow.review.records import EscalationState, ReviewAction
from workflow.violations.records import ViolationState


@pytest.fixture(autouse=True)
def _desk(world):
    furnish_desk(world)


def at_home(client):
    """The cases on somebody's first page, and the page's part itself."""
    assert 'data-hx-get="/review/at-home"' in client.get("/").text
    part = client.get("/review/at-home").text
    return re.findall(r'href="/review/(VPNL-\d+-\d+)"', part), part


def on_desk(page):
    return re.findall(r'<a class="dd-clamp" href="/review/(VPNL-\d+-\d+)"', page)


def steps_on(page):
    return re.findall(r'class="btn btn-sm" href="/review/(VPNL-\d+-\d+)/([a-z_]+)"', page)


@pytest.mark.parametrize(
    ("who", "state", "step"),
    [
        ("inspector", EscalationState.RAISED, "acknowledge"),
        ("inspector", EscalationState.ACKNOWLEDGED, "request_explanation"),
        ("inspector", EscalationState.EXPLANATION_REQUESTED, None),
        ("inspector", EscalationState.EXPLAINED, "propose"),
        ("office", EscalationState.PROPOSED, "decide"),
        ("office", EscalationState.DECIDED, None),
        ("unit_head", EscalationState.EXPLANATION_REQUESTED, "explain"),
    ],
)
def test_the_first_page_lists_the_cases_that_wait_with_their_next_step(world, who, state, step):
    number = bring_to(world, state)
    if state is EscalationState.RAISED:
        put(world, number, holder_id=world.accounts["inspector"])
    client = world.sign_in(who)
    numbers, page = at_home(client)
    assert numbers == [number]
    assert steps_on(page) == ([(number, step)] if step else [])
    assert steps_on(client.get("/review/?tab=mine").text) == ([(number, step)] if step else [])
    if step:
        assert client.get(f"/review/{number}/{step}").status_code == 200


def test_the_leader_finds_graver_proposals_and_what_climbed_to_them_listed(world):
    today = world.office.today()
    proposed = bring_to(world, EscalationState.PROPOSED, level=2)
    climbed = add_case(world, holder="leader", answer_by=today - timedelta(days=9))
    numbers, page = at_home(world.sign_in("leader"))
    assert numbers == [climbed, proposed]
    assert "quá 9 ngày" in page
    assert steps_on(page) == [(climbed, "acknowledge"), (proposed, "decide")]


def test_what_was_sent_back_after_the_agency_was_heard_waits_for_a_proposal(world):
    number = bring_to(world, EscalationState.PROPOSED)
    act(world, "leader", number, ReviewAction.SEND_BACK, reason="Xem lại")
    numbers, page = at_home(world.sign_in("inspector"))
    assert (numbers, steps_on(page)) == ([number], [(number, "propose")])


def test_what_was_raised_again_after_an_answer_asks_for_another(world):
    number = bring_to(world, EscalationState.EXPLAINED)
    key = case_of(world, number).id
    with world.unit() as unit:
        raised = {"escalation_id": key, "serial": 9, "level": 2, "score": 5, "rule_number": 1,
                  "on": world.office.today(), "violations": [], "standing": True,
                  "known_at": world.clock()}  # fmt: skip
        unit.connection.execute(insert(EscalationRaiseRow), raised)
    put(world, number, state=EscalationState.ACKNOWLEDGED, level=2)
    numbers, page = at_home(world.sign_in("inspector"))
    assert (numbers, steps_on(page)) == ([number], [(number, "request_explanation")])


def test_taking_in_is_offered_only_where_something_waits_to_be_taken_in(world):
    bring_to(world, EscalationState.ACKNOWLEDGED)
    client = world.sign_in("inspector")
    offered = re.findall(r'name="action" value="([a-z_]+)"', client.get("/review/").text)
    assert offered == ["hand_on"]
    add_case(world, holder="inspector")
    offered = re.findall(r'name="action" value="([a-z_]+)"', client.get("/review/").text)
    assert offered == ["acknowledge", "hand_on"]
    bring_to(world, EscalationState.CLOSED)
    closed = client.get("/review/?tab=all&state=closed").text
    assert re.findall(r'name="action" value="([a-z_]+)"', closed) == []


def test_the_unsettled_basis_of_a_case_opens_as_a_list_that_can_be_judged_at_once(world):
    basis = [*add_violations(world, 22, state=ViolationState.RECORDED), *add_violations(world, 2)]
    number = add_case(world, holder="inspector", violations=basis)
    old = add_violations(world, 70, state=ViolationState.RECORDED)[:20]
    with world.unit() as unit:
        key = case_of(world, number).id
        raised = {"escalation_id": key, "serial": 0, "level": 1, "score": 3, "rule_number": 1,
                  "on": world.office.today() - timedelta(days=51), "violations": old,
                  "standing": True, "known_at": world.clock()}  # fmt: skip
        unit.connection.execute(insert(EscalationRaiseRow), raised)
    client = world.sign_in("inspector")
    page = client.get(f"/review/{number}").text
    assert "22 vi phạm chưa xác nhận" in page
    (signs,) = re.findall(r'href="(/violations/[^"]*state=signs[^"]*)"', page)
    listed = client.get(html.unescape(signs)).text
    assert ">22 vi phạm<" in listed
    assert 'value="confirm"' in listed
    (rest,) = re.findall(r'href="([^"]+)">và 4 vi phạm nữa</a>', page)
    assert ">24 vi phạm<" in client.get(html.unescape(rest)).text


def test_a_retracted_case_leads_to_the_one_that_stands_at_the_end_of_the_chain(world):
    last, middle, first = (add_case(world) for _ in range(3))
    for number, heir in ((middle, last), (first, middle)):
        put(
            world,
            number,
            state=EscalationState.RETRACTED,
            state_before_retraction=EscalationState.RAISED,
            retracted_at=world.clock(),
            retracted_reason="taken_over",
            heir_id=case_of(world, heir).id,
        )
    client = world.sign_in("inspector")
    page = client.get(f"/review/{first}").text
    assert f'Xem tiếp ở <a href="/review/{last}">' in " ".join(page.split())
    put(
        world,
        last,
        state=EscalationState.RETRACTED,
        state_before_retraction=EscalationState.RAISED,
        retracted_at=world.clock(),
        retracted_reason="basis_fell",
    )
    page = client.get(f"/review/{first}").text
    assert f'<a href="/review/{last}">' in page
    assert "nay cũng không còn căn cứ" in page


def test_how_often_a_group_came_back_opens_those_very_cases(world):
    today = world.office.today()
    old = add_case(world, opened_on=today - timedelta(days=400))
    came = [add_case(world, opened_on=today - timedelta(days=days)) for days in (300, 90, 5)]
    for number in (old, *came):
        put(world, number, group_key="1" * 64)
    other = add_case(world, agency="H32.03")
    client = world.sign_in("inspector")
    page = client.get("/escalation/heat").text
    part = page[page.index('id="repeaters"') :]
    (address,) = re.findall(r'href="([^"]+)">3</a>', part[: part.index("</section>")])
    listed = client.get(html.unescape(address)).text
    assert sorted(on_desk(listed)) == sorted(came)
    assert old not in listed
    assert other not in listed
    assert "cùng nhóm với" in listed


def test_every_kind_of_notice_has_a_name_of_its_own(app):
    with app.test_request_context():
        unnamed = {k for k in {*SENTENCES, *TELLERS} if kind_words(k) == str(OTHER)}
    assert unnamed == set()


def test_a_case_that_something_else_explains_says_so_on_the_desk_while_the_mark_stands(world):
    today = world.office.today()
    marked, plain = add_case(world, holder="inspector"), add_case(world, holder="inspector")
    put(world, plain, opened_on=today - timedelta(days=40))
    with world.unit() as unit:
        unit.connection.execute(
            insert(SuppressionRow),
            {
                "rule_code": "",
                "agency_id": None,
                "field_text": "",
                "from_on": today - timedelta(days=3),
                "to_on": today,
                "expires_on": today + timedelta(days=30),
                "reason": "Cổng dịch vụ công ngừng",
                "entered_by": world.accounts["inspector"],
                "entered_at": world.clock(),
            },
        )
    rows = world.sign_in("inspector").get("/review/").text.split("<tr")
    said = {number: "Có lý do chung" in row for row in rows for number in on_desk(row)}
    assert said == {marked: True, plain: False}
    world.clock.at += timedelta(days=31)
    assert "Có lý do chung" not in world.sign_in("inspector").get("/review/?tab=all").text
