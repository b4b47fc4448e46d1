"""Words for what runs in the background, and for the figures that the ledger keeps of it.

Every owner adds its kinds and figures here; a code without words is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from web.formats import vn_number
from web.refusals import SENTENCES
from web.speech import gettext
from web.uploads.refusals import FILE_SENTENCES
from workflow.history.records import Plain

KINDS: dict[str, LazyString] = {
    "night": _("Quét hằng đêm"),
    "night.directives.succeed": _("Chuyển việc đang mở sang cơ quan kế thừa"),
    "night.violations.dossiers": _("Tìm hồ sơ đang giải quyết vừa quá hạn"),
    "night.violations.directives": _("Tìm nhiệm vụ vừa quá hạn"),
    "night.escalation.evaluate": _("Đánh giá vi phạm nhiều lần"),
    "evaluation": _("Đánh giá vi phạm nhiều lần"),
    "night.messages.due": _("Nhắc việc sắp đến hạn, quá hạn, chờ trả lời"),
    "night.periods.due": _("Nhắc kỳ báo cáo sắp đến hạn, quá hạn"),
    "night.periods.close": _("Kết thúc nhiệm vụ thường xuyên hết năm"),
    "night.messages.stranded": _("Thử lại thông báo chưa có người nhận"),
    "night.jobs.tidy": _("Dọn việc chạy nền đã xong"),
    "night.history.anchor": _("Ghi dấu nhật ký ra ngoài cơ sở dữ liệu"),
    "night.review.climb": _("Chuyển cấp trên xử lý vụ việc quá hạn trả lời"),
    "review.place": _("Phân công người xử lý vụ việc mới"),
    "mail.send": _("Gửi thư"),
    "dossiers.import": _("Nhập hồ sơ"),
    "dossiers.count": _("Cộng số hồ sơ đã xong theo tháng cho trang tỷ lệ"),
    "dossiers.trial": _("Đọc thử tệp hồ sơ"),
    "night.dossiers.recount": _("Tính lại thời gian chờ của hồ sơ khi lịch thay đổi"),
    "night.dossiers.count": _("Cộng số hồ sơ đã xong theo tháng cho trang tỷ lệ"),
    "night.causes.walk": _("Tính từ nhật ký của hồ sơ xong trễ cho trang nguyên nhân"),
    "night.dossiers.forget": _("Bỏ tệp hồ sơ không ai nhập"),
    "tick": _("Nhịp mỗi phút"),
}
FIGURES: dict[str, LazyString] = {
    "found": _("vi phạm mới"),
    "reinstated": _("được tính lại"),
    "moved": _("vi phạm đổi ngày, đổi cơ quan"),
    "overturned": _("vi phạm không tính nữa"),
    "directives": _("nhiệm vụ"),
    "unanswered": _("đề nghị quá thời gian trả lời"),
    "periods": _("kỳ báo cáo"),
    "closed": _("nhiệm vụ hết năm"),
    "notices": _("thông báo"),
    "rules": _("quy tắc"),
    "groups": _("nhóm"),
    "raised": _("vụ việc mới"),
    "lifted": _("vụ việc lên mức"),
    "lowered": _("vụ việc hạ mức"),
    "retracted": _("vụ việc rút lại"),
    "freed": _("thông báo thử lại"),
    "forgotten": _("việc đã dọn"),
    "anchored": _("dấu nhật ký"),
    "placed": _("vụ việc được phân công"),
    "climbed": _("vụ việc chuyển cấp trên"),
    "to_leader": _("vụ việc đến lãnh đạo"),
    "unheld": _("vụ việc chưa có người xử lý"),
    "steps": _("bước"),
    "waits": _("hồ sơ có thời gian chờ"),
    "due_moved": _("hồ sơ đổi hạn"),
    "months": _("tháng được cộng lại"),
    "walked": _("nhật ký được tính"),
    "rows": _("dòng"),
    "created": _("hồ sơ mới"),
    "updated": _("hồ sơ thay đổi"),
    "unchanged": _("hồ sơ không đổi"),
    "rejected": _("dòng không nhận"),
}
TROUBLES: dict[str, LazyString] = {
    "unknown_job": _("phiên bản này không biết việc đó"),
    "StepFailed": _("có bước chưa làm được"),
    "ChainBroken": _("nhật ký không còn nguyên vẹn, xem trang Nhật ký"),
    "AnchorUnwritable": _("không có hoặc không ghi được nơi giữ dấu nhật ký"),
    "NotSent": _("máy chủ thư chưa nhận"),
    "OperationalError": _("cơ sở dữ liệu không trả lời"),
}


def kind_told(kind: str) -> str:
    """Return what a kind of work is called."""
    return str(KINDS.get(kind, kind))


def trouble_told(trouble: str) -> str:
    """Return why something failed."""
    if trouble.startswith("smtp "):
        return gettext("máy chủ thư trả lời %(code)s", code=trouble.removeprefix("smtp "))
    words = TROUBLES.get(trouble) or SENTENCES.get(trouble) or FILE_SENTENCES.get(trouble)
    return trouble if words is None or "%(" in str(words) else str(words).rstrip(".")


def figures_told(figures: Mapping[str, Plain]) -> str:
    """Return what a run did: its numbers with their words; what is 0 is left out."""
    parts = [
        f"{vn_number(value)} {FIGURES.get(name, name)}"
        for name, value in figures.items()
        if isinstance(value, int | float) and not isinstance(value, bool) and value
    ]
    if "trouble" in figures:
        parts.append(trouble_told(str(figures["trouble"])))
    return ", ".join(parts) or gettext("không có gì mới")


def took_told(took: timedelta) -> str:
    """Return how long something took."""
    seconds = took.total_seconds()
    if seconds < 1:
        return gettext("dưới 1 giây")
    if seconds < 120:  # noqa: PLR2004 - two minutes are still told in seconds
        return gettext("%(n)s giây", n=vn_number(round(seconds)))
    return gettext("%(n)s phút", n=vn_number(round(seconds / 60)))
