"""What the figures of a year's periods come to for one lead: the rule of the target says how.

Figures of each period alone add up; one that runs on from the period before tells the year by
itself, and the latest known one stands. Rates go through numerator and denominator (product.md,
section 3). What nobody told is counted beside the total and never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from workflow.directives.summing import Reported, added_up
from workflow.directives.targets import TargetBasis


class PeriodTold(Reported, Protocol):
    """A period that somebody owes, with what its standing report tells."""

    @property
    def due_on(self) -> date: ...


class PeriodOfLead(PeriodTold, Protocol):
    """The same of one of several leads."""

    @property
    def directive_id(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class YearTotal:
    """What one lead's periods of a year come to; the figure is None where nothing is known.

    `silent` counts periods that fell due without a figure, as far as they would change it;
    `loose` rates that came without both their numbers and so are in no total.
    """

    year: int
    figure: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    silent: int = 0
    loose: int = 0


def year_total(
    periods: Iterable[PeriodTold], basis: TargetBasis, unit: str, day: date
) -> YearTotal | None:
    """Return the total of the year of the latest period; None where there is no period.

    `periods` are those that have begun, in any order; those that fell due before `day` without
    a figure are silent.
    """
    found = sorted(periods, key=lambda one: one.due_on)
    if not found:
        return None
    year = found[-1].due_on.year
    of_year = [one for one in found if one.due_on.year == year]
    if basis is TargetBasis.RUNNING:
        known = [at for at, one in enumerate(of_year) if one.figure is not None]
        of_year = of_year[known[-1] :] if known else of_year
    sums = added_up(of_year, unit)
    return YearTotal(
        year=year,
        figure=sums.value,
        numerator=sums.numerator,
        denominator=sums.denominator,
        silent=sum(one.figure is None and one.due_on < day for one in of_year),
        loose=sums.left_out,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfAll:
    """The totals of the leads in one year, with what of all of them is silent or loose."""

    year: int
    totals: tuple[YearTotal, ...]
    silent: int
    loose: int


def totals_of_leads(
    periods: Iterable[PeriodOfLead], basis: TargetBasis, unit: str, day: date
) -> list[YearTotal]:
    """Return the total of each lead of a clause, in the order in which they are met."""
    by_lead: dict[int, list[PeriodOfLead]] = {}
    for period in periods:
        by_lead.setdefault(period.directive_id, []).append(period)
    totals = (year_total(rows, basis, unit, day) for rows in by_lead.values())
    return [total for total in totals if total is not None]


def latest_year(totals: Sequence[YearTotal]) -> YearOfAll | None:
    """Return the totals of the latest year among them; None where nobody told a figure in it."""
    year = max((one.year for one in totals), default=0)
    of_year = tuple(one for one in totals if one.year == year)
    loose = sum(one.loose for one in of_year)
    if not loose and all(one.figure is None for one in of_year):
        return None
    silent = sum(one.silent for one in of_year)
    return YearOfAll(year=year, totals=of_year, silent=silent, loose=loose)
