"""A deadline as it was read: the words, what they mean, and what they leave open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DeadlineKind(StrEnum):
    """What sort of deadline the words set."""

    FIXED = "fixed"
    ONGOING = "ongoing"
    RELATIVE = "relative"
    RECURRING = "recurring"
    NONE = "none"
    UNKNOWN = "unknown"


class CountsFrom(StrEnum):
    """The event from which a relative deadline counts, as far as the words name it."""

    SIGNED = "signed"
    ISSUED = "issued"
    RECEIVED = "received"
    ASSIGNED = "assigned"
    IN_FORCE = "in_force"
    NAMED_DAY = "named_day"
    OTHER = "other"


class Unread(StrEnum):
    """Why a phrase waits for a person."""

    TWO_ENDS = "two_ends"
    IMPOSSIBLE_DATE = "impossible_date"
    REVERSED_RANGE = "reversed_range"
    NO_YEAR = "no_year"
    NO_END = "no_end"
    VAGUE = "vague"
    NOT_WORKING_DAYS = "not_working_days"
    WEEKDAY_DIFFERS = "weekday_differs"
    SEVERAL_READINGS = "several_readings"
    BLANK_LEFT = "blank_left"
    COLUMN_UNSURE = "column_unsure"
    TOO_LONG = "too_long"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """What a deadline phrase says (product.md §4).

    `text` is the phrase as it came. `starts_on` and `due_on` are inclusive days. `recurs`
    is an RFC 5545 rule; in a month that lacks its day, the period ends on the last day.
    `working_days` is the budget of a relative deadline, `counts_from` the event its count
    starts with (None where the words do not say), and `starts_on` that event's day where
    the words name a day. `other_due_on` and `other_recurs` hold the other reading of
    "trước ngày X", None where there is only one. `reason` says why an unknown one waits.
    """

    text: str
    kind: DeadlineKind
    starts_on: date | None = None
    due_on: date | None = None
    ongoing: bool = False
    working_days: int | None = None
    recurs: str | None = None
    other_due_on: date | None = None
    other_recurs: str | None = None
    counts_from: CountsFrom | None = None
    reason: Unread | None = None

    def could_mean(self, day: date | None) -> bool:
        """Whether its words name a day, and `day` is it by one of their readings."""
        return day is not None and day in (self.due_on, self.other_due_on)

    @property
    def readings(self) -> tuple[date, date] | None:
        """The days of both readings, the strict one first; None where there is only one."""
        if self.due_on is None or self.other_due_on is None:
            return None
        return min(self.due_on, self.other_due_on), max(self.due_on, self.other_due_on)

    @property
    def is_read_strictly(self) -> bool:
        """Whether of two readings the one that leaves the named day out holds."""
        return self.readings is not None and self.due_on == self.readings[0]

    def as_json(self) -> dict[str, object]:
        """Return exactly the keys of `dondoc deadline parse --json`."""
        return {
            "text": self.text,
            "kind": self.kind.value,
            "starts_on": self.starts_on.isoformat() if self.starts_on else None,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "ongoing": self.ongoing,
            "working_days": self.working_days,
            "recurs": self.recurs,
        }
