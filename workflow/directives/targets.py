"""Whose a target is that stands over several leads: each one's own, or all of them together.

Counts and amounts add up, rates go through numerator and denominator (product.md, section 3): so
one lead's figure is measured against a target of its own, and never against that of all.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Protocol


class TargetScope(StrEnum):
    """Whose a target is where a clause has several leads."""

    EACH = "each"
    WHOLE = "whole"


class TargetBasis(StrEnum):
    """What a figure of a period tells: that period alone, or the year up to it (luỹ kế)."""

    PERIOD = "period"
    RUNNING = "running"


class HasTarget(Protocol):
    """A clause or a directive, as far as its target goes."""

    @property
    def target_indicator(self) -> str: ...
    @property
    def target_value(self) -> Decimal | None: ...
    @property
    def target_unit(self) -> str: ...
    @property
    def target_scope(self) -> TargetScope | None: ...


def own_target(of: HasTarget) -> Decimal | None:
    """Return the value that one lead's figure is measured against; None where it has none."""
    return None if of.target_scope is TargetScope.WHOLE else of.target_value


def falls_short(figure: Decimal | None, of: HasTarget) -> bool:
    """Whether one lead's figure is below the target it is measured against."""
    target = own_target(of)
    return figure is not None and target is not None and figure < target


def how_many_meet(figures: Iterable[Decimal | None], of: HasTarget) -> int:
    """Count the leads whose figure reaches the target that each of them has."""
    told = (figure for figure in figures if figure is not None)
    return sum(not falls_short(figure, of) for figure in told)


def sum_falls_short(total: Decimal, of: HasTarget) -> bool:
    """Whether what all leads come to together is below a target of all of them."""
    target = of.target_value if of.target_scope is TargetScope.WHOLE else None
    return target is not None and total < target
