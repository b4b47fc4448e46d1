"""What a backup is refused for, in words."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

BACKUP_SENTENCES: dict[str, LazyString] = {
    "folder_taken": _("Thư mục %(folder)s đã có dữ liệu; hãy chọn một thư mục mới hoặc trống."),
    "not_set_up": _("Cơ sở dữ liệu chưa được thiết lập nên không có gì để sao lưu."),
    "not_empty": _("Cơ sở dữ liệu này đã có dữ liệu; chỉ khôi phục vào một cơ sở dữ liệu trống."),
    "not_a_backup": _("Thư mục này không phải là một bản sao lưu trọn vẹn."),
    "backup_damaged": _("Bản sao lưu đã bị thay đổi hoặc hỏng: %(file)s."),
    "other_database": _("Bản sao lưu là của %(made)s, không khôi phục vào %(here)s được."),
    "newer_backup": _(
        "Bản sao lưu do một phiên bản mới hơn tạo ra (%(revision)s); hãy cập nhật phần mềm trước."
    ),
    "program_missing": _("Máy này không có chương trình %(program)s của PostgreSQL."),
    "program_failed": _("%(program)s không làm được: %(said)s"),
}
