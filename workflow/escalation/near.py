"""How near a group is to its next level: "2 of 3; one more before 14 October fires"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from workflow.escalation.columns import Columns, columns_of, keys_of
from workflow.escalation.engine import Judged, found_in, versions_of
from workflow.escalation.found import RUNNING, Found
from workflow.escalation.records import (
    ALL_TYPES,
    Group,
    GroupKey,
    NearMiss,
    Occurrence,
    Rule,
    Version,
)
from workflow.escalation.runs import Line, last_day, lines_of


@dataclass(frozen=True, slots=True)
class Past:
    """The last episode of a group: its level, and the day it closed on, None while it runs."""

    level: int
    closed_on: date | None


class Counted(NamedTuple):
    """A violation in the window of the day asked."""

    id: str
    day: int
    weight: int


def in_force(judged: Judged, day: date) -> Version | None:
    """Return the version that judges a day, None when none does."""
    return next(
        (
            version
            for version in versions_of(judged)
            if (version.from_on or day) <= day <= (version.to_on or day)
        ),
        None,
    )


def near_misses(
    judged: Judged,
    occurrences: Iterable[Occurrence] | Columns,
    as_of: date,
    *,
    missing_at_most: int | None = 1,
    found: Found | None = None,
    priors: Mapping[Group, Past] | None = None,
) -> list[NearMiss]:
    """Return the groups below their next level as of the evening of a day, by group.

    Only those with something in the window are told, and of them those that lack at most
    `missing_at_most` times what one more violation adds (None: all). A group at the highest level
    has no next one. Who found the episodes already hands them over, with the last ones of groups
    in which none was found.
    """
    columns = occurrences if isinstance(occurrences, Columns) else columns_of(occurrences)
    version = in_force(judged, as_of)
    if version is None:
        return []
    rule = version.rule
    most = rule.levels[-1] if missing_at_most is None else missing_at_most * _most(rule)
    if priors is None:
        found, priors = found_in(columns, judged, as_of), {}
    told = (
        near
        for line in lines_of(columns, rule, as_of.toordinal())
        for near in _on_line(columns, version, line, found, priors, as_of, most)
    )
    if missing_at_most is not None:
        told = (
            near for near in told if near.missing <= missing_at_most * one_more(rule, near.group)
        )
    return sorted(told, key=lambda near: near.group)


def one_more(rule: Rule, group: Group) -> int:
    """Return what one more violation adds to the score of a group, whichever it is: the least.

    Of a group by type it is that type's weight. What weighs nothing is no step towards a level;
    0 where nothing weighs anything. Types that the rule does not name weigh 1.
    """
    kind = next((word for key, word in group if key == GroupKey.TYPE), None)
    if kind is not None:
        return rule.weight(kind)
    if ALL_TYPES in rule.violation_types:
        return 1
    weights = {rule.weight(word) for word in rule.violation_types} - {0}
    return min(weights, default=0)


def _most(rule: Rule) -> int:
    """Return the most that one more adds to any group."""
    if GroupKey.TYPE not in rule.group_by:
        return one_more(rule, ())
    return max([1, *rule.weights.values()])


def _on_line(
    columns: Columns,
    version: Version,
    line: Line,
    found: Found | None,
    priors: Mapping[Group, Past],
    as_of: date,
    most: int,
) -> Iterator[NearMiss]:
    bases, firsts = np.unique(line.bases, return_index=True)
    begins, ends, scores = line.window(bases + (as_of.toordinal() - line.first_day))
    reachable = [(scores >= level - most) & (scores < level) for level in version.rule.levels]
    chosen = np.flatnonzero((begins < ends) & np.any(reachable, axis=0))
    pasts = _pasts(found, version, line.codes[firsts[chosen]].tolist())
    groups = columns.groups_of(keys_of(version.rule.group_by), line.rows[firsts[chosen]])
    windows = zip(begins[chosen].tolist(), ends[chosen].tolist(), strict=True)
    for group, past, window in zip(groups, pasts, windows, strict=True):
        last = past or priors.get(group)
        near = near_of(version, group, last, _window(columns, line, version.rule, *window), as_of)
        if near is not None:
            yield near


def _window(columns: Columns, line: Line, rule: Rule, begin: int, end: int) -> list[Counted]:
    rows = line.rows[begin:end]
    words = columns.types.words
    codes, days = columns.types.codes[rows].tolist(), columns.days[rows].tolist()
    return [
        Counted(columns.ids[row], day, rule.weight(words[code]))
        for row, day, code in zip(rows.tolist(), days, codes, strict=True)
    ]


def _pasts(found: Found | None, version: Version, codes: Sequence[int]) -> list[Past | None]:
    """Return the last episode of each group, by the group's code among the version's keys."""
    if found is None:
        return [None] * len(codes)
    keys = keys_of(version.rule.group_by)
    alike = np.array([keys_of(one.version.rule.group_by) == keys for one in found.runs])
    mine = np.flatnonzero(alike[found.sources])
    last = dict(zip(found.codes[mine].tolist(), mine.tolist(), strict=True))
    return [None if code not in last else _past(found, last[code]) for code in codes]


def _past(found: Found, place: int) -> Past:
    closed = int(found.closed[place])
    return Past(int(found.levels[place]), None if closed == RUNNING else date.fromordinal(closed))


def near_of(
    version: Version, group: Group, past: Past | None, counted: Sequence[Counted], as_of: date
) -> NearMiss | None:
    """Say how far a group is from its next level; None at the highest."""
    rule = version.rule
    level = past.level if past is not None and past.closed_on is None else 0
    if level >= len(rule.levels):
        return None
    score, need = sum(one.weight for one in counted), rule.levels[level]
    step = one_more(rule, group)
    is_near = need - score <= step
    reached = sum(score + step >= one for one in rule.levels) if is_near else 0
    return NearMiss(
        rule=rule.code,
        version=version.number,
        group=group,
        score=score,
        need=need,
        level=level,
        next_level=max(level + 1 if level else _opening_level(rule, past, as_of), reached),
        until=_until(version, counted, need - step) if is_near else None,
        violations=tuple(one.id for one in counted),
    )


def _opening_level(rule: Rule, past: Past | None, as_of: date) -> int:
    """Return the level an episode would open with on this day at the first score."""
    within = rule.repeat_within_days
    if past is None or past.closed_on is None or within is None:
        return 1
    repeats = (as_of - past.closed_on).days <= within
    return min(past.level + 1, len(rule.levels)) if repeats else 1


def _until(version: Version, counted: Sequence[Counted], short: int) -> date | None:
    """Return the last day on which the counted ones still make `short`: all but one more."""
    kept = 0
    for one in reversed(counted):
        kept += one.weight
        if kept >= short > 0:
            last = last_day(one.day, version.rule.window)
            until = date.fromordinal(min(last, date.max.toordinal()))
            return min(until, version.to_on or until)
    return version.to_on
