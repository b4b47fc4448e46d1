"""A report over parts quotes their figures: counts and amounts add up, rates by their two sums.

A rate is never added or averaged: the sums of numerators and of denominators make it
(product.md, section 3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from workflow.directives.guards import Case
from workflow.directives.needs import Given
from workflow.directives.records import Directive, Part, State
from workflow.text import fold

RATES = {"%": 100, "phan tram": 100, "percent": 100, "‰": 1000, "phan nghin": 1000}
"""Units of a rate, folded, with what the whole is in them."""
HALF = Decimal("0.5")
PLACES = 2


class Reported(Protocol):
    """What one report tells under an indicator; None where it tells nothing."""

    @property
    def figure(self) -> Decimal | None: ...
    @property
    def numerator(self) -> Decimal | None: ...
    @property
    def denominator(self) -> Decimal | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What several reports come to in one unit; None where none of them tells it.

    `left_out` rates came without both their numbers and are in no sum.
    """

    unit: str
    figure: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    left_out: int

    @property
    def value(self) -> Decimal | None:
        """The sum of what was summed, or the rate that both sums make; None before there is any."""
        whole = whole_of(self.unit)
        if whole is None:
            return self.figure
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator * whole / self.denominator

    @property
    def of_all(self) -> Decimal | None:
        """The same where nothing was left out: what may be held against a target of all."""
        return None if self.left_out else self.value


def whole_of(unit: str) -> int | None:
    """Return what the whole is in a unit of rates (100 for %), None for any other unit."""
    return RATES.get(fold(unit).strip()) if unit else None


def quoted(directive: Directive) -> tuple[Part, ...]:
    """Return the parts whose report stands with a figure."""
    return tuple(
        part
        for part in directive.parts
        if part.state is not State.WITHDRAWN and part.figure is not None
    )


def sums_of(directive: Directive) -> Sums:
    """Return the sums over the parts that report a figure."""
    return added_up(quoted(directive), directive.target_unit)


def added_up(reports: Iterable[Reported], unit: str) -> Sums:
    """Add up what was reported in a unit: amounts add, rates by their two numbers."""
    told = [one for one in reports if one.figure is not None]
    pairs = [one for one in told if one.numerator is not None and one.denominator is not None]
    is_rate = whole_of(unit) is not None
    return Sums(
        unit=unit,
        figure=None if is_rate else _sum(one.figure for one in told),
        numerator=_sum(one.numerator for one in pairs),
        denominator=_sum(one.denominator for one in pairs),
        left_out=len(told) - len(pairs) if is_rate else 0,
    )


def as_written(rate: Decimal) -> Decimal:
    """Return a rate as an office writes it: two places at most, none where it is whole."""
    short = round(rate, PLACES)
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def figure_is_the_sum(case: Case, given: Given) -> dict[str, str]:
    """Counts and amounts of the parts, with the lead's own share, make the figure reported."""
    directive = case.directive
    total = sums_of(directive).figure
    if total is None or whole_of(directive.target_unit) is not None:
        return {}
    figure = given.number("figure")
    if figure is None:
        return {"figure": "required"}
    own = given.number("own_figure") or Decimal(0)
    return {} if figure == total + own else {"figure": "sum_differs"}


def rate_is_whole(case: Case, given: Given) -> dict[str, str]:
    """A rate that is a part of another, or has parts, comes with both its numbers.

    They are the sums of those of the parts, and make the rate as far as it was written out.
    """
    directive = case.directive
    whole, figure = whole_of(directive.target_unit), given.number("figure")
    above, below = given.number("numerator"), given.number("denominator")
    if whole is None:
        return {}
    if figure is None:
        return without_its_rate(above, below)
    if above is None or below is None:
        return _both_numbers(directive, above, below)
    errors = _not_the_sums(sums_of(directive), above, below)
    if errors:
        return errors
    return makes_rate(figure, above, below, whole)


def without_its_rate(above: Decimal | None, below: Decimal | None) -> dict[str, str]:
    """Two numbers without the rate they make would be told to nobody and counted nowhere."""
    return {} if above is None and below is None else {"figure": "required"}


def makes_rate(figure: Decimal, above: Decimal, below: Decimal, whole: int) -> dict[str, str]:
    """Say what is wrong with a rate and its two numbers: nothing where they make it."""
    if below <= 0 or not 0 <= above <= below:
        return {"denominator": "not_a_rate"}
    return {} if _agrees(figure, above * whole / below) else {"figure": "rate_differs"}


def _both_numbers(
    directive: Directive, above: Decimal | None, below: Decimal | None
) -> dict[str, str]:
    in_family = directive.parent_id is not None or quoted(directive)
    if not in_family and above is None and below is None:
        return {}
    named = {"numerator": above, "denominator": below}
    return {name: "required" for name, value in named.items() if value is None}


def _not_the_sums(sums: Sums, above: Decimal, below: Decimal) -> dict[str, str]:
    errors = {}
    if sums.numerator is not None and above != sums.numerator:
        errors["numerator"] = "sum_differs"
    if sums.denominator is not None and below != sums.denominator:
        errors["denominator"] = "sum_differs"
    return errors


def _agrees(figure: Decimal, exact: Decimal) -> bool:
    """Whether a rate is the exact one, rounded to the places it was written with."""
    exponent = figure.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return abs(figure - exact) <= HALF.scaleb(-places)
