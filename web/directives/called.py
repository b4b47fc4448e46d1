"""What an act calls its fields, where the plain word says too little."""

from __future__ import annotations

from flask_babel import LazyString, lazy_gettext

from web.labels import label
from workflow.directives.records import Action
from workflow.papers.lines import OF_PERIOD


def report_label(action: Action, *, of_period: bool) -> str:
    """Return the words of an act; a report of standing work is of a period, and ends nothing."""
    if of_period and action in OF_PERIOD:
        return label(OF_PERIOD[action], "period_action")
    return label(action, "action")


def labels_of(action: Action) -> dict[str, str]:
    """Return what an act calls its fields, where it has words of its own for them."""
    words = _LABELS.get(action, {})
    return {name: str(text) for name, text in words.items()}


_LABELS: dict[Action, dict[str, LazyString]] = {
    Action.DECLINE: {
        "files": lazy_gettext("Văn bản đề nghị đã ký"),
        "agency": lazy_gettext("Cơ quan đề nghị giao"),
    },
    Action.REPORT: {"files": lazy_gettext("Minh chứng")},
    Action.UPDATE: {"files": lazy_gettext("Minh chứng")},
    Action.PREPARE: {"files": lazy_gettext("Minh chứng")},
    Action.GIVE_BACK: {"note": lazy_gettext("Cần bổ sung, sửa gì")},
    Action.HAND_BACK: {"note": lazy_gettext("Vì sao chuyển trả")},
    Action.RECORD_REPORT: {
        "files": lazy_gettext("Báo cáo đã ký và tệp kèm theo"),
        "report_date": lazy_gettext("Ngày ký báo cáo"),
    },
    Action.REMIND: {
        "text": lazy_gettext("Nội dung đôn đốc"),
        "paper": lazy_gettext("Số, ký hiệu văn bản đôn đốc"),
    },
    Action.DIRECT: {
        "text": lazy_gettext("Ý kiến"),
        "reference": lazy_gettext("Cuộc họp hoặc văn bản"),
        "said_by": lazy_gettext("Lãnh đạo chỉ đạo"),
        "said_on": lazy_gettext("Ngày chỉ đạo"),
        "due_on": lazy_gettext("Thời hạn mới"),
    },
    Action.RETURN: {"due_on": lazy_gettext("Thời hạn mới")},
    Action.REASSIGN: {
        "agency": lazy_gettext("Cơ quan chủ trì mới"),
        "coordinating": lazy_gettext("Thêm cơ quan phối hợp"),
        "due_on": lazy_gettext("Thời hạn mới"),
    },
    Action.AMEND: {
        "coordinating": lazy_gettext("Thêm cơ quan phối hợp"),
        "paper": lazy_gettext("Số, ký hiệu văn bản điều chỉnh"),
        "files": lazy_gettext("Văn bản kèm theo"),
    },
    Action.CORRECT: {
        "coordinating": lazy_gettext("Thêm cơ quan phối hợp"),
        "paper": lazy_gettext("Số, ký hiệu văn bản đính chính"),
        "files": lazy_gettext("Văn bản kèm theo"),
    },
    Action.WITHDRAW: {"files": lazy_gettext("Văn bản kèm theo")},
    Action.SUSPEND: {"files": lazy_gettext("Văn bản kèm theo")},
    Action.RESUME: {"files": lazy_gettext("Văn bản kèm theo")},
    Action.REQUEST_EXTENSION: {
        "due_on": lazy_gettext("Đề nghị gia hạn đến"),
        "paper": lazy_gettext("Số, ký hiệu văn bản đề nghị"),
        "files": lazy_gettext("Văn bản đề nghị"),
    },
    Action.DECIDE_EXTENSION: {
        "due_on": lazy_gettext("Gia hạn đến"),
        "said_by": lazy_gettext("Người quyết định"),
        "paper": lazy_gettext("Văn bản hoặc cuộc họp quyết định"),
        "files": lazy_gettext("Văn bản kèm theo"),
    },
    Action.REOPEN: {
        "paper": lazy_gettext("Số, ký hiệu đơn phản ánh hoặc văn bản"),
        "paper_date": lazy_gettext("Ngày của đơn hoặc văn bản"),
        "files": lazy_gettext("Đơn hoặc văn bản kèm theo"),
    },
    Action.HAND_DOWN: {
        "agency": lazy_gettext("Đơn vị trực thuộc"),
        "content": lazy_gettext("Phần việc"),
    },
}
"""Labels of single fields where the plain one says too little."""
