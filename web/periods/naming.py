"""What a reporting period is called: the month, quarter or year it reports on."""

from __future__ import annotations

from datetime import date, timedelta

from web.formats import vn_date
from web.speech import gettext as _
from workflow.periods.records import Period
from workflow.periods.rhythm import MONTHS, Rule, read_rule

JUST_AFTER = timedelta(days=10)
"""A report due within this many days of a new month, quarter or year is of the one before."""
ROMAN = ("I", "II", "III", "IV")


def name_of(period: Period, recurs: str) -> str:
    """Return the name of a period by its rule: "tháng 10/2025"; its number where it has none.

    Meant to stand after the word "kỳ".
    """
    return named(period.due_on, period.serial, recurs)


def named(due_on: date, serial: int, recurs: str) -> str:
    """Return the same of a period that is known by its day and its number alone."""
    rule = read_rule(recurs) if recurs else None
    told = _by_rule(rule, due_on) if rule else ""
    return told or str(serial)


def _by_rule(rule: Rule, due_on: date) -> str:
    if rule.interval > 1 or len(rule.days) > 1 or len(rule.weekdays) > 1:
        return ""
    day = due_on - JUST_AFTER
    if rule.frequency == "WEEKLY":
        return _("tuần đến %(day)s", day=vn_date(due_on))
    if rule.frequency == "MONTHLY":
        return _("tháng %(month)s/%(year)s", month=day.month, year=day.year)
    return _of_year(len(rule.months), day) if rule.frequency == "YEARLY" else ""


def _of_year(turns: int, day: date) -> str:
    """Return which of a year's `turns` a day lies in; empty where they are none people name."""
    place = (day.month - 1) * turns // MONTHS
    if turns == len(ROMAN):
        return _("quý %(n)s/%(year)s", n=ROMAN[place], year=day.year)
    halves = (_("6 tháng đầu năm %(year)s"), _("6 tháng cuối năm %(year)s"))
    if turns == len(halves):
        return halves[place] % {"year": day.year}
    return _("năm %(year)s", year=day.year) if turns == 1 else ""
