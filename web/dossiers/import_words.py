"""Words of imports: why a file, a row or a profile is not taken, and where an import stands."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from workflow.dossiers.misread import Rejected

IMPORT_EVENTS = {
    "take_in_dossiers": _("Nhập hồ sơ"),
    "fail_import": _("Ngừng nhập hồ sơ vì lỗi"),
    "hand_out_rejected": _("Tải tệp các dòng không đọc được"),
    "recount_waits": _("Tính lại thời gian chờ bổ sung theo lịch mới"),
}
IMPORT_STATES = {
    "running": _("Đang nhập"),
    "finished": _("Đã nhập xong"),
    "failed": _("Đã ngừng vì lỗi"),
}
IMPORT_SENTENCES: dict[str, LazyString] = {
    "column_twice": _("Cột “%(column)s” có hai lần trong dòng tiêu đề."),
    "columns_missing": _("Không tìm thấy cột: %(columns)s. Tệp có các cột: %(found)s."),
    "profile_missing": _("Không có cấu hình nhập tên “%(name)s”. Hiện có: %(found)s."),
    "sheet_missing": _("Không có trang tính “%(sheet)s”. Tệp có: %(found)s."),
    "too_many_agencies": _(
        "Cột cơ quan có hơn %(limit)s tên khác nhau; có lẽ cấu hình nhập chỉ nhầm cột."
    ),
}
"""Why a file is not taken in at all."""

REASONS: Mapping[str, LazyString] = {
    "answered_before_asked": _("Ngày bổ sung xong trước ngày yêu cầu bổ sung."),
    "bad_code": _("Mã hồ sơ không đúng dạng."),
    "cells_missing": _("Dòng này ít ô hơn dòng tiêu đề."),
    "cells_too_many": _("Dòng này nhiều ô hơn dòng tiêu đề."),
    "code_twice": _("Tệp có hai dòng cùng mã hồ sơ mà nội dung khác nhau."),
    "date_unlikely": _("Ngày này nằm ngoài khoảng 1990–2045."),
    "end_missing": _("Hồ sơ đã kết thúc mà không có ngày kết thúc."),
    "not_a_date": _("Không đọc được ngày, giờ này."),
    "not_a_number": _("Không phải số từ 0 đến 999."),
    "outside_calendar": _("Nằm ngoài những năm có lịch làm việc (2008–2045)."),
    "promised_before_received": _("Ngày hẹn trả trước ngày tiếp nhận."),
    "required": _("Ô này để trống."),
    "rows_disagree": _("Các dòng của hồ sơ này ghi khác nhau về cùng một hồ sơ."),
    "step_twice": _("Một bước của hồ sơ có hai dòng khác nhau."),
    "too_long": _("Nội dung dài quá mức cho phép."),
    "unknown_word": _("Cấu hình nhập không cho biết từ này nghĩa là gì."),
    "with_other_row": _("Dòng khác của cùng hồ sơ không đọc được."),
}
"""Why a row is not taken in."""

PROFILE_ERRORS: dict[str, LazyString] = {
    "bad_pattern": _("Mẫu mã hồ sơ không đúng cú pháp."),
    "needs_moment": _("Hãy cho biết dấu này ứng với thời điểm nào."),
    "needs_steps": _("Mỗi dòng là một bước thì cần [steps], mỗi dòng là một hồ sơ thì không."),
    "not_a_table": _("Mục này phải là một bảng."),
    "unknown_format": _(
        "Dạng ngày cần đủ %(day)s và ngoài ra chỉ gồm %(time)s.",
        day="%d, %m, %Y",
        time="%H, %M, %S, %f, %z",
    ),
    "unknown_zone": _("Không có múi giờ này, ví dụ đúng: Asia/Ho_Chi_Minh."),
    "word_twice": _("Từ này được giải nghĩa hai lần khác nhau."),
}
"""What is wrong with a profile."""

WAIT_ERRORS = {"answered_before_asked": REASONS["answered_before_asked"]}
"""What is wrong with a dossier's waits, wherever they are told."""


def reason_told(rejected: Rejected) -> str:
    """Say in words why a row is not taken in."""
    words = str(REASONS.get(rejected.reason, rejected.reason))
    return f"{words} (→ {rejected.other_line})" if rejected.other_line else words
