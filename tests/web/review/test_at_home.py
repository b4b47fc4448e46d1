"""Cases on the first page of inspectors, leaders and agencies."""

import html
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from desk_pages import numbers_on, statements
from desking import (
    add_case,
    bring_to,
    case_of,
    furnish_desk,
)
from ruling import RULE, draft

from workflow.escalation.usecases import change_draft
from workflow.review.records import EscalationState


@pytest.fixture(autouse=True)
def _desk(world):
    furnish_desk(world)


def test_a_leader_sees_the_graver_proposal_at_home(world):
    bring_to(world, EscalationState.PROPOSED, level=2)
    page = world.sign_in("leader").get("/").text
    assert "vụ vi phạm nhiều lần chờ tôi quyết định hoặc xử lý" in page


def tiles(page):
    found = re.findall(r'href="([^"]+)"[^>]*>\s*<b>\d+</b> ([^<]*)', page)
    return {words.strip(): html.unescape(url) for url, words in found}


def test_each_tile_of_a_leader_opens_its_own_rows(world):
    waiting, unheld = bring_to(world, EscalationState.PROPOSED, level=2), add_case(world)
    leader = world.sign_in("leader")
    found = tiles(leader.get("/").text)
    mine = "vụ vi phạm nhiều lần chờ tôi quyết định hoặc xử lý"
    assert numbers_on(leader.get(found[mine]).text) == [waiting]
    assert numbers_on(leader.get(found["vụ việc chưa có người xử lý"]).text) == [unheld]
    assert numbers_on(leader.get("/review/?tab=mine&clock=late").text) == []
    world.clock.at += timedelta(days=60)
    leader = world.sign_in("leader")
    found = tiles(leader.get("/").text)
    late = found[f"{mine}, đã quá hạn trả lời"]
    assert numbers_on(leader.get(late).text) == [waiting]
    assert numbers_on(leader.get("/review/?tab=mine&clock=late").text) == [waiting]
    assert len(set(found.values())) == len(found)


def test_a_rule_that_only_waits_for_approval_waits_for_the_leader(world):
    drafted = draft(world)
    leader = world.sign_in("leader")
    address = tiles(leader.get("/").text)["quy tắc chờ phê duyệt"]
    assert drafted.code in leader.get(address).text
    with world.unit() as unit:
        actor, at = world.actor("inspector"), world.clock()
        rule = replace(RULE, title="Sửa lại")
        change_draft(unit.rules, actor, drafted.id, rule, reason="Sửa", seen=drafted.version, at=at)
    assert "quy tắc chờ phê duyệt" not in leader.get("/").text
    assert drafted.code not in leader.get(address).text


def at_home(world, who, address="/review/at-home"):
    """The cases that stand on somebody's first page, as one reads them."""
    client = world.sign_in(who)
    assert f'data-hx-get="{address}"' in client.get("/").text
    return client.get(address).text


def test_a_leader_s_first_page_lists_the_cases_that_wait_for_a_decision(world):
    case = bring_to(world, EscalationState.PROPOSED, level=2)
    part = at_home(world, "leader")
    assert f'href="/review/{case}"' in part
    assert "Mức 2" in part
    assert "Quyết định" in part


def test_an_agency_s_first_page_lists_its_open_cases_and_until_when_to_answer(world):
    silent = add_case(world, holder="inspector")
    asked = bring_to(world, EscalationState.EXPLANATION_REQUESTED)
    part = at_home(world, "head")
    assert part.index(asked) < part.index(silent), "what has a day stands first"
    assert "còn 3 ngày làm việc" in part
    assert f'href="/review/{asked}/explain"' in part
    assert f"/review/{silent}/explain" not in part
    assert (
        case_of(world, asked).number not in world.sign_in("other_clerk").get("/review/at-home").text
    )


def test_a_first_page_asks_for_no_cases_where_there_are_none(world):
    for who in ("leader", "head", "office"):
        assert "/review/at-home" not in world.sign_in(who).get("/").text


def test_the_cases_of_a_first_page_come_in_few_statements(world):
    for _ in range(3):
        bring_to(world, EscalationState.EXPLANATION_REQUESTED)
    client = world.sign_in("head")
    client.get("/review/at-home")
    assert len(statements(world.app, client, "/review/at-home")) <= 4
