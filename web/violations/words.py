"""Words for the codes of violations. Vietnamese is the source language."""

from __future__ import annotations

from flask_babel import LazyString, get_locale
from flask_babel import lazy_gettext as _

from workflow.violations.catalogue import BY_CODE

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
    "contest": _("Giải trình"),
    "uphold": _("Giữ nguyên kết luận"),
    "overturn": _("Không tính vi phạm"),
    "count_again": _("Tính lại vi phạm"),
}
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


def type_words(code: str) -> str:
    """Return the name of a type of violation in the reader's language."""
    kind = BY_CODE.get(code)
    if kind is None:
        return code
    locale = get_locale()
    return kind.label_en if locale is not None and locale.language == "en" else kind.label


TYPES: Words = {code: LazyString(type_words, code) for code in BY_CODE}
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
