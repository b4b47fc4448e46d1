"""The case on the inspectors' desk: one escalation after it fired (product.md, section 6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from workflow.days import months_before
from workflow.evidence.records import StoredFile


class EscalationState(StrEnum):
    """Where a case stands; its level, its clock and its holder are facts beside the state."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    EXPLANATION_REQUESTED = "explanation_requested"
    EXPLAINED = "explained"
    PROPOSED = "proposed"
    DECIDED = "decided"
    CLOSED = "closed"
    RETRACTED = "retracted"


ENDED = frozenset({EscalationState.CLOSED, EscalationState.RETRACTED})
"""States in which nothing waits for anybody."""
CLOCKED = (
    EscalationState.RAISED,
    EscalationState.ACKNOWLEDGED,
    EscalationState.EXPLANATION_REQUESTED,
    EscalationState.EXPLAINED,
    EscalationState.PROPOSED,
)
"""States in which a clock runs for somebody."""
OPEN = (*CLOCKED, EscalationState.DECIDED)
"""States in which something still waits for somebody."""


class Measure(StrEnum):
    """What can follow, from the lightest rung up (product.md, section 6)."""

    ADMONITION = "admonition"
    CRITICISM = "criticism"
    SELF_REVIEW = "self_review"
    SURPRISE_INSPECTION = "surprise_inspection"
    RESPONSIBILITY = "responsibility"


class ReviewAction(StrEnum):
    """What people do to a case; what the engine does to it is no action of theirs."""

    ACKNOWLEDGE = "acknowledge"
    REQUEST_EXPLANATION = "request_explanation"
    EXPLAIN = "explain"
    RECORD_EXPLANATION = "record_explanation"
    NOTE_NO_EXPLANATION = "note_no_explanation"
    PROPOSE = "propose"
    SEND_BACK = "send_back"
    DECIDE = "decide"
    RECORD_DECISION = "record_decision"
    ISSUE_DIRECTIVE = "issue_directive"
    CLOSE = "close"
    HAND_ON = "hand_on"


class PaperKind(StrEnum):
    """What lies in the file of a case."""

    LETTER = "letter"
    EXPLANATION = "explanation"
    SILENCE = "silence"
    PROPOSAL = "proposal"
    SENT_BACK = "sent_back"
    DECISION = "decision"
    CLOSING = "closing"


HEARD = frozenset({PaperKind.EXPLANATION, PaperKind.SILENCE})
"""Papers by which an agency was heard: it explained, or its day passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLimits:
    """What a province sets for itself; none of it is law (product.md, section 6).

    `level_1_days` and so on are the working days of each step by level; levels above the
    third have its days. `explanation_days` is what a letter offers unless the inspector says
    otherwise. Who left an agency has a tie to it for `cool_down_months` more; 0: it ends with
    the membership, as of the day of the act (product.md, section 1). `minutes_per_case` is
    what an inspector needs for each level reached; a backtest tells hours by it.
    `home_affairs` is the code of Sở Nội vụ; empty: the agency of that name.
    """

    level_1_days: int = 5
    level_2_days: int = 3
    level_3_days: int = 2
    explanation_days: int = 5
    cool_down_months: int = 0
    minutes_per_case: int = 60
    home_affairs: str = ""

    @property
    def answer_days(self) -> tuple[int, int, int]:
        """The working days of a step, by level."""
        return (self.level_1_days, self.level_2_days, self.level_3_days)

    def tied_since(self, day: date) -> date:
        """Return since when belonging to an agency ties somebody who acts on `day`."""
        return months_before(day, self.cool_down_months)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """How the violations behind the latest raise stand: how many in each state."""

    confirmed: int = 0
    unconfirmed: int = 0
    contested: int = 0

    @property
    def is_settled(self) -> bool:
        """Whether every violation is confirmed or upheld."""
        return not self.unconfirmed and not self.contested


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """One case with the facts its guards need.

    `concerned` holds the agency of the case and those of its violations. `raise_serial` is
    the latest raise: whoever was `heard` was heard about that one. `holder_id` is the account
    that has to act, None while nobody could be found; `answer_by` the last day of its clock,
    None while no clock runs. `letter_due_on` is the answer day of the last letter. What was
    proposed and decided is what the last paper says; `ordered`: a directive was issued since.
    """

    id: int
    number: str
    state: EscalationState
    version: int
    level: int
    raise_serial: int
    agency_id: int | None
    agency_name: str
    concerned: frozenset[int] = frozenset()
    basis: Basis = Basis()
    holder_id: int | None = None
    holder_name: str = ""
    holder_agencies: frozenset[int] = frozenset()
    holder_since: datetime | None = None
    answer_by: date | None = None
    letter_due_on: date | None = None
    heard: bool = False
    proposed_by: int | None = None
    proposed_measure: Measure | None = None
    decided_measure: Measure | None = None
    directives: tuple[str, ...] = ()
    ordered: bool = False

    @property
    def is_retracted(self) -> bool:
        """Whether its basis fell away."""
        return self.state is EscalationState.RETRACTED

    @property
    def is_ended(self) -> bool:
        """Whether nothing waits for anybody."""
        return self.state in ENDED

    @property
    def is_unheld(self) -> bool:
        """Whether a clock runs and nobody could be found who has to act."""
        return self.holder_id is None and self.state in CLOCKED

    @property
    def is_proposed(self) -> bool:
        """Whether a proposal waits for its decision."""
        return self.state is EscalationState.PROPOSED

    @property
    def awaits_explanation(self) -> bool:
        """Whether its agency was asked and did not answer yet."""
        return self.state is EscalationState.EXPLANATION_REQUESTED


TRACKED = ("state", "holder_id", "holder_since", "answer_by")
"""Fields of the row that acts change; the history tells each change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an act changes: fields of the row, and the paper it leaves in the file.

    `answer_on` is the answer day of a letter; `measure` what was proposed or decided.
    """

    fields: dict[str, object] = field(default_factory=dict)
    paper: PaperKind | None = None
    answer_on: date | None = None
    measure: Measure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPaper:
    """A paper to be kept, and the cases it serves: one letter can serve several.

    `is_signed` tells a signed paper that the office recorded from an act in the software.
    """

    kind: PaperKind
    text: str = ""
    number: str = ""
    paper_on: date | None = None
    signer: str = ""
    measure: Measure | None = None
    answer_on: date | None = None
    is_signed: bool = False
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper in the file of a case, as it was kept."""

    id: int
    kind: PaperKind
    text: str
    number: str
    paper_on: date | None
    signer: str
    measure: Measure | None
    answer_on: date | None
    is_signed: bool
    level: int
    raise_serial: int
    by_id: int
    by_name: str
    at: datetime
    files: tuple[KeptFile, ...] = ()
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssuedFrom:
    """A case that a directive was issued from, and whether it stands by now."""

    number: str
    standing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file of a paper."""

    id: int
    paper_id: int
    name: str
    media_type: str
    size: int
    sha256: str
