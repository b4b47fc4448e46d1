"""What officers prepared, on the page of their own agency."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from flask import url_for

from models.directives.desk import LATE as INTERNAL_LATE
from models.directives.desk import SOON as INTERNAL_SOON
from models.directives.filters import ListFilter
from models.directives.looking import AWAY, MINE_OR_NOBODYS, TO_ME
from web.directives.called import report_label
from web.directives.doors import door_label
from web.directives.drafting import can_draft, names_in, said_in
from web.formats import vn_date, vn_number
from web.labels import label
from web.speech import gettext as _
from workflow.accounts.records import SUBMITTING_ROLES
from workflow.directives.guards import Case
from workflow.directives.matters import Draft, Prepared, PreparedState
from workflow.directives.records import Action
from workflow.directives.rules import refusal_of
from workflow.periods.records import PeriodAction

STEPS = (Action.REPORT, Action.GIVE_BACK, Action.PREPARE)
TONES = {PreparedState.STANDING: "soon", PreparedState.RETURNED: "strong"}


def prepared_rows(case: Case, agencies: Mapping[int, str]) -> list[dict[str, Any]]:
    """Return what officers of the reader's agency prepared, the newest first.

    `agencies` are the names of those that coordinate.
    """
    reports = [
        _row(one, case, Action.REPORT)
        | {
            "text": one.result,
            "told": list(told_of(one)),
            "who": written_by(one),
            "steps": _steps(case) if one.stands else [],
        }
        for one in case.directive.prepared
    ]
    names = names_in(case.directive.drafts, agencies)
    drafts = [
        _row(one, case, Action(one.act))
        | {
            "text": "\n".join(said_in(one, case, names)),
            "told": [],
            "who": one.by_name,
            "steps": _steps_of_draft(Action(one.act), case) if one.stands else [],
        }
        for one in case.directive.drafts
    ]
    return sorted([*reports, *drafts], key=lambda row: row["of"].id, reverse=True)


def _row(one: Prepared | Draft, case: Case, action: Action) -> dict[str, Any]:
    files = [{"name": file.name, "url": _file_url(case, one, file.sha256)} for file in one.files]
    return {
        "of": one,
        "what": report_label(action, of_period=case.directive.has_periods),
        "state": label(one.state, "prepared_state"),
        "tone": TONES.get(one.state, "quiet"),
        "files": files,
    }


def _file_url(case: Case, one: Prepared | Draft, sha256: str) -> str:
    number = case.directive.number
    return url_for("directives.prepared_file", number=number, prepared_id=one.id, sha256=sha256)


def _steps(case: Case) -> list[dict[str, str]]:
    """Return what can be done with a report that waits; whoever may submit it does that first."""
    has_periods = case.directive.has_periods
    acts = (Action.GIVE_BACK, Action.PREPARE) if has_periods else STEPS
    first = _file_period(case) if has_periods and case.actor.role in SUBMITTING_ROLES else []
    return first + [
        _step(action, case, door_label(action, case))
        for action in acts
        if refusal_of(action, case) is None
    ]


def _file_period(case: Case) -> list[dict[str, str]]:
    """Return the way to file what was prepared as the report of the first period owed."""
    of = case.directive
    owed = (one for one in of.unsettled if not one.is_reported and one.from_on <= case.day)
    action = PeriodAction.REPORT
    return [
        {
            "code": action.value,
            "label": label(action, "period_action"),
            "url": url_for("periods.act", number=of.number, serial=one.serial, action=action.value),
        }
        for one in islice(owed, 1)
    ]


def _steps_of_draft(act: Action, case: Case) -> list[dict[str, str]]:
    """Return what can be done with another act that waits: who sends it does that first."""
    if can_draft(act, case):
        return [_step(act, case, _("Sửa bản đã trình"))]
    acts = (act, Action.GIVE_BACK)
    return [_step(one, case, label(one, "action")) for one in acts if not refusal_of(one, case)]


def _step(action: Action, case: Case, words: str) -> dict[str, str]:
    url = url_for("directives.act", number=case.directive.number, action=action.value)
    return {"code": action.value, "label": words, "url": url}


def written_by(one: Prepared) -> str:
    """Return who wrote a prepared report, and who changed what was written."""
    if not one.changed_by_name:
        return one.by_name
    return _("%(who)s soạn, %(changer)s sửa", who=one.by_name, changer=one.changed_by_name)


def told_of(one: Prepared) -> Iterator[str]:
    """Yield what a prepared report says of its paper and its figure, in words."""
    if one.report_number:
        yield one.report_number
    if one.report_date:
        yield _("ký ngày %(day)s", day=vn_date(one.report_date))
    if one.signer:
        yield _("người ký %(who)s", who=one.signer)
    if one.figure is not None:
        yield _("số liệu đạt được %(n)s", n=vn_number(one.figure))


def inside_parts(view: ListFilter) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what of a view is about one agency's own routing, in words."""
    yield from (
        ((name,), words)
        for name, words, holds in (
            ("routed", _("chuyển cho tôi"), view.routed == TO_ME),
            (
                "routed",
                _("chưa chuyển, của tôi hoặc được trả lại"),
                view.routed == MINE_OR_NOBODYS,
            ),
            ("routed", _("đã chuyển cho người khác"), view.routed == AWAY),
            ("internal", _("quá hạn nội bộ"), view.internal == INTERNAL_LATE),
            ("internal", _("hạn nội bộ trong 7 ngày"), view.internal == INTERNAL_SOON),
            ("prepared", _("chuyên viên đã trình, chờ gửi"), view.prepared),
            ("declined", _("chờ trả lời đề nghị giao lại"), view.declined is True),
            ("declined", _("không gồm việc đề nghị giao lại"), view.declined is False),
        )
        if holds
    )
