"""Which escalation stands for which episode after a re-derivation (product.md §6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workflow.escalation.records import Episode, Raise


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An escalation as it is stored: `age` orders them, the lower the older.

    `level` and `raises` (at least one) are those of the last derivation; a retracted one keeps
    them.
    """

    id: int
    age: int
    level: int
    raises: tuple[Raise, ...]
    retracted: bool = False

    @property
    def basis(self) -> frozenset[str]:
        """The violations of its first raise."""
        return frozenset(self.raises[0].violations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An escalation that goes on standing for an episode, and what changed for it.

    `reinstated`: it was retracted and is the same one again. `lowered`: its level fell.
    `new_raises` put it back to `raised`.
    """

    id: int
    episode: Episode
    reinstated: bool
    lowered: bool
    new_raises: tuple[Raise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retracted:
    """An escalation whose basis fell away; `heir` is the episode that took over, if any.

    The heir's escalation is the one kept for that episode, or the new one made for it.
    """

    id: int
    heir: Episode | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What a re-derivation asks of the escalations of a group."""

    kept: tuple[Kept, ...]
    new: tuple[Episode, ...]
    retracted: tuple[Retracted, ...]


def match(standing: Sequence[Standing], episodes: Sequence[Episode]) -> Matching:
    """Say which escalation each episode keeps, which are new, which are retracted.

    An episode keeps the escalation whose first raise shares most violations with its own; at a
    tie the older, then the episode whose first raise is of the same day, then the earlier. One
    that shares none is kept by none. Retracted ones are candidates too: one that is kept again
    is reinstated. What was matched and kept is matched alike the next time.
    """
    kept: dict[int, int] = {}
    taken: set[int] = set()
    for place, number in _pairs(standing, episodes):
        if place not in kept and number not in taken:
            kept[place] = number
            taken.add(number)
    return Matching(
        kept=tuple(_kept(standing[kept[place]], episodes[place]) for place in sorted(kept)),
        new=tuple(episode for place, episode in enumerate(episodes) if place not in kept),
        retracted=tuple(
            Retracted(id=one.id, heir=_heir(one, episodes))
            for number, one in enumerate(standing)
            if number not in taken and not one.retracted
        ),
    )


def _pairs(standing: Sequence[Standing], episodes: Sequence[Episode]) -> list[tuple[int, int]]:
    """Return (episode, escalation) of every pair that shares something, the best first."""
    bases = [one.basis for one in standing]
    firsts = [episode.raises[0] for episode in episodes]
    found = sorted(
        (-shared, one.age, one.raises[0].on != first.on, place, number)
        for place, first in enumerate(firsts)
        for number, one in enumerate(standing)
        if (shared := len(bases[number].intersection(first.violations)))
    )
    return [(place, number) for *_, place, number in found]


def _kept(one: Standing, episode: Episode) -> Kept:
    return Kept(
        id=one.id,
        episode=episode,
        reinstated=one.retracted,
        lowered=episode.level < one.level,
        new_raises=_new_raises(one, episode),
    )


def _new_raises(one: Standing, episode: Episode) -> tuple[Raise, ...]:
    """Return the raises that ask for a new look: above the stored level, or again after a cap.

    A level that was reached on another day than was thought, or a step found in between, is
    no new raise: the people at the desk have judged that level or a higher one. After a cap
    comes only what follows the level stored last; where that one fell, the case is lowered.
    """
    known, last = [raised.level for raised in one.raises], one.raises[-1]
    found = []
    for raised in episode.raises:
        if raised.level in known:
            known.remove(raised.level)
        elif raised.level > one.level or (last.level not in known and raised.on > last.on):
            found.append(raised)
    return tuple(found)


def _heir(one: Standing, episodes: Sequence[Episode]) -> Episode | None:
    """Return the episode that took over: most violations shared, else the one of its day."""
    basis = one.basis
    best = max(
        episodes,
        key=lambda episode: len(basis.intersection(episode.raises[0].violations)),
        default=None,
    )
    if best is not None and basis.intersection(best.raises[0].violations):
        return best
    day = one.raises[0].on
    return next(
        (
            episode
            for episode in episodes
            if episode.opened_on <= day and (episode.closed_on is None or day < episode.closed_on)
        ),
        None,
    )
