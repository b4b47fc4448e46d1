"""What the notices of directives and documents say, by their kind."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

DIRECTIVE_SENTENCES: dict[str, LazyString] = {
    "document.issued": _("Văn bản %(reference)s giao cơ quan bạn %(count)s nhiệm vụ."),
    "directive.handed_down": _("Một phần việc của nhiệm vụ %(key)s được giao cho đơn vị bạn."),
    "directive.report": _("Nhiệm vụ %(key)s có báo cáo kết quả chờ xác nhận."),
    "directive.recall": _("Báo cáo của nhiệm vụ %(key)s được rút lại."),
    "directive.decline": _("Nhiệm vụ %(key)s: cơ quan chủ trì đề nghị giao lại."),
    "directive.request_extension": _("Nhiệm vụ %(key)s: cơ quan chủ trì đề nghị gia hạn."),
    "directive.return": _("Nhiệm vụ %(key)s cần bổ sung, thực hiện lại."),
    "directive.verify": _("Nhiệm vụ %(key)s được xác nhận hoàn thành."),
    "directive.reopen": _("Nhiệm vụ %(key)s được mở lại."),
    "directive.reassign": _("Nhiệm vụ %(key)s chuyển cho cơ quan bạn chủ trì."),
    "directive.succeed": _("Nhiệm vụ %(key)s của %(old)s chuyển sang cơ quan bạn."),
    "directive.insist": _("Nhiệm vụ %(key)s: phân công được giữ nguyên."),
    "directive.decide_extension": _("Đề nghị gia hạn nhiệm vụ %(key)s đã có quyết định."),
    "directive.amend": _("Nhiệm vụ %(key)s được điều chỉnh."),
    "directive.withdraw": _("Nhiệm vụ %(key)s dừng thực hiện."),
    "directive.reject_evidence": _("Một minh chứng của nhiệm vụ %(key)s không được chấp nhận."),
    "directive.record_report": _("Báo cáo giấy của nhiệm vụ %(key)s đã được ghi nhận."),
    "directive.remind": _("Nhiệm vụ %(key)s được đôn đốc."),
    "directive.direct": _("Nhiệm vụ %(key)s có ý kiến chỉ đạo."),
    "directive.route": _("Nhiệm vụ %(key)s được chuyển cho bạn xử lý."),
    "directive.request_input": _("Nhiệm vụ %(key)s: cơ quan chủ trì đề nghị cơ quan bạn phối hợp."),
    "directive.give_input": _("Nhiệm vụ %(key)s: cơ quan phối hợp đã trả lời."),
    "directive.propose": _("Nhiệm vụ %(key)s có kiến nghị chờ trả lời."),
    "directive.answer": _("Kiến nghị về nhiệm vụ %(key)s đã được trả lời."),
    "directive.suspend": _("Nhiệm vụ %(key)s tạm dừng."),
    "directive.resume": _("Nhiệm vụ %(key)s tiếp tục thực hiện."),
}
