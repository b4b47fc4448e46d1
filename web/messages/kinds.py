"""What a kind of notice is called, where many of one kind stand on one line."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from web.labels import EVENTS, label
from web.review.notices import CASE_KINDS

KINDS: dict[str, LazyString] = {
    **CASE_KINDS,
    "account.absent": _("Người làm thay bạn"),
    "account.stand_in": _("Bạn làm thay người khác"),
    "account.work_received": _("Việc nhận bàn giao"),
    "directive.joined": _("Nhiệm vụ cơ quan được giao phối hợp"),
    "directive.left": _("Nhiệm vụ cơ quan thôi phối hợp"),
    "directives.followed": _("Nhiệm vụ được giao theo dõi"),
    "directives.unfollowed": _("Nhiệm vụ thôi theo dõi"),
    "letter.reminded": _("Văn bản đôn đốc"),
    "period.closed": _("Nhiệm vụ thường xuyên kết thúc"),
    "view.sent": _("Cách xem được gửi đến"),
    "job.dead": _("Việc chạy nền không xong"),
    "dossiers.import_failed": _("Tệp hồ sơ không nhập được"),
    "rule_submitted": _("Dự thảo quy tắc chờ phê duyệt"),
    "violations_confirmed": _("Vi phạm được xác nhận"),
    "violations_contested": _("Vi phạm bị đề nghị xem xét lại"),
    "violations_counted_again": _("Vi phạm được tính lại"),
    "violations_dropped": _("Vi phạm không tính"),
    "violations_judged": _("Kết luận về vi phạm"),
    "directive.report": _("Báo cáo kết quả chờ xác nhận"),
    "directive.record_report": _("Báo cáo giấy đã được ghi nhận"),
    "directive.released": _("Nhiệm vụ chuyển cho người khác xử lý"),
    "directive.submitted": _("Báo cáo bạn đã trình được gửi đi"),
    "directive.propose": _("Kiến nghị chờ trả lời"),
    "directive.handed_down": _("Phần việc được giao"),
    "directive.moved": _("Nhiệm vụ chuyển cho cơ quan khác chủ trì"),
    "directive.rescoped": _("Chỉ tiêu của mục được nói lại"),
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
