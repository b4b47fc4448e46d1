"""Cases of repeated violations as a part of somebody's first page."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template

from models.review.desk import first_cases
from models.review.views import Tab, View
from web.identity import current_actor
from web.review.doors import step_of
from web.review.links import desk_url
from web.review.listing import shown
from web.review.saying import DeskClock
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.accounts.records import AGENCY_ROLES, Actor

SHOWN, OF_AGENCY = 5, 3


def has_cases(actor: Actor, counts: Mapping[str, int]) -> bool:
    """Whether a first page has cases to list: what waits, of an agency all that is open."""
    return bool(counts.get("desk_open" if actor.role in AGENCY_ROLES else "desk_mine"))


def at_home() -> str:
    """Show the first cases: what waits for the reader, of an agency all that is open."""
    unit, actor, today = reading_unit(), current_actor(), office().today()
    is_agency = actor.role in AGENCY_ROLES
    view = View(tab=Tab.ALL if is_agency else Tab.MINE)
    most = OF_AGENCY if is_agency else SHOWN
    found = first_cases(unit.connection, actor, view, today, most + 1)
    clock = DeskClock(office().calendar(unit), today)
    return render_template(
        "review/at_home.html",
        rows=[shown(row, clock, actor) | {"step": step_of(row, actor)} for row in found[:most]],
        is_agency=is_agency,
        title=_("Vi phạm nhiều lần của cơ quan") if is_agency else _("Vi phạm nhiều lần chờ xử lý"),
        all_url=desk_url(tab=view.tab.value) if len(found) > most else "",
    )
