"""What several agencies reported together under one indicator, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Protocol

from flask import url_for

from models.periods.sums import ByDay
from web.directives.targets import value_told
from web.formats import vn_date, vn_number
from web.periods.naming import named
from web.speech import gettext as _
from web.speech import ngettext
from web.wiring import office
from workflow.directives.summing import Reported, Sums, added_up
from workflow.directives.targets import (
    HasTarget,
    TargetBasis,
    TargetScope,
    how_many_meet,
    sum_falls_short,
)
from workflow.periods.totals import YearTotal, latest_year, totals_of_leads


@dataclass(frozen=True, slots=True, kw_only=True)
class Summed:
    """How many of how many reported, and what it comes to in words; empty before any."""

    reported: int
    asked: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodSum:
    """The same of one period, with its name and the rows behind its figures."""

    name: str
    due: str
    sum: Summed
    reported_url: str
    silent_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSum:
    """What the periods of a year come to, by what rule, and what of them is not known."""

    title: str
    sum: Summed
    silent: str
    loose: str


class Measured(HasTarget, Protocol):
    """A clause or a directive, with how the figures of its periods make the year's."""

    @property
    def target_basis(self) -> TargetBasis: ...


def summed(reports: Iterable[Reported], unit: str, of: HasTarget | None = None) -> Summed:
    """Say what was reported in a unit comes to, and how that is against the target `of` these."""
    all_of_them = list(reports)
    told = [one for one in all_of_them if one.figure is not None]
    sums = added_up(told, unit)
    against = _against(told, sums, of) if of else ""
    return Summed(
        reported=len(told),
        asked=len(all_of_them),
        words="; ".join(filter(None, (_sums_told(sums), against))) if told else "",
    )


def _sums_told(sums: Sums) -> str:
    if sums.value is None:
        return _("chưa có đủ tử số và mẫu số để gộp")
    if sums.figure is not None:
        return _("tổng %(sum)s", sum=f"{vn_number(sums.figure)} {sums.unit}".strip())
    said = _(
        "%(above)s/%(below)s = %(rate)s",
        above=vn_number(sums.numerator),
        below=vn_number(sums.denominator),
        rate=f"{vn_number(round(sums.value, 2))} {sums.unit}",
    )
    if not sums.left_out:
        return said
    return said + _(" (%(n)s báo cáo chỉ có tỷ lệ, không gộp được)", n=sums.left_out)


def _against(told: Sequence[Reported], sums: Sums, of: HasTarget) -> str:
    """Say how the figures are against a target of all together, or against each one's own."""
    if of.target_value is None or of.target_scope is None:
        return ""
    if of.target_scope is TargetScope.EACH:
        return ngettext(
            "%(num)s cơ quan đạt chỉ tiêu %(target)s",
            "%(num)s cơ quan đạt chỉ tiêu %(target)s",
            how_many_meet((one.figure for one in told), of),
            target=value_told(of),
        )
    if sums.of_all is None:
        return ""
    if sum_falls_short(sums.of_all, of):
        return _("chưa đạt chỉ tiêu chung %(target)s", target=value_told(of))
    return _("đạt chỉ tiêu chung %(target)s", target=value_told(of))


def period_sums(by_day: ByDay, of: HasTarget, key: str) -> tuple[PeriodSum, ...]:
    """Return what each of the latest periods of a clause comes to, the latest first.

    `key` names the clause (`2025-0017-03`). What the year comes to: `year_sum`.
    """
    return tuple(
        PeriodSum(
            name=named(due_on, rows[0].serial, rows[0].recurs),
            due=vn_date(due_on),
            sum=summed(rows, of.target_unit, of),
            reported_url=_rows(key, due_on, "yes"),
            silent_url=_rows(key, due_on, "no"),
        )
        for due_on, rows in list(by_day.items())[:2]
    )


def year_sum(by_day: ByDay, of: Measured) -> YearSum | None:
    """Return what the year's periods of a clause come to, its agencies together."""
    periods, today = chain.from_iterable(by_day.values()), office().today()
    return year_told(totals_of_leads(periods, of.target_basis, of.target_unit, today), of)


def year_told(totals: Sequence[YearTotal], of: Measured) -> YearSum | None:
    """Say what the totals of one or several leads come to; None where nobody told a figure."""
    found = latest_year(totals)
    if found is None:
        return None
    by_period = of.target_basis is TargetBasis.PERIOD
    return YearSum(
        title=_("cả năm %(year)s, cộng các kỳ", year=found.year)
        if by_period
        else _("lũy kế năm %(year)s, theo kỳ mới nhất có số liệu", year=found.year),
        sum=summed(found.totals, of.target_unit),
        silent=_silent(found.silent),
        loose=ngettext(
            "%(num)s kỳ chỉ báo tỷ lệ, không có tử số và mẫu số nên không tính được",
            "%(num)s kỳ chỉ báo tỷ lệ, không có tử số và mẫu số nên không tính được",
            found.loose,
        )
        if found.loose
        else "",
    )


def _silent(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(num)s kỳ đã đến hạn chưa có số liệu, chưa tính",
        "%(num)s kỳ đã đến hạn chưa có số liệu, chưa tính",
        number,
    )


def _rows(key: str, due_on: date, figure: str) -> str:
    return url_for("periods.index", clause=key, due=due_on.isoformat(), figure=figure)


def figure_told(of: Reported, unit: str) -> str:
    """Return a reported figure with its unit, and the two numbers that make a rate."""
    if of.figure is None:
        return ""
    told = f"{vn_number(of.figure)} {unit}".strip()
    if of.numerator is None or of.denominator is None:
        return told
    return f"{told} ({vn_number(of.numerator)}/{vn_number(of.denominator)})"
