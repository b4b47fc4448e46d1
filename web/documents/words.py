"""Words for documents, and for what an import reads, leaves out, and why a row waits."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from web.formats import vn_date
from workflow.deadlines.records import Deadline
from workflow.documents.records import Problem

Words = dict[str, LazyString]

DOCUMENT_EVENTS: Words = {
    "issue": _("Ban hành văn bản"),
    "save_draft": _("Lưu dự thảo văn bản"),
    "import_draft": _("Nhập bảng thành dự thảo"),
    "mend_draft": _("Sửa dòng của dự thảo"),
    "discard_draft": _("Bỏ dự thảo văn bản"),
    "attach_signed": _("Gắn văn bản đã ký"),
}
DOCUMENT_WORDS: dict[str, Words] = {
    "document_state": {"draft": _("Dự thảo"), "issued": _("Đã ban hành")},
    "source": {
        "committee": _("UBND tỉnh"),
        "chairman": _("Chủ tịch UBND tỉnh"),
        "meeting": _("Kết luận cuộc họp"),
        "prime_minister": _("Thủ tướng Chính phủ"),
    },
    "urgency": {
        "normal": _("Thường"),
        "urgent": _("Khẩn"),
        "very_urgent": _("Thượng khẩn"),
        "express": _("Hỏa tốc"),
    },
    "target_scope": {
        "each": _("của mỗi cơ quan chủ trì"),
        "whole": _("của cả mục, mọi cơ quan gộp lại"),
    },
    "target_basis": {
        "period": _("của riêng từng kỳ (cả năm: cộng các kỳ)"),
        "running": _("lũy kế từ đầu năm (cả năm: kỳ mới nhất)"),
    },
    "secrecy": {
        "none": _("Không mật"),
        "secret": _("Mật"),
        "top_secret": _("Tối mật"),
        "most_secret": _("Tuyệt mật"),
    },
}
DOCUMENT_FIELDS: Words = {
    "source": _("Nguồn giao"),
    "reference": _("Số, ký hiệu"),
    "issued_on": _("Ngày ban hành"),
    "issuer": _("Cơ quan ban hành"),
    "subject": _("Trích yếu"),
    "clauses": _("Nhiệm vụ trong văn bản"),
    "directives": _("Số nhiệm vụ"),
    "assigner_id": _("Người giao"),
    "carried_on": _("Ngày hoàn thành hoặc tạm dừng ở nơi khác"),
    "carried_result": _("Kết quả ghi nhận từ nơi khác"),
    "carried_state": _("Tình trạng ghi nhận từ nơi khác"),
    "deadline": _("Thời hạn, như trong văn bản"),
    "draft": _("Dự thảo"),
    "due_set_on": _("Đặt ngày khác"),
    "due_set_reason": _("Lý do đặt ngày khác"),
    "file": _("Tệp"),
    "index_refs": _("Tiêu chí thành phần CCHC cần lấy lại điểm"),
    "leads": _("Cơ quan chủ trì"),
    "left_out": _("Số dòng không nhập"),
    "monitor_id": _("Chuyên viên theo dõi"),
    "note": _("Ghi chú"),
    "overseer_id": _("Cơ quan theo dõi, tổng hợp"),
    "position": _("Dòng"),
    "priority": _("Mức ưu tiên"),
    "problem": _("Nội dung cần rà soát"),
    "remembered": _("Nhớ cho lần sau"),
    "row": _("Dòng"),
    "rows": _("Số dòng"),
    "signer_title": _("Quyền hạn, chức vụ của người ký"),
    "source_date": _("Ngày văn bản giao"),
    "source_text": _("Văn bản giao"),
    "target_scope": _("Chỉ tiêu là của"),
    "target_basis": _("Số liệu báo cáo mỗi kỳ là"),
    "target_indicator": _("Chỉ tiêu"),
    "target_unit": _("Đơn vị tính"),
    "target_value": _("Giá trị cần đạt"),
    "urgency": _("Độ khẩn"),
    "words": _("Lời trong văn bản"),
}
WAITING: Words = {
    "agency_gone": _("không còn hoạt động vào ngày của văn bản"),
    "ambiguous_agency": _("có thể là nhiều cơ quan"),
    "blank_left": _("còn chỗ để trống chưa điền số"),
    "carried_ahead": _("ngày ghi ở nơi khác chưa tới"),
    "cannot_lead": _("không giao chủ trì được; chỉ đề nghị phối hợp"),
    "cell_too_long": _("ô quá dài, không đọc từng cơ quan được"),
    "column_unsure": _("bảng không có cột thời hạn; chưa rõ đây có phải thời hạn không"),
    "duplicate_row": _("giống hệt một dòng ở trên: cùng việc, chủ trì và thời hạn"),
    "empty_group": _("nhóm không có cơ quan nào vào ngày của văn bản"),
    "error_cell": _("ô bị lỗi công thức trong bảng tính"),
    "hidden_row": _("dòng bị ẩn trong bảng; người gửi có thể không thấy"),
    "impossible_date": _("ngày không có trong lịch"),
    "lead_unclear": _("một cột ghi cả chủ trì và phối hợp, chưa rõ ai chủ trì"),
    "missing_content": _("chưa có nội dung nhiệm vụ"),
    "missing_lead": _("chưa có cơ quan chủ trì"),
    "no_end": _("chưa có ngày kết thúc"),
    "no_year": _("không rõ năm nào"),
    "not_understood": _("chưa đọc được"),
    "not_working_days": _("tính bằng tuần, tháng hoặc ngày thường, chưa quy ra ngày làm việc"),
    "outside_calendar": _("nằm ngoài những năm có lịch làm việc"),
    "required": _("cần điền"),
    "reversed_range": _("ngày cuối đứng trước ngày đầu"),
    "several_dates": _("có nhiều ngày khác nhau"),
    "several_readings": _("đọc được theo nhiều cách"),
    "start_not_known": _("chưa rõ đếm từ ngày nào"),
    "state_not_given": _("có kết quả nhưng không ghi tình trạng"),
    "states_differ": _("các cột ghi tình trạng khác nhau"),
    "stopped_elsewhere": _("nơi khác ghi là dừng thực hiện"),
    "target_open": _("chưa chọn của mỗi cơ quan hay của cả mục"),
    "too_long": _("dài quá mức lưu được; giữ phần đầu"),
    "two_ends": _("có hai thời hạn khác nhau"),
    "unclear_exclusion": _("chưa rõ trừ những cơ quan nào"),
    "ended_agency": _("cơ quan này đã chấm dứt hoạt động"),
    "unknown_agency": _("không có cơ quan nào tên như vậy"),
    "unreadable_date": _("không đọc được ngày này"),
    "unreadable_state": _("không hiểu tình trạng này"),
    "vague": _("nói chung chung, không ra ngày cụ thể"),
    "vague_agency": _("nói chung chung, không nêu tên cơ quan nào"),
    "weekday_differs": _("thứ và ngày không khớp nhau"),
}
FIELDS: Words = {
    "carried_on": _("Ngày hoàn thành hoặc tạm dừng"),
    "assigner": _("Người giao"),
    "completed_on": _("Ngày hoàn thành"),
    "content": _("Nội dung"),
    "coordinating": _("Phối hợp"),
    "deadline": _("Thời hạn"),
    "expected_output": _("Sản phẩm"),
    "lead": _("Chủ trì"),
    "monitor": _("Theo dõi"),
    "note": _("Ghi chú"),
    "row": _("Dòng này"),
    "source_date": _("Ngày văn bản giao"),
    "source_text": _("Văn bản giao"),
    "state": _("Tình trạng"),
    "target_scope": _("Chỉ tiêu"),
}
LEFT_OUT: Words = {
    "dropped": _("người nhập đã bỏ"),
    "empty_row": _("chỉ có số thứ tự, không có việc"),
    "heading": _("tiêu đề lặp lại"),
    "note": _("ghi chú, nơi nhận hoặc chữ ký"),
    "numbering": _("dòng đánh số cột"),
    "other_sheet": _("trang tính khác của tệp, chưa đọc: nếu có nhiệm vụ, nhập riêng"),
    "section": _("tên mục, không phải việc"),
    "total": _("dòng tổng cộng"),
}
HOW: Words = {
    "alias": _("theo tên gọi khác đã biết"),
    "code": _("theo mã"),
    "exact": _("đúng tên"),
    "folded": _("khác dấu hoặc chữ hoa"),
    "group": _("nhóm"),
    "head_of": _("theo chức danh người đứng đầu"),
    "listed": _("đọc từ danh sách"),
    "picked": _("người nhập chọn"),
    "short": _("tên rút gọn trong nhóm"),
    "squeezed": _("viết tắt hoặc viết liền"),
}


def say_of(words: Words, code: str) -> str:
    """Return the words of a code; a code without words is shown as it is."""
    return str(words.get(code, code))


def reading_reason(deadline: Deadline) -> str:
    """Return why "trước ngày X" is read the other way, as kept with the row."""
    strict = deadline.other_due_on and deadline.due_on and deadline.other_due_on < deadline.due_on
    if strict:
        return str(_("Thời hạn hiểu là không gồm ngày nêu trong văn bản"))
    return str(_("Thời hạn hiểu là gồm cả ngày nêu trong văn bản"))


def _why(problem: Problem) -> str:
    """Return why something waits; of an agency that ended also when, and whether any follow it."""
    if problem.ended_on is None:
        return say_of(WAITING, problem.reason)
    day = vn_date(problem.ended_on)
    if not problem.suggestions:
        return str(_("cơ quan này đã chấm dứt ngày %(day)s, chưa ghi cơ quan tiếp nhận", day=day))
    n = len(problem.suggestions)
    return str(_("cơ quan này đã chấm dứt ngày %(day)s, chuyển cho %(n)s cơ quan", day=day, n=n))


def problem_told(problem: Problem) -> str:
    """Return what waits as a sentence: the field, the words, why."""
    where, why = say_of(FIELDS, problem.field), _why(problem)
    return f"{where} “{problem.text}”: {why}" if problem.text else f"{where}: {why}"
