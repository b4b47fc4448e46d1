"""Words beside the fields of an act: what is expected, until when, what the law asks."""

from __future__ import annotations

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as say

from models.review.facts import CaseFile
from web.accounts.signers import leaders, only
from web.addresses import asked_key
from web.directives.forms import Read
from web.formats import vn_date
from web.labels import label
from web.papers.filling import letter_by_id
from web.review.limits import proposal_of
from web.review.saying import count_words, group_words
from web.speech import gettext as _
from workflow.directives.needs import Need
from workflow.review.guards import Case
from workflow.review.records import Measure, PaperKind, ReviewAction
from workflow.review.table import Row

SIDE_BY_SIDE = (("paper", "paper_on"), ("signer", "issuer"))


def hints_under(row: Row, case: Case) -> dict[str, str]:
    """Return the words under the labels of an act's form."""
    found = {
        "paper": _("Số và ký hiệu, như trên văn bản."),
        "working_days": _(
            "Không tính hôm nay. Gợi ý %(n)s ngày; đây là quy định của tỉnh, không phải luật định.",
            n=case.limits.explanation_days,
        ),
        "measure": _measure(case),
        "deadline_text": _("Ghi đúng như trong văn bản, ví dụ “trước ngày 30/9/2021”."),
        "result": _(
            "Kết quả thực hiện. Kỷ luật do cơ quan có thẩm quyền quyết định ở nơi khác; "
            "ở đây chỉ ghi kết quả đã ký."
        ),
        "colleague": _("Chỉ gồm người đang làm việc và không liên quan đến cơ quan trong vụ việc."),
    }
    if reads_of(row, case).keys() & {"paper"}:
        found["paper"] = _("Gõ số; mục còn trống lấy từ sổ công văn, tệp của văn bản tự kèm theo.")
    names = {need.name for need in row.needs}
    return {name: words for name, words in found.items() if words and name in names}


def reads_of(row: Row, case: Case) -> dict[str, Read]:
    """Return which fields are read while they are typed: a deadline, a known paper's number."""
    found = {
        "deadline_text": Read(
            url=url_for("documents.read_words", by_words=1), with_field="#paper_on"
        )
    }
    if row.action is ReviewAction.RECORD_EXPLANATION and case.actor.is_of_office:
        lead = case.escalation.agency_id
        found["paper"] = Read(url=url_for("papers.number_known", lead=lead, dated="paper_on"))
    return found


def _measure(case: Case) -> str:
    """What keeps the graver measures shut is said before anyone chooses one."""
    one, reasons = case.escalation, []
    if not one.basis.is_settled:
        reasons.append(
            _(
                "%(n)s vi phạm chưa xác nhận hoặc đang giải trình",
                n=one.basis.unconfirmed + one.basis.contested,
            )
        )
    if not one.heard:
        reasons.append(_("cơ quan chưa được yêu cầu giải trình"))
    if not reasons:
        return ""
    return _("Hiện chỉ nhắc nhở được: %(why)s.", why=", ".join(reasons))


OTHER_LABELS: dict[ReviewAction, dict[str, LazyString]] = {
    ReviewAction.REQUEST_EXPLANATION: {
        "text": say("Nội dung yêu cầu giải trình"),
        "files": say("Văn bản đã ký (nếu có)"),
    },
    ReviewAction.EXPLAIN: {
        "text": say("Nội dung giải trình"),
        "files": say("Tài liệu chứng minh"),
    },
    ReviewAction.RECORD_EXPLANATION: {
        "text": say("Nội dung giải trình"),
        "files": say("Văn bản giải trình đã ký"),
    },
    ReviewAction.RECORD_DECISION: {"files": say("Quyết định đã ký"), "text": say("Ghi chú")},
    ReviewAction.NOTE_NO_EXPLANATION: {"text": say("Ghi chú")},
    ReviewAction.ISSUE_DIRECTIVE: {
        "agency": say("Cơ quan chủ trì"),
        "files": say("Văn bản đã ký (nếu có)"),
    },
    ReviewAction.CLOSE: {
        "paper": say("Số văn bản kỷ luật, nếu có"),
        "result": say("Kết quả xử lý"),
    },
}
"""Labels where the plain one says too little."""


def labels_for(action: ReviewAction) -> dict[str, str]:
    """Return other labels where the plain one says too little."""
    return {name: str(words) for name, words in OTHER_LABELS.get(action, {}).items()}


def grouped(row: Row) -> list[list[Need]]:
    """Return the needs in their order, those that belong together in one line."""
    needs = {need.name: need for need in row.needs}
    beside = {a: b for a, b in SIDE_BY_SIDE if a in needs and b in needs}
    seconds = set(beside.values())
    return [
        [need, needs[beside[name]]] if name in beside else [need]
        for name, need in needs.items()
        if name not in seconds
    ]


def words_known(row: Row, file: CaseFile, case: Case, province: str) -> dict[str, object]:
    """Return what a first look finds in the fields: the agency's cases in the field's own words."""
    dated = any(need.name == "paper_on" and need.required for need in row.needs)
    known: dict[str, object] = {"paper_on": case.day} if dated else {}
    if row.action is ReviewAction.RECORD_EXPLANATION:
        return letter_by_id(asked_key("listed"))
    if row.action is ReviewAction.REQUEST_EXPLANATION:
        known |= {"working_days": case.limits.explanation_days, "text": _letter(file)}
    if row.action is ReviewAction.DECIDE and (proposal := proposal_of(file)):
        known["reason"] = proposal.text
    if row.action is ReviewAction.ISSUE_DIRECTIVE:
        subject = _("Chấn chỉnh, khắc phục vi phạm nhiều lần: %(about)s", about=_about(file))
        known |= {"issuer": province, "subject": subject, "content": _order(file)}
        known["signer"] = _decider(file)
    elif any(need.name == "signer" and need.required for need in row.needs):
        known["signer"] = only(leaders())
    return known


def _decider(file: CaseFile) -> str:
    """Return who decided: the signer of a decision on paper, else who pressed."""
    decision = next((one for one in file.papers if one.kind is PaperKind.DECISION), None)
    return (decision.signer or decision.by_name) if decision else ""


def _about(file: CaseFile) -> str:
    return group_words(file.group, file.escalation.agency_name)


def _fired(file: CaseFile) -> str:
    latest = file.latest
    if latest is None:
        return ""
    return count_words(file.rule.body, latest.level, latest.score)


def _letter(file: CaseFile) -> str:
    return _(
        "Đề nghị %(agency)s giải trình về vụ việc %(number)s, mức %(level)s: %(title)s "
        "(%(count)s, bắt đầu ngày %(day)s); nêu nguyên nhân, trách nhiệm và cách khắc phục.",
        agency=file.escalation.agency_name or _about(file),
        number=file.escalation.number,
        level=file.escalation.level,
        title=file.rule.title or file.rule.code,
        count=_fired(file),
        day=vn_date(file.opened_on),
    )


def _order(file: CaseFile) -> str:
    measure = file.escalation.decided_measure or Measure.ADMONITION
    return _(
        "Khắc phục dứt điểm vi phạm nhiều lần theo vụ việc %(number)s (%(title)s: %(about)s; "
        "%(count)s; đã quyết định: %(measure)s) và báo cáo kết quả.",
        number=file.escalation.number,
        title=file.rule.title or file.rule.code,
        about=_about(file),
        count=_fired(file),
        measure=label(measure, "measure").lower(),
    )
