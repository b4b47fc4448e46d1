"""Cases of repeated violations as a part of somebody's first page."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template, url_for

from models.review.desk import OnDesk, Tab, View, first_cases
from web.identity import current_actor
from web.labels import label
from web.review.doors import LOOKED_FOR
from web.review.links import desk_url
from web.review.listing import shown
from web.review.saying import DeskClock
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.accounts.records import AGENCY_ROLES, SUBMITTING_ROLES, Actor, Role
from workflow.review.records import ReviewAction

SHOWN = 5
STEPS: Mapping[Role, frozenset[ReviewAction]] = {
    Role.INSPECTOR: frozenset(
        {ReviewAction.ACKNOWLEDGE, ReviewAction.REQUEST_EXPLANATION, ReviewAction.PROPOSE}
    ),
    Role.LEADER: frozenset({ReviewAction.DECIDE}),
    Role.OFFICE: frozenset({ReviewAction.DECIDE}),
    **dict.fromkeys(SUBMITTING_ROLES, frozenset({ReviewAction.EXPLAIN})),
}
"""What each role is offered at once; whatever else a case allows stands on its page."""


def has_cases(actor: Actor, counts: Mapping[str, int]) -> bool:
    """Whether a first page has cases to list: what waits, of an agency all that is open."""
    return bool(counts.get("desk_open" if actor.role in AGENCY_ROLES else "desk_mine"))


def at_home() -> str:
    """Show the first cases: what waits for the reader, of an agency all that is open."""
    unit, actor, today = reading_unit(), current_actor(), office().today()
    is_agency = actor.role in AGENCY_ROLES
    view = View(tab=Tab.ALL if is_agency else Tab.MINE)
    found = first_cases(unit.connection, actor, view, today, SHOWN + 1)
    clock = DeskClock(office().calendar(unit), today)
    return render_template(
        "review/at_home.html",
        rows=[shown(row, clock, actor) | {"step": _step(row, actor)} for row in found[:SHOWN]],
        is_agency=is_agency,
        title=_("Vi phạm nhiều lần của cơ quan") if is_agency else _("Vi phạm nhiều lần chờ xử lý"),
        all_url=desk_url(tab=view.tab.value) if len(found) > SHOWN else "",
    )


def _step(row: OnDesk, actor: Actor) -> dict[str, str] | None:
    action = LOOKED_FOR.get(row.state)
    if actor.role is None or action not in STEPS.get(actor.role, frozenset()):
        return None
    return {
        "label": label(action, "review_action"),
        "url": url_for("review.act", number=row.number, action=action.value),
    }
