"""Words for the codes of dossiers and of the causes of lateness."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

DOSSIER_VERDICTS = {
    "on_time": _("Xong đúng hạn"),
    "late": _("Xong trễ hạn"),
    "open_late": _("Chưa xong, đã quá hạn"),
    "open_in_time": _("Chưa xong, còn trong hạn"),
    "unpromised": _("Không hẹn ngày trả"),
}
DOSSIER_STATUSES = {
    "1": _("Mới đăng ký"),
    "2": _("Được tiếp nhận"),
    "3": _("Không được tiếp nhận"),
    "4": _("Đang xử lý"),
    "5": _("Yêu cầu bổ sung giấy tờ"),
    "6": _("Yêu cầu thực hiện nghĩa vụ tài chính"),
    "7": _("Công dân yêu cầu rút hồ sơ"),
    "8": _("Dừng xử lý"),
    "9": _("Đã xử lý xong"),
    "10": _("Đã trả kết quả"),
}
CHANNELS = {
    "counter": _("Trực tiếp"),
    "online": _("Trực tuyến"),
    "postal": _("Bưu chính công ích"),
    "other": _("Không rõ"),
}
CAUSES = {
    "L01": _("Nguồn gốc, thời điểm sử dụng đất không rõ"),
    "L02": _("UBND cấp xã rà soát, xác nhận chậm hoặc sai"),
    "L03": _("Diện tích, bản đồ không khớp; chậm trích đo"),
    "L04": _("Người dân chậm thực hiện nghĩa vụ tài chính"),
    "L05": _("Cơ quan thuế chậm ra thông báo"),
    "L06": _("Chờ xác minh ngoài địa phương"),
    "L07": _("Có tranh chấp, đề nghị ngăn chặn"),
    "L08": _("Thiếu người, kiêm nhiệm, hồ sơ tăng đột biến"),
    "L09": _("Phần mềm lỗi, dữ liệu không đồng bộ"),
    "L10": _("Quy định chồng chéo, chưa có hướng dẫn"),
    "L11": _("Cán bộ xử lý chậm, sai quy trình"),
    "L12": _("Tiếp nhận thiếu, bổ sung nhiều lần"),
    "L13": _("Chờ quy hoạch, kế hoạch sử dụng đất"),
    "L14": _("Đã xong nhưng chưa kết thúc trên phần mềm"),
    "L15": _("Phối hợp chưa tốt, quy trình không ghi số ngày"),
}
CAUSE_SIDES = {
    "objective": _("Khách quan"),
    "subjective": _("Chủ quan"),
    "mixed": _("Cả khách quan và chủ quan"),
    "coordinator": _("Cơ quan phối hợp"),
    "citizen": _("Người dân"),
    "technical": _("Kỹ thuật"),
    "data": _("Dữ liệu"),
    "process": _("Quy trình"),
}
CAUSE_SOURCES = {
    "suggested": _("Theo gợi ý từ các bước giải quyết"),
    "entered": _("Người xác định tự chọn"),
}
HOLDER_KINDS = {
    "counter": _("Bộ phận Một cửa"),
    "land_office": _("Văn phòng đăng ký đất đai"),
    "commune": _("UBND cấp xã"),
    "division": _("Phòng chuyên môn"),
    "survey": _("Đơn vị đo đạc"),
    "tax": _("Cơ quan thuế"),
    "treasury": _("Kho bạc, ngân hàng"),
    "authority": _("UBND, người có thẩm quyền ký"),
    "department": _("Sở, ban, ngành, chi cục"),
    "citizen": _("Người dân"),
    "other": _("Đơn vị khác"),
    "unlogged": _("Nhật ký không ghi"),
}
LOOK_WAYS = {"opened": _("Mở tên người nộp"), "searched": _("Tìm theo tên người nộp")}

DOSSIER_FIELDS: dict[str, LazyString] = {
    "causes": _("Nguyên nhân"),
    "created": _("Hồ sơ mới"),
    "days_lost": _("Số ngày làm việc vượt"),
    "digest": _("Mã băm của cấu hình"),
    "dossier": _("Hồ sơ"),
    "sha256": _("Mã băm của tệp"),
    "sources": _("Căn cứ xác định"),
    "step": _("Bước"),
    "updated": _("Hồ sơ thay đổi"),
    "version": _("Bản"),
}
DOSSIER_WORDS: dict[str, dict[str, LazyString]] = {
    "dossier_verdict": DOSSIER_VERDICTS,
    "dossier_status": DOSSIER_STATUSES,
    "channel": CHANNELS,
    "cause": CAUSES,
    "cause_side": CAUSE_SIDES,
    "cause_source": CAUSE_SOURCES,
    "holder_kind": HOLDER_KINDS,
    "look_way": LOOK_WAYS,
}
"""The groups of words by the name under which pages ask for them."""
