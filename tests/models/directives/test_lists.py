"""Pages put together are the whole list: nothing twice, nothing missed, whatever the order."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, true, update

from models.directives.lists import Listed, chunks_of, page_of, place_of, total_of
from models.directives.orders import Edge, Order, SortBy, fits
from models.directives.rows import DirectiveRow
from workflow.directives.records import State
from workflow.text import sort_key

ALL = (true(),)
ORDERS = [Order(by=by, falling=falling) for by in SortBy for falling in (False, True)]


@pytest.fixture
def connection(world):
    """A list full of ties: same dates, same states, same instants, same leads."""
    leads = ("H32.02", "H32.03", "H32.04", "H32.10", "H32.11")
    world.issue(*(world.clause(n, lead=leads, coordinating=()) for n in range(1, 10)))
    dice = random.Random(7)
    with world.office.engine.connect() as found, found.begin() as transaction:
        for key in list(found.scalars(select(DirectiveRow.id))):
            found.execute(
                update(DirectiveRow)
                .where(DirectiveRow.id == key)
                .values(
                    due_on=dice.choice([None, None, date(2021, 9, 1), date(2021, 9, 30)]),
                    state=dice.choice([State.ASSIGNED, State.IN_PROGRESS, State.WITHDRAWN]),
                    updated_at=datetime(2021, 9, 1, tzinfo=UTC)
                    + timedelta(seconds=dice.randrange(3)),
                )
            )
        yield found
        transaction.rollback()


def expected(connection, order: Order) -> list[int]:
    """The whole list in order, sorted here and not by the database."""
    (rows,) = itertools.chain(
        [tuple(row for chunk in chunks_of(connection, ALL, Order()) for row in chunk)]
    )
    keys = {
        SortBy.NUMBER: lambda r: (r.number,),
        SortBy.STATE: lambda r: (r.state.value, r.id),
        SortBy.UPDATED: lambda r: (r.updated_at, r.id),
        SortBy.LEAD: lambda r: (sort_key(r.lead_name), r.lead_id, r.id),
        SortBy.DUE: lambda r: (r.due_on or date.max, r.id),
    }
    dated = [r for r in rows if r.due_on or order.by is not SortBy.DUE]
    rest = [r for r in rows if r not in dated]
    ordered = sorted(dated, key=keys[order.by], reverse=order.falling)
    return [r.id for r in ordered + sorted(rest, key=lambda r: r.id, reverse=order.falling)]


def walk(connection, order: Order, limit: int) -> list[list[Listed]]:
    pages, edge = [], None
    while True:
        page = page_of(connection, ALL, order, edge, limit=limit)
        pages.append(list(page.rows))
        if page.after is None:
            return pages
        edge = Edge(values=page.after)


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: f"{'-' * o.falling}{o.by}")
@pytest.mark.parametrize("limit", [1, 4, 7, 45, 100])
def test_pages_forward_are_the_whole_list(connection, order, limit):
    pages = walk(connection, order, limit)
    assert [row.id for page in pages for row in page] == expected(connection, order)
    assert all(len(page) == limit for page in pages[:-1])


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: f"{'-' * o.falling}{o.by}")
def test_going_back_shows_the_pages_one_came_from(connection, order):
    pages = walk(connection, order, 7)
    for one, following in itertools.pairwise(pages):
        edge = Edge(values=place_of(following[0], order), backward=True)
        back = page_of(connection, ALL, order, edge, limit=7)
        assert list(back.rows) == one
        assert back.after == place_of(one[-1], order)
    assert (
        page_of(
            connection,
            ALL,
            order,
            Edge(values=place_of(pages[1][0], order), backward=True),
            limit=7,
        ).before
        is None
    )


def test_a_row_that_comes_between_pages_moves_nothing_twice(connection):
    order = Order(by=SortBy.NUMBER)
    first = page_of(connection, ALL, order, limit=10)
    row = connection.execute(
        select(DirectiveRow.__table__).where(DirectiveRow.number == first.rows[4].number)
    ).one()
    values = dict(row._mapping) | {"id": 9_999, "number": f"{first.rows[4].number}-99"}
    connection.execute(insert(DirectiveRow), values)
    second = page_of(connection, ALL, order, Edge(values=first.after), limit=10)
    assert not {r.id for r in first.rows} & {r.id for r in second.rows}


def test_a_chunked_walk_is_the_same_list(connection, monkeypatch):
    monkeypatch.setattr("models.directives.lists.CHUNK", 4)
    rows = [r for chunk in chunks_of(connection, ALL, Order()) for r in chunk]
    assert [r.id for r in rows] == expected(connection, Order())


def test_the_total_is_exact_up_to_its_bound(connection, monkeypatch):
    assert total_of(connection, ALL) == (45, True)
    monkeypatch.setattr("models.directives.lists.COUNTED", 45)
    assert total_of(connection, ALL) == (45, True)
    monkeypatch.setattr("models.directives.lists.COUNTED", 44)
    assert total_of(connection, ALL) == (44, False)


@pytest.mark.parametrize(
    ("by", "values", "good"),
    [
        (SortBy.DUE, ("d", "2021-09-29", "5"), True),
        (SortBy.DUE, ("n", "5"), True),
        (SortBy.DUE, ("n", "99999999999"), False),
        (SortBy.DUE, ("d", "2021-02-31", "5"), False),
        (SortBy.DUE, ("x", "5"), False),
        (SortBy.DUE, ("d",), False),
        (SortBy.STATE, ("v", "assigned", "5"), True),
        (SortBy.STATE, ("v", "lost", "5"), False),
        (SortBy.UPDATED, ("v", "2021-09-29T02:00:00", "5"), False),
        (SortBy.LEAD, ("v", "4", "5"), True),
        (SortBy.LEAD, ("v", "x", "5"), False),
        (SortBy.NUMBER, ("v", "2021-0001-01"), True),
    ],
)
def test_an_edge_that_cannot_stand_is_known(by, values, good):
    assert fits(Edge(values=values), by) is good
