"""Directives on the first page: what, its clock, and the next step as a button."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for

from models.directives.filters import ways_to
from models.directives.listed import Listed
from models.directives.lists import page_of
from models.directives.orders import Order
from web.directives.clock import Hands
from web.directives.columns import marks
from web.directives.filters import read_address
from web.directives.listing import looker
from web.home.figures import Address
from web.labels import label
from web.wiring import reading_unit
from workflow.accounts.records import AGENCY_ROLES, SUBMITTING_ROLES, Actor, Role
from workflow.directives.records import Action, State
from workflow.directives.table import BY_ACTION
from workflow.periods.records import STANDING_KINDS

SHOWN = 12


def rows_at(address: Address, hands: Hands, actor: Actor) -> dict[str, Any]:
    """Return the first rows of a list, the most urgent first, and the way to all of them."""
    ways = ways_to(read_address(address).view, looker(named=True))
    page = page_of(reading_unit().connection, ways, Order(), limit=SHOWN)
    return {
        "rows": list(_shown(page.rows, hands, actor)),
        "more": page.after is not None,
        "url": url_for("directives.index", **address),  # type: ignore[arg-type]
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


def next_step(row: Listed, actor: Actor) -> Action | None:
    """Return what usually comes next for this person; the directive's page has the last word."""
    if actor.role in AGENCY_ROLES and actor.agency_id == row.lead_id:
        return _of_lead(row, actor)
    if row.handed_by_id is not None:
        above = actor.role in SUBMITTING_ROLES and actor.agency_id == row.handed_by_id
        return _of_overseer(row) if above else None
    if actor.role is Role.OFFICE:
        follows = actor.agency_is_office or actor.agency_id == row.overseer_id
        return _of_overseer(row) if follows else None
    if actor.role is Role.LEADER:
        gave_it = row.assigner_id in (None, actor.principal_id)
        decides = _asks_extension(row) and gave_it
        return Action.DECIDE_EXTENSION if decides else None
    judges = actor.role is Role.INSPECTOR and row.state is State.REPORTED
    return Action.VERIFY if judges else None


def _asks_extension(row: Listed) -> bool:
    """Whether a later date can be decided: not while a report is in, or the work is paused."""
    waits = row.state is not State.REPORTED and not row.suspended_since
    return waits and row.extension_asked_to is not None


def _of_lead(row: Listed, actor: Actor) -> Action | None:
    if row.decline_standing or row.suspended_since:
        return None
    if row.state is State.ASSIGNED:
        return Action.ACCEPT
    if row.deadline_kind in STANDING_KINDS and row.state is State.IN_PROGRESS:
        return None  # it is its periods that are reported
    if row.state is State.IN_PROGRESS:
        return Action.REPORT if actor.role in SUBMITTING_ROLES else Action.UPDATE
    return None


def _of_overseer(row: Listed) -> Action | None:
    if row.decline_standing:
        return Action.REASSIGN
    if _asks_extension(row):
        return Action.DECIDE_EXTENSION
    if row.proposed_on and row.state is not State.REPORTED:
        return Action.ANSWER
    return Action.VERIFY if row.state is State.REPORTED else None
