"""What several agencies reported together under one indicator: added up, or as one rate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from flask import url_for

from models.periods.sums import ByDay
from web.directives.targets import value_told
from web.formats import vn_date, vn_number
from web.periods.naming import named
from web.speech import gettext as _
from web.speech import ngettext
from workflow.directives.summing import whole_of
from workflow.directives.targets import HasTarget, TargetScope, falls_short, sum_falls_short


class Reported(Protocol):
    """What a directive's standing report tells; None where it tells nothing."""

    @property
    def figure(self) -> Decimal | None: ...
    @property
    def numerator(self) -> Decimal | None: ...
    @property
    def denominator(self) -> Decimal | None: ...


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


def summed(reports: Iterable[Reported], unit: str, of: HasTarget | None = None) -> Summed:
    """Add up what was reported in a unit: amounts add, rates by their two numbers.

    A rate is never added or averaged (product.md, section 3): one that came without both its
    numbers is reported and in no sum. Beside it stands how that is against the target `of` these.
    """
    all_of_them = list(reports)
    told = [one for one in all_of_them if one.figure is not None]
    whole = whole_of(unit)
    words, total = _rate(told, unit, whole) if whole else _amount(told, unit)
    against = _against(told, total, of) if of else ""
    return Summed(
        reported=len(told),
        asked=len(all_of_them),
        words="; ".join(filter(None, (words, against))) if told else "",
    )


def _amount(told: list[Reported], unit: str) -> tuple[str, Decimal]:
    total = sum((one.figure for one in told if one.figure is not None), Decimal(0))
    return _("tổng %(sum)s", sum=f"{vn_number(total)} {unit}".strip()), total


def _rate(told: list[Reported], unit: str, whole: int) -> tuple[str, Decimal | None]:
    pairs = [
        (one.numerator, one.denominator)
        for one in told
        if one.numerator is not None and one.denominator is not None
    ]
    above = sum((pair[0] for pair in pairs), Decimal(0))
    below = sum((pair[1] for pair in pairs), Decimal(0))
    if not below:
        return _("chưa có đủ tử số và mẫu số để gộp"), None
    rate = above * whole / below
    said = _(
        "%(above)s/%(below)s = %(rate)s",
        above=vn_number(above),
        below=vn_number(below),
        rate=f"{vn_number(round(rate, 2))} {unit}",
    )
    left = len(told) - len(pairs)
    more = _(" (%(n)s báo cáo chỉ có tỷ lệ, không gộp được)", n=left) if left else ""
    return said + more, None if left else rate


def _against(told: Sequence[Reported], total: Decimal | None, of: HasTarget) -> str:
    """Say how the figures are against a target of all together, or against each one's own."""
    if of.target_value is None or of.target_scope is None:
        return ""
    if of.target_scope is TargetScope.EACH:
        met = sum(not falls_short(one.figure, of) for one in told)
        return ngettext(
            "%(num)s cơ quan đạt chỉ tiêu %(target)s",
            "%(num)s cơ quan đạt chỉ tiêu %(target)s",
            met,
            target=value_told(of),
        )
    if total is None:
        return ""
    if sum_falls_short(total, of):
        return _("chưa đạt chỉ tiêu chung %(target)s", target=value_told(of))
    return _("đạt chỉ tiêu chung %(target)s", target=value_told(of))


def period_sums(by_day: ByDay, of: HasTarget, key: str) -> tuple[PeriodSum, ...]:
    """Return what each of the latest periods of a clause comes to, the latest first.

    Periods are never added to each other: whether a figure runs on from the one before, the
    document alone says. `key` names the clause (`2025-0017-03`).
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
