"""Escalation as values: rules with their versions, violations as they are counted, episodes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

ALL_TYPES = "*"
Group = tuple[tuple[str, str], ...]
"""A group's (key, value) pairs, the keys in alphabetical order."""


class GroupKey(StrEnum):
    """What violations can be gathered by; its values are the names in `Occurrence`."""

    AGENCY = "agency"
    FIELD = "field"
    PROCEDURE = "procedure"
    OFFICER = "officer"
    TYPE = "type"


class Period(StrEnum):
    """A calendar window: from the first date of the day's own period to the day."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which days' violations count on a day: the last `days` dates, or its calendar period.

    Exactly one of both is set; both windows include the day itself.
    """

    days: int | None = None
    calendar: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of a rule as data (product.md §6); `rulebook.rule_from` makes checked ones.

    `levels` are strictly rising scores: reaching `levels[k]` makes level k + 1. A type weighs
    1 where `weights` does not name it. `violation_types` is ("*",) for all.
    """

    code: str
    title: str = ""
    violation_types: tuple[str, ...] = (ALL_TYPES,)
    group_by: tuple[GroupKey, ...]
    window: Window
    levels: tuple[int, ...]
    weights: Mapping[str, int] = field(default_factory=dict)
    repeat_within_days: int | None = None

    def counts_type(self, violation_type: str) -> bool:
        """Whether violations of this type count for the rule."""
        return ALL_TYPES in self.violation_types or violation_type in self.violation_types

    def weight(self, violation_type: str) -> int:
        """Return what one violation of this type adds to the score."""
        return self.weights.get(violation_type, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A rule as it stands in a span of days, both ends included; None leaves that end open.

    Day d is judged by the version in force on d; a day that no version covers is judged by
    none, and no episode runs on it.
    """

    rule: Rule
    from_on: date | None = None
    to_on: date | None = None
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One violation as rules see it; an empty word is no value.

    `occurred_at` carries its zone; the day it counts on is the one in Asia/Ho_Chi_Minh.
    """

    id: str
    type: str
    agency: str = ""
    field: str = ""
    procedure: str = ""
    officer: str = ""
    occurred_at: datetime
    overturned: bool = False

    def value(self, key: GroupKey) -> str:
        """Return what the violation has for a key; "" is no value."""
        value: str = getattr(self, key.value)
        return value


@dataclass(frozen=True, slots=True)
class Raise:
    """A level reached: on which day, with which score, on which violations.

    `violations` are all in the window at the end of that day, by moment then id. `version`
    is the number of the rule's version in force on that day.
    """

    level: int
    on: date
    score: int
    violations: tuple[str, ...]
    version: int = 1


@dataclass(frozen=True, slots=True)
class Episode:
    """A longest run of days on which a group's score is at least the first level.

    `closed_on` is the first day after it, None while it runs on the day asked. `level` is the
    one it has at its end: the highest raise, but for a cap by a later version with fewer levels.
    """

    rule: str
    group: Group
    opened_on: date
    closed_on: date | None
    level: int
    raises: tuple[Raise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A group below its next level: "2 of 3; one more before 14 October fires".

    `level` is where it stands (0: no episode runs), `next_level` what is next, from the score
    `need` on. `until` is the last day on which one more violation, whichever it is, would
    still reach it, None when one is not enough. `violations` are those counted in `score`.
    """

    rule: str
    version: int
    group: Group
    score: int
    need: int
    level: int
    next_level: int
    until: date | None
    violations: tuple[str, ...]

    @property
    def missing(self) -> int:
        """How much the score lacks."""
        return self.need - self.score


class Uncounted(StrEnum):
    """Why a violation does not count for a group on the day asked."""

    OVERTURNED = "overturned"
    OTHER_TYPE = "other_type"
    LATER = "later"
    NO_VALUE = "no_value"
    OUTSIDE_WINDOW = "outside_window"


class Quiet(StrEnum):
    """Why a rule says nothing new about a group on the day asked."""

    NOT_IN_FORCE = "not_in_force"
    NOTHING_COUNTED = "nothing_counted"
    BELOW = "below"
    STANDS = "stands"
    AT_HIGHEST = "at_highest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Why a rule says nothing new about a group on the day asked.

    `near` is where the group stands beside its next level (None: no version in force, or at the
    highest level already); `episode` the one that runs, `before` the last one that closed.
    `uncounted` names every violation of the group left out of the score, with the reason; one
    that lacks a value the rule groups by stands under every group it could have been of.
    """

    reason: Quiet
    near: NearMiss | None
    episode: Episode | None
    before: Episode | None
    uncounted: Mapping[Uncounted, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Touched:
    """A change as rules see it: the values of a violation that came, went or changed.

    `agency` is the code of the agency the violation is recorded for, or the words of one that
    the database does not know; who took it over since is looked up here. A violation whose
    values changed touches twice: with its old and with its new values. `type` "" stands for
    whatever type, `rule` "" for every rule. `since` is the earliest local day that changed
    (None: any), `grew`: violations were only added. Both only save work. `many` tells how many
    violations changed, `moved` that they left one group for another.
    """

    type: str
    agency: str = ""
    field: str = ""
    procedure: str = ""
    officer: str = ""
    since: date | None = None
    grew: bool = False
    rule: str = ""
    moved: bool = False
    many: int = 1
