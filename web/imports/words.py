"""Words of an import: fields, detections that are off, violations that stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from web.dossiers.telling import FIELDS
from web.violations.words import type_words
from workflow.dossiers.fields import COLUMNS, STEP_COLUMNS

NAMES = {
    "code": _("Mã hồ sơ"),
    "agency": _("Cơ quan giải quyết"),
    "receiving": _("Nơi tiếp nhận"),
    "field": _("Lĩnh vực"),
    "procedure": _("Tên thủ tục"),
    "supplement": _("Tình trạng bổ sung"),
    "waits": _("Thời gian chờ người dân"),
}
STEP_NAMES = {
    "code": _("Mã bước"),
    "name": _("Tên bước"),
    "holder": _("Người giữ"),
    "officer": _("Cán bộ xử lý"),
    "started_at": _("Bắt đầu"),
    "ended_at": _("Kết thúc"),
    "limit_at": _("Hạn của bước"),
}


MARKS = {
    ",": _("dấu phẩy (,)"),
    ";": _("dấu chấm phẩy (;)"),
    "\t": _("phím Tab"),
    "|": _("gạch đứng (|)"),
}


def delimiter_words(mark: str) -> str:
    """Return what a separator of cells is called."""
    return str(MARKS.get(mark, ""))


def field_told(name: str) -> str:
    """Return what a field of a profile is called."""
    if name.startswith("steps."):
        plain = name.removeprefix("steps.")
        return str(STEP_NAMES.get(plain, plain))
    return str(NAMES.get(name) or FIELDS.get(name) or name)


def detections_told(off: Iterable[str]) -> list[str]:
    """Return the detections whose columns a file lacks, in words."""
    return [f"{code} {type_words(code)}" for code in off]


def violations_told(standing: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """Return the violations that stand, as code, words and number."""
    return [(code, f"{code} {type_words(code)}", int(n)) for code, n in sorted(standing.items())]


COLUMN_FIELDS = tuple(COLUMNS)
STEP_FIELDS = tuple(STEP_COLUMNS)
