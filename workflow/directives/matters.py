"""What waits for somebody's answer beside the state of a directive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Matter(StrEnum):
    """What those above a directive have to answer, each within its answer time."""

    REPORT = "report"
    DECLINE = "decline"
    EXTENSION = "extension"
    PROPOSAL = "proposal"


class InputState(StrEnum):
    """Where a request to a coordinating agency stands.

    `lapsed` is one that nobody has to answer any more: the agency no longer coordinates, or
    the work ended.
    """

    OPEN = "open"
    ANSWERED = "answered"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRequest:
    """What the lead asked of one coordinating agency, and until which day (inclusive)."""

    id: int
    agency_id: int
    agency_name: str
    what: str
    due_on: date
    asked_on: date
    state: InputState = InputState.OPEN
    answered_on: date | None = None
    answer: str = ""
    answered_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its answer."""
        return self.state is InputState.OPEN

    def days_late(self, today: date) -> int:
        """Return the calendar days past its day, to the answer or to `today`; 0 in time."""
        end = self.answered_on if self.state is InputState.ANSWERED else None
        if self.state is InputState.LAPSED:
            return 0
        return max(0, ((end or today) - self.due_on).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What an update proposed, and what those above answered."""

    id: int
    text: str
    proposed_on: date
    proposed_by: str = ""
    agency_id: int | None = None
    agency_name: str = ""
    answered_on: date | None = None
    answered_by: str = ""
    answer: str = ""
    lapsed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it still waits: nobody answered it, and the work did not end."""
        return self.answered_on is None and not self.lapsed


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who serves in an agency on the day of the act; `id` is the account."""

    id: int
    name: str
    division_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A request whose day moves by the working days of a pause."""

    input_id: int
    due_on: date
