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
