"""What one stretch of a phrase can say; a phrase is one or two of these, joined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflow.deadlines.records import CountsFrom, Unread


@dataclass(frozen=True, slots=True)
class Fixed:
    """A last day, perhaps a first one; `other` is the other reading of the last.

    `frames` tells that it bounds a stretch of named years (a range, a year), so that
    something recurring may happen inside it.
    """

    due_on: date
    starts_on: date | None = None
    other: date | None = None
    frames: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Work that goes on: "thường xuyên"."""


@dataclass(frozen=True, slots=True)
class Since:
    """A first day without a last one; `onwards` tells that the words say it goes on.

    `frames` tells that its year is named, so that something recurring may begin with it.
    """

    starts_on: date | None
    onwards: bool = False
    frames: bool = False


@dataclass(frozen=True, slots=True)
class Recurring:
    """An RFC 5545 rule and the rule of the other reading of "trước".

    What comes once in a year or more (`yearly`) does not come again within one year.
    """

    rule: str
    other: str | None = None
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class Relative:
    """A budget of working days and the event it counts from."""

    working_days: int
    counts_from: CountsFrom | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Endless:
    """The words say that there is no deadline."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Understood as far as this, and still without a date."""

    reason: Unread


Item = Fixed | Standing | Since | Recurring | Relative | Endless | Unclear
