"""What waits for somebody's answer beside the state of a directive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from workflow.accounts.records import Role
from workflow.evidence.records import StoredFile
from workflow.history.records import Plain


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
    division: str = ""
    role: Role | None = None


class PreparedState(StrEnum):
    """Where a report that an officer prepared stands, inside the agency.

    `lapsed` is one that nobody needs any more: the report came another way, or the work moved.
    """

    STANDING = "standing"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REPLACED = "replaced"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What an officer wrote for clerk or head to send; their agency alone sees it.

    `hands` are all who count as having written it, the person stood in for among them; `files`
    are kept already.
    """

    id: int
    agency_id: int
    by: int
    by_name: str
    at: datetime
    state: PreparedState = PreparedState.STANDING
    files: tuple[StoredFile, ...] = ()
    hands: frozenset[int] = field(default_factory=frozenset)
    note: str = ""
    ended_by: str = ""
    ended_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether it waits for clerk or head."""
        return self.state is PreparedState.STANDING


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared(Written):
    """A report; `changed_by` is the clerk or head who changed what the officer `by` wrote."""

    result: str
    report_number: str = ""
    report_date: date | None = None
    signer: str = ""
    figure: Decimal | None = None
    own_figure: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    open_parts_reason: str = ""
    period_from: date | None = None
    period_to: date | None = None
    changed_by: int | None = None
    changed_by_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(Written):
    """Another act: `act` is its code, `said` what its form holds as plain values."""

    act: str
    said: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """To whom an agency's clerk or head routed its share of a directive now, and who did."""

    agency_id: int
    by: int
    account_id: int | None = None
    division_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A request whose day moves by the working days of a pause."""

    input_id: int
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedPeriod:
    """A reporting period of standing work that is not settled: no report, or none confirmed."""

    serial: int
    from_on: date
    due_on: date
    is_reported: bool
