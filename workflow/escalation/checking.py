"""What is stored beside a full replay, all of a rule at once: which groups differ.

Both are laid out alike, in columns; a year of a million violations is compared in the time that
reading it takes, and only groups that differ are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from workflow.escalation.columns import Columns, Flags, Ints
from workflow.escalation.deriving import next_changes
from workflow.escalation.engine import found_in
from workflow.escalation.found import RUNNING, Found
from workflow.escalation.near import near_misses
from workflow.escalation.planning import Judging
from workflow.escalation.records import Group, NearMiss

SPAN = 1 << 22
"""More than all days there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Standing escalations of one rule, or episodes, by column; in no order.

    `groups[places]` are their groups. Days are ordinals; `closed` and `later` (the next day on
    which time may change it) are 0 where there is none. The raises of row k, by day, are those
    from `offsets[k]` to `offsets[k + 1]`, the violations of raise n those from `bases[n]` to
    `bases[n + 1]`, by moment then id. `versions` are the numbers of the rule's versions.
    """

    groups: Sequence[Group]
    ids: Ints
    places: Ints
    opened: Ints
    closed: Ints
    levels: Ints
    raised: Ints
    versions: Ints
    later: Ints
    offsets: Ints
    raise_levels: Ints
    raise_days: Ints
    raise_scores: Ints
    raise_versions: Ints
    bases: Ints
    violations: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check of one rule found: `groups` differ, `looked_at` are how many there are.

    `later` are the next days of what stands, by id, where other ones are stored; `near` the
    near misses of the groups `near_of`, where others are kept.
    """

    looked_at: int
    groups: Sequence[Group]
    later: Mapping[int, date]
    near_of: Sequence[Group]
    near: Sequence[NearMiss]


def check(
    judging: Judging,
    columns: Columns,
    stored: Shelf,
    near: Mapping[Group, NearMiss],
    day: date,
) -> Checked:
    """Compare all that is stored of a rule with a replay as of the evening of a day.

    `columns` hold every violation that counts, with their ids as numbers.
    """
    found = found_in(columns, judging.versions, day)
    replayed = shelf_of(judging, found, columns, day)
    missed = near_misses(judging.versions, columns, day, found=found, priors={})
    told = {one.group: one for one in missed if one.until is not None}
    other = [g for g in sorted(near.keys() | told.keys()) if near.get(g) != told.get(g)]
    groups, later = _compared(stored, replayed)
    codes = np.unique(columns.groups(judging.shape))
    return Checked(
        looked_at=int((codes >= 0).sum()),
        groups=groups,
        later=later,
        near_of=other,
        near=[told[group] for group in other if group in told],
    )


def shelf_of(judging: Judging, found: Found | None, columns: Columns, day: date) -> Shelf:
    """Lay out the episodes of a replay as what is stored is laid out."""
    if found is None:
        return _empty()
    _, first, places = np.unique(found.codes, return_index=True, return_inverse=True)
    groups = columns.groups_of(judging.shape, found.heads[first])
    last = found.offsets[1:] - 1
    numbers = np.array([one.version.number for one in found.runs])
    versions = numbers[found.raise_sources]
    ends = _ends(judging, groups, places, found, columns, day)
    rows, bases = _evidence(found)
    return Shelf(
        groups=groups,
        ids=np.zeros(len(found), np.int64),
        places=places,
        opened=found.opened,
        closed=found.closed,
        levels=found.levels,
        raised=found.raise_days[last],
        versions=versions[last],
        later=ends,
        offsets=found.offsets,
        raise_levels=found.raise_levels,
        raise_days=found.raise_days,
        raise_scores=found.raise_scores,
        raise_versions=versions,
        bases=bases,
        violations=columns.numbers[rows],
    )


def _ends(
    judging: Judging,
    groups: Sequence[Group],
    places: Ints,
    found: Found,
    columns: Columns,
    day: date,
) -> Ints:
    running = np.flatnonzero(found.closed == RUNNING)
    named = [groups[place] for place in places[running].tolist()]
    days = next_changes(judging, set(named), columns, day)
    ends = np.zeros(len(found), np.int64)
    ends[running] = [days[group].toordinal() for group in named]
    return ends


def _evidence(found: Found) -> tuple[Ints, Ints]:
    """Return the rows of the violations of all raises, one raise after another, and its bases."""
    lines = [one.line.rows for one in found.runs]
    begins = np.cumsum([0, *(len(rows) for rows in lines[:-1])])
    counts = found.raise_ends - found.raise_begins
    places = _spread(begins[found.raise_sources] + found.raise_begins, counts)
    return np.concatenate(lines)[places], np.append(0, np.cumsum(counts))


def _spread(begins: Ints, counts: Ints) -> Ints:
    """Return the numbers from each beginning on, as many as counted, one after another."""
    ends = np.cumsum(counts)
    shifts = np.repeat(begins - (ends - counts), counts)
    return shifts + np.arange(len(shifts))


def _empty() -> Shelf:
    none = np.zeros(0, np.int64)
    names = [name for name in Shelf.__slots__ if name not in {"groups", "offsets", "bases"}]
    begins = np.zeros(1, np.int64)
    return Shelf(groups=(), offsets=begins, bases=begins, **dict.fromkeys(names, none))


def _compared(stored: Shelf, replayed: Shelf) -> tuple[list[Group], dict[int, date]]:
    """Return the groups that differ, and the next days that do where all else is the same."""
    names = {group: number for number, group in enumerate(replayed.groups)}
    places = np.array([names.setdefault(group, len(names)) for group in stored.groups], np.int64)
    ours = places[stored.places] * SPAN + stored.opened
    theirs = replayed.places * SPAN + replayed.opened
    kept, episodes = _pairs(ours, theirs)
    differs = _differ(stored, kept, replayed, episodes)
    alone = np.concatenate(
        (np.delete(ours, kept), np.delete(theirs, episodes), theirs[episodes[differs]])
    )
    bad = np.unique(alone // SPAN)
    groups = list(names)
    same = ~np.isin(theirs[episodes] // SPAN, bad)
    turned = same & (stored.later[kept] != replayed.later[episodes])
    days = zip(stored.ids[kept[turned]], replayed.later[episodes[turned]], strict=True)
    later = {int(key): date.fromordinal(int(day)) for key, day in days if day}
    return [groups[number] for number in bad.tolist()], later


def _pairs(ours: Ints, theirs: Ints) -> tuple[Ints, Ints]:
    """Return the rows that bear the same name, each once; one that bears it too stays alone."""
    if not len(theirs):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    names, rows = np.unique(ours, return_index=True)
    order = np.argsort(theirs)
    at = np.minimum(np.searchsorted(theirs[order], names), len(order) - 1)
    same = theirs[order[at]] == names
    return rows[same], order[at[same]]


def _differ(stored: Shelf, kept: Ints, replayed: Shelf, episodes: Ints) -> Flags:
    """Return which pairs differ in any of what an escalation tells of its episode."""
    differs = np.zeros(len(kept), np.bool_)
    for name in ("closed", "levels", "raised", "versions"):
        differs |= getattr(stored, name)[kept] != getattr(replayed, name)[episodes]
    ours, others, of = _laid_out(stored.offsets, kept, replayed.offsets, episodes, differs=differs)
    wrong = _raises_differ(stored, ours, replayed, others)
    differs[of[wrong]] = True
    return differs


def _raises_differ(stored: Shelf, ours: Ints, replayed: Shelf, theirs: Ints) -> Flags:
    differs = np.zeros(len(ours), np.bool_)
    for name in ("raise_levels", "raise_days", "raise_scores", "raise_versions"):
        differs |= getattr(stored, name)[ours] != getattr(replayed, name)[theirs]
    left, right, of = _laid_out(stored.bases, ours, replayed.bases, theirs, differs=differs)
    differs[of[stored.violations[left] != replayed.violations[right]]] = True
    return differs


def _laid_out(
    ours: Ints, rows: Ints, theirs: Ints, others: Ints, *, differs: Flags
) -> tuple[Ints, Ints, Ints]:
    """Return the members of both sides of each pair, and the pair that each belongs to.

    A pair with more members on one side is marked in `differs`; of one marked none are compared.
    """
    begins, beginnings = ours[rows], theirs[others]
    counts = ours[rows + 1] - begins
    differs |= counts != theirs[others + 1] - beginnings
    counts = np.where(differs, 0, counts)
    of = np.repeat(np.arange(len(rows)), counts)
    return _spread(begins, counts), _spread(beginnings, counts), of
