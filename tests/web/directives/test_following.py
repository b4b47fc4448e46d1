"""Who of the office follows what: chosen in the list, named once, found again."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from world import csrf_of

from web.jobs.running import run_due
from workflow.directives.following import set_follower
from workflow.directives.records import Action
from workflow.errors import Forbidden, Invalid


@pytest.fixture
def made(world):
    issued = world.issue(*[world.clause(n, content=f"Việc số {n}") for n in range(1, 4)])
    return [one.number for one in issued]


def name(world, who, numbers, follower):
    with world.unit() as unit:
        return set_follower(
            unit.followers, world.actor(who), numbers, world.accounts[follower], at=world.clock()
        )


def numbers_in(page):
    return set(re.findall(r'name="chosen" value="([^"]+)"', page))


def test_from_the_rows_chosen_to_what_one_follows(world, made):
    client = world.sign_in("office")
    query = f"chosen={made[0]}&chosen={made[1]}&back=/directives/"
    asked = client.get(f"/directives/together?action=follow&{query}")
    assert asked.status_code == 302
    page = client.get(asked.location).text
    assert "Giao theo dõi 2 nhiệm vụ" in page
    data = {
        "csrf_token": csrf_of(page), "chosen": made[:2], "back": "/directives/",
        "follower": str(world.accounts["office2"]),
    }  # fmt: skip
    assert client.post("/directives/follow", data=data).location == "/directives/"
    other = world.sign_in("office2")
    assert numbers_in(other.get("/directives/?follower=me").text) == set(made[:2])
    assert numbers_in(client.get("/directives/?follower=me").text) == set()
    assert numbers_in(client.get("/directives/?follower=nobody").text) == {made[2]}
    shown = other.get(f"/directives/{made[0]}").text
    assert "Giao theo dõi" in shown
    assert "Lê Văn Bình" in shown


def test_naming_nobody_keeps_the_choice(world, made):
    client = world.sign_in("office")
    page = client.get(f"/directives/follow?chosen={made[0]}").text
    data = {"csrf_token": csrf_of(page), "chosen": made[:1], "follower": ""}
    answer = client.post("/directives/follow", data=data)
    assert answer.status_code == 422
    assert "Cần điền mục này." in answer.text
    assert numbers_in(answer.text) == {made[0]}


def test_it_changes_nothing_of_the_work_and_stands_in_the_history(world, made):
    before = world.directive(made[0]).version
    assert [one.refusal for one in name(world, "office", made, "office2")] == [None] * 3
    assert world.directive(made[0]).version == before
    with world.office.reading() as unit:
        entries = [s.entry for s in unit.history.walk() if s.entry.action == "follow"]
        assert unit.history.verify().ok
    assert [entry.subject_key for entry in entries] == made
    assert {entry.given["follower"] for entry in entries} == {"Lê Văn Bình"}


def inbox(world, who):
    with world.app.app_context():
        run_due(world.office, world.clock())
    page = world.sign_in(who).get("/inbox/").text
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_who_no_longer_follows_is_told_once_and_who_follows_now(world, made):
    name(world, "office", made[:2], "office2")
    assert "giao bạn theo dõi 2 nhiệm vụ" in inbox(world, "office2")
    world.clock.at += timedelta(minutes=5)
    name(world, "office", made, "office")
    told = "giao Trần Thị Mai theo dõi 2 nhiệm vụ thay bạn; bạn thôi theo dõi."
    assert inbox(world, "office2").count(told) == 1
    assert "giao bạn theo dõi" not in inbox(world, "office"), "who named themselves knows it"
    world.clock.at += timedelta(minutes=5)
    name(world, "office2", made, "office")
    assert "giao bạn theo dõi" not in inbox(world, "office"), "nothing changed"


def test_what_ended_or_was_handed_down_stays_as_it_was(world, made):
    world.report(made[0])
    world.act("office", made[0], Action.VERIFY, verdict="met")
    done = name(world, "office", [made[0], made[1], "2021-9999-01"], "office2")
    assert [one.refusal.code if one.refusal else None for one in done] == [
        "wrong_state", None, "not_found",
    ]  # fmt: skip


def test_only_the_office_names_who_follows(world, made):
    for who in ("leader", "inspector", "clerk", "head", "admin"):
        with pytest.raises(Forbidden):
            name(world, who, made, "office2")
    client = world.sign_in("leader")
    assert client.get(f"/directives/follow?chosen={made[0]}").status_code == 404


def test_who_follows_is_of_the_same_office(world, made):
    for follower in ("clerk", "leader", "admin"):
        with pytest.raises(Invalid) as refused:
            name(world, "office", made, follower)
        assert refused.value.errors == {"follower": "not_a_colleague"}
    with pytest.raises(Invalid) as refused:
        name(world, "office", [], "office2")
    assert refused.value.errors == {"chosen": "required"}
