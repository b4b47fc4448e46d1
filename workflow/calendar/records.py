"""The calendar as values: base law, rows entered by hand, and the days a count walked over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class DayKind(StrEnum):
    """What an override makes of a day."""

    OFF = "off"
    WORKING = "working"


class DayCode(StrEnum):
    """Why a day counts or does not; the stable side of the words in a ledger."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    DAY_OFF = "day_off"
    MADE_UP = "made_up"
    PENDING = "pending"
    FIRST_DAY = "first_day"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One row of the table above the law: this day is off, or worked, by this act.

    While `confirmed` is false nobody has seen the act: the row is pending, is shown as
    such, and makes no day off (product.md §4).
    """

    day: date
    kind: DayKind
    reason: str
    act: str | None = None
    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseCalendar:
    """The law before any override: statutory days off and known swaps in a span of years.

    `days_off` maps a day to its name. `made_up` maps a weekend day that is worked to the
    day off it makes up for. Days off after `official_until` follow the rules of the Labour
    Code but no official plan has been seen: they are estimates and say so.
    """

    name: str
    first_day: date
    last_day: date
    days_off: Mapping[date, str] = field(default_factory=dict)
    made_up: Mapping[date, date] = field(default_factory=dict)
    official_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMark:
    """One day of a calendar: whether it is worked, and why."""

    day: date
    working: bool
    code: DayCode
    name: str = ""
    act: str | None = None
    makes_up_for: date | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarVersion:
    """Which calendar a date was counted on.

    `identifier` is a hash of everything that can move a date or change its reason: two
    calendars with the same identifier give the same ledgers.
    """

    identifier: str
    base: str
    first_day: date
    last_day: date
    overrides: int
    pending: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Days on which a clock stood still, both ends included; open while `last_day` is None."""

    first_day: date
    last_day: date | None
    reason: str
    document: str | None = None

    def covers(self, day: date) -> bool:
        """Whether the clock stood still on `day`."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """One day of a count: did it count, and why, in words and as a code."""

    date: date
    counted: bool
    reason: str
    code: DayCode = DayCode.WORKING

    def as_json(self) -> dict[str, object]:
        """Return the three keys that other tools rely on."""
        return {"date": self.date.isoformat(), "counted": self.counted, "reason": self.reason}


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedDate:
    """The end of a period of working days, with every day walked over to reach it."""

    due_on: date
    ledger: tuple[LedgerDay, ...]
    calendar_version: str

    def as_json(self) -> dict[str, object]:
        """Return exactly the keys of `dondoc calendar due --json`."""
        return {
            "due_on": self.due_on.isoformat(),
            "ledger": [entry.as_json() for entry in self.ledger],
        }
