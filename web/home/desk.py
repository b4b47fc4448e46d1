"""What the inspectors' desk has for a person's first page, in figures that open their lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from web.review.links import desk_url
from web.speech import gettext as _
from workflow.accounts.records import AGENCY_ROLES, Actor, Role


def desk_figures(actor: Actor, found: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return what waits at the desk for the role one acts in; nothing for who has no say."""
    if not found or actor.role is None or actor.role is Role.ADMIN:
        return []
    mine = desk_url(tab="mine")
    if actor.role in AGENCY_ROLES:
        return _of_agency(found, mine)
    waits = {
        Role.INSPECTOR: _("vụ vi phạm nhiều lần chờ tôi xử lý"),
        Role.LEADER: _("vụ vi phạm nhiều lần chờ tôi quyết định hoặc xử lý"),
        Role.OFFICE: _("vụ vi phạm nhiều lần chờ nhắc nhở hoặc giao nhiệm vụ"),
    }
    figures = _of_clock(found, waits[actor.role], mine)
    if actor.role is Role.INSPECTOR:
        figures.append(
            _violations(
                found["violations_contested"],
                _("vi phạm cơ quan đề nghị xem xét lại"),
                "contested",
            )
        )
    if actor.role is Role.LEADER:
        figures += [
            _figure(
                found["desk_unheld"],
                _("vụ việc chưa có người xử lý"),
                desk_url(tab="all", held="nobody"),
                "soon",
            ),
            _figure(
                found["rules_waiting"],
                _("quy tắc chờ phê duyệt"),
                url_for("escalation.index", waiting="yes"),
            ),
        ]
    return figures


def _of_agency(found: Mapping[str, int], mine: str) -> list[dict[str, Any]]:
    """Return what an agency's first page counts: its cases, and what of its violations stands."""
    whole = desk_url(tab="all")
    return [
        _figure(found["desk_mine"], _("vụ vi phạm nhiều lần chờ giải trình"), mine, "soon"),
        _figure(found["desk_open"], _("vụ vi phạm nhiều lần chưa kết thúc"), whole),
        _violations(found["violations_contested"], _("vi phạm đang giải trình"), "contested"),
        _violations(found["violations_settled"], _("vi phạm đã xác nhận"), "settled"),
    ]


def _of_clock(found: Mapping[str, int], words: str, mine: str) -> list[dict[str, Any]]:
    """Return what waits and what of it is late; one tile where all of it is late."""
    waiting, late = found["desk_mine"], found["desk_late"]
    if waiting and late == waiting:
        return [_figure(waiting, _("%(what)s, đã quá hạn trả lời", what=words), mine, "late")]
    address = desk_url(tab="mine", clock="late")
    return [
        _figure(waiting, words, mine),
        _figure(late, _("vụ việc đã quá hạn trả lời"), address, "late"),
    ]


def _violations(number: int, words: str, state: str) -> dict[str, Any]:
    return _figure(number, words, url_for("violations.index", state=state))


def _figure(number: int, words: str, url: str, tone: str = "") -> dict[str, Any]:
    return {"number": number, "label": words, "url": url, "tone": tone}
