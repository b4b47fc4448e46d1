"""Words for what goes on beside the state of a directive: routing, input, proposals, pauses."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

MATTER_ACTIONS: dict[str, LazyString] = {
    "route": _("Chuyển xử lý"),
    "request_input": _("Đề nghị phối hợp"),
    "give_input": _("Trả lời đề nghị phối hợp"),
    "answer": _("Trả lời kiến nghị"),
    "suspend": _("Tạm dừng"),
    "resume": _("Tiếp tục thực hiện"),
    "prepare": _("Trình báo cáo"),
    "give_back": _("Trả lại người soạn"),
    "hand_back": _("Chuyển trả"),
    "take_back": _("Rút đề nghị"),
    "take_back_input": _("Rút đề nghị phối hợp"),
}
MATTER_STANDINGS: dict[str, LazyString] = {
    "lead_officer": _("chuyên viên của cơ quan chủ trì"),
    "coordinator_submitter": _("thủ trưởng hoặc đầu mối của cơ quan phối hợp"),
}
MATTER_FIELDS: dict[str, LazyString] = {
    "agencies": _("Cơ quan được đề nghị"),
    "no_longer": _("Thôi phối hợp"),
    "answer": _("Nội dung trả lời"),
    "person": _("Người xử lý"),
    "declined_on": _("Ngày đề nghị giao lại"),
    "extension_asked_on": _("Ngày đề nghị gia hạn"),
    "internal_due_on": _("Hạn nội bộ"),
    "denominator": _("Tổng số (mẫu số)"),
    "numerator": _("Số đạt (tử số)"),
    "own_figure": _("Phần cơ quan mình tự làm"),
    "needed_on": _("Cần trả lời đến hết ngày"),
    "proposed": _("Kiến nghị được trả lời"),
    "proposed_on": _("Kiến nghị chờ trả lời từ ngày"),
    "request": _("Đề nghị phối hợp được trả lời"),
    "set_aside": _("Tệp đã nộp không dùng nữa"),
    "suspended_since": _("Tạm dừng từ ngày"),
    "what": _("Nội dung cần phối hợp"),
    "prepared_files": _("Tệp trong bản trình"),
    "taken_back": _("Đề nghị cần rút"),
    "asked_input": _("Đề nghị phối hợp cần rút"),
}
MATTER_WORDS: dict[str, dict[str, LazyString]] = {
    "input_state": {
        "open": _("Chờ trả lời"),
        "answered": _("Đã trả lời"),
        "lapsed": _("Không cần trả lời nữa"),
    },
    "prepared_state": {
        "standing": _("Chờ gửi"),
        "submitted": _("Đã báo cáo"),
        "returned": _("Trả lại người soạn"),
        "replaced": _("Có bản mới hơn"),
        "lapsed": _("Không dùng nữa"),
    },
    "taken_back": {
        "extension": _("Đề nghị gia hạn"),
        "decline": _("Đề nghị giao lại"),
    },
    "matter": {
        "report": _("Xác nhận báo cáo"),
        "decline": _("Trả lời đề nghị giao lại"),
        "extension": _("Quyết định gia hạn"),
        "proposal": _("Trả lời kiến nghị"),
    },
}
MATTER_SENTENCES: dict[str, LazyString] = {
    "said_already": _(
        "Bạn đã ghi đúng nội dung này cho nhiệm vụ này trong hôm nay, nên không ghi lần nữa."
    ),
    "suspended": _("Nhiệm vụ đang tạm dừng từ ngày %(since)s; cần cho tiếp tục thực hiện trước."),
    "not_suspended": _("Nhiệm vụ không tạm dừng nên không có gì để tiếp tục."),
    "no_coordinators": _("Nhiệm vụ không có cơ quan phối hợp nào để đề nghị."),
    "nothing_asked": _("Không có đề nghị phối hợp nào chờ cơ quan bạn trả lời."),
    "nothing_prepared": _("Chưa có báo cáo nào do chuyên viên trình."),
    "not_routed_to_you": _("Nhiệm vụ không được chuyển cho bạn hoặc phòng của bạn."),
    "nothing_to_take_back": _("Không có đề nghị gia hạn hoặc giao lại nào đang chờ trả lời."),
    "no_open_input": _("Không có đề nghị phối hợp nào đang chờ trả lời."),
    "no_open_proposal": _("Không có kiến nghị nào đang chờ trả lời."),
}
MATTER_ERRORS: dict[str, LazyString] = {
    "line_too_long": _("Nội dung quá dài: nhiều nhất 500 ký tự."),
    "text_too_long": _("Nội dung quá dài: nhiều nhất 5.000 ký tự."),
    "number_too_long": _("Số này có quá nhiều chữ số: nhiều nhất 28."),
    "suspended": _("Nhiệm vụ đang tạm dừng: thời hạn mới đặt khi cho tiếp tục thực hiện."),
    "passed_while_suspended": _(
        "Ngày nêu trong văn bản đã qua trong lúc tạm dừng: cần ghi thời hạn mới."
    ),
    "division_or_colleague": _("Cần chọn phòng hoặc người xử lý."),
    "not_a_division": _("Hãy chọn một phòng đang có của cơ quan."),
    "not_a_colleague": _("Hãy chọn một người đang làm việc ở cơ quan."),
    "after_due_date": _("Hạn nội bộ không sau thời hạn của nhiệm vụ."),
    "cannot_coordinate": _("Hãy chọn cơ quan đang hoạt động, không phải UBND tỉnh."),
    "lead_coordinates": _("Cơ quan chủ trì không đồng thời phối hợp."),
    "coordinates_already": _("Cơ quan này đang phối hợp rồi."),
    "coordinates_not": _("Hãy chọn trong các cơ quan đang phối hợp."),
    "not_coordinating": _("Chỉ đề nghị được cơ quan phối hợp của nhiệm vụ này."),
    "sum_differs": _("Không bằng tổng số liệu các phần việc đã báo cáo."),
    "rate_differs": _("Tỷ lệ không khớp với số đạt chia tổng số."),
    "not_a_rate": _("Tổng số phải lớn hơn 0 và không nhỏ hơn số đạt."),
    "not_loose": _("Chỉ chọn được tệp đang chờ xem xét của nhiệm vụ này."),
    "not_an_item": _("Hãy chọn một mục trong danh sách."),
}
