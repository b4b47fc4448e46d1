"""Words of papers: directions, columns of the list, what the history and notices say of them."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

Words = dict[str, LazyString]

DIRECTIONS: Words = {
    "incoming": _("Văn bản đến"),
    "outgoing": _("Văn bản đi"),
}
PAPER_FIELDS: Words = {
    "number": _("Số, ký hiệu"),
    "dated": _("Ngày văn bản"),
    "counterpart": _("Cơ quan gửi, nhận"),
    "subject": _("Trích yếu"),
    "signer": _("Người ký"),
    "received_on": _("Ngày đến"),
    "arrival_number": _("Số đến"),
}
PAPER_WORDS: dict[str, Words] = {"direction": DIRECTIONS, "paper_field": PAPER_FIELDS}
PAPER_EVENTS: Words = {
    "keep_papers": _("Nhập sổ công văn"),
    "undo_import": _("Hoàn tác lần nhập sổ công văn"),
    "change_paper": _("Sửa văn bản của sổ công văn"),
    "remove_paper": _("Xóa văn bản khỏi sổ công văn"),
    "attach_paper_file": _("Gắn tệp vào văn bản của sổ công văn"),
    "number_letter": _("Ghi số công văn đôn đốc"),
    "remind_letter": _("Gửi công văn đôn đốc"),
}
PAPER_HISTORY: Words = {
    "counterpart": _("Cơ quan gửi, nhận"),
    "added": _("Văn bản mới"),
    "changed": _("Văn bản thay đổi"),
    "dated": _("Ngày văn bản"),
    "kept": _("Văn bản giữ nguyên"),
    "lines": _("Nhiệm vụ được đôn đốc"),
    "removed": _("Văn bản bỏ khỏi sổ"),
    "restored": _("Văn bản trở lại như cũ"),
    "number": _("Số, ký hiệu"),
}
PAPER_SUBJECTS: Words = {
    "paper": _("Sổ công văn"),
    "letter": _("Công văn đôn đốc"),
}
PAPER_SENTENCES: Words = {
    "letter.reminded": _("Cơ quan bạn được đôn đốc %(count)s nhiệm vụ trong một văn bản."),
}
PAPER_REFUSALS: Words = {
    "no_papers": _("Danh mục không có dòng nào."),
    "no_papers_heading": _(
        "Không tìm thấy dòng tiêu đề có số, ký hiệu và ngày văn bản. "
        "Hãy đặt tên cột như “Số, ký hiệu”, “Ngày văn bản”."
    ),
    "line_twice": _("Một nhiệm vụ có hai dòng."),
    "paper_twice": _("Cùng số, ngày và cơ quan với một dòng trên; dòng này thay dòng trước."),
    "agency_in_subject": _("Lấy cơ quan từ đầu trích yếu; sửa được ở trang của văn bản."),
    "agency_by_place": _("Hiểu là UBND của nơi mang tên này; sửa được ở trang của văn bản."),
    "agency_unknown": _("Chưa khớp cơ quan nào; văn bản vẫn được nhận."),
    "paper_exists": _("Sổ công văn đã có văn bản cùng số, ngày và cơ quan này."),
    "paper_in_use": _(
        "Một báo cáo đã ghi nhận hoặc công văn đôn đốc mang số và ngày này, nên chưa xóa được."
    ),
    "import_undone": _("Lần nhập này đã được hoàn tác rồi."),
    "import_too_old": _(
        "Lần nhập này đã quá bảy ngày nên không hoàn tác cả loạt được; sửa hoặc xóa từng văn bản."
    ),
    "letter_number_taken": _(
        "Số này đã ghi cho một công văn đôn đốc khác trong năm. Hãy kiểm tra lại số văn thư cấp."
    ),
    "no_line_chosen": _("Hãy chọn ít nhất một nhiệm vụ."),
    "too_many_lines": _("Mỗi lần làm nhiều nhất 500 nhiệm vụ. Hãy chọn bớt."),
}
