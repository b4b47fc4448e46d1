"""Sentences for every file that is not taken in: what is wrong, and how to mend it."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

FILE_SENTENCES: dict[str, LazyString] = {
    "active_content": _(
        "Tệp PDF chứa mã tự chạy nên không nhận. Hãy in lại thành PDF thường rồi gửi."
    ),
    "broken_file": _("Tệp bị hỏng hoặc không đọc được. Hãy mở, lưu lại rồi gửi lại."),
    "embedded_object": _("Tệp có đối tượng nhúng bên trong nên không nhận. Hãy bỏ đối tượng đó."),
    "empty_file": _("Tệp rỗng, không có gì để đọc."),
    "empty_sheet": _("Bảng tính không có chữ nào trong các ô."),
    "executable_file": _("Đây là chương trình chạy được, không phải tài liệu nên không nhận."),
    "extension_mismatch": _("Đuôi tên tệp không đúng với nội dung bên trong."),
    "external_content": _("Tệp lấy nội dung từ nơi khác nên không nhận. Hãy bỏ liên kết ngoài."),
    "file_changed": _(
        "Tệp lưu trên máy chủ không còn đúng với mã băm trong lịch sử nên không đưa ra. "
        "Hãy báo người quản trị lấy lại tệp từ bản sao lưu."
    ),
    "file_too_large": _("Tệp lớn hơn mức cho phép."),
    "file_type_not_allowed": _(
        "Loại tệp này không nhận. Hãy dùng PDF, ảnh, DOCX, XLSX, ODT, ODS, TXT hoặc CSV."
    ),
    "html_content": _("Tệp chứa trang web hoặc mã lệnh nên không nhận."),
    "image_too_large": _("Ảnh có quá nhiều điểm ảnh. Hãy thu nhỏ rồi gửi lại."),
    "infected_file": _("Tệp có dấu hiệu chứa mã độc nên không nhận."),
    "line_too_long": _(
        "Tệp có dòng dài quá mức, có lẽ vì thiếu dấu xuống dòng hoặc thừa dấu nháy kép. "
        "Hãy mở, lưu lại thành CSV rồi gửi lại."
    ),
    "locked_file": _("Tệp đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi gửi lại."),
    "locked_pdf": _(
        "Tệp PDF bị đặt mật khẩu hoặc khóa quyền nên về sau có thể không ai mở được. "
        "Hãy bỏ khóa rồi gửi lại."
    ),
    "macro_file": _("Tệp chứa macro nên không nhận. Hãy lưu thành XLSX hoặc DOCX thường."),
    "mixed_file": _("Tệp ghép nhiều loại nội dung vào nhau nên không nhận."),
    "nested_archive": _("Trong tệp có tệp nén khác nên không nhận."),
    "no_task_heading": _(
        "Không tìm thấy dòng tiêu đề có cột nhiệm vụ và cột chủ trì hoặc thời hạn."
    ),
    "no_tasks": _("Dưới dòng tiêu đề không có nhiệm vụ nào."),
    "not_a_spreadsheet": _("Đây không phải bảng tính XLSX hay CSV."),
    "too_many_cells": _("Bảng tính có quá nhiều ô. Hãy chỉ giữ trang có các nhiệm vụ."),
    "too_many_rows": _("Tệp có quá nhiều dòng. Hãy chia thành nhiều tệp."),
    "too_many_parts": _("Tệp gồm quá nhiều phần bên trong nên không nhận."),
    "too_much_text": _("Bảng tính có quá nhiều chữ. Hãy chia thành nhiều bảng."),
    "unknown_encoding": _("Không rõ bảng mã chữ của tệp. Hãy lưu lại dạng UTF-8."),
    "unsafe_archive": _("Bên trong tệp có tên không an toàn nên không nhận."),
    "unsafe_xml": _("Bên trong tệp có khai báo không an toàn nên không nhận."),
    "unsupported_spreadsheet": _("Dạng bảng tính này không đọc được. Hãy lưu lại thành XLSX."),
    "old_office_file": _("Dạng tệp Office cũ không nhận. Hãy lưu lại thành DOCX hoặc XLSX."),
    "zip_bomb": _(
        "Tệp phình quá lớn khi mở nên không nhận. "
        "Nếu là bảng tính, hãy chỉ giữ trang có các nhiệm vụ."
    ),
}
