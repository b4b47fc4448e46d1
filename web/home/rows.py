"""Directives on the first page: what, its clock, and the next step as a button."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for

from models.directives.filters import ways_to
from models.directives.listed import Listed
from models.directives.lists import page_of
from models.directives.orders import Order
from web.addresses import page_at
from web.directives.clock import Hands
from web.directives.columns import marks
from web.directives.filters import read_address
from web.directives.listing import looker
from web.home.figures import Address
from web.labels import label
from web.wiring import reading_unit
from workflow.accounts.records import Actor
from workflow.directives.records import Action
from workflow.directives.table import BY_ACTION
from workflow.directives.usual import next_step

SHOWN = 12


def rows_at(address: Address, hands: Hands, actor: Actor) -> dict[str, Any]:
    """Return the first rows of a list, the most urgent first, and the way to all of them."""
    ways = ways_to(read_address(address).view, looker(named=True))
    page = page_of(reading_unit().connection, ways, Order(), limit=SHOWN)
    return {
        "rows": list(_shown(page.rows, hands, actor)),
        "more": page.after is not None,
        "url": page_at("directives.index", address),
    }


def _shown(rows: Iterable[Listed], hands: Hands, actor: Actor) -> Iterable[dict[str, Any]]:
    for row in rows:
        yield {
            "of": row,
            "clock": hands.of(row.state, row.due_on, row.completed_on, row.suspended_since),
            "marks": marks(row),
            "lead": "" if row.lead_id == actor.agency_id else row.lead_name,
            "step": _button(row, next_step(row, actor)),
        }


def _button(row: Listed, action: Action | None) -> dict[str, Any] | None:
    if action is None:
        return None
    return {
        "code": action.value,
        "label": label(action, "action"),
        "url": url_for("directives.act", number=row.number, action=action.value),
        "one_click": not BY_ACTION[action].needs,
        "version": row.version,
    }
