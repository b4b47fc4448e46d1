"""What an agency reads of its own routing on its first page: who has it, until when, what waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from flask import url_for

from models.directives.desk import Inside, inside_of
from web.addresses import page_at
from web.directives.clock import Hands
from web.formats import vn_date
from web.labels import label
from web.speech import gettext as _
from web.speech import ngettext
from web.wiring import reading_unit
from workflow.accounts.records import SUBMITTING_ROLES, Actor
from workflow.deadlines.rules import Timeliness
from workflow.directives.records import Action, State

SHOWN = 8
PRESSING = frozenset({Timeliness.DUE_SOON, Timeliness.OVERDUE})
"""When there is no more time for an update before the report."""


def fill_inside(
    boards: dict[str, Any], hands: Hands, actor: Actor, code: str, counts: Mapping[str, int]
) -> None:
    """Put what stands inside the reader's agency at each row of their work, in one statement.

    In the same one come what was routed to others, what other agencies ask of this one, and
    reports on what it handed down.
    """
    rows, submits = boards["work"]["rows"], actor.role in SUBMITTING_ROLES
    found = inside_of(
        reading_unit().connection,
        actor,
        hands.today,
        sorted({row["of"].id for row in rows}),
        away=SHOWN + 1 if submits and counts["away"] else 0,
        asked=SHOWN + 1 if counts["asked"] else 0,
        parts=SHOWN + 1 if counts["to_verify"] else 0,
    )
    for row in rows:
        if inside := found.get(row["of"].id):
            _mark(row, inside, hands, actor)
    if gone := [one for one in found.values() if one.is_away]:
        boards["away"] = _away(gone, hands)
    if parts := [one for one in found.values() if one.is_part]:
        boards["parts"] = _parts(parts, hands, code, submits=submits)
    if counts["asked"]:
        asked = [one for one in found.values() if one.asked_id is not None]
        boards["asked"] = _asked(asked, hands, code, submits=submits)


def _mark(row: dict[str, Any], inside: Inside, hands: Hands, actor: Actor) -> None:
    row["inside"] = inside
    submits = actor.role in SUBMITTING_ROLES
    row["marks"] = [*row["marks"], *_marks(inside, hands, submits=submits)]
    if submits and inside.drafted and not inside.is_prepared and row["step"]:
        row["step"] |= _step(row["of"].number, Action(inside.drafted))
    elif submits and inside.is_prepared and row["step"]:
        row["step"] |= _step(row["of"].number, Action.REPORT)
    elif inside.is_prepared and row["of"].state is State.IN_PROGRESS:
        row["step"] = None
    elif not submits and _may_prepare(row, inside):
        row["step"] = _step(row["of"].number, Action.PREPARE)


def _may_prepare(row: dict[str, Any], inside: Inside) -> bool:
    """An officer prepares next what was updated before, came back, or is due soon or late."""
    began = row["of"].state is State.IN_PROGRESS and not inside.is_prepared
    presses = row["clock"].code in PRESSING
    told = presses or inside.is_returned or row["of"].progress is not None
    return began and bool(row["step"]) and told


def _step(number: str, action: Action, **picked: int) -> dict[str, Any]:
    return {
        "code": action.value,
        "label": label(action, "action"),
        "url": page_at("directives.act", picked, number=number, action=action.value),
        "one_click": False,
    }


def _marks(inside: Inside, hands: Hands, *, submits: bool) -> Iterator[str]:
    if inside.internal_due_on:
        yield _("hạn nội bộ %(day)s", day=vn_date(inside.internal_due_on))
        if (late := (hands.today - inside.internal_due_on).days) > 0:
            yield ngettext("quá hạn nội bộ %(num)s ngày", "quá hạn nội bộ %(num)s ngày", late)
    yield from _waiting_marks(inside, submits=submits)
    if inside.is_returned and not inside.is_prepared:
        yield _("báo cáo được trả lại")
    if submits and inside.is_back and not inside.is_prepared:
        yield _("việc đang ở %(who)s", who=_holder(inside))
    if inside.note:
        yield _("ghi chú của %(who)s: %(note)s", who=inside.note_by, note=inside.note)


def _waiting_marks(inside: Inside, *, submits: bool) -> Iterator[str]:
    """Yield what of an officer waits for clerk or head."""
    if inside.is_prepared and submits:
        yield _("chuyên viên đã trình báo cáo")
    elif inside.is_prepared:
        yield _("báo cáo đã trình, chờ đầu mối hoặc thủ trưởng gửi")
    if inside.drafted:
        what = label(inside.drafted, "action")
        if submits:
            yield _("chuyên viên đã trình: %(what)s", what=what)
        else:
            yield _("đã trình: %(what)s, chờ đầu mối hoặc thủ trưởng gửi", what=what)


def _asked(waits: list[Inside], hands: Hands, code: str, *, submits: bool) -> dict[str, Any]:
    """Return what other agencies ask of this one, the next to be answered first."""
    rows = sorted(waits, key=lambda one: one.asked_on or date.max)
    return {
        "title": _("Đề nghị phối hợp chờ trả lời"),
        "rows": [
            {
                "of": one,
                "late": max(0, (hands.today - one.asked_on).days) if one.asked_on else 0,
                "marks": list(_waiting_marks(one, submits=submits)),
                "step": _step(one.number, Action.GIVE_INPUT, request=one.asked_id or 0),
            }
            for one in rows[:SHOWN]
        ],
        "more": len(rows) > SHOWN,
        "url": url_for("directives.index", asked=code, input="open"),
    }


def _parts(parts: list[Inside], hands: Hands, code: str, *, submits: bool) -> dict[str, Any]:
    """Return the parts handed down whose report waits for this agency."""
    rows = sorted(parts, key=lambda one: one.due_on or date.max)
    return {
        "title": _("Phần việc chờ cơ quan mình xác nhận"),
        "rows": [
            {
                "of": one,
                "lead": one.lead,
                "marks": [],
                "clock": hands.of(one.state, one.due_on, one.completed_on),
                "step": _step(one.number, Action.VERIFY) if submits else None,
            }
            for one in rows[:SHOWN]
        ],
        "more": len(rows) > SHOWN,
        "url": url_for("directives.index", handed_by=code, state="reported"),
    }


def _holder(of: Inside) -> str:
    return ", ".join(word for word in (of.person, of.division) if word)


def _sent_back(of: Inside) -> Iterator[str]:
    """Yield why work that was routed to others waits with them once more."""
    if of.is_returned:
        yield _("báo cáo được trả lại, chờ trình lại")
    if of.returned_count:
        yield _("cần làm lại")


def _away(gone: list[Inside], hands: Hands) -> dict[str, Any]:
    """Return what was routed to others and waits with them, the next due first."""
    order = sorted(gone, key=lambda one: one.internal_due_on or one.due_on or date.max)
    return {
        "title": _("Đã chuyển, đang chờ"),
        "rows": [
            {
                "of": one,
                "who": _holder(one),
                "marks": list(_sent_back(one)),
                "late": one.days_late(hands.today),
                "clock": hands.of(one.state, one.due_on, None),
            }
            for one in order[:SHOWN]
        ],
        "more": len(gone) > SHOWN,
        "url": url_for("directives.index", routed="away", state="assigned,in_progress"),
    }
