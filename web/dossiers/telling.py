"""Words on pages of dossiers: fields and what stood in them, holders of time, causes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from flask_babel import lazy_gettext as _

from models.dossiers.page import FileStep
from web.formats import vn_date
from web.labels import label
from web.spans import vn_moment
from web.speech import gettext as say
from web.speech import ngettext
from workflow.causes.records import BY_CODE, CauseCode, Holder
from workflow.causes.suggesting import Suggestion

FIELDS = {
    "agency_text": _("Cơ quan giải quyết"),
    "agency_id": _("Cơ quan giải quyết"),
    "receiving_text": _("Nơi tiếp nhận"),
    "receiving_id": _("Nơi tiếp nhận"),
    "field_text": _("Lĩnh vực"),
    "procedure_code": _("Mã thủ tục"),
    "procedure_text": _("Thủ tục"),
    "officer": _("Cán bộ thụ lý"),
    "applicant": _("Người nộp"),
    "channel": _("Kênh nộp"),
    "online_level": _("Mức độ trực tuyến"),
    "status": _("Trạng thái"),
    "submitted_at": _("Lúc nộp"),
    "receipt_limit_at": _("Hạn tiếp nhận"),
    "received_at": _("Lúc tiếp nhận"),
    "received_on": _("Ngày tiếp nhận"),
    "promised_on": _("Ngày hẹn trả"),
    "promised_last_on": _("Ngày hẹn lại"),
    "waits_included": _("Ngày hẹn đã gồm thời gian chờ"),
    "second_new_date_at": _("Hẹn lại lần hai"),
    "apology_on": _("Văn bản xin lỗi"),
    "processed_at": _("Lúc xử lý xong"),
    "returned_at": _("Lúc trả kết quả"),
    "stopped_at": _("Lúc dừng"),
    "ended_on": _("Ngày kết thúc"),
    "supplement_requests": _("Số lần yêu cầu bổ sung"),
    "second_supplement_at": _("Yêu cầu bổ sung lần hai"),
    "waits": _("Thời gian chờ người dân"),
    "waited_days": _("Số ngày làm việc chờ"),
    "waiting_since": _("Đang chờ từ"),
    "due_on": _("Hạn tính"),
    "due_last_on": _("Hạn tính theo hẹn lại"),
    "wrong_jurisdiction_at": _("Nhận không đúng thẩm quyền"),
    "no_slip_at": _("Không có giấy tiếp nhận"),
    "refused_without_reason_at": _("Không giải quyết mà không nêu lý do"),
    "not_synced_at": _("Không đồng bộ lên hệ thống"),
    "late_transfer_at": _("Chuyển hồ sơ chậm"),
    "steps": _("Các bước giải quyết"),
}
"""What a field of a dossier is called; a field without words is shown as it is."""


def field_words(name: str) -> str:
    """Return what a field is called."""
    return str(FIELDS.get(name, name))


def value_words(text: str, name: str) -> str:
    """Return what an import wrote in the field called `name`, as a person reads it."""
    if not text:
        return ""
    if name == "status":
        return label(text, "dossier_status")
    if name == "channel":
        return label(text, "channel")
    try:
        return _typed_words(name, text)
    except ValueError:
        return text


def _typed_words(name: str, text: str) -> str:
    """Return a day, a moment or a list in words; ValueError where the text is none of them."""
    if name.endswith("_at"):
        moment = datetime.fromisoformat(text)
        return vn_moment(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    if name.endswith("_on"):
        return vn_date(date.fromisoformat(text))
    if name == "steps":
        number = len(json.loads(text))
        return ngettext("%(num)s bước", "%(num)s bước", number)
    if name == "waits":
        return "; ".join(_wait_words(*wait) for wait in json.loads(text))
    return text


def _wait_words(asked: str, answered: str | None) -> str:
    end = vn_date(date.fromisoformat(answered)) if answered else "…"
    return f"{vn_date(date.fromisoformat(asked))} → {end}"


def ground_words(suggestion: Suggestion) -> str:
    """Say what speaks for a suggested cause."""
    broken = suggestion.broken
    if broken is not None:
        return say(
            "bước “%(step)s” vượt hạn %(n)s ngày làm việc", step=broken.name, n=broken.days_over
        )
    return {
        "supplements": say("yêu cầu bổ sung từ hai lần trở lên"),
        "payment_awaited": say("đang chờ người dân thực hiện nghĩa vụ tài chính"),
        "all_steps_ended": say("mọi bước đã xong nhưng hồ sơ chưa kết thúc"),
        "no_limits": say("không bước nào ghi thời hạn"),
    }[suggestion.ground]


def holder_words(holder: Holder, step: FileStep | None = None) -> str:
    """Return a holder in words: the agency it was matched to, the file's words, or its sort."""
    if step is not None and step.holder.name:
        return step.holder.name
    return holder.text or label(holder.kind, "holder_kind")


def side_words(code: CauseCode) -> str:
    """Return on whose side a cause lies."""
    return label(BY_CODE[code].side, "cause_side")
