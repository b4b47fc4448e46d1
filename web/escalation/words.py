"""Words for what rules gather by and count over, and for why one says nothing."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

Words = dict[str, LazyString]

GROUP_KEYS: Words = {
    "agency": _("cơ quan"),
    "field": _("lĩnh vực"),
    "procedure": _("thủ tục"),
    "officer": _("người xử lý"),
    "type": _("loại vi phạm"),
}
PERIODS: Words = {"month": _("tháng"), "quarter": _("quý"), "year": _("năm")}
QUIET: Words = {
    "not_in_force": _("Ngày này không có phiên bản nào của quy tắc có hiệu lực."),
    "nothing_counted": _("Không có vi phạm nào được tính trong kỳ."),
    "below": _("Chưa đủ điểm."),
    "stands": _("Vụ việc đang mở, chưa đủ điểm để lên mức tiếp theo."),
    "at_highest": _("Vụ việc đang mở ở mức cao nhất."),
}
UNCOUNTED: Words = {
    "overturned": _("không tính là vi phạm"),
    "other_type": _("loại khác"),
    "later": _("xảy ra sau ngày đang xét"),
    "no_value": _("thiếu giá trị mà quy tắc nhóm theo"),
    "outside_window": _("ngoài kỳ tính"),
}
TURNS: Words = {
    "gone": _("nay không còn căn cứ"),
    "later_known": _("nay mới biết"),
    "lower": _("nay ở mức thấp hơn"),
    "higher": _("nay ở mức cao hơn"),
    "other_basis": _("nay căn cứ khác"),
    "same": _("vẫn như vậy"),
}
RULE_STATES: Words = {
    "draft": _("Dự thảo"),
    "approved": _("Đã phê duyệt"),
    "rejected": _("Không phê duyệt"),
    "retired": _("Ngừng áp dụng"),
}
MERGINGS: Words = {
    "sum": _("cộng số của các cơ quan cũ"),
    "fresh": _("tính lại từ đầu"),
}
EVALUATION_CAUSES: Words = {
    "violations": _("vi phạm mới, hoặc vi phạm không còn tính"),
    "rule": _("quy tắc thay đổi"),
    "agencies": _("cơ quan thay đổi"),
    "time": _("đến ngày"),
}
RULE_EVENTS: Words = {
    "draft_rule": _("Soạn dự thảo quy tắc"),
    "change_rule": _("Sửa dự thảo quy tắc"),
    "submit_rule": _("Trình phê duyệt"),
    "attach_backtest": _("Đính kèm kết quả chạy thử"),
    "approve_rule": _("Phê duyệt quy tắc"),
    "reject_rule": _("Không phê duyệt quy tắc"),
    "end_rule": _("Phiên bản mới thay thế"),
    "retire_rule": _("Ngừng áp dụng quy tắc"),
    "set_merging": _("Đổi cách tính cho cơ quan sáp nhập"),
    "suppress": _("Đánh dấu có lý do chung"),
    "end_suppression": _("Bỏ đánh dấu"),
}
RULE_FIELDS: Words = {
    "rule_state": _("Trạng thái"),
    "title": _("Tên"),
    "violation_types": _("Loại vi phạm"),
    "group_by": _("Tính riêng cho từng"),
    "window_days": _("Kỳ tính (số ngày liền)"),
    "window_calendar": _("Kỳ tính theo lịch"),
    "field": _("Lĩnh vực"),
    "levels": _("Ngưỡng các mức"),
    "weights": _("Trọng số"),
    "repeat_within_days": _("Coi là lặp lại trong (ngày)"),
    "from_on": _("Từ ngày"),
    "to_on": _("Đến hết ngày"),
    "expires_on": _("Hết hiệu lực sau ngày"),
    "retroactive": _("Áp dụng cho ngày đã qua"),
    "is_proposal": _("Là đề xuất của phần mềm"),
    "merging": _("Cơ quan sáp nhập"),
    "rule": _("Quy tắc"),
    "ended": _("Đã bỏ"),
    "from": _("Từ"),
    "to": _("Đến"),
    "escalations": _("Số vụ việc"),
    "raises": _("Số lần lên mức"),
    "per_week": _("Bình quân một tuần"),
    "busiest_week": _("Tuần nhiều nhất"),
    "by_month": _("Theo tháng"),
    "by_agency": _("Theo cơ quan"),
    "in_force": _("Quy tắc đang có hiệu lực"),
    "caught": _("Thêm"),
    "freed": _("Bớt"),
    "caught_groups": _("Thêm những nhóm"),
    "freed_groups": _("Bớt những nhóm"),
    "near_misses": _("Sắp chạm ngưỡng"),
    "procedure": _("Thủ tục"),
    "officer": _("Người xử lý"),
    "type": _("Loại"),
}
ESCALATION_WORDS: dict[str, Words] = {
    "group_key": GROUP_KEYS,
    "rule_state": RULE_STATES,
    "merging": MERGINGS,
    "evaluation_cause": EVALUATION_CAUSES,
    "quiet": QUIET,
    "period": PERIODS,
    "uncounted": UNCOUNTED,
    "known_turn": TURNS,
}
"""The groups of words by the name under which pages ask for them."""
ESCALATION_SENTENCES: Words = {
    "rule_submitted": _("Dự thảo quy tắc %(key)s, phiên bản %(number)s chờ phê duyệt."),
    "escalation_raised": _("Phát sinh vụ vi phạm nhiều lần %(key)s, mức %(level)s (%(rule)s)."),
    "escalation_lifted": _("Vụ việc %(key)s lên mức %(level)s (%(rule)s)."),
    "escalation_reinstated": _("Vụ việc %(key)s có lại căn cứ và được tính lại."),
    "escalation_unproposed": _(
        "Đề xuất ở vụ việc %(key)s không còn chờ quyết định: căn cứ của vụ việc đã thay đổi "
        "(nay mức %(level)s)."
    ),
}
"""What the notices of the engine say, by their kind."""
