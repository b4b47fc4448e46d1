"""How dates, instants, numbers and shares are written, in Vietnamese and in English."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import format_date, format_datetime, format_decimal

from models.paging import told
from web.speech import gettext as _
from web.speech import language
from workflow.days import PROVINCE_ZONE
from workflow.shares import hundredths


def _is_english() -> bool:
    return language() == "en"


def vn_date(value: date | None) -> str:
    """Return a date as 30/09/2021 (English pages: 30 Sep 2021)."""
    if value is None:
        return ""
    if _is_english():
        return str(format_date(value, "d MMM y", rebase=False))
    return f"{value.day:02}/{value.month:02}/{value.year}"


def field_day(value: date | None) -> str:
    """Return a date as a field holds it and reads it back, in every language: 30/09/2021."""
    return f"{value.day:02}/{value.month:02}/{value.year}" if value is not None else ""


def vn_datetime(value: datetime | None, zone: ZoneInfo = PROVINCE_ZONE) -> str:
    """Return an instant as 30/09/2021 14:05 in the province, or in another zone."""
    if value is None:
        return ""
    local = value.astimezone(zone).replace(tzinfo=None)
    if _is_english():
        return str(format_datetime(local, "d MMM y HH:mm", rebase=False))
    return f"{vn_date(local)} {local:%H:%M}"


def vn_month(value: date) -> str:
    """Return a month as Tháng 9 (English pages: September)."""
    english = _is_english()
    return str(format_date(value, "LLLL" if english else "'Tháng' M", rebase=False))


def vn_number(value: float | Decimal | None) -> str:
    """Return a number as 1.234,5 (English pages: 1,234.5)."""
    if type(value) is int and not _is_english():
        return f"{value:,}".replace(",", ".")
    return "" if value is None else str(format_decimal(value))


def counted_number(count: int) -> str:
    """Return a count as a list says it: exact to ten thousand, then "hơn 10.000"."""
    number, is_exact = told(count)
    return vn_number(number) if is_exact else _("hơn %(n)s", n=vn_number(number))


def vn_share(share: float) -> str:
    """Return a share in hundredths, always with one decimal: 92,0 (English pages: 92.0)."""
    return str(format_decimal(hundredths(share), format="#,##0.0"))


def register(app: Flask) -> None:
    """Give the forms to the templates."""
    forms = (field_day, vn_share, vn_date, vn_datetime, vn_month, vn_number)
    app.jinja_env.filters.update({form.__name__: form for form in forms})
