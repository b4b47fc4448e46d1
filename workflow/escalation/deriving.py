"""Groups that were touched, derived anew over the violations that count for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from workflow.escalation.columns import NO_GROUP, Columns, Ints
from workflow.escalation.engine import episodes_of
from workflow.escalation.near import in_force, near_misses
from workflow.escalation.planning import Judging, Plan, day_after_period, first_day
from workflow.escalation.records import Episode, Group, NearMiss, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What stands for the groups of some plans, as of the evening of a day.

    `next_changes` are the days on which running episodes may end if nothing is added, `near`
    the groups that one more violation would bring to their next level.
    """

    episodes: tuple[Episode, ...]
    next_changes: Mapping[Group, date]
    near: tuple[NearMiss, ...]


def derive(judging: Judging, plans: Mapping[Group, Plan], columns: Columns, day: date) -> Derived:
    """Find the episodes of the planned groups that open on or after each one's cut."""
    episodes = tuple(
        episode
        for episode in episodes_of(judging.versions, columns, day)
        if _is_asked(plans.get(episode.group), episode)
    )
    running = [episode for episode in episodes if episode.closed_on is None]
    near = near_misses(judging.versions, columns, day) if judging.versions else []
    return Derived(
        episodes=episodes,
        next_changes=_next_changes(judging, running, columns, day),
        near=tuple(one for one in near if one.group in plans and one.until is not None),
    )


def _is_asked(plan: Plan | None, episode: Episode) -> bool:
    return plan is not None and (plan.cut is None or episode.opened_on >= plan.cut)


def _next_changes(
    judging: Judging, running: Iterable[Episode], columns: Columns, day: date
) -> dict[Group, date]:
    """Return the first day on which each running episode ends if nothing comes after `day`."""
    groups = {episode.group for episode in running}
    version = in_force(judging.versions, day) if groups else None
    if version is None:
        return {}
    return {
        group: _end(version, columns, rows, day)
        for group, rows in _rows_of(judging, groups, version, columns, day)
    }


def _rows_of(
    judging: Judging, groups: set[Group], version: Version, columns: Columns, day: date
) -> Iterable[tuple[Group, Ints]]:
    """Yield the rows in the window of `day`, oldest first, for each of some groups."""
    codes = columns.groups(judging.shape)
    first, last = first_day(version.rule.window, day).toordinal(), day.toordinal()
    in_window = (columns.days >= first) & (columns.days <= last) & (codes != NO_GROUP)
    inside = np.flatnonzero(in_window)
    order = inside[np.argsort(codes[inside], kind="stable")]
    heads = np.flatnonzero(np.append(True, np.diff(codes[order]) != 0)) if len(order) else order
    names = columns.groups_of(judging.shape, order[heads])
    for group, begin, end in zip(names, heads, np.append(heads[1:], len(order)), strict=True):
        if group in groups:
            yield group, order[begin:end]


def _end(version: Version, columns: Columns, rows: Ints, day: date) -> date:
    """Return the day on which the score falls below the first level, by time alone."""
    window, least = version.rule.window, version.rule.levels[0]
    if window.days is None:
        return day_after_period(window, day)
    words = columns.types.words
    weights = [
        version.rule.weight(word) if version.rule.counts_type(word) else 0
        for word in (words[code] for code in columns.types.codes[rows].tolist())
    ]
    score = sum(weights)
    for row, weight in zip(rows.tolist(), weights, strict=True):
        score -= weight
        if score < least:
            return date.fromordinal(int(columns.days[row])) + timedelta(days=window.days)
    return day + timedelta(days=1)
