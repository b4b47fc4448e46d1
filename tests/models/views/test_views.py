"""Kept views: kept under a name, replaced, sent, put away; nobody else's."""

from __future__ import annotations

import pytest
from doings_of_people import kept_view

from models.views.queries import recipients_of, views_of
from workflow.errors import Invalid, NotFound
from workflow.views.records import ListPage
from workflow.views.usecases import put_away, save_view, send_view, tidy_query


def names(world, who):
    with world.office.reading() as unit:
        return [one.name for one in views_of(unit.connection, world.accounts[who])]


def keep(world, who, name, query="", page=ListPage.DIRECTIVES):
    with world.unit() as unit:
        return save_view(unit.views, world.actor(who), page, name, query, at=world.clock())


def send(world, who, key, *people):
    ids = [world.accounts[one] for one in people]
    with world.unit() as unit:
        return send_view(unit.views, world.actor(who), key, ids, at=world.clock())


def remove(world, who, key):
    with world.unit() as unit:
        put_away(unit.views, world.actor(who), key)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("?time=overdue&q=&after=d~2021~1", "time=overdue"),
        ("q=đất đai", "q=%C4%91%E1%BA%A5t+%C4%91ai"),
        ("state=open&sort=-due&hide=lead,due", "state=open&sort=-due&hide=lead%2Cdue"),
        ("", ""),
    ],
)
def test_a_view_keeps_filter_order_and_columns_but_not_the_page(typed, kept):
    assert tidy_query(typed) == kept


def test_a_view_is_its_owners_and_one_name_is_one_view(world):
    first = keep(world, "clerk", " Quá  hạn ", "time=overdue")
    assert keep(world, "clerk", "Quá hạn", "time=due_soon") == first
    assert keep(world, "clerk", "Quá hạn", page=ListPage.BOARD) != first
    assert keep(world, "head", "Quá hạn") != first
    with world.office.reading() as unit:
        assert unit.views.view(first).query == "time=due_soon"
    assert names(world, "clerk") == ["Quá hạn", "Quá hạn"]
    assert names(world, "officer") == []


def test_what_is_sent_stands_in_both_lists_until_put_away(world):
    key = kept_view(world)
    assert send(world, "clerk", key, "head", "officer") == 2
    assert send(world, "clerk", key, "head") == 0
    assert names(world, "head") == ["Quá hạn"]
    with world.office.reading() as unit:
        found = recipients_of(unit.connection, world.accounts["clerk"])
    assert sorted(found[key]) == ["Võ Thủ Trưởng", "Đặng Chuyên Viên"]
    remove(world, "head", key)
    assert (names(world, "head"), names(world, "officer")) == ([], ["Quá hạn"])
    remove(world, "clerk", key)
    assert (names(world, "clerk"), names(world, "officer")) == ([], [])


def test_another_can_neither_send_nor_remove_it(world):
    key = kept_view(world)
    with pytest.raises(NotFound):
        send(world, "head", key, "officer")
    with pytest.raises(NotFound):
        remove(world, "head", key)


WRONG = (
    ("  ", "", {"name": "required"}),
    ("x" * 201, "", {"name": "too_long"}),
    ("x", "q=" + "y" * 2_000, {"query": "too_long"}),
)


def test_what_cannot_be_kept_is_said_at_its_field(world):
    for name, query, errors in WRONG:
        with pytest.raises(Invalid) as refused:
            keep(world, "clerk", name, query)
        assert refused.value.errors == errors


def test_it_goes_to_people_with_an_open_account(world):
    key = kept_view(world)
    with pytest.raises(Invalid) as refused:
        send(world, "clerk", key)
    assert refused.value.errors == {"people": "required"}
    with pytest.raises(Invalid) as refused:
        send(world, "clerk", key, "clerk")
    assert refused.value.errors == {"people": "not_a_person"}
