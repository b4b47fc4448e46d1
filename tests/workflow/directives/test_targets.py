"""Whose a target is decides what is measured against it: one lead's figure, or the sum of all."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from workflow.directives.targets import (
    TargetScope,
    falls_short,
    how_many_meet,
    sum_falls_short,
)


@dataclass
class Target:
    target_value: Decimal | None
    target_scope: TargetScope | None
    target_indicator: str = "Hồ sơ số hóa"
    target_unit: str = "hồ sơ"


HUNDRED = Decimal(100)
EACH, WHOLE = TargetScope.EACH, TargetScope.WHOLE


@pytest.mark.parametrize(
    ("value", "scope", "figure", "one", "together"),
    [
        (HUNDRED, EACH, 99, True, False),
        (HUNDRED, EACH, 100, False, False),
        (HUNDRED, WHOLE, 99, False, True),
        (HUNDRED, WHOLE, 100, False, False),
        (HUNDRED, WHOLE, 101, False, False),
        (HUNDRED, None, 99, True, False),
        (None, WHOLE, 0, False, False),
        (None, None, 0, False, False),
    ],
)
def test_a_figure_is_measured_against_its_own_target_and_a_sum_against_that_of_all(
    value, scope, figure, one, together
):
    target = Target(value, scope)
    assert falls_short(Decimal(figure), target) is one
    assert sum_falls_short(Decimal(figure), target) is together


def test_no_figure_falls_short_of_nothing():
    assert falls_short(None, Target(HUNDRED, EACH)) is False


def test_those_who_reach_their_own_target_are_counted_and_the_silent_are_not():
    figures = [Decimal(99), HUNDRED, Decimal(120), None]
    assert how_many_meet(figures, Target(HUNDRED, EACH)) == 2
