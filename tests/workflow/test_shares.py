"""Shares are rounded as an official rounds them by hand."""

from decimal import Decimal

import pytest

from workflow.shares import hundredths


@pytest.mark.parametrize(
    ("share", "places", "said"),
    [
        (39 / 48, 1, "81.3"),
        (0.0005, 1, "0.1"),
        (0.8345, 1, "83.5"),
        (0.92, 1, "92.0"),
        (1, 1, "100.0"),
        (0, 1, "0.0"),
        (2 / 3, 2, "66.67"),
        (1 / 3, 0, "33"),
        (0.125, 0, "13"),
    ],
)
def test_a_half_goes_up(share, places, said):
    assert hundredths(share, places) == Decimal(said)
    assert str(hundredths(share, places)) == said
