"""What the notices of the desk say, by their kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from web.formats import vn_date, vn_number
from web.labels import label
from web.speech import gettext
from web.wiring import office
from workflow.history.records import Plain
from workflow.violations.records import number_of

Params = Mapping[str, Plain]

REVIEW_SENTENCES: dict[str, LazyString] = {
    "review_send_back": _("Vụ việc %(key)s: cần đề xuất lại."),
    "review_unheld": _(
        "Vụ việc mới %(key)s (mức %(level)s) chưa có ai xử lý: không người kiểm tra hay lãnh đạo "
        "nào đang làm việc mà không liên quan đến cơ quan trong vụ việc."
    ),
    "review_hand_on": _("Bạn được chuyển xử lý vụ việc %(key)s (mức %(level)s)."),
}


def _proposed(params: Params) -> str:
    return gettext(
        "Vụ việc %(number)s (mức %(level)s): đã trình đề xuất %(measure)s để quyết định.",
        **_filled(params),
    )


def _decided(params: Params) -> str:
    return gettext("Vụ việc %(number)s đã có quyết định: %(measure)s.", **_filled(params))


def _placed(params: Params) -> str:
    return _clocked(
        params,
        _("Vụ việc mới %(key)s (mức %(level)s) chờ bạn nhận xử lý, trả lời đến %(day)s."),
        _(
            "Vụ việc mới %(key)s (mức %(level)s) chờ bạn nhận xử lý; thời gian trả lời đã hết "
            "ngày %(day)s."
        ),
    )


def _back(params: Params) -> str:
    return _clocked(
        params,
        _("Vụ việc %(key)s (mức %(level)s) lại chờ bạn xử lý, trả lời đến %(day)s."),
        _(
            "Vụ việc %(key)s (mức %(level)s) lại chờ bạn xử lý; thời gian trả lời đã hết ngày "
            "%(day)s."
        ),
    )


def _climbed(params: Params) -> str:
    return _clocked(
        params,
        _(
            "Vụ việc %(key)s (mức %(level)s) đã quá hạn ở người trước và chuyển đến bạn, "
            "trả lời đến %(day)s."
        ),
        _(
            "Vụ việc %(key)s (mức %(level)s) đã quá hạn ở người trước và chuyển đến bạn; thời "
            "gian trả lời cũng đã hết ngày %(day)s."
        ),
    )


def _fell(params: Params, words: LazyString) -> str:
    """Say what fell, and which violations no longer count, or what else made it fall."""
    said = str(words) % params
    if why := _why_fell(params):
        return gettext("%(what)s, vì %(why)s.", what=said, why=why)
    return f"{said}."


def _why_fell(params: Params) -> str:
    gone, count = params.get("gone"), params.get("gone_count")
    if isinstance(gone, list) and isinstance(count, int) and gone:
        named = ", ".join(number_of(int(str(one))) for one in gone if str(one).isdecimal())
        if count > len(gone):
            return gettext(
                "%(named)s và %(n)s vi phạm khác không còn được tính",
                named=named,
                n=vn_number(count - len(gone)),
            )
        return gettext("%(named)s không còn được tính", named=named)
    reason = params.get("reason")
    return label(reason, "retraction") if reason else ""


def _lowered(params: Params) -> str:
    return _fell(params, _("Vụ việc %(key)s hạ xuống mức %(level)s"))


def _retracted(params: Params) -> str:
    return _fell(params, _("Vụ việc %(key)s không còn căn cứ và không còn tính"))


def _explained(params: Params) -> str:
    words = _("Cơ quan đã giải trình vụ việc %(key)s (mức %(level)s).")
    if "count" in params:
        words = _(
            "Cơ quan đã giải trình %(count)s vụ việc bằng một văn bản; nặng nhất: %(number)s "
            "(mức %(level)s)."
        )
    return str(words) % params


def _explanation_recorded(params: Params) -> str:
    words = _("Vụ việc %(key)s: văn bản giải trình của cơ quan đã được ghi nhận.")
    if "count" in params:
        words = _("Văn bản giải trình của cơ quan đã được ghi nhận cho %(count)s vụ việc.")
    return str(words) % params


def _explanation_asked(params: Params) -> str:
    if "count" in params:
        return _clocked(
            params,
            _(
                "Cơ quan được yêu cầu giải trình %(count)s vụ việc bằng một văn bản, trả lời đến "
                "hết %(day)s; nặng nhất: %(number)s (mức %(level)s)."
            ),
            _(
                "Cơ quan được yêu cầu giải trình %(count)s vụ việc bằng một văn bản; thời gian "
                "trả lời đã hết ngày %(day)s; nặng nhất: %(number)s (mức %(level)s)."
            ),
        )
    return _clocked(
        params,
        _(
            "Cơ quan được yêu cầu giải trình vụ việc %(key)s (mức %(level)s), trả lời đến hết "
            "%(day)s."
        ),
        _(
            "Cơ quan được yêu cầu giải trình vụ việc %(key)s (mức %(level)s); thời gian trả lời "
            "đã hết ngày %(day)s."
        ),
    )


def _clocked(params: Params, runs: LazyString, is_over: LazyString) -> str:
    """Return what a clock that runs says, or one that has run out by today."""
    told = params.get("answer_by") or params.get("answer_on")
    if not isinstance(told, str):
        return str(runs) % {**params, "day": ""}
    day = date.fromisoformat(told)
    words = is_over if day < office().today() else runs
    return str(words) % {**params, "day": vn_date(day)}


def _filled(params: Params) -> dict[str, object]:
    measure = params.get("measure")
    words = label(measure, "measure").lower() if measure else ""
    return {"number": params.get("number", ""), "level": params.get("level", ""), "measure": words}


def _many(params: Params) -> str:
    """Tell what became of many cases at once: how many, and the gravest by number."""
    counts, worst = params.get("counts"), params.get("worst")
    assert isinstance(counts, dict)  # noqa: S101 - written by workflow.messages.bundling
    assert isinstance(worst, list)  # noqa: S101 - written by workflow.messages.bundling
    told = ", ".join(
        gettext("%(n)s vụ việc %(what)s", n=vn_number(number), what=str(words))  # type: ignore[arg-type]
        for kind, words in MANY.items()
        if (number := counts.get(kind))
    )
    gravest = ", ".join(
        gettext("%(number)s (mức %(level)s)", number=one[0], level=one[1])
        for one in worst
        if isinstance(one, list)
    )
    until = params.get("answer_by")
    ends = _ends(str(until)) if until else ""
    return gettext(
        "%(told)s%(ends)s. Nặng nhất: %(gravest)s.", told=told, ends=ends, gravest=gravest
    )


def _ends(until: str) -> str:
    day = date.fromisoformat(until)
    if day < office().today():
        return gettext("; thời gian trả lời đã hết từ %(day)s", day=vn_date(day))
    return gettext("; sớm nhất phải trả lời đến %(day)s", day=vn_date(day))


MANY: dict[str, LazyString] = {
    "escalation_raised": _("mới phát sinh"),
    "escalation_lifted": _("lên mức"),
    "escalation_lowered": _("hạ mức"),
    "escalation_retracted": _("không còn căn cứ, không còn tính"),
    "escalation_reinstated": _("được tính lại"),
    "escalation_unproposed": _("có đề xuất không còn chờ quyết định"),
    "review_placed": _("mới được giao cho bạn lúc báo tin"),
    "review_back": _("lại chờ bạn xử lý"),
    "review_unheld": _("chưa có ai xử lý"),
    "review_hand_on": _("được chuyển cho bạn xử lý"),
    "review_climbed": _("quá hạn ở người trước, chuyển đến bạn"),
}
"""What became of the cases of a summary, by the kind of the notices it stands for."""


def cases_in_words(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return what became of how many cases, in words, by the kinds of the notices that told it."""
    return [(str(words), counts[kind]) for kind, words in MANY.items() if counts.get(kind)]


REVIEW_TELLERS: dict[str, Callable[[Params], str]] = {
    "review_placed": _placed,
    "review_back": _back,
    "review_climbed": _climbed,
    "review_request_explanation": _explanation_asked,
    "review_explain": _explained,
    "review_record_explanation": _explanation_recorded,
    "escalation_lowered": _lowered,
    "escalation_retracted": _retracted,
    "review_propose": _proposed,
    "review_decide": _decided,
    "review_record_decision": _decided,
    "escalations_told": _many,
    "review_given": _many,
}
"""Kinds whose words say a measure, or how a clock stands today."""
CASE_KINDS: dict[str, LazyString] = {
    "escalation_raised": _("Vụ vi phạm nhiều lần mới phát sinh"),
    "escalation_lifted": _("Vụ việc lên mức"),
    "escalation_lowered": _("Vụ việc hạ mức"),
    "escalation_retracted": _("Vụ việc không còn căn cứ"),
    "escalation_reinstated": _("Vụ việc được tính lại"),
    "escalation_unproposed": _("Đề xuất không còn chờ quyết định"),
    "escalations_told": _("Thay đổi của nhiều vụ việc"),
    "review_placed": _("Vụ việc mới chờ nhận xử lý"),
    "review_back": _("Vụ việc lại chờ xử lý"),
    "review_climbed": _("Vụ việc quá hạn ở người trước"),
    "review_unheld": _("Vụ việc mới chưa có ai xử lý"),
    "review_given": _("Nhiều vụ việc được giao xử lý"),
    "review_hand_on": _("Vụ việc được chuyển đến"),
    "review_request_explanation": _("Yêu cầu giải trình"),
    "review_explain": _("Giải trình của cơ quan"),
    "review_record_explanation": _("Văn bản giải trình được ghi nhận"),
    "review_propose": _("Đề xuất chờ quyết định"),
    "review_send_back": _("Vụ việc cần đề xuất lại"),
    "review_decide": _("Quyết định xử lý"),
    "review_record_decision": _("Quyết định đã ký được ghi nhận"),
}
"""What a kind is called, where many of one kind stand on one line."""
