"""The desk as its page shows it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask import request

from models.review.desk import DeskPage, Edge, OnDesk, desk_page
from models.review.views import Tab, View
from web.addresses import from_start, narrowed_to, page_at, this_page
from web.agencies.naming import names_to_choose
from web.dossiers.asking import month_days
from web.escalation.heat import beside
from web.exports.files import in_one_line
from web.formats import vn_date
from web.identity import current_actor
from web.labels import choices, label
from web.review.doors import step_of
from web.review.links import case_url
from web.review.saying import DeskClock, count_words, group_words
from web.spans import ran
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.accounts.records import AGENCY_ROLES, Actor, Role
from workflow.review.records import ENDED, EscalationState

LATE, NOBODY = "late", "nobody"
ENDED_TOO, STANDING = "all", "standing"
YEAR = re.compile(r"(?:19|20|21)\d\d")
LONGEST = 100
DAYS = ".."
TABS = {
    Role.INSPECTOR: (Tab.MINE, Tab.TEAM, Tab.ALL),
    Role.LEADER: (Tab.MINE, Tab.ALL),
    Role.OFFICE: (Tab.MINE, Tab.ALL),
}


def view_asked() -> View:
    """Return the view that this request's address asks for; what it cannot say is left out."""
    args, tabs = request.args, tabs_of()
    tab, state = args.get("tab", ""), args.get("state", "")
    return View(
        tab=Tab(tab) if tab in set(tabs) else tabs[0],
        state=EscalationState(state) if state in set(EscalationState) else None,
        ended_too=state == ENDED_TOO,
        standing=state == STANDING,
        opened=_opened(args.get("opened", "")),
        level=_level(args.get("level", "")),
        agency=args.get("agency", "")[:LONGEST],
        rule=args.get("rule", "")[:LONGEST],
        same=args.get("same", "")[:LONGEST],
        below=args.get("below") == "yes",
        late=args.get("clock") == LATE,
        unheld=args.get("held") == NOBODY,
    )


def tabs_of() -> tuple[Tab, ...]:
    """Return the ways of looking that the role has; an agency sees its own cases only."""
    role = current_actor().role
    if role in AGENCY_ROLES:
        return (Tab.ALL, Tab.MINE)
    return TABS.get(role, (Tab.ALL,)) if role else (Tab.ALL,)


def _level(text: str) -> int | None:
    return int(text) if text in {"1", "2", "3"} else None


def _opened(text: str) -> tuple[date, date] | None:
    """Return the days of a month written 2021-08, of a year, or from a day to a day.

    None for anything else.
    """
    if YEAR.fullmatch(text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    first, to, last = text.partition(DAYS)
    try:
        return (date.fromisoformat(first), date.fromisoformat(last)) if to else month_days(text)
    except ValueError:
        return None


def edge_asked() -> Edge | None:
    """Return where the page asked for begins; an address that was spoiled begins at the start."""
    parts = request.args.get("after", "").split(".")
    try:
        clock, level, key = parts
        return Edge(date.fromisoformat(clock), int(level), int(key))
    except ValueError:
        return None


def page() -> dict[str, Any]:
    """Return what the template of the desk reads, in a fixed number of statements."""
    unit, actor, today = reading_unit(), current_actor(), office().today()
    view = view_asked()
    found = desk_page(unit.connection, actor, view, today, edge_asked())
    clock = DeskClock(office().calendar(unit), today)
    names = names_to_choose()
    return {
        "view": view,
        "rows": [_row(row, clock, actor, view) for row in found.rows],
        "total": found.total,
        "exact": found.exact,
        "next_url": _next(found),
        "xlsx_url": _export("xlsx"),
        "csv_url": _export("csv"),
        "tabs": [_tab(tab, view) for tab in tabs_of()],
        "sentence": _sentence(view, dict(names)),
        "agencies": names,
        "choices": choices,
        "is_agency": actor.role in AGENCY_ROLES,
        "beside": beside(dict(names)),
    }


def conditions() -> dict[str, str]:
    """Return what the view is narrowed to, as a file of it says: the tab, then the rest."""
    view = view_asked()
    tab = {"label": label(view.tab, "desk_tab")}
    parts = [tab, *_sentence(view, dict(names_to_choose()))]
    return {_("Điều kiện"): in_one_line(parts)}


def _row(row: OnDesk, clock: DeskClock, actor: Actor, view: View) -> dict[str, Any]:
    """Return a row of the desk; of what waits for oneself with the next step."""
    step = step_of(row, actor) if view.tab is Tab.MINE else None
    return shown(row, clock, actor) | {"step": step}


def shown(row: OnDesk, clock: DeskClock, actor: Actor) -> dict[str, Any]:
    """Return one case as the desk shows it: to an agency with its own answer day."""
    if actor.role not in AGENCY_ROLES:
        day = row.answer_by
    else:
        asked = row.state is EscalationState.EXPLANATION_REQUESTED
        day = row.letter_due_on if asked else None
    return {
        "number": row.number,
        "url": case_url(row.number),
        "version": row.version,
        "rule": row.rule_code,
        "title": str(row.body.get("title", "")),
        "group": group_words(row.group, row.agency_name),
        "level": row.level,
        "count": count_words(row.body, row.level, row.score),
        "state": row.state,
        "is_retracted": row.state is EscalationState.RETRACTED,
        "is_ended": row.state in ENDED,
        "holder": row.holder,
        "span": ran(row.opened_on, row.closed_on),
        "answer_by": day,
        "clock": clock.of(day),
        "is_marked": row.is_marked,
    }


def _tab(tab: Tab, view: View) -> dict[str, Any]:
    return {
        "label": label(tab, "desk_tab"),
        "url": from_start(tab=tab.value),
        "current": tab is view.tab,
    }


def _next(found: DeskPage) -> str | None:
    if found.after is None:
        return None
    edge = found.after
    return this_page(after=f"{edge.clock.isoformat()}.{edge.level}.{edge.id}")


def _export(kind: str) -> str:
    kept = {k: v for k, v in request.args.items() if k != "after" and v}
    return page_at("review.export", kept, kind=kind)


def _sentence(view: View, names: dict[str, str]) -> list[dict[str, str]]:
    """Return what the view is narrowed to, each part with the address of the view without it."""
    parts = _state_words(view)
    if view.opened is not None:
        first, last = view.opened
        days = {"from_on": vn_date(first), "to_on": vn_date(last)}
        parts.append(("opened", _("bắt đầu từ %(from_on)s đến %(to_on)s", **days)))
    if view.level is not None:
        parts.append(("level", _("từ mức %(level)s", level=view.level)))
    if view.agency:
        parts.append(("agency", _agency_words(view, names)))
    if view.rule:
        parts.append(("rule", view.rule))
    if view.same:
        parts.append(("same", _("cùng nhóm với %(number)s", number=view.same)))
    return narrowed_to(parts)


def _state_words(view: View) -> list[tuple[str, str]]:
    """Return what the view says of the steps, the clock and the holder of cases."""
    parts = []
    if view.state is not None:
        parts.append(("state", label(view.state, "case_state")))
    elif view.ended_too:
        parts.append(("state", _("cả vụ việc đã kết thúc")))
    elif view.standing:
        parts.append(("state", _("cả vụ việc đã kết thúc, trừ vụ không còn căn cứ")))
    if view.late:
        parts.append(("clock", _("quá hạn trả lời")))
    if view.unheld:
        parts.append(("held", _("chưa có người xử lý")))
    return parts


def _agency_words(view: View, names: dict[str, str]) -> str:
    name = names.get(view.agency, view.agency)
    return _("%(agency)s và các đơn vị trực thuộc", agency=name) if view.below else name
