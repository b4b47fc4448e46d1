"""Words for agencies: their tiers, names, successions and what was changed of them."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

AGENCY_EVENTS: dict[str, LazyString] = {
    "add_agency": _("Thêm cơ quan"),
    "change_agency": _("Sửa cơ quan"),
    "rename_agency": _("Đổi tên cơ quan"),
    "end_agency": _("Chấm dứt hoạt động cơ quan"),
    "hand_over": _("Chuyển giao giữa các cơ quan"),
    "undo_hand_over": _("Bỏ việc chuyển giao ghi nhầm"),
    "add_alias": _("Thêm tên gọi khác"),
    "remove_alias": _("Bỏ tên gọi khác"),
    "add_division": _("Thêm phòng"),
    "end_division": _("Chấm dứt phòng"),
    "add_group": _("Thêm nhóm cơ quan"),
    "change_group": _("Sửa nhóm cơ quan"),
}
AGENCY_FIELDS: dict[str, LazyString] = {
    "alias": _("Tên gọi khác"),
    "alias_source": _("Nhập từ"),
    "agency_id": _("Cơ quan"),
    "code": _("Mã"),
    "communes_from": _("UBND cấp xã thuộc nhóm từ ngày"),
    "id": _("Mã"),
    "division": _("Phòng"),
    "excluded": _("Trừ"),
    "gso_code": _("Mã thống kê"),
    "included": _("Thêm"),
    "is_office": _("Là cơ quan theo dõi, đôn đốc"),
    "kind": _("Loại"),
    "last_day": _("Ngày cuối"),
    "on": _("Từ ngày"),
    "parent_id": _("Trực thuộc"),
    "phrases": _("Cách gọi trong văn bản"),
    "predecessors": _("Cơ quan chuyển giao"),
    "succession": _("Hình thức"),
    "successors": _("Cơ quan tiếp nhận"),
    "takes_over": _("Nội dung tiếp nhận"),
    "tier": _("Cấp"),
    "tiers": _("Các cấp"),
    "valid_from": _("Hoạt động từ"),
    "valid_to": _("Hoạt động đến hết"),
}
AGENCY_WORDS: dict[str, dict[str, LazyString]] = {
    "tier": {
        "province": _("Cấp tỉnh"),
        "department": _("Sở, ban, ngành"),
        "district": _("Huyện, thị xã, thành phố (đến 30/6/2025)"),
        "commune": _("UBND cấp xã"),
        "special_zone": _("Đặc khu"),
        "service_centre": _("Trung tâm phục vụ hành chính công"),
        "branch": _("Chi nhánh, chi cục"),
        "vertical": _("Cơ quan ngành dọc"),
    },
    "succession": {
        "merge": _("Sáp nhập, hợp nhất"),
        "split": _("Chia, tách"),
        "rename": _("Đổi tên, tổ chức lại"),
    },
    "alias_source": {"entered": _("nhập tay"), "learned": _("nhớ từ lần nhập tệp")},
}
