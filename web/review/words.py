"""Words for the codes of the inspectors' desk."""

from __future__ import annotations

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _

Words = dict[str, LazyString]

CASE_STATES: Words = {
    "raised": _("Mới phát sinh"),
    "acknowledged": _("Đã nhận xử lý"),
    "explanation_requested": _("Chờ giải trình"),
    "explained": _("Xong bước giải trình"),
    "proposed": _("Chờ quyết định"),
    "decided": _("Đã quyết định"),
    "closed": _("Đã kết thúc"),
    "retracted": _("Không còn căn cứ"),
}
REVIEW_ACTIONS: Words = {
    "acknowledge": _("Nhận xử lý"),
    "request_explanation": _("Yêu cầu giải trình"),
    "explain": _("Giải trình"),
    "record_explanation": _("Ghi nhận văn bản giải trình"),
    "note_no_explanation": _("Ghi nhận không giải trình"),
    "propose": _("Đề xuất xử lý"),
    "send_back": _("Yêu cầu đề xuất lại"),
    "decide": _("Quyết định xử lý"),
    "record_decision": _("Ghi nhận quyết định đã ký"),
    "issue_directive": _("Giao nhiệm vụ khắc phục"),
    "close": _("Kết thúc vụ việc"),
    "hand_on": _("Chuyển người xử lý"),
}
REVIEW_EVENTS: Words = REVIEW_ACTIONS | {
    "raise": _("Phát sinh vi phạm nhiều lần"),
    "lift": _("Lên mức"),
    "lower": _("Hạ mức"),
    "retract": _("Không còn căn cứ, vụ việc không còn tính"),
    "reinstate": _("Có lại căn cứ, vụ việc được tính lại"),
    "rebase": _("Căn cứ thay đổi, mức giữ nguyên"),
    "place": _("Phân công người xử lý"),
    "climb": _("Chuyển cấp trên xử lý"),
    "set_order": _("Sắp xếp thứ tự xử lý"),
    "issued_from": _("Giao từ vụ việc vi phạm nhiều lần"),
}
MEASURES: Words = {
    "admonition": _("Nhắc nhở"),
    "criticism": _("Phê bình"),
    "self_review": _("Yêu cầu kiểm điểm"),
    "surprise_inspection": _("Kiểm tra đột xuất"),
    "responsibility": _("Đề nghị xem xét trách nhiệm"),
}
PAPERS: Words = {
    "letter": _("Văn bản yêu cầu giải trình"),
    "explanation": lazy_pgettext("paper", "Giải trình"),
    "silence": _("Không giải trình"),
    "proposal": _("Đề xuất"),
    "sent_back": _("Yêu cầu đề xuất lại"),
    "decision": _("Quyết định"),
    "closing": _("Kết thúc"),
}
RELATIONS: Words = {
    "inspector": _("người kiểm tra, thanh tra"),
    "home_inspector": _("người kiểm tra của Sở Nội vụ"),
    "leader": _("lãnh đạo UBND tỉnh"),
    "office": _("Văn phòng UBND tỉnh, Sở Nội vụ (theo dõi, tổng hợp)"),
    "agency": _("thủ trưởng hoặc đầu mối của cơ quan có vi phạm"),
}
RETRACTIONS: Words = {
    "basis_fell": _("vi phạm làm căn cứ không còn được tính"),
    "rule_changed": _("quy tắc đã thay đổi"),
    "taken_over": _("vụ việc khác đã thay thế"),
    "merged": _("cơ quan đã sáp nhập, vi phạm của các cơ quan cũ được tính chung"),
    "agencies_changed": _("cơ quan thay đổi nên vi phạm được tính lại theo cơ quan mới"),
}
DESK_TABS: Words = {
    "mine": _("Chờ tôi"),
    "team": _("Cơ quan tôi"),
    "all": _("Tất cả"),
}
REVIEW_FIELDS: Words = {
    "measure": _("Hình thức xử lý"),
    "paper_on": _("Ngày văn bản"),
    "working_days": _("Trả lời trong (ngày làm việc)"),
    "text": _("Nội dung"),
    "deadline_text": _("Thời hạn, như trong văn bản"),
    "colleague": _("Người xử lý tiếp"),
    "holder_id": _("Người xử lý"),
    "holder_since": _("Giữ từ"),
    "answer_by": _("Phải trả lời đến"),
    "level": _("Mức"),
    "also": _("Các vụ việc khác"),
    "opened_on": _("Bắt đầu"),
    "closed_on": _("Ngày cuối"),
    "raised_on": _("Ngày phát sinh"),
    "rule_number": _("Phiên bản quy tắc"),
    "no_longer_counted": _("Vi phạm không còn tính"),
    "violations": _("Vi phạm"),
    "because": _("Vì"),
    "heir": _("Vụ việc thay thế"),
    "cause": _("Do"),
    "import": _("Lần nhập hồ sơ"),
    "group": _("Nhóm"),
    "before_retraction": _("Trạng thái trước đó"),
    "escalation": _("Vụ việc"),
    "order": _("Thứ tự"),
    "account": _("Tài khoản"),
    "away_from": _("Vắng mặt từ"),
    "away_to": _("Vắng mặt đến hết"),
}
REVIEW_WORDS: dict[str, Words] = {
    "case_state": CASE_STATES,
    "review_action": REVIEW_ACTIONS,
    "measure": MEASURES,
    "review_paper": PAPERS,
    "relation": RELATIONS,
    "retraction": RETRACTIONS,
    "desk_tab": DESK_TABS,
}
"""The groups of words by the name under which pages ask for them."""
