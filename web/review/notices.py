"""What the notices of the desk say, by their kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from web.labels import label
from web.speech import gettext
from workflow.history.records import Plain

Params = Mapping[str, Plain]

REVIEW_SENTENCES: dict[str, LazyString] = {
    "review_explain": _("Cơ quan đã giải trình vụ việc %(key)s (mức %(level)s)."),
    "review_send_back": _("Vụ việc %(key)s: cần đề xuất lại."),
    "review_hand_on": _("Bạn được chuyển xử lý vụ việc %(key)s (mức %(level)s)."),
    "review_placed": _(
        "Vụ việc mới %(key)s (mức %(level)s) chờ bạn nhận xử lý, trả lời đến %(answer_by)s."
    ),
    "review_climbed": _(
        "Vụ việc %(key)s (mức %(level)s) đã quá hạn ở người trước và chuyển đến bạn, "
        "trả lời đến %(answer_by)s."
    ),
    "review_request_explanation": _(
        "Cơ quan được yêu cầu giải trình vụ việc %(key)s (mức %(level)s), trả lời đến hết "
        "%(answer_on)s."
    ),
}


def _proposed(params: Params) -> str:
    return gettext(
        "Vụ việc %(number)s (mức %(level)s) có đề xuất chờ quyết định: %(measure)s.",
        **_filled(params),
    )


def _decided(params: Params) -> str:
    return gettext("Vụ việc %(number)s đã có quyết định: %(measure)s.", **_filled(params))


def _filled(params: Params) -> dict[str, object]:
    measure = params.get("measure")
    words = label(measure, "measure").lower() if measure else ""
    return {"number": params.get("number", ""), "level": params.get("level", ""), "measure": words}


REVIEW_TELLERS: dict[str, Callable[[Params], str]] = {
    "review_propose": _proposed,
    "review_decide": _decided,
    "review_record_decision": _decided,
}
"""Kinds whose words say a measure."""
