"""What the figures of a year's periods come to for one lead: the rule of the target says how.

Figures of each period alone add up; one that runs on from the period before tells the year by
itself, and the latest known one stands. Rates go through numerator and denominator (product.md,
section 3). What nobody told is counted beside the total and never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
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
