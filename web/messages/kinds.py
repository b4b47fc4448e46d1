"""What a kind of notice is called, where many of one kind stand on one line."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from web.labels import EVENTS, label

KINDS: dict[str, LazyString] = {
    "directive.report": _("Báo cáo kết quả chờ xác nhận"),
    "directive.record_report": _("Báo cáo giấy đã được ghi nhận"),
    "directive.submitted": _("Báo cáo bạn đã trình được gửi đi"),
    "directive.propose": _("Kiến nghị chờ trả lời"),
    "directive.handed_down": _("Phần việc được giao"),
    "directive.moved": _("Nhiệm vụ chuyển cho cơ quan khác chủ trì"),
    "directive.instructed": _("Nhiệm vụ giao theo ý kiến chỉ đạo"),
    "directives.due": _("Nhiệm vụ quá hạn, sắp đến hạn"),
    "directives.unanswered": _("Việc chờ trả lời đã quá thời gian"),
    "document.issued": _("Văn bản giao nhiệm vụ"),
    "period.report_period": _("Báo cáo kỳ chờ xác nhận"),
    "period.submitted_period": _("Báo cáo kỳ bạn đã trình được gửi đi"),
    "period.record_period": _("Báo cáo giấy của kỳ đã được ghi nhận"),
    "period.planned": _("Kỳ báo cáo được lập"),
    "periods.due": _("Kỳ báo cáo quá hạn, sắp đến hạn"),
    "periods.unanswered": _("Báo cáo kỳ chờ xác nhận đã quá thời gian"),
    "dossiers.imported": _("Nhập hồ sơ"),
}
"""Kinds whose act alone does not say what waits."""
OTHER = _("Thông báo khác")


def kind_words(kind: str) -> str:
    """Return what a kind is called: its own words, else those of the act that raised it."""
    if kind in KINDS:
        return str(KINDS[kind])
    act = kind.partition(".")[2]
    return label(act, "event") if act in EVENTS else str(OTHER)
