"""A period, a directive as it stood at its end, and the figures it is counted under."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from workflow.directives.records import State


class Figure(StrEnum):
    """What the report counts, agency by agency.

    The first two are what had to be done, the next five what became of it: both sides add up
    to the same number. The others stand beside them and enter neither side.
    """

    CARRIED = "carried"
    NEW = "new"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_LATE = "open_late"
    SUSPENDED = "suspended"
    WAITING = "waiting"
    DONE_LATE_FIRST = "done_late_first"
    OPEN_LATE_FIRST = "open_late_first"
    DONE_UNDATED = "done_undated"
    OPEN_UNDATED = "open_undated"
    REOPENED = "reopened"
    ENTERED_LATE = "entered_late"
    ENTERED_AFTER = "entered_after"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    STOPPED = "stopped"
    STOPPED_NEW = "stopped_new"
    STANDING = "standing"


GIVEN = (Figure.CARRIED, Figure.NEW)
BECAME = (
    Figure.DONE_ON_TIME,
    Figure.DONE_LATE,
    Figure.OPEN_IN_TIME,
    Figure.OPEN_LATE,
    Figure.SUSPENDED,
)
BESIDE = tuple(figure for figure in Figure if figure not in {*GIVEN, *BECAME})


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days a report tells of, both included."""

    first: date
    last: date

    @property
    def is_one_day(self) -> bool:
        """Whether it begins and ends on the same day."""
        return self.first == self.last

    @property
    def eve(self) -> date:
        """The day before it begins: what stood then is what it carries over."""
        return self.first - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """One directive as it stood at the end of a period, and at the end of the day before it.

    `known` and `known_before` say whether it was in the book by then; where it was not on the
    eve, `lead_before` and `state_before` are what it was entered with. `verified_on` is the day
    of the verdict, `completed_on` that of the report; both are None unless they stood at the end.
    """

    number: str
    lead_id: int
    lead_before: int
    state: State
    state_before: State
    assigned_on: date
    known: bool = True
    known_before: bool = True
    due_on: date | None = None
    first_due_on: date | None = None
    completed_on: date | None = None
    verified_on: date | None = None
    suspended: bool = False
    is_standing: bool = False


class Charge(NamedTuple):
    """One directive counted once under one figure of one agency."""

    agency_id: int
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The figures of one agency, or of all; a figure that is not there is 0."""

    counts: dict[Figure, int] = field(default_factory=dict)

    def __getitem__(self, figure: Figure) -> int:
        return self.counts.get(figure, 0)

    def __add__(self, other: Tally) -> Tally:
        return Tally(counts={one: self[one] + other[one] for one in Figure})

    def sum_of(self, *figures: Figure) -> int:
        """Return several figures together."""
        return sum(self[one] for one in figures)

    @property
    def given(self) -> int:
        """What had to be done: carried over and newly assigned."""
        return self.sum_of(*GIVEN)

    @property
    def became(self) -> int:
        """What became of it: done, in progress, suspended. Always the same as `given`."""
        return self.sum_of(*BECAME)

    @property
    def done(self) -> int:
        """Done, on time or late."""
        return self.sum_of(Figure.DONE_ON_TIME, Figure.DONE_LATE)

    @property
    def open(self) -> int:
        """In progress, in time or late; suspended work is none of it."""
        return self.sum_of(Figure.OPEN_IN_TIME, Figure.OPEN_LATE)

    @property
    def dated_done(self) -> int:
        """Done work that can be judged: it had a due day and the day of its report is known."""
        return self.done - self[Figure.DONE_UNDATED]

    @property
    def rate(self) -> float | None:
        """The share of done work that was on time by the last agreed date; None before any."""
        return _share(self.dated_done - self[Figure.DONE_LATE], self.dated_done)

    @property
    def first_rate(self) -> float | None:
        """The same by the first date ever set: an extension makes nothing earlier."""
        return _share(self.dated_done - self[Figure.DONE_LATE_FIRST], self.dated_done)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
