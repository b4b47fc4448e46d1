"""Words for the codes of violations. Vietnamese is the source language."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from workflow.violations.records import ViolationAction
from workflow.violations.table import Row

Words = dict[str, LazyString]

STATES: Words = {
    "recorded": _("Có dấu hiệu"),
    "confirmed": _("Đã xác nhận"),
    "contested": _("Đang giải trình"),
    "upheld": _("Giữ nguyên kết luận"),
    "overturned": _("Không tính vi phạm"),
}
ACTIONS: Words = {
    "record": _("Ghi nhận vi phạm"),
    "confirm": _("Xác nhận vi phạm"),
    "contest": _("Đề nghị xem xét lại"),
    "uphold": _("Giữ nguyên kết luận"),
    "overturn": _("Không tính vi phạm"),
    "count_again": _("Tính lại vi phạm"),
}
HINTS: Words = {
    "contest": _(
        "Nêu vì sao không phải vi phạm, hoặc vì sao không tính cho cơ quan; kèm tài liệu chứng "
        "minh nếu có."
    ),
    "confirm": _("Có thể ghi thêm căn cứ xác nhận."),
    "uphold": _("Nêu vì sao giải trình không được chấp nhận; cơ quan sẽ đọc lý do này."),
    "overturn": _("Nêu vì sao không tính; vi phạm không bị xóa, lý do nằm trong lịch sử."),
    "count_again": _("Nêu vì sao tính lại."),
}
"""What is expected in the field of the reason of an act."""
VIOLATION_EVENTS: Words = ACTIONS | {
    "detect": _("Rà dữ liệu tìm vi phạm"),
    "put_basis": _("Nhập căn cứ pháp lý"),
    "remove_basis": _("Bỏ căn cứ pháp lý"),
}
SOURCES: Words = {
    "detected": _("Phát hiện từ dữ liệu"),
    "inspection": _("Kiểm tra, thanh tra"),
    "petition": _("Phản ánh, kiến nghị"),
    "manual": _("Nguồn khác"),
}
SEVERITIES: Words = {"minor": _("Nhẹ"), "serious": _("Vừa"), "grave": _("Nặng")}
STANDINGS: Words = {
    "assessor": _("cơ quan theo dõi hoặc người kiểm tra"),
    "answerable": _("thủ trưởng hoặc đầu mối của cơ quan bị ghi nhận vi phạm"),
}
CAUSES: Words = {
    "mended": _("dữ liệu đã sửa"),
    "judged": _("kết luận của người có thẩm quyền"),
}
DETECTIONS: Words = {
    "dossier": _("Phát hiện từ dữ liệu hồ sơ"),
    "directive": _("Phát hiện từ nhiệm vụ quá hạn"),
    "none": _("Chỉ ghi nhận bằng tay"),
}
SURENESS: Words = {
    "found": _("Căn cứ có sẵn"),
    "unconfirmed": _("Chưa kiểm chứng văn bản nên không dùng làm căn cứ"),
    "elsewhere": _("Quy định của tỉnh khác nên không dùng làm căn cứ"),
}
REASONS: Words = {
    "not_overdue": _("Theo dữ liệu mới, hồ sơ không trễ hạn."),
    "apologised": _("Theo dữ liệu mới, đã có văn bản xin lỗi đúng hạn."),
    "fact_gone": _("Dữ liệu mới không còn cho thấy vi phạm này."),
    "recorded_in_time": _("Báo cáo giấy đã đến đúng hạn và được ghi nhận sau."),
    "fact_back": _("Dữ liệu mới lại cho thấy vi phạm này."),
}
"""Why detection changed a violation; what people gave as their reason stays as written."""
VIOLATION_FIELDS: Words = {
    "violation_state": _("Trạng thái vi phạm"),
    "violation_type": _("Loại vi phạm"),
    "violation_source": _("Nguồn phát hiện"),
    "severity": _("Mức độ"),
    "occurred_on": _("Ngày xảy ra"),
    "occurred_at": _("Thời điểm xảy ra"),
    "dossier_code": _("Mã hồ sơ"),
    "basis": _("Căn cứ pháp lý"),
    "basis_from": _("Căn cứ có hiệu lực từ"),
    "basis_to": _("Căn cứ có hiệu lực đến hết"),
    "as_of": _("Tính đến ngày"),
    "found": _("Vi phạm mới"),
    "reinstated": _("Vi phạm được tính lại"),
    "moved": _("Vi phạm đổi ngày, đổi cơ quan"),
    "overturned": _("Vi phạm không tính nữa"),
}


TYPES: Words = {
    "V01": _("Cửa quyền, sách nhiễu, gây phiền hà"),
    "V02": _("Cản trở việc chọn hình thức nộp hồ sơ, nhận kết quả"),
    "V03": _("Cản trở truyền dữ liệu; sửa, xóa, giả mạo dữ liệu"),
    "V04": _("Tiết lộ, trục lợi từ thông tin hồ sơ"),
    "V05": _("Không giải quyết, kéo dài, tự ý đòi giấy tờ ngoài quy định"),
    "V06": _("Giao dịch, đòi bổ sung trực tiếp, không qua Bộ phận Một cửa"),
    "V07": _("Đùn đẩy trách nhiệm, thiếu hợp tác, thiếu công bằng"),
    "V08": _("Ứng xử không phù hợp văn hóa công sở"),
    "V09": _("Vi phạm khác về cơ chế một cửa"),
    "V10": _("Nhận hồ sơ không thuộc thẩm quyền"),
    "V11": _("Hướng dẫn không đầy đủ, yêu cầu bổ sung nhiều lần"),
    "V12": _("Không in giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    "V13": _("Không tiếp nhận hồ sơ trái quy định"),
    "V14": _("Không giải quyết hồ sơ mà không có văn bản nêu lý do"),
    "V15": _("Làm mất, thất lạc, hư hỏng hồ sơ"),
    "V16": _("Giải quyết hồ sơ trễ hạn"),
    "V17": _("Trễ hạn mà không có văn bản xin lỗi"),
    "V18": _("Hẹn lại ngày trả kết quả quá một lần"),
    "V19": _("Tiếp nhận hồ sơ trực tuyến quá hạn"),
    "V20": _("Không cập nhật, đồng bộ hồ sơ lên hệ thống"),
    "V21": _("Chuyển hồ sơ chậm giữa các bước liên thông"),
    "V22": _("Nhiệm vụ được giao quá hạn"),
    "V23": _("Cơ quan phối hợp không trả lời đúng hạn"),
}
"""Short words for the acts of Nghị định 61/2018/NĐ-CP, Điều 5, and for what a dossier shows."""
VIOLATION_WORDS: dict[str, Words] = {
    "violation_state": STATES,
    "violation_action": ACTIONS,
    "violation_source": SOURCES,
    "violation_type": TYPES,
    "violation_standing": STANDINGS,
    "violation_cause": CAUSES,
    "violation_reason": REASONS,
    "severity": SEVERITIES,
    "detection": DETECTIONS,
    "sureness": SURENESS,
}


def reason_called(row: Row) -> LazyString:
    """Return what an act's field of words is called: an agency's own, a reason, or a note."""
    if row.action is ViolationAction.CONTEST:
        return _("Nội dung giải trình")
    return _("Lý do") if row.needs_reason else _("Ghi chú")


def type_words(code: str) -> str:
    """Return the name of a type of violation; one that nobody knows is shown as it is."""
    return str(TYPES.get(code, code))
