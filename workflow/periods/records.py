"""A reporting period: the days it covers, the day it is due, and how it was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workflow.deadlines.records import DeadlineKind

LAST_DAY_OF_MONTH = 31


class PeriodState(StrEnum):
    """Where a period stands; overdue and early are facts beside it, never states.

    `ended`: the directive ended before the period fell due, so nobody owes it any more.
    """

    OPEN = "open"
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    ENDED = "ended"


class PeriodAction(StrEnum):
    """What can be done to a period."""

    REPORT = "report_period"
    RECORD = "record_period"
    RECALL = "recall_period"
    RETURN = "return_period"
    CONFIRM = "confirm_period"


class Rhythm(StrEnum):
    """How often an ongoing directive reports when its document names no rhythm."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


class Outcome(StrEnum):
    """How a period counts on a day: the rates of a standing directive are made of these."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    AHEAD = "ahead"


STANDING_KINDS = frozenset({DeadlineKind.ONGOING, DeadlineKind.RECURRING})
"""Directives of these kinds have reporting periods."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One period as the rule gives it; all days are included in it."""

    serial: int
    from_on: date
    to_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the periods of one directive follow from.

    `recurs` is an RFC 5545 rule that names its days. Periods fall due after `starts_on` and
    not after `ends_on`: the last day of the directive's year, or the end that its document
    names. `rhythm` stands where the office chose one. `closed_on` is the day the directive
    ended, by a document or by the night after the year's end.
    """

    recurs: str
    starts_on: date
    ends_on: date
    rhythm: Rhythm | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """A plan with its periods, for one directive and the agency that leads it."""

    directive_id: int
    agency_id: int
    plan: Plan
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One reporting period of one directive.

    `agency_id` is who it is charged to: the lead on its due day, or who reported it.
    `completed_on` is the day of the report (submitted, or received where the office recorded
    the agency's paper: `is_recorded`), which counts once the report is confirmed.
    """

    id: int
    directive_id: int
    serial: int
    from_on: date
    to_on: date
    due_on: date
    agency_id: int
    state: PeriodState = PeriodState.OPEN
    reported_at: datetime | None = None
    reported_by: int | None = None
    completed_on: date | None = None
    is_recorded: bool = False
    confirmed_on: date | None = None
    confirmed_by: int | None = None
    returned_count: int = 0

    @property
    def is_ended(self) -> bool:
        """Whether nobody owes it: the work was paused or over when it fell due."""
        return self.state is PeriodState.ENDED

    @property
    def span(self) -> Span:
        """What the rule says of it."""
        return Span(serial=self.serial, from_on=self.from_on, to_on=self.to_on, due_on=self.due_on)


TOLD = {
    "state": "period_state",
    "completed_on": "completed_on",
    "is_recorded": "report_recorded",
    "confirmed_on": "confirmed_on",
    "returned_count": "returned_count",
}
"""Fields of a period whose every change stands in the history of its directive, by their names
there; who reported and who confirmed is who acted."""
