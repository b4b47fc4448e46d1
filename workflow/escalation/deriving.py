"""Groups that were touched, derived anew over the violations that count for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from workflow.escalation.columns import NO_GROUP, Columns, Ints
from workflow.escalation.engine import found_in
from workflow.escalation.levels import Before, Settled
from workflow.escalation.near import Past, in_force, near_misses
from workflow.escalation.planning import Judging, Plan, day_after_period, first_day
from workflow.escalation.records import Episode, Group, NearMiss, Version
from workflow.escalation.stored import Stored

FOREVER = (np.iinfo(np.int64).max, 0, 0, 0)
"""What is said of a group that nobody asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What stands for the groups of some plans, as of the evening of a day.

    `next_changes` are the days on which running episodes may end if nothing is added, `near`
    the groups that one more violation would bring to their next level.
    """

    episodes: tuple[Episode, ...]
    next_changes: Mapping[Group, date]
    near: tuple[NearMiss, ...]


def derive(
    judging: Judging,
    plans: Mapping[Group, Plan],
    stored: Mapping[int, Stored],
    columns: Columns,
    day: date,
) -> Derived:
    """Find the episodes of the planned groups that open on or after each one's cut.

    One that is carried over a cut is told whole; `stored` has what it had come to.
    """
    found = found_in(columns, judging.versions, day, _before(judging, plans, columns))
    episodes = tuple(_whole(plans, stored, tuple(found) if found is not None else ()))
    priors = {group: past for group, plan in plans.items() if (past := _past(plan)) is not None}
    running = [episode for episode in episodes if episode.closed_on is None]
    near = near_misses(judging.versions, columns, day, found=found, priors=priors)
    return Derived(
        episodes=episodes,
        next_changes=next_changes(judging, {one.group for one in running}, columns, day),
        near=tuple(one for one in near if one.group in plans and one.until is not None),
    )


def _past(plan: Plan) -> Past | None:
    """Return the last episode of a group in which nothing was found from the cut on."""
    if plan.carried is not None:
        return Past(plan.carried.level, plan.cut)
    return None if plan.prior is None else Past(plan.prior.level, plan.prior.closed_on)


def _whole(
    plans: Mapping[Group, Plan], stored: Mapping[int, Stored], found: Sequence[Episode]
) -> Iterator[Episode]:
    """Put what was carried over before what was found of it; each group by day."""
    carried = {
        group: (plan.cut, stored[plan.carried.id])
        for group, plan in plans.items()
        if plan.carried is not None
    }
    for one in found:
        cut, before = carried.get(one.group, (None, None))
        if before is None or one.opened_on != cut:
            continue
        del carried[one.group]
        raises = (*before.raises, *one.raises)
        yield replace(one, opened_on=before.opened_on, raises=raises)
    for group, (cut, before) in carried.items():
        yield Episode(before.rule, group, before.opened_on, cut, before.level, before.raises)
    yield from (one for one in found if one.opened_on != _cut_of(plans[one.group]))


def _cut_of(plan: Plan) -> date | None:
    return plan.cut if plan.carried is not None else None


def _before(judging: Judging, plans: Mapping[Group, Plan], columns: Columns) -> Before:
    """Return what is settled of each group; one that has no plan is settled for ever."""

    def told(group: Group) -> tuple[int, int, int, int]:
        plan = plans.get(group)
        return FOREVER if plan is None else _settled(plan)

    def before(rows: Ints) -> Settled:
        groups = columns.groups_of(judging.shape, rows)
        found = np.array([told(group) for group in groups], np.int64).reshape(-1, 4)
        return Settled(
            cuts=found[:, 0], levels=found[:, 1], closed=found[:, 2], running=found[:, 3] > 0
        )

    return before


def _settled(plan: Plan) -> tuple[int, int, int, int]:
    cut = plan.cut.toordinal() if plan.cut is not None else 0
    if plan.carried is not None:
        return cut, plan.carried.level, cut, 1
    prior = plan.prior
    if prior is None or prior.closed_on is None:
        return cut, 0, 0, 0
    return cut, prior.level, prior.closed_on.toordinal(), 0


def next_changes(
    judging: Judging, groups: set[Group], columns: Columns, day: date
) -> dict[Group, date]:
    """Return the first day on which the running episode of each group ends if nothing comes.

    Of the violations in `columns` none is overturned, as evaluation reads them.
    """
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
