"""What the notices of directives and documents say, by their kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from web.formats import vn_date
from web.labels import label
from web.speech import gettext
from workflow.history.records import Plain

DIRECTIVE_SENTENCES: dict[str, LazyString] = {
    "document.issued": _("Văn bản %(reference)s giao cơ quan bạn %(count)s nhiệm vụ."),
    "directive.handed_down": _("Một phần việc của nhiệm vụ %(key)s được giao cho đơn vị bạn."),
    "directive.report": _("Nhiệm vụ %(key)s có báo cáo kết quả chờ xác nhận."),
    "directive.recall": _("Báo cáo của nhiệm vụ %(key)s được rút lại."),
    "directive.decline": _("Nhiệm vụ %(key)s: cơ quan chủ trì đề nghị giao lại."),
    "directive.request_extension": _("Nhiệm vụ %(key)s: cơ quan chủ trì đề nghị gia hạn."),
    "directive.verify": _("Nhiệm vụ %(key)s được xác nhận hoàn thành."),
    "directive.reopen": _("Nhiệm vụ %(key)s được mở lại."),
    "directive.reassign": _("Nhiệm vụ %(key)s chuyển cho cơ quan bạn chủ trì."),
    "directive.moved": _("Nhiệm vụ %(key)s chuyển cho %(to)s chủ trì; cơ quan bạn thôi chủ trì."),
    "directive.succeed": _("Nhiệm vụ %(key)s của %(old)s chuyển sang cơ quan bạn."),
    "directive.joined": _("Nhiệm vụ %(key)s: cơ quan bạn phối hợp thực hiện."),
    "directive.left": _("Nhiệm vụ %(key)s: cơ quan bạn thôi phối hợp."),
    "directive.lapse_input": _(
        "Nhiệm vụ %(key)s: đề nghị phối hợp gửi cơ quan đã kết thúc hết hiệu lực."
    ),
    "directive.released": _("Nhiệm vụ %(key)s được chuyển cho %(to)s; bạn thôi xử lý."),
    "directive.insist": _("Nhiệm vụ %(key)s: phân công được giữ nguyên."),
    "directive.decide_extension": _("Đề nghị gia hạn nhiệm vụ %(key)s đã có quyết định."),
    "directive.amend": _("Nhiệm vụ %(key)s được điều chỉnh."),
    "directive.withdraw": _("Nhiệm vụ %(key)s dừng thực hiện."),
    "directive.reject_evidence": _("Một minh chứng của nhiệm vụ %(key)s không được chấp nhận."),
    "directive.record_report": _("Báo cáo giấy của nhiệm vụ %(key)s đã được ghi nhận."),
    "directive.remind": _("Nhiệm vụ %(key)s được đôn đốc."),
    "directive.direct": _("Nhiệm vụ %(key)s có ý kiến chỉ đạo."),
    "directive.instructed": _("Cơ quan bạn được giao nhiệm vụ %(key)s theo ý kiến chỉ đạo."),
    "directive.update": _("Nhiệm vụ %(key)s: %(who)s nêu kiến nghị gửi cấp trên."),
    "directive.take_back": _("Nhiệm vụ %(key)s: cơ quan chủ trì rút đề nghị."),
    "directive.take_back_input": _("Nhiệm vụ %(key)s: cơ quan chủ trì rút đề nghị phối hợp."),
    "directive.request_input": _("Nhiệm vụ %(key)s: cơ quan chủ trì đề nghị cơ quan bạn phối hợp."),
    "directive.give_input": _("Nhiệm vụ %(key)s: cơ quan phối hợp đã trả lời."),
    "directive.propose": _("Nhiệm vụ %(key)s có kiến nghị chờ trả lời."),
    "directive.answer": _("Kiến nghị về nhiệm vụ %(key)s đã được trả lời."),
    "directive.suspend": _("Nhiệm vụ %(key)s tạm dừng."),
    "directive.resume": _("Nhiệm vụ %(key)s tiếp tục thực hiện."),
}


def noted(words: str, params: Mapping[str, Plain]) -> str:
    """Return the words with what somebody wrote beside the act, or as they are."""
    return (
        gettext("%(words)s: “%(note)s”", words=words, note=params["note"])
        if params.get("note")
        else f"{words}."
    )


def _routed(params: Mapping[str, Plain]) -> str:
    day = params.get("internal_due_on")
    if isinstance(day, str):
        words = gettext(
            "Nhiệm vụ %(key)s được chuyển cho bạn xử lý, hạn nội bộ %(day)s",
            key=params["key"],
            day=vn_date(date.fromisoformat(day)),
        )
    else:
        words = gettext("Nhiệm vụ %(key)s được chuyển cho bạn xử lý", key=params["key"])
    return noted(words, params)


def _prepared(params: Mapping[str, Plain]) -> str:
    key, who = params["key"], params["who"]
    if what := _act(params):
        return gettext("Nhiệm vụ %(key)s: %(who)s trình “%(what)s”, chờ cơ quan bạn gửi.",
                       key=key, who=who, what=what)  # fmt: skip
    if params.get("changed"):
        return gettext("Nhiệm vụ %(key)s: %(who)s sửa báo cáo bạn đã trình.", key=key, who=who)
    return gettext("Nhiệm vụ %(key)s: %(who)s trình báo cáo, chờ cơ quan bạn báo cáo.",
                   key=key, who=who)  # fmt: skip


def _act(params: Mapping[str, Plain]) -> str:
    """Return the act that an officer wrote, in words; nothing for a report."""
    act = params.get("act")
    return label(str(act), "action") if act and act != "report" else ""


def _submitted(params: Mapping[str, Plain]) -> str:
    key, who = params["key"], params["who"]
    if what := _act(params):
        return gettext("Nhiệm vụ %(key)s: %(who)s đã gửi “%(what)s” bạn trình.",
                       key=key, who=who, what=what)  # fmt: skip
    return gettext("Nhiệm vụ %(key)s: %(who)s đã gửi báo cáo, chờ xác nhận.", key=key, who=who)


def _given_back(params: Mapping[str, Plain]) -> str:
    key, who = params["key"], params["who"]
    if what := _act(params):
        words = gettext("Nhiệm vụ %(key)s: %(who)s trả lại “%(what)s” bạn đã trình",
                        key=key, who=who, what=what)  # fmt: skip
        return noted(words, params)
    words = gettext("Nhiệm vụ %(key)s: %(who)s trả lại báo cáo bạn đã trình",
                    key=params["key"], who=params["who"])  # fmt: skip
    return noted(words, params)


def _returned(params: Mapping[str, Plain]) -> str:
    return noted(gettext("Nhiệm vụ %(key)s cần bổ sung, thực hiện lại", key=params["key"]), params)


def _handed_back(params: Mapping[str, Plain]) -> str:
    words = gettext("Nhiệm vụ %(key)s: %(who)s chuyển trả",
                    key=params["key"], who=params["who"])  # fmt: skip
    return noted(words, params)


def _corrected(params: Mapping[str, Plain]) -> str:
    day = params.get("due_on")
    if not isinstance(day, str):
        return gettext("Nhiệm vụ %(key)s được đính chính.", key=params["key"])
    return gettext(
        "Nhiệm vụ %(key)s được đính chính; thời hạn hiện nay là %(day)s.",
        key=params["key"],
        day=vn_date(date.fromisoformat(day)),
    )


def _rescoped(params: Mapping[str, Plain]) -> str:
    key, scope = params["key"], params.get("scope")
    if not scope:
        return gettext("Nhiệm vụ %(key)s: cách tính chỉ tiêu của mục được nói lại.", key=key)
    whose = label(str(scope), "target_scope")
    return gettext("Nhiệm vụ %(key)s: chỉ tiêu được nói lại là %(whose)s.", key=key, whose=whose)


DIRECTIVE_TELLERS: dict[str, Callable[[Mapping[str, Plain]], str]] = {
    "directive.route": _routed,
    "directive.return": _returned,
    "directive.correct": _corrected,
    "directive.rescoped": _rescoped,
    "directive.prepare": _prepared,
    "directive.submitted": _submitted,
    "directive.give_back": _given_back,
    "directive.hand_back": _handed_back,
}
"""Kinds whose words depend on what was said; `key` is the directive's number."""
