"""What several agencies reported together under one indicator: added up, or as one rate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from web.formats import vn_number
from web.speech import gettext as _
from workflow.directives.summing import whole_of


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


def summed(reports: Iterable[Reported], unit: str) -> Summed:
    """Add up what was reported in `unit`: amounts add, rates by their two numbers.

    A rate is never added or averaged (product.md, section 3): one that came without both its
    numbers is reported and in no sum.
    """
    all_of_them = list(reports)
    told = [one for one in all_of_them if one.figure is not None]
    whole = whole_of(unit)
    words = _rate(told, unit, whole) if whole else _amount(told, unit)
    return Summed(reported=len(told), asked=len(all_of_them), words=words if told else "")


def _amount(told: list[Reported], unit: str) -> str:
    total = sum((one.figure for one in told if one.figure is not None), Decimal(0))
    return _("tổng %(sum)s", sum=f"{vn_number(total)} {unit}".strip())


def _rate(told: list[Reported], unit: str, whole: int) -> str:
    pairs = [
        (one.numerator, one.denominator)
        for one in told
        if one.numerator is not None and one.denominator is not None
    ]
    above = sum((pair[0] for pair in pairs), Decimal(0))
    below = sum((pair[1] for pair in pairs), Decimal(0))
    if not below:
        return _("chưa có đủ tử số và mẫu số để gộp")
    said = _(
        "%(above)s/%(below)s = %(rate)s",
        above=vn_number(above),
        below=vn_number(below),
        rate=f"{vn_number(round(above * whole / below, 2))} {unit}",
    )
    left = len(told) - len(pairs)
    return said + (_(" (%(n)s báo cáo chỉ có tỷ lệ, không gộp được)", n=left) if left else "")
