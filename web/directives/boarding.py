"""The board by state: the same view as the list, a column for each state, cards in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import request

from models.directives.board import Column, first_rows
from models.directives.filters import ListFilter, ways_to
from models.directives.home import counts_of
from models.directives.listed import Listed
from models.directives.lists import place_of
from web.addresses import page_at
from web.directives.clock import Hands
from web.directives.columns import marks
from web.directives.filters import Asked, edge_text
from web.directives.framing import frame_of
from web.directives.listing import hands_today, looker
from web.directives.news import news_of
from web.formats import counted_number, vn_date
from web.labels import label
from web.wiring import reading_unit
from workflow.directives.records import State

STATES = (State.ASSIGNED, State.IN_PROGRESS, State.REPORTED, State.VERIFIED)
CARDS = 15
NOT_OF_BOARD = frozenset({"state", "sort", "hide", "show", "group", "after", "before"})


def board_page(asked: Asked) -> dict[str, Any]:
    """Return what the board's template reads, in a fixed number of statements."""
    connection = reading_unit().connection
    states = [s for s in STATES if not asked.view.states or s in asked.view.states]
    views = {state: replace(asked.view, states=frozenset({state})) for state in states}
    who = looker(named=True)
    columns = tuple(
        Column(state, ways_to(view, who), falling=state is State.VERIFIED)
        for state, view in views.items()
    )
    cards = first_rows(connection, columns, CARDS)
    counts = counts_of(connection, who, _by_name(views)) if views else {}
    hands = hands_today()
    news = news_of(row for rows in cards.values() for row in rows)
    return frame_of(asked).facts | {
        "asked": asked,
        "view": asked.view,
        "columns": [
            _column(column, cards[column.state], counts[column.state.value], hands)
            for column in columns
        ],
        "news": news,
        "list_url": list_url(),
    }


def _by_name(views: dict[State, ListFilter]) -> dict[str, ListFilter]:
    return {state.value: view for state, view in views.items()}


def _column(column: Column, rows: tuple[Listed, ...], count: int, hands: Hands) -> dict[str, Any]:
    state = column.state.value
    sort = "-due" if column.falling else "due"
    more = None
    if count > len(rows) and rows:
        edge = edge_text(place_of(rows[-1], column.order))
        more = list_url(state=state, sort=sort, after=edge)
    return {
        "state": state,
        "words": label(state, "state"),
        "count": counted_number(count),
        "url": list_url(state=state, sort=sort),
        "more_url": more,
        "cards": [_card(row, hands) for row in rows],
    }


def _card(row: Listed, hands: Hands) -> dict[str, Any]:
    return {
        "number": row.number,
        "content": row.content,
        "lead": row.lead_name,
        "due": vn_date(row.due_on) or row.deadline_text,
        "due_on": row.due_on,
        "clock": hands.of(row.state, row.due_on, row.completed_on),
        "marks": marks(row),
    }


def list_url(**more: str | None) -> str:
    """Return the address of the same view as a list, narrowed further."""
    kept = {k: v for k, v in request.args.items() if k not in NOT_OF_BOARD and v}
    return page_at("directives.index", kept | more)


def board_url() -> str:
    """Return the address of the same view as a board."""
    left_out = NOT_OF_BOARD - {"state"}
    kept = {k: v for k, v in request.args.items() if k not in left_out and v}
    return page_at("directives.board", kept)
