"""Pages put together are the whole list: nothing twice, nothing missed, whatever the order."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, insert, select, true, update
from world import PEOPLE, staged

from models import paging
from models.agencies.rows import AgencyRow
from models.directives import lists
from models.directives.filters import state_among
from models.directives.listed import KnownRows, Listed
from models.directives.lists import chunks_of, page_of, place_of, total_of
from models.directives.orders import Edge, Order, SortBy, fits
from models.directives.rows import DirectiveRow
from models.directives.walking import News
from models.directives.ways import EVERYTHING, Way
from workflow.directives.records import Action, State
from workflow.text import sort_key

ALL = (EVERYTHING,)
_SOME = select(AgencyRow.id).where(AgencyRow.code.in_(("H32.02", "H32.03", "H32.10")))
_OTHERS = DirectiveRow.lead_agency_id.in_(
    select(AgencyRow.id).where(AgencyRow.code.not_in(("H32.02", "H32.03")))
)
BY_LEAD = (Way(reads=true(), rest=true(), leads=select(AgencyRow.id)),)
IN_PARTS = (
    Way(reads=DirectiveRow.lead_agency_id.in_(_SOME), rest=true(), leads=_SOME),
    Way(reads=_OTHERS, rest=_OTHERS, is_short=True),
    Way(reads=true(), rest=DirectiveRow.state == State.WITHDRAWN),
)
"""Parts that overlap and are the whole list together."""
WAYS = {"all": ALL, "by lead": BY_LEAD, "in parts": IN_PARTS}
ORDERS = [Order(by=by, falling=falling) for by in SortBy for falling in (False, True)]


@pytest.fixture
def connection(world):
    engine = staged(world, "a list of ties", _issue_ties).office.engine
    with engine.connect() as found, found.begin() as transaction:
        yield found
        transaction.rollback()


def _issue_ties(world):
    """A list full of ties: same dates, same states, same instants, same leads."""
    leads = ("H32.02", "H32.03", "H32.04", "H32.10", "H32.11")
    world.issue(*(world.clause(n, lead=leads, coordinating=()) for n in range(1, 10)))
    dice = random.Random(7)
    with world.office.engine.begin() as found:
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


def walk(connection, order: Order, limit: int, ways=ALL) -> list[list[Listed]]:
    pages, edge = [], None
    while True:
        page = page_of(connection, ways, order, edge, limit=limit)
        pages.append(list(page.rows))
        if page.after is None:
            return pages
        edge = Edge(values=page.after)


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: f"{'-' * o.falling}{o.by}")
@pytest.mark.parametrize("ways", WAYS)
def test_pages_forward_are_the_whole_list(connection, order, ways):
    wanted = expected(connection, order)
    for limit in (1, 7, 45, 100):
        pages = walk(connection, order, limit, WAYS[ways])
        assert [row.id for page in pages for row in page] == wanted
        assert all(len(page) == limit for page in pages[:-1])


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: f"{'-' * o.falling}{o.by}")
@pytest.mark.parametrize("ways", WAYS)
def test_going_back_shows_the_pages_one_came_from(connection, order, ways):
    ways = WAYS[ways]
    pages = walk(connection, order, 7, ways)
    for one, following in itertools.pairwise(pages):
        edge = Edge(values=place_of(following[0], order), backward=True)
        back = page_of(connection, ways, order, edge, limit=7)
        assert list(back.rows) == one
        assert back.after == place_of(one[-1], order)
    assert (
        page_of(
            connection,
            ways,
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
    assert [total_of(connection, ways) for ways in WAYS.values()] == [(45, True)] * 3
    for place in (paging, lists):
        monkeypatch.setattr(place, "COUNTED", 45)
    assert total_of(connection, ALL) == (45, True)
    for place in (paging, lists):
        monkeypatch.setattr(place, "COUNTED", 44)
    assert [total_of(connection, ways) for ways in WAYS.values()] == [(44, False)] * 3


def test_a_known_total_ends_the_search_and_changes_no_row(connection):
    for limit in (1, 44, 45, 100):
        known = page_of(connection, ALL, Order(), limit=limit, total=45)
        assert known == page_of(connection, ALL, Order(), limit=limit)
    assert page_of(connection, ALL, Order(), limit=7, total=0).rows


def test_a_row_tells_whether_it_is_news(world):
    old, new = world.issue(world.clause(1), world.clause(2))
    world.clock.at += timedelta(hours=1)
    since = world.clock.at
    world.clock.at += timedelta(hours=1)
    world.act("clerk", new.number, Action.ACCEPT)
    everybody = [world.actor(who).account_id for who, *_ in PEOPLE]
    with world.office.reading() as unit:
        for ways in WAYS.values():
            for but, wanted in (((), {new.number}), (everybody, set())):
                news = News(since=since, but=frozenset(but))
                rows = page_of(unit.connection, ways, Order(), news=news).rows
                assert {row.number for row in rows if row.is_news} == wanted
                assert {row.number for row in rows} == {old.number, new.number}


def test_rows_that_are_known_are_those_that_stand(world):
    first, _ = world.issue(world.clause(1), world.clause(2))
    since, known = world.clock.at - timedelta(days=1), KnownRows(most=3)
    news = News(since=since, but=frozenset())

    def rows(**more):
        with world.office.reading() as unit:
            return [
                page_of(unit.connection, ways, order, news=news, **more).rows
                for order in ORDERS
                for ways in WAYS.values()
            ]

    for _ in range(3):
        assert rows(known=known) == rows()
    assert rows(known=known)[0][0] is rows(known=known)[-1][-1]
    world.act("clerk", first.number, Action.ACCEPT)
    world.act("clerk", first.number, Action.UPDATE, done="Việc", progress=30)
    assert rows(known=known) == rows()
    assert len(known) <= known.most


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


@pytest.mark.parametrize("states", [(State.VERIFIED,), (State.VERIFIED, State.WITHDRAWN)])
def test_work_that_ended_is_walked_by_date_and_not_gathered_by_state(connection, states):
    if connection.dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses by what it knows of the rows")
    part = select(DirectiveRow.id).where(state_among(frozenset(states)))
    dated = part.where(DirectiveRow.due_on.is_not(None)).order_by(DirectiveRow.due_on.desc())
    words = str(dated.limit(5).compile(connection, compile_kwargs={"literal_binds": True}))
    plan = " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}"))
    assert "ix_directives_due_on_id" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("size", range(1, len(State) + 1))
def test_the_condition_of_some_states_holds_for_those_states_alone(connection, size):
    for states in itertools.combinations(State, size):
        asked = select(DirectiveRow.state).where(state_among(frozenset(states))).distinct()
        every = set(connection.scalars(select(DirectiveRow.state).distinct()))
        assert set(connection.scalars(asked)) == every & set(states)


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: f"{'-' * o.falling}{o.by}")
def test_a_whole_page_s_statement_says_itself_how_far_it_goes(connection, order):
    """So PostgreSQL plans it once; with the number given beside, it planned it for each look."""
    page_of(connection, ALL, order)
    sent = []

    def hear(connection, cursor, statement, parameters, context, many):
        sent.append((statement, str(parameters)))

    event.listen(connection.engine, "before_cursor_execute", hear)
    page_of(connection, ALL, order)
    page_of(connection, ALL, order, total=3)
    event.remove(connection.engine, "before_cursor_execute", hear)
    whole, short = sent[0], sent[-1]
    assert f"LIMIT {lists.PAGE + 1}" in whole[0]
    assert str(lists.PAGE + 1) not in whole[1]
    assert f"LIMIT {lists.PAGE + 1}" not in short[0]
