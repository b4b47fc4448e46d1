"""The board by state: the list's own conditions, a column for each state, counts that open it."""

from __future__ import annotations

import re

import pytest
from upkeep import counted_queries

from web.directives import boarding
from workflow.directives.records import Action


@pytest.fixture
def made(world):
    words = ("Đo đạc", "Cấp giấy", "Chỉnh lý", "Lưu trữ")
    issued = world.issue(*[world.clause(n, content=w) for n, w in enumerate(words, start=1)])
    numbers = [one.number for one in issued]
    for number in numbers[1:]:
        world.act("clerk", number, Action.ACCEPT)
    for number in numbers[2:]:
        world.report(number)
    world.act("office", numbers[3], Action.VERIFY, verdict="met")
    return numbers


def columns(page):
    """Return what stands in each column: its count, and the numbers of its cards."""
    found = {}
    for state, part in re.findall(r'id="col-(\w+)" (.*?)</section>', page, re.DOTALL):
        count = re.search(r'<a href="[^"]*">([^<]+)<', part)[1]
        found[state] = (count, re.findall(r'dd-nowrap">(\d{4}-\d{4}-\d\d)<', part))
    return found


def test_each_directive_stands_in_the_column_of_its_state(world, made):
    found = columns(world.sign_in("office").get("/directives/board").text)
    assert found == {
        "assigned": ("1", [made[0]]),
        "in_progress": ("1", [made[1]]),
        "reported": ("1", [made[2]]),
        "verified": ("1", [made[3]]),
    }


def test_it_narrows_like_the_list_and_to_the_readers_scope(world, made):
    office = world.sign_in("office")
    only = columns(office.get("/directives/board?state=open&q=cap giay").text)
    assert list(only) == ["assigned", "in_progress", "reported"]
    assert [numbers for _, numbers in only.values()] == [[], [made[1]], []]
    foreign = columns(world.sign_in("foreign").get("/directives/board").text)
    assert {count for count, _ in foreign.values()} == {"0"}
    assert "Địa chỉ có điều kiện" in office.get("/directives/board?year=x").text


def test_counts_and_what_is_beyond_the_cards_lead_to_the_list(world, made, monkeypatch):
    monkeypatch.setattr(boarding, "CARDS", 2)
    world.issue(*[world.clause(n, content=f"Thêm {n}") for n in range(1, 4)])
    client = world.sign_in("office")
    page = client.get("/directives/board?priority=normal").text
    count, numbers = columns(page)["assigned"]
    assert (count, len(numbers)) == ("4", 2)
    more = re.search(r'dd-board-more"><a href="([^"]+)"', page)[1].replace("&amp;", "&")
    rest = client.get(more).text
    shown = set(re.findall(r'<span class="dd-nowrap">(\d{4}-\d{4}-\d\d)</span>', rest))
    assert len(shown) == 2
    assert not shown & set(numbers)


def test_late_work_says_so_in_words(world, made, clock):
    clock.at = clock.at.replace(month=11)
    page = world.sign_in("office").get("/directives/board").text
    assert "quá 6" in page or "quá" in page
    assert 'class="is-late"' in page


def test_the_board_costs_the_same_however_many_there_are(world, made):
    client = world.sign_in("office")

    def count():
        with counted_queries(world) as sent:
            assert client.get("/directives/board").status_code == 200
        return len([one for one in sent if not one.startswith(("BEGIN", "PRAGMA"))])

    small = count()
    world.issue(*[world.clause(n) for n in range(1, 30)])
    assert count() == small <= 8
