"""What reporting periods add to first pages and agency pages, in figures that open their rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from models.periods.lists import ListedPeriod, PeriodView, first_rows
from models.periods.queries import AgencyPeriods
from web.directives.clock import Hands
from web.directives.listing import looker
from web.labels import label
from web.periods.telling import list_url, shown
from web.speech import gettext as _
from web.speech import ngettext
from web.wiring import reading_unit
from workflow.accounts.records import AGENCY_ROLES, SUBMITTING_ROLES, Actor, Role
from workflow.directives.records import Action
from workflow.periods.records import Outcome, PeriodAction

SHOWN = 8
JUDGES = frozenset({Role.OFFICE, Role.INSPECTOR})


def period_figures(actor: Actor, code: str, found: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return what waits of periods for the role one acts in; nothing for who has no say."""
    if actor.role is None or actor.role is Role.ADMIN or "periods_missing" not in found:
        return []
    scope = _scope(actor, code)
    figures = [
        _figure(found["periods_missing"], _("kỳ quá hạn, chưa báo cáo"), scope, "missing", "late")
    ]
    soon = found["periods_soon"]
    figures.append(_figure(soon, _("kỳ sắp đến hạn"), scope, "soon", "soon"))
    if actor.role in JUDGES:
        waiting = found["periods_waiting"]
        figures.append(_figure(waiting, _("báo cáo kỳ chờ xác nhận"), scope, "waiting"))
    return figures


def pressing(
    actor: Actor, code: str, found: Mapping[str, int], hands: Hands
) -> dict[str, Any] | None:
    """Return the periods that wait for the role one acts in, each with its next step.

    An agency sees what it owes, who judges what was reported; None where nothing waits, so
    that a day without periods asks for none.
    """
    view, title, action = _waits_for(actor, code, found)
    if view is None:
        return None
    rows = first_rows(reading_unit().connection, looker(), view, SHOWN)
    if not rows:
        return None
    return {
        "title": title,
        "rows": [_waiting(row, action, hands) | _prepared(row, view) for row in rows],
        "url": list_url(count="pressing" if view.pressing else "waiting", **_scope(actor, code)),
    }


def _waits_for(
    actor: Actor, code: str, found: Mapping[str, int]
) -> tuple[PeriodView | None, str, PeriodAction]:
    if actor.role in AGENCY_ROLES and (found["periods_missing"] or found["periods_soon"]):
        if actor.role not in SUBMITTING_ROLES:
            view = PeriodView(pressing=True, agency=code, to_prepare=True)
            return view, _("Kỳ báo cáo cần chuẩn bị"), PeriodAction.REPORT
        view = PeriodView(pressing=True, agency=code)
        return view, _("Kỳ báo cáo cần nộp"), PeriodAction.REPORT
    if actor.role in JUDGES and found["periods_waiting"]:
        overseer = _scope(actor, code).get("overseer", "")
        view = PeriodView(waiting=True, overseer=overseer)
        return view, _("Báo cáo kỳ chờ xác nhận"), PeriodAction.CONFIRM
    return None, "", PeriodAction.REPORT


def _waiting(row: ListedPeriod, action: PeriodAction, hands: Hands) -> dict[str, Any]:
    facts = shown(row.period, row.number, hands, row.suspended_since, row.recurs)
    step = url_for("periods.act", number=row.number, serial=row.period.serial, action=action.value)
    return facts | {
        "number": row.number,
        "content": row.content,
        "agency": "" if action is PeriodAction.REPORT else row.agency_name,
        "step": {"url": step, "label": label(action, "period_action")},
    }


def _prepared(row: ListedPeriod, view: PeriodView) -> dict[str, Any]:
    """Return the step of who prepares a report that others file."""
    if not view.to_prepare:
        return {}
    url = url_for("directives.act", number=row.number, action=Action.PREPARE.value)
    return {"step": {"url": url, "label": label(Action.PREPARE, "action")}}


def _scope(actor: Actor, code: str) -> dict[str, str]:
    if actor.role in AGENCY_ROLES:
        return {"agency": code}
    own = actor.role is Role.OFFICE and not actor.agency_is_office
    return {"overseer": code} if own else {}


def _figure(
    number: int, words: str, scope: dict[str, str], count: str, tone: str = ""
) -> dict[str, Any]:
    url = list_url(count=count, **scope)
    return {"number": number, "label": words, "url": url, "tone": tone}


def owed_now(counts: AgencyPeriods, code: str) -> list[dict[str, Any]]:
    """Return what an agency's standing work owes now, missing and soon, each with its rows."""
    scope = {"agency": code}
    missing = ngettext(
        "%(num)s kỳ báo cáo quá hạn, chưa nộp", "%(num)s kỳ báo cáo quá hạn, chưa nộp",
        counts.missing,
    )  # fmt: skip
    soon = ngettext("%(num)s kỳ báo cáo sắp đến hạn", "%(num)s kỳ báo cáo sắp đến hạn", counts.soon)
    found = (
        _figure(counts.missing, missing, scope, "missing", "late"),
        _figure(counts.soon, soon, scope, "soon", "soon"),
    )
    return [one for one in found if one["number"]]


def year_figures(counts: Mapping[Outcome, int], code: str, year: int) -> list[dict[str, Any]]:
    """Return how an agency answered the periods of a year, each figure with its rows."""
    tones = {Outcome.MISSING: "late", Outcome.LATE: "late"}
    return [
        {
            "number": counts[one],
            "label": _("kỳ %(how)s", how=label(one, "period_outcome")),
            "url": list_url(agency=code, year=year, count=one.value),
            "tone": tones.get(one),
        }
        for one in Outcome
    ]
