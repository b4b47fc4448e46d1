"""What reporting periods add to first pages and agency pages, in figures that open their rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from web.labels import label
from web.periods.telling import list_url
from web.speech import gettext as _
from workflow.accounts.records import AGENCY_ROLES, Actor, Role
from workflow.periods.records import Outcome


def period_figures(actor: Actor, code: str, found: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return what waits of periods for the role one acts in; nothing for who has no say."""
    if actor.role is None or actor.role is Role.ADMIN or "periods_missing" not in found:
        return []
    scope = _scope(actor, code)
    figures = [
        _figure(found["periods_missing"], _("kỳ quá hạn, chưa báo cáo"), scope, "missing", "late")
    ]
    if actor.role in AGENCY_ROLES:
        soon = found["periods_soon"]
        figures.append(_figure(soon, _("kỳ sắp đến hạn"), scope, "soon", "soon"))
    elif actor.role is not Role.LEADER:
        waiting = found["periods_waiting"]
        figures.append(_figure(waiting, _("báo cáo kỳ chờ xác nhận"), scope, "waiting"))
    return figures


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
