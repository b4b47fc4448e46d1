"""A sample to read: drawn by a seed, each agency by its share, with its margin told."""

from __future__ import annotations

from collections.abc import Iterable, MutableSequence, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Protocol

NORMAL_95 = 1.96
"""Two-sided 95 per cent of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """One agency's part of the population, and how many of it were drawn."""

    name: str
    population: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Sample:
    """Keys to read in the order to read them; `margin` is in percentage points at 95 %."""

    seed: int
    keys: tuple[int, ...]
    population: int
    strata: tuple[Stratum, ...]
    margin: float

    @property
    def size(self) -> int:
        """How many were drawn."""
        return len(self.keys)


class Dice(Protocol):
    """What chance asks of a seeded `random.Random`."""

    def sample(self, population: Sequence[int], k: int) -> list[int]: ...

    def shuffle(self, x: MutableSequence[int]) -> None: ...


def draw(population: Iterable[tuple[int, str]], dice: Dice, *, size: int, seed: int) -> Sample:
    """Draw `size` of (key, agency) so that each agency has its share, at least one if it fits.

    `dice` is seeded with `seed`. The same seed, size and population give the same list, in
    whatever order they come.
    """
    by_name: dict[str, list[int]] = {}
    for key, name in sorted(set(population)):
        by_name.setdefault(name, []).append(key)
    names = sorted(by_name)
    sizes = [len(by_name[name]) for name in names]
    shares = _shares(sizes, min(max(size, 0), sum(sizes)))
    keys: list[int] = []
    for name, share in zip(names, shares, strict=True):
        keys += dice.sample(by_name[name], share)
    dice.shuffle(keys)
    strata = [Stratum(*row) for row in zip(names, sizes, shares, strict=True)]
    return Sample(seed, tuple(keys), sum(sizes), tuple(strata), margin_of(len(keys), sum(sizes)))


def _shares(sizes: Sequence[int], wanted: int) -> list[int]:
    """Share `wanted` out by size, largest remainders first, nobody forgotten if it fits."""
    whole = sum(sizes)
    least = 1 if wanted >= len(sizes) else 0
    shares = [max(least, wanted * size // whole) for size in sizes] if whole else []
    rest = [(wanted * size % whole, -place) for place, size in enumerate(sizes)] if whole else []
    for _, place in sorted(rest, reverse=True):
        if sum(shares) < wanted and shares[-place] < sizes[-place]:
            shares[-place] += 1
    while sum(shares) > wanted:
        most = max(range(len(shares)), key=lambda place: (shares[place], -place))
        shares[most] -= 1
    return shares


def margin_of(size: int, population: int) -> float:
    """Return the margin of a share read off such a sample, in percentage points at 95 %.

    The worst case (a half), corrected for a population that is not endless; 0 when all
    were read, 100 when nothing was.
    """
    if size <= 0:
        return 0.0 if population == 0 else 100.0
    if size >= population:
        return 0.0
    rest = (population - size) / (population - 1)
    return round(100 * NORMAL_95 * sqrt(0.25 / size * rest), 1)
