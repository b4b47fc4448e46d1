"""A day's reason is kept in Vietnamese, as the ledger says it; here it is told to the reader."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache

from flask_babel import get_locale

from web.formats import vn_date
from web.speech import gettext
from workflow.calendar.working import WorkingCalendar


def _(text: str) -> str:
    """Mark words for translation where they stand; they are translated when a day is told."""
    return text


PARTS = (
    _("%(rest)s (dự kiến, chưa có lịch nghỉ chính thức)"),
    _("ngày làm việc (chờ văn bản xác nhận: %(rest)s)"),
    _("%(rest)s (văn bản %(act)s)"),
    _("tạm dừng: %(note)s"),
    _("ngày đầu, không tính vào thời hạn"),
    _("%(rest)s, nghỉ hằng tuần; %(name)s"),
    _("%(rest)s, nghỉ hằng tuần"),
    _("%(rest)s (nghỉ bù)"),
    _("ngày làm việc, làm bù cho ngày %(day)s"),
    _("ngày làm việc, làm bù"),
    _("ngày làm việc, %(rest)s"),
    _("ngày làm việc"),
    _("làm bù cho ngày %(day)s"),
    _("Ngày nghỉ (thay cho ngày %(day)s)"),
    _("Nghỉ Tết Dương lịch, hoán đổi với ngày %(day)s"),
)
"""From the outside in: the words around a part come before the part itself."""
NAMES = (
    _("Thứ Hai"),
    _("Thứ Ba"),
    _("Thứ Tư"),
    _("Thứ Năm"),
    _("Thứ Sáu"),
    _("Thứ Bảy"),
    _("Chủ nhật"),
    _("Tết Dương lịch"),
    _("29 Tết"),
    _("Giao thừa Tết Nguyên Đán"),
    _("Tết Nguyên Đán"),
    _("Mùng hai Tết Nguyên Đán"),
    _("Mùng ba Tết Nguyên Đán"),
    _("Mùng bốn Tết Nguyên Đán"),
    _("Mùng năm Tết Nguyên Đán"),
    _("Mùng sáu Tết Nguyên Đán"),
    _("Ngày Giỗ Tổ Hùng Vương"),
    _("Ngày Chiến thắng"),
    _("Ngày Quốc tế Lao động"),
    _("Quốc khánh"),
    _("Ngày Văn hóa Việt Nam"),
)
AS_WRITTEN = frozenset({"act", "note"})
HOLE = re.compile(r"%\\\((\w+)\\\)s")


def off_day(day: date | None, calendar: WorkingCalendar) -> str:
    """Return why nobody works on a day, as the ledger says it; empty for a working day."""
    if day is None or not calendar.is_day_off(day):
        return ""
    return day_told(calendar.reason(day))


def day_told(reason: str) -> str:
    """Return a day's reason in the reader's language; what a person wrote stays as written."""
    if _is_vietnamese():
        return reason
    if reason in NAMES:
        return gettext(reason)
    for part in PARTS:
        found = _pattern(part).fullmatch(reason)
        if found:
            holes = {name: _hole(name, text) for name, text in found.groupdict().items()}
            return gettext(part, **holes)
    return reason


def _is_vietnamese() -> bool:
    locale = get_locale()
    return locale is None or locale.language == "vi"


def _hole(name: str, text: str) -> str:
    if name in AS_WRITTEN:
        return text
    if name != "day":
        return day_told(text)
    try:
        return vn_date(datetime.strptime(text, "%d/%m/%Y").date())  # noqa: DTZ007  # a plain day
    except ValueError:
        return text


@cache
def _pattern(part: str) -> re.Pattern[str]:
    """Return what a part looks like once its holes are filled."""
    words = HOLE.sub(lambda hole: f"(?P<{hole[1]}>.+)", re.escape(part))
    return re.compile(words, re.DOTALL)
