"""Shares in hundredths, rounded as offices round: a half goes up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def hundredths(share: float, places: int = 1) -> Decimal:
    """Return a share (0.8125) in hundredths with so many decimals (81.3), a half rounded up.

    What is rounded is the shortest decimal that names the share, so that 0.0005 counts as a half.
    """
    return (100 * Decimal(str(share))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
