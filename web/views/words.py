"""What the pages of kept views say."""

from __future__ import annotations

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _

VIEW_ERRORS: dict[str, LazyString] = {
    "too_many_views": _("Mỗi người lưu nhiều nhất 100 cách xem. Hãy bỏ bớt rồi lưu."),
    "too_many_people_at_once": _("Mỗi lần gửi cho nhiều nhất 50 người."),
}
VIEW_NOTICES: dict[str, LazyString] = {
    "view.sent": _("%(who)s gửi bạn cách xem “%(name)s”."),
}
VIEW_WORDS: dict[str, dict[str, LazyString]] = {
    "list_page": {
        "directives": lazy_pgettext("list", "Nhiệm vụ"),
        "board": _("Bảng theo trạng thái"),
        "documents": lazy_pgettext("list", "Văn bản"),
        "dossiers": lazy_pgettext("list", "Hồ sơ"),
        "violations": lazy_pgettext("list", "Vi phạm"),
    },
}
VIEW_FIELDS: dict[str, LazyString] = {"people": _("Gửi cho")}
