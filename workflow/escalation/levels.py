"""From runs to episodes: what goes on over a change of version, and which level each has.

A run is one piece of an episode under one version. Its level at the end follows from the level
before it: x becomes clip(x + step, floor, cap), where floor is the highest level its own score
reaches and cap the version's highest. step is 1 when it repeats an episode that closed a short
while ago, 0 when it goes on with one; a piece that does neither begins at its floor. Such steps
joined are such a step again, so the levels of all groups settle in a few rounds of doubling.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from workflow.escalation.columns import Flags, Ints
from workflow.escalation.runs import NEVER, Cuts, Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """All runs as pieces of episodes, by group then day; `source` is the place of its runs.

    `begins` marks those that open an episode, or with which one that was `carried` over goes on;
    `before` is the level each starts from (0: none), `after` the one it ends with.
    """

    source: Ints
    codes: Ints
    heads: Ints
    bases: Ints
    starts: Ints
    ends: Ints
    reached: Ints
    begins: Flags
    carried: Flags
    before: Ints
    after: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What stands already of the group of each piece: days before `cuts` are none of ours.

    The last episode before them ended with `levels` and closed on `closed` (0: there was none).
    One that is `running` on the eve of its cut goes on where a piece begins on the cut, and else
    closed on it.
    """

    cuts: Ints
    levels: Ints
    closed: Ints
    running: Flags


Before = Callable[[Ints], Settled]
"""Says what is settled of groups, by rows that show them."""


def cuts_of(before_of: Before) -> Cuts:
    """Return what tells from which day on runs are cut: only a running episode is cut in two."""

    def cuts(rows: Ints) -> Ints:
        settled = before_of(rows)
        return np.where(settled.running, settled.cuts, 0)

    return cuts


def pieces_of(runs: Sequence[Runs], before_of: Before | None = None) -> Pieces:
    """Join the runs under several versions and settle their levels.

    With `before_of` only runs from each group's cut on are pieces, and what was settled before
    may make the first of them a repeat.
    """
    joined, levels, closed, running = _asked(runs, before_of)
    source, codes, heads, bases, starts, ends, reached = joined
    caps = np.array([len(one.version.rule.levels) for one in runs])[source]
    group_by = [frozenset(one.version.rule.group_by) for one in runs]
    kinds = np.array([group_by.index(one) for one in group_by])[source]
    within = np.array([_repeat(one) for one in runs])[source]

    follows = np.zeros(len(codes), np.bool_)
    follows[1:] = (codes[1:] == codes[:-1]) & (kinds[1:] == kinds[:-1])
    gaps = np.zeros(len(codes), np.int64)
    gaps[1:] = starts[1:] - ends[:-1] - 1
    goes_on = follows & (gaps == 0)
    repeats = follows & (gaps > 0) & (gaps <= within)

    floors = (reached != NEVER).sum(axis=1)
    carried = ~follows & running & (starts == closed)
    known = carried | (~follows & (closed > 0) & (starts - closed <= within))
    begun = np.where(carried, levels, np.minimum(levels + 1, caps))
    floors = np.where(known, np.maximum(floors, begun), floors)
    steps = repeats.astype(np.int64)
    after = _settled(floors, np.where(goes_on | repeats, caps, floors), steps)
    before = np.zeros(len(codes), np.int64)
    before[1:] = after[:-1]
    before = np.where(goes_on | repeats, np.minimum(before + steps, caps), 0)
    before = np.where(known, begun, before)
    return Pieces(
        source=source,
        codes=codes,
        heads=heads,
        bases=bases,
        starts=starts,
        ends=ends,
        reached=reached,
        begins=~goes_on,
        carried=carried,
        before=before,
        after=after,
    )


def _repeat(runs: Runs) -> int:
    """Return within how many days after a close a new episode repeats it; 0 is never."""
    return min(runs.version.rule.repeat_within_days or 0, NEVER)


def _asked(
    runs: Sequence[Runs], before_of: Before | None
) -> tuple[tuple[Ints, ...], Ints, Ints, Flags]:
    """Return the joined runs that are asked for, and what was settled before each."""
    joined = _joined(runs)
    if before_of is None:
        nothing = np.zeros(len(joined[1]), np.int64)
        return joined, nothing, nothing, nothing.astype(np.bool_)
    settled = before_of(joined[2])
    kept = joined[4] >= settled.cuts
    told = settled.levels[kept], settled.closed[kept], settled.running[kept]
    return tuple(column[kept] for column in joined), *told


def _joined(runs: Sequence[Runs]) -> tuple[Ints, ...]:
    if len(runs) == 1:
        one = runs[0]
        source = np.zeros(len(one.codes), np.int64)
        return source, one.codes, one.heads, one.bases, one.starts, one.ends, one.reached
    source = np.repeat(np.arange(len(runs)), [len(one.codes) for one in runs])
    width = max(one.reached.shape[1] for one in runs)
    reached = np.full((len(source), width), NEVER, np.int64)
    for number, one in enumerate(runs):
        reached[source == number, : one.reached.shape[1]] = one.reached
    columns = [
        np.concatenate([getattr(one, name) for one in runs])
        for name in ("codes", "heads", "bases", "starts", "ends")
    ]
    if all(one.version is runs[0].version for one in runs):
        return source, *columns, reached
    kinds = [frozenset(one.version.rule.group_by) for one in runs]
    kind = np.array([kinds.index(one) for one in kinds])[source]
    order = np.lexsort((columns[3], columns[0], kind))
    return source[order], *(column[order] for column in columns), reached[order]


def _settled(floors: Ints, caps: Ints, steps: Ints) -> Ints:
    """Return the level after each piece; one that stands alone has its floor for a cap."""
    low, high, step = floors.copy(), caps.copy(), steps.copy()
    reach = 1
    while (low != high).any():
        own_low, own_high, own_step = low[reach:], high[reach:], step[reach:]
        joined_low = np.clip(low[:-reach] + own_step, own_low, own_high)
        joined_high = np.clip(high[:-reach] + own_step, own_low, own_high)
        joined_step = step[:-reach] + own_step
        low[reach:], high[reach:], step[reach:] = joined_low, joined_high, joined_step
        reach *= 2
    return low


@dataclass(frozen=True, slots=True, kw_only=True)
class Raises:
    """Every raise, by piece then day: the place of its piece, its level and day."""

    pieces: Ints
    levels: Ints
    days: Ints


def raises_of(pieces: Pieces) -> Raises:
    """Find the days on which the level rises: the highest new level of each day, once.

    A piece that opens an episode and starts from a level above what its score makes on that
    day raises to that level at once; one that goes on with an episode had it before.
    """
    reached, before = pieces.reached, pieces.before
    count, width = reached.shape
    opening = (reached == pieces.starts[:, None]).sum(axis=1)
    raised = np.zeros((count, width + 1), np.bool_)
    raised[:, 0] = pieces.begins & ~pieces.carried & (before > 0) & (before >= opening)
    above = np.arange(1, width + 1) > before[:, None]
    next_reached = np.full((count, width), NEVER, np.int64)
    next_reached[:, :-1] = reached[:, 1:]
    raised[:, 1:] = above & (reached < next_reached)
    found, column = np.nonzero(raised)
    by_repeat = column == 0
    return Raises(
        pieces=found,
        levels=np.where(by_repeat, before[found], column),
        days=np.where(by_repeat, pieces.starts[found], reached[found, column - 1]),
    )
