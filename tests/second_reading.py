"""A second reading of product.md §6, walked day by day: slow, plain, and none of the engine's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

from workflow.escalation.records import Episode, Occurrence, Raise, Rule, Version

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY = timedelta(days=1)


@dataclass
class Open:
    opened_on: date
    level: int
    raises: list = field(default_factory=list)


def local_date(one: Occurrence) -> date:
    return one.occurred_at.astimezone(ZONE).date()


def first_date(rule: Rule, day: date) -> date:
    """The first date of the window that ends with a day."""
    if rule.window.days is not None:
        return date.fromordinal(max(1, day.toordinal() - rule.window.days + 1))
    month = {"month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1, "year": 1}
    return date(day.year, month[rule.window.calendar], 1)


def group_of(rule: Rule, one: Occurrence):
    """The group as pairs, None where a value is missing."""
    pairs = sorted((str(key), getattr(one, key)) for key in rule.group_by)
    return tuple(pairs) if all(value for _, value in pairs) else None


def counts(rule: Rule, one: Occurrence, as_of: date) -> bool:
    matches = "*" in rule.violation_types or one.type in rule.violation_types
    return matches and not one.overturned and local_date(one) <= as_of


def in_force(versions: Sequence[Version], day: date) -> Version | None:
    for version in versions:
        if (version.from_on is None or version.from_on <= day) and (
            version.to_on is None or day <= version.to_on
        ):
            return version
    return None


def windows(rule: Rule, counted, day: date):
    """What is in the window of each group on a day, by moment then id."""
    found = {}
    for one in counted:
        group = group_of(rule, one)
        if group is not None and first_date(rule, day) <= local_date(one) <= day:
            found.setdefault(group, []).append(one)
    return found


def read_again(judged, occurrences, as_of: date) -> list[Episode]:
    """Every episode of one rule, by group then day of opening."""
    versions = [Version(rule=judged)] if isinstance(judged, Rule) else list(judged)
    ordered = sorted(occurrences, key=lambda one: (one.occurred_at.astimezone(UTC), one.id))
    days = [local_date(one) for one in ordered if local_date(one) <= as_of]
    if not days or not versions:
        return []
    code = versions[0].rule.code
    running: dict[tuple, Open] = {}
    closed: dict[tuple, tuple[date, int]] = {}
    episodes = []
    day = min(days)
    while day <= as_of:
        version = in_force(versions, day)
        found = {}
        if version is not None:
            counted = [one for one in ordered if counts(version.rule, one, as_of)]
            found = windows(version.rule, counted, day)
        scores = {
            group: sum(version.rule.weights.get(one.type, 1) for one in inside)
            for group, inside in found.items()
        }
        for group in list(running):
            if group not in scores or scores[group] < version.rule.levels[0]:
                one = running.pop(group)
                closed[group] = (day, one.level)
                episodes.append(
                    Episode(code, group, one.opened_on, day, one.level, tuple(one.raises))
                )
        for group, score in scores.items():
            levels = version.rule.levels
            highest = sum(score >= level for level in levels)
            if not highest:
                continue
            if group in running:
                one = running[group]
                one.level = min(one.level, len(levels))
                rises = highest > one.level
                one.level = max(one.level, highest)
            else:
                level = highest
                within = version.rule.repeat_within_days
                if group in closed and within is not None:
                    closed_on, last = closed[group]
                    if (day - closed_on).days <= within:
                        level = max(level, min(last + 1, len(levels)))
                one = running[group] = Open(day, level)
                rises = True
            if rises:
                ids = tuple(one.id for one in found[group])
                one.raises.append(Raise(one.level, day, score, ids, version.number))
        day += ONE_DAY
    for group, one in running.items():
        episodes.append(Episode(code, group, one.opened_on, None, one.level, tuple(one.raises)))
    return sorted(episodes, key=lambda one: (one.group, one.opened_on))
