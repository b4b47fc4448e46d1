"""Words of the report's figures."""

from __future__ import annotations

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _

FIGURES: dict[str, LazyString] = {
    "carried": _("Kỳ trước chuyển sang"),
    "new": _("Giao mới trong kỳ"),
    "done_on_time": _("Hoàn thành đúng hạn"),
    "done_late": _("Hoàn thành quá hạn"),
    "open_in_time": _("Đang thực hiện, trong hạn"),
    "open_late": _("Đang thực hiện, quá hạn"),
    "suspended": lazy_pgettext("figure", "Tạm dừng"),
    "waiting": _("Đã báo cáo, chờ xác nhận"),
    "done_late_first": _("Hoàn thành quá hạn so với hạn đầu"),
    "open_late_first": _("Đang thực hiện, quá hạn so với hạn đầu"),
    "done_undated": _("Hoàn thành, không xét hạn"),
    "open_undated": _("Đang thực hiện, không thời hạn"),
    "reopened": _("Mở lại trong kỳ"),
    "entered_late": _("Giao trước kỳ, vào sổ trong kỳ"),
    "entered_after": _("Giao đến hết kỳ, vào sổ sau kỳ (chưa tính)"),
    "moved_in": _("Nhận từ cơ quan khác trong kỳ"),
    "moved_out": _("Chuyển cho cơ quan khác trong kỳ"),
    "stopped": _("Dừng thực hiện, từ kỳ trước"),
    "stopped_new": _("Dừng thực hiện, giao trong kỳ"),
    "standing": _("Nhiệm vụ thường xuyên, định kỳ"),
}
MOVES: dict[str, LazyString] = {
    "asked": _("Đề nghị gia hạn trong kỳ"),
    "granted": _("Được gia hạn trong kỳ"),
    "refused": _("Không đồng ý gia hạn trong kỳ"),
    "reassigned": _("Chuyển cơ quan chủ trì trong kỳ"),
}
SUMMARY_WORDS = {"summary_figure": FIGURES, "move_kind": MOVES}
