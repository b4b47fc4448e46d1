"""Why a rule says nothing new about a group: every silence explains itself (product.md §6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date

import numpy as np

from workflow.days import local_day
from workflow.escalation.columns import keys_of
from workflow.escalation.engine import Judged, episodes_of
from workflow.escalation.near import Counted, Past, in_force, near_of
from workflow.escalation.records import (
    Episode,
    Group,
    GroupKey,
    NearMiss,
    Occurrence,
    Quiet,
    Rule,
    Silence,
    Uncounted,
)
from workflow.escalation.runs import last_days


def silence(
    judged: Judged, group: Group, occurrences: Iterable[Occurrence], as_of: date
) -> Silence:
    """Say why a rule says nothing new about a group as of the evening of a day."""
    version = in_force(judged, as_of)
    if version is None or [key for key, _ in group] != list(keys_of(version.rule.group_by)):
        return Silence(
            reason=Quiet.NOT_IN_FORCE, near=None, episode=None, before=None, uncounted={}
        )
    mine = _of_group(group, occurrences)
    counted, uncounted = _sorted_out(version.rule, group, mine, as_of)
    whole = (one for one in mine if _has_every_value(group, one))
    episodes = [one for one in episodes_of(judged, whole, as_of) if one.group == group]
    running = next((one for one in episodes if one.closed_on is None), None)
    before = next((one for one in reversed(episodes) if one.closed_on is not None), None)
    last = running or before
    past = None if last is None else Past(last.level, last.closed_on)
    near = near_of(version, group, past, counted, as_of)
    return Silence(
        reason=_reason(running, near, counted),
        near=near,
        episode=running,
        before=before,
        uncounted=uncounted,
    )


def _reason(running: Episode | None, near: NearMiss | None, counted: Sequence[Counted]) -> Quiet:
    if running is not None:
        return Quiet.AT_HIGHEST if near is None else Quiet.STANDS
    return Quiet.BELOW if counted else Quiet.NOTHING_COUNTED


def _of_group(group: Group, occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """Return the violations that are of the group or, lacking a value, could be."""
    pairs = [(GroupKey(key), value) for key, value in group]
    mine = (
        one for one in occurrences if all(one.value(key) in {value, ""} for key, value in pairs)
    )
    return sorted(mine, key=lambda one: (one.occurred_at.astimezone(UTC), one.id))


def _has_every_value(group: Group, one: Occurrence) -> bool:
    return all(one.value(GroupKey(key)) for key, _ in group)


def _sorted_out(
    rule: Rule, group: Group, mine: Sequence[Occurrence], as_of: date
) -> tuple[list[Counted], dict[Uncounted, tuple[str, ...]]]:
    counted: list[Counted] = []
    uncounted: dict[Uncounted, list[str]] = {}
    for one in mine:
        why = _why_uncounted(rule, group, one, as_of)
        if why is None:
            day = local_day(one.occurred_at).toordinal()
            counted.append(Counted(one.id, day, rule.weight(one.type)))
        else:
            uncounted.setdefault(why, []).append(one.id)
    return counted, {why: tuple(ids) for why, ids in uncounted.items()}


def _why_uncounted(rule: Rule, group: Group, one: Occurrence, as_of: date) -> Uncounted | None:
    day = local_day(one.occurred_at)
    reasons = (
        (Uncounted.OVERTURNED, one.overturned),
        (Uncounted.OTHER_TYPE, not rule.counts_type(one.type)),
        (Uncounted.LATER, day > as_of),
        (Uncounted.NO_VALUE, not _has_every_value(group, one)),
        (Uncounted.OUTSIDE_WINDOW, _last_day(rule, day) < as_of.toordinal()),
    )
    return next((reason for reason, holds in reasons if holds), None)


def _last_day(rule: Rule, day: date) -> int:
    return int(last_days(np.array([day.toordinal()]), rule.window)[0])
