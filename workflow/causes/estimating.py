"""What a sample that was read says of all it was drawn from: shares with their intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, sqrt
from statistics import NormalDist

CONFIDENCE = 0.95
_Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One cause in a sample of `read`, and in the `population` it was drawn from.

    `low` and `high` are the ends of the share's interval at 95 %; `least` and `most` dossiers
    of the population are what they come to, whole dossiers and never fewer than were seen.
    """

    code: str
    seen: int
    read: int
    population: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share of those read."""
        return self.seen / self.read

    @property
    def least(self) -> int:
        """The fewest dossiers of the population."""
        return max(self.seen, ceil(self.low * self.population - 1e-9))

    @property
    def most(self) -> int:
        """The most dossiers of the population; those read of another cause are not among them."""
        return min(
            self.population - (self.read - self.seen), floor(self.high * self.population + 1e-9)
        )


def interval(seen: int, read: int, population: int) -> tuple[float, float]:
    """Return the ends of a share's interval at 95 % by Wilson's score, between 0 and 1.

    E. B. Wilson, JASA 22 (1927), 209-212: it holds where few were read or a share is near
    0 or 1. The number read counts for more the nearer it comes to the whole population; once
    all were read the share is known. Nothing read: anything may be.
    """
    if read <= 0:
        return 0.0, 1.0
    share = seen / read
    if read >= population:
        return share, share
    weight = read * (population - 1) / (population - read)
    spread = _Z * sqrt(share * (1 - share) / weight + _Z**2 / (4 * weight**2))
    middle, whole = share + _Z**2 / (2 * weight), 1 + _Z**2 / weight
    low, high = (middle - spread) / whole, (middle + spread) / whole
    return max(0.0, min(low, share)), min(1.0, max(high, share))  # what is added up rounds


def estimates(codes: Iterable[str], population: int) -> tuple[Estimate, ...]:
    """Return each cause of the dossiers that were read, the most frequent first, then by code.

    `codes` holds the one primary cause of each. The shares lean on chance: those read are the
    first of a list in random order, however far somebody came.
    """
    found = Counter(codes)
    read = found.total()
    ranked = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return tuple(_estimate(code, seen, read, population) for code, seen in ranked)


def _estimate(code: str, seen: int, read: int, population: int) -> Estimate:
    low, high = interval(seen, read, population)
    return Estimate(code=code, seen=seen, read=read, population=population, low=low, high=high)
