"""A few causes make most of the lateness: counts in falling order, with what they add up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a Pareto chart; shares are exact, of all dossiers counted."""

    key: str
    count: int
    days: float
    share: Fraction
    running: Fraction


def pareto(counted: Iterable[tuple[str, int, float]]) -> tuple[Bar, ...]:
    """Return (key, count, days lost) as bars, the most first; equal ones by their key.

    A key that comes twice is added up; one without any count is left out. The running
    share of the last bar is exactly 1.
    """
    counts: dict[str, tuple[int, float]] = {}
    for key, count, days in counted:
        had = counts.get(key, (0, 0.0))
        counts[key] = (had[0] + count, had[1] + days)
    whole = sum(count for count, _ in counts.values())
    bars: list[Bar] = []
    so_far = 0
    for key, (count, days) in sorted(counts.items(), key=lambda item: (-item[1][0], item[0])):
        if count > 0:
            so_far += count
            share, running = Fraction(count, whole), Fraction(so_far, whole)
            bars.append(Bar(key, count, round(days, 1), share, running))
    return tuple(bars)
