"""What a rule would have done in the past, by the same engine, beside the rule in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from workflow.errors import Invalid
from workflow.escalation.columns import Columns, keys_of
from workflow.escalation.engine import found_in
from workflow.escalation.found import Found
from workflow.escalation.groups import Shape, value_in
from workflow.escalation.near import near_misses
from workflow.escalation.records import Episode, Group, GroupKey, NearMiss, Rule, Version
from workflow.history.records import Plain

LONGEST_DAYS = 3660
"""The longest span tried in one go: ten years."""
TOLD_GROUPS = 200
"""So many groups are named in a backtest that is attached; the counts tell of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What reaches the inspectors' desk: every level reached is a case to look at."""

    raises: int
    weeks: int
    busiest: int

    @property
    def per_week(self) -> float:
        """The mean number of cases a week."""
        return self.raises / self.weeks

    def hours(self, minutes: int) -> tuple[float, float]:
        """Return the mean hours a week and those of the busiest, at so many minutes a case."""
        return self.per_week * minutes / 60, self.busiest * minutes / 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One rule over a span of days, as if it had been in force through all of it."""

    rule: Rule
    escalations: int
    by_month: Mapping[date, int]
    by_agency: Mapping[str, int]
    groups: frozenset[Group]
    load: Load
    found: Found | None = field(repr=False, compare=False)

    def episodes(self) -> list[Episode]:
        """Return each escalation as the episode it stands for, by group then day."""
        if self.found is None:
            return []
        return sorted(self.found, key=lambda one: (one.group, one.opened_on))


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """A rule tried on the past, and the rule in force on the same violations.

    `caught` are the groups that only the tried rule finds, `freed` those that only the one in
    force does, each by the keys that both gather by. `near` are near misses on the last day.
    """

    first: date
    last: date
    trial: Trial
    in_force: Trial | None
    caught: tuple[Group, ...]
    freed: tuple[Group, ...]
    near: tuple[NearMiss, ...]

    def summary(self) -> dict[str, Plain]:
        """Return what is attached to a draft: counts, the load, and who is caught or freed."""
        return {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            **_told(self.trial),
            "in_force": _told(self.in_force) if self.in_force else None,
            "caught": len(self.caught),
            "freed": len(self.freed),
            "caught_groups": [dict(group) for group in self.caught[:TOLD_GROUPS]],
            "freed_groups": [dict(group) for group in self.freed[:TOLD_GROUPS]],
            "near_misses": len(self.near),
        }


def _told(trial: Trial) -> dict[str, Plain]:
    return {
        "escalations": trial.escalations,
        "raises": trial.load.raises,
        "per_week": round(trial.load.per_week, 2),
        "busiest_week": trial.load.busiest,
        "by_month": {f"{month:%Y-%m}": count for month, count in trial.by_month.items()},
        "by_agency": dict(trial.by_agency),
    }


def check_span(first: date, last: date) -> None:
    """Refuse a span nobody can try: reversed, or longer than ten years."""
    if last < first:
        raise Invalid({"last": "period_reversed"})
    if (last - first).days > LONGEST_DAYS:
        raise Invalid({"last": "period_too_long"})


def shape_needed(rule: Rule, in_force: Rule | None) -> Shape:
    """Return the keys that violations must be read with to try both rules on them."""
    both = {*rule.group_by, *(in_force.group_by if in_force else ()), GroupKey.AGENCY}
    return keys_of(both)


def backtest(
    rule: Rule, in_force: Rule | None, columns: Columns, first: date, last: date
) -> Backtest:
    """Try a rule on every day between two, both included, beside the one in force.

    `columns` hold the violations that count, from the first window on. The same violations
    replayed day by day through the live engine give the same escalations.
    """
    check_span(first, last)
    trial = run_trial(rule, columns, first, last)
    other = run_trial(in_force, columns, first, last) if in_force else None
    caught, freed = _difference(trial, other)
    version = Version(rule=rule, from_on=first, to_on=last)
    return Backtest(
        first=first,
        last=last,
        trial=trial,
        in_force=other,
        caught=caught,
        freed=freed,
        near=tuple(near_misses((version,), columns, last)),
    )


def run_trial(rule: Rule, columns: Columns, first: date, last: date) -> Trial:
    """Judge every day between two by one rule."""
    found = found_in(columns, (Version(rule=rule, from_on=first, to_on=last),), last)
    shape = keys_of(rule.group_by)
    named = columns.groups_of(shape, found.heads) if found is not None else []
    opened = [] if found is None else found.opened.tolist()
    raised = [] if found is None else found.raise_days.tolist()
    return Trial(
        rule=rule,
        escalations=len(named),
        by_month=_by_month(opened, first, last),
        by_agency=_by_agency(named),
        groups=frozenset(named),
        load=_load(raised, first, last),
        found=found,
    )


def _by_month(opened: list[int], first: date, last: date) -> dict[date, int]:
    """Return how many escalations opened in each month; a month without any is there too."""
    found = Counter(date.fromordinal(day).replace(day=1) for day in opened)
    months, month = {}, first.replace(day=1)
    while month <= last:
        months[month] = found[month]
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return months


def _by_agency(groups: list[Group]) -> dict[str, int]:
    found = Counter(value_in(group, GroupKey.AGENCY) for group in groups)
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def _load(raised: list[int], first: date, last: date) -> Load:
    """Count by weeks that begin on Mondays; a week that the span only touches counts whole."""
    weeks = (last.toordinal() - 1) // 7 - (first.toordinal() - 1) // 7 + 1
    by_week = Counter((day - 1) // 7 for day in raised)
    return Load(raises=len(raised), weeks=weeks, busiest=max(by_week.values(), default=0))


def _difference(trial: Trial, other: Trial | None) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    if other is None:
        return tuple(sorted(trial.groups)), ()
    common = {key.value for key in {*trial.rule.group_by} & {*other.rule.group_by}}
    ours = {_narrowed(group, common) for group in trial.groups}
    theirs = {_narrowed(group, common) for group in other.groups}
    return tuple(sorted(ours - theirs)), tuple(sorted(theirs - ours))


def _narrowed(group: Group, keys: set[str]) -> Group:
    return tuple(pair for pair in group if pair[0] in keys)
