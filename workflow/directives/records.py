"""The directive: a clause of a document given to one lead agency."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from workflow.deadlines.rules import has_moved
from workflow.directives.matters import Draft, InputRequest, OwedPeriod, Prepared, Proposal, Routing
from workflow.directives.targets import TargetBasis, TargetScope
from workflow.evidence.records import Evidence, EvidenceState, Purpose


class State(StrEnum):
    """Four states and one exit; everything else is a fact beside the state."""

    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    REPORTED = "reported"
    VERIFIED = "verified"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What can be done to a directive (product.md, section 3)."""

    ACCEPT = "accept"
    DECLINE = "decline"
    REASSIGN = "reassign"
    INSIST = "insist"
    UPDATE = "update"
    REPORT = "report"
    RECALL = "recall"
    RETURN = "return"
    VERIFY = "verify"
    REOPEN = "reopen"
    REQUEST_EXTENSION = "request_extension"
    DECIDE_EXTENSION = "decide_extension"
    CORRECT = "correct"
    AMEND = "amend"
    WITHDRAW = "withdraw"
    HAND_DOWN = "hand_down"
    ACCEPT_EVIDENCE = "accept_evidence"
    REJECT_EVIDENCE = "reject_evidence"
    RECORD_REPORT = "record_report"
    REMIND = "remind"
    DIRECT = "direct"
    ROUTE = "route"
    REQUEST_INPUT = "request_input"
    GIVE_INPUT = "give_input"
    ANSWER = "answer"
    SUSPEND = "suspend"
    RESUME = "resume"
    PREPARE = "prepare"
    GIVE_BACK = "give_back"
    HAND_BACK = "hand_back"
    TAKE_BACK = "take_back"
    TAKE_BACK_INPUT = "take_back_input"


class Verdict(StrEnum):
    """What the verifier found."""

    MET = "met"
    PARTLY_MET = "partly_met"


class Grade(StrEnum):
    """How well it was done; optional, a province may leave it out."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class Ask(StrEnum):
    """What an agency asks for when it declines."""

    OTHER_LEAD = "other_lead"
    SWAP_ROLES = "swap_roles"
    PART = "part"


class Priority(StrEnum):
    """How urgent the work is."""

    NORMAL = "normal"
    URGENT = "urgent"
    VERY_URGENT = "very_urgent"


class Sight(StrEnum):
    """How much of a directive a person may read."""

    NONE = "none"
    CLAUSE = "clause"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A child directive as its parent sees it, with the figures of its report that stands."""

    number: str
    agency_name: str
    state: State
    due_on: date | None
    figure: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def is_open(self) -> bool:
        """Whether the part still runs."""
        return self.state not in {State.VERIFIED, State.WITHDRAWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """One directive with the facts its guards need.

    `first_due_on` is the first date ever set and never changes; `due_on` the one agreed
    now; both inclusive. `completed_on` is the day of the report, which counts once that
    report is verified. `report_recorded` says that the agency's signed report came by paper
    and `reported_by` only recorded it. `touched_by` holds every account that reported, updated or
    uploaded here: none of them may verify. `has_periods`: it is standing work with reporting
    periods of its own, `unsettled` those without a confirmed report. `handed_by_id` is the agency
    that handed a part down, and acts for it as the office does. `declined_on`, `extension_asked_on`
    and `proposed_on` say since when the standing request, or the oldest unanswered proposal, waits
    for those above; `suspended_since` since when the work is paused. `counts_days` says that the
    due date was counted in working days and not named. `routings` and `prepared` stand inside an
    agency: a page reads those of the reader's own only, so they make no difference.
    """

    id: int
    number: str
    document_id: int
    clause_id: int
    state: State
    version: int
    content: str
    lead_agency_id: int
    lead_path: str
    lead_name: str
    overseer_id: int
    assigned_on: date
    expected_output: str = ""
    target_indicator: str = ""
    target_value: Decimal | None = None
    target_unit: str = ""
    target_scope: TargetScope | None = None
    target_basis: TargetBasis = TargetBasis.PERIOD
    coordinating: frozenset[int] = frozenset()
    coordinating_paths: tuple[str, ...] = ()
    parent_id: int | None = None
    parent_due_on: date | None = None
    parent_state: State | None = None
    parent_lead_id: int | None = None
    handed_by_id: int | None = None
    handed_by_path: str = ""
    assigner_id: int | None = None
    lead_since: date | None = None
    awaited_since: date | None = None
    starts_on: date | None = None
    due_on: date | None = None
    first_due_on: date | None = None
    accepted_on: date | None = None
    reported_at: datetime | None = None
    reported_by: int | None = None
    completed_on: date | None = None
    verified_on: date | None = None
    verdict: Verdict | None = None
    grade: Grade | None = None
    ever_reported: bool = False
    judged: bool = False
    returned_count: int = 0
    report_recorded: bool = False
    reminders: int = 0
    reminded_on: date | None = None
    decline_standing: bool = False
    declined_on: date | None = None
    extension_asked_to: date | None = None
    extension_asked_on: date | None = None
    extensions_granted: int = 0
    proposed_on: date | None = None
    suspended_since: date | None = None
    counts_days: bool = False
    progress: int | None = None
    carried_over: bool = False
    has_periods: bool = False
    touched_by: frozenset[int] = frozenset()
    evidence: tuple[Evidence, ...] = ()
    parts: tuple[Part, ...] = ()
    inputs: tuple[InputRequest, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    unsettled: tuple[OwedPeriod, ...] = ()
    routings: tuple[Routing, ...] = field(default=(), compare=False)
    prepared: tuple[Prepared, ...] = field(default=(), compare=False)
    drafts: tuple[Draft, ...] = field(default=(), compare=False)

    @property
    def is_of_several(self) -> bool:
        """Whether it is one of several leads of its clause: then its number says which."""
        return self.parent_id is None and "." in self.number

    @property
    def is_verified(self) -> bool:
        """Whether its report was verified."""
        return self.state is State.VERIFIED

    @property
    def extension_lies_aside(self) -> bool:
        """Whether a request for a later date is not looked at while a report is judged."""
        return self.extension_asked_to is not None and self.state is State.REPORTED

    @property
    def due_has_moved(self) -> bool:
        """Whether the date agreed now is another than the first one ever set."""
        return has_moved(self.first_due_on, self.due_on)

    @property
    def lead_has_changed(self) -> bool:
        """Whether it came to its lead later than it was assigned."""
        return self.lead_since is not None and self.lead_since != self.assigned_on

    @property
    def is_suspended(self) -> bool:
        """Whether the work is paused: a fact beside the state."""
        return self.suspended_since is not None

    @property
    def open_proposals(self) -> tuple[Proposal, ...]:
        """Proposals that nobody answered, the oldest first."""
        return tuple(one for one in self.proposals if one.is_open)

    @property
    def open_inputs(self) -> tuple[InputRequest, ...]:
        """Requests to coordinating agencies that still wait, the oldest first."""
        return tuple(one for one in self.inputs if one.is_open)

    @property
    def standing_report(self) -> Prepared | None:
        """The report that an officer of the lead prepared and nobody submitted or gave back."""
        mine = (one for one in self.prepared if one.agency_id == self.lead_agency_id)
        return next((one for one in mine if one.stands), None)

    @property
    def open_parts(self) -> tuple[Part, ...]:
        """Parts handed down that still run."""
        return tuple(part for part in self.parts if part.is_open)

    @property
    def standing_evidence(self) -> tuple[Evidence, ...]:
        """Current pieces that nobody rejected."""
        return tuple(e for e in self.result_evidence if e.state is not EvidenceState.REJECTED)

    @property
    def loose_evidence(self) -> tuple[Evidence, ...]:
        """Current pieces that nobody accepted, so that the next report may go without them.

        What shows the periods of standing work belongs to those, and is none of them.
        """
        if self.has_periods:
            return ()
        return tuple(e for e in self.result_evidence if e.state is not EvidenceState.ACCEPTED)

    @property
    def result_evidence(self) -> tuple[Evidence, ...]:
        """Current pieces brought to show the result (papers of an act are none)."""
        return tuple(e for e in self.evidence if e.is_current and e.purpose is Purpose.RESULT)
