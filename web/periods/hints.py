"""Words beside the fields of an act on a period."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from web.directives.forms import Read
from web.directives.hints import number_hint
from web.directives.targets import target_told
from web.formats import vn_date
from web.speech import gettext as _
from web.speech import ngettext
from workflow.directives.needs import Need
from workflow.directives.reading import check_needs
from workflow.directives.records import Directive
from workflow.periods.guards import PeriodCase
from workflow.periods.records import PeriodAction
from workflow.periods.table import BY_ACTION

GOES_BACK = frozenset({PeriodAction.RETURN, PeriodAction.RECALL})
SIDE_BY_SIDE = {
    "numerator": "denominator",
    "report_number": "report_date",
    "received_on": "arrival_number",
}


def hints_of(action: PeriodAction, case: PeriodCase) -> dict[str, str]:
    """Return what each field of the form expects."""
    period, directive = case.period, case.directive
    days = f"{vn_date(period.from_on)} – {vn_date(period.to_on)}"
    return {
        "result": _("Kết quả của kỳ %(days)s.", days=days),
        "figure": _target(directive),
        "report_number": _("Gõ số; mục còn trống lấy từ sổ công văn.")
        if reads_of(action, case)
        else number_hint(BY_ACTION[action].needs),
        "received_on": _("Ngày văn bản đến; kỳ tính đã báo cáo từ ngày này."),
        "arrival_number": _("Số văn thư ghi trên dấu đến, nếu có."),
        "files": _("Minh chứng được ghi cho kỳ %(days)s; chọn được nhiều tệp cùng lúc.", days=days),
        "prepared_files": _("Bỏ chọn tệp nào thì tệp ấy không kèm theo báo cáo."),
        "reason": _back(action, case),
    }


def reads_of(action: PeriodAction, case: PeriodCase) -> dict[str, Read]:
    """Return which fields are read while they are typed: the number of a paper the office knows."""
    if action is not PeriodAction.RECORD or not case.actor.is_of_office:
        return {}
    url = url_for("papers.number_known", lead=case.directive.lead_agency_id)
    return {"report_number": Read(url=url)}


def asked_here(action: PeriodAction, case: PeriodCase) -> tuple[str, ...]:
    """Return the fields that this directive makes needed: the checks alone would tell it late."""
    given = check_needs((), {})
    wrong = (check(case, given) for check in BY_ACTION[action].checks)
    return tuple(name for one in wrong for name in one)


def _back(action: PeriodAction, case: PeriodCase) -> str:
    """Return who reads a reason, and that a period whose day passed is late once it goes back."""
    read = _("Cơ quan chủ trì sẽ đọc lý do này.") if action is PeriodAction.RETURN else ""
    over = (case.day - case.period.due_on).days
    if action not in GOES_BACK or over <= 0:
        return read
    late = ngettext(
        "Hạn của kỳ %(due)s đã qua %(num)s ngày: kỳ quá hạn ngay cho đến khi báo cáo lại.",
        "Hạn của kỳ %(due)s đã qua %(num)s ngày: kỳ quá hạn ngay cho đến khi báo cáo lại.",
        over,
        due=vn_date(case.period.due_on),
    )
    return f"{read} {late}".strip()


def _target(directive: Directive) -> str:
    if directive.target_value is None:
        return directive.target_indicator
    return _("Chỉ tiêu: %(what)s", what=target_told(directive))


def grouped(needs: Sequence[Need]) -> list[list[Need]]:
    """Return the needs in their order, those that belong together in one line."""
    by_name = {need.name: need for need in needs}
    seconds = {SIDE_BY_SIDE[name] for name in by_name if SIDE_BY_SIDE.get(name) in by_name}
    return [
        [need, by_name[SIDE_BY_SIDE[need.name]]]
        if SIDE_BY_SIDE.get(need.name) in by_name
        else [need]
        for need in needs
        if need.name not in seconds
    ]
