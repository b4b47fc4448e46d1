"""What comes again and again, in the words of an office instead of an RFC 5545 rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from web.formats import vn_date

QUARTER = 3
MONTHS = 12
QUARTERS = MONTHS // QUARTER
LAST_DAY = "-1"


def recurs_told(rule: str) -> str:
    """Return a rule in words: `FREQ=MONTHLY;BYMONTHDAY=19` is "hằng tháng, ngày 19"."""
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    said = [_how_often(parts), *_which_days(parts)]
    if "UNTIL" in parts:
        last = datetime.strptime(parts["UNTIL"][:8] + "+0000", "%Y%m%d%z").date()
        said.append(_("đến hết %(day)s", day=vn_date(last)))
    return ", ".join(said)


def _how_often(parts: Mapping[str, str]) -> str:
    every = int(parts.get("INTERVAL", "1"))
    match parts["FREQ"]:
        case "DAILY":
            return str(ngettext("hằng ngày", "%(num)s ngày một lần", every))
        case "WEEKLY":
            return str(ngettext("hằng tuần", "%(num)s tuần một lần", every))
        case "MONTHLY" if every == QUARTER:
            return str(_("hằng quý"))
        case "MONTHLY":
            return str(ngettext("hằng tháng", "%(num)s tháng một lần", every))
        case "YEARLY" if every == 1 and _is_by_quarter(parts):
            return str(_("hằng quý"))
        case _:
            return str(ngettext("hằng năm", "%(num)s năm một lần", every))


def _is_by_quarter(parts: Mapping[str, str]) -> bool:
    """Whether a rule of the year names one month of each quarter, a quarter apart."""
    months = sorted(int(month) for month in parts.get("BYMONTH", "").split(",") if month)
    return len(months) == QUARTERS and months == list(range(months[0], MONTHS + 1, QUARTER))


def _which_days(parts: Mapping[str, str]) -> list[str]:
    weekdays = {
        "MO": _("thứ Hai"), "TU": _("thứ Ba"), "WE": _("thứ Tư"), "TH": _("thứ Năm"),
        "FR": _("thứ Sáu"), "SA": _("thứ Bảy"), "SU": _("Chủ nhật"),
    }  # fmt: skip
    if "BYDAY" in parts:
        return [", ".join(str(weekdays[day]) for day in parts["BYDAY"].split(","))]
    days = [
        str(_("ngày cuối tháng")) if day == LAST_DAY else str(_("ngày %(n)s", n=day))
        for day in parts.get("BYMONTHDAY", "").split(",")
        if day
    ]
    months = ", ".join(parts.get("BYMONTH", "").split(","))
    said = (", ".join(days), str(_("tháng %(n)s", n=months)) if months else "")
    return [words for words in said if words]
