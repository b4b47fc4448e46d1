"""Escalations as they are kept, and what a re-derivation changes about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from workflow.agencies.successors import Merging
from workflow.escalation.matching import Standing
from workflow.escalation.records import Episode, Group, Raise
from workflow.review.records import EscalationState


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """How far evaluation has come: every group through `swept_on`, some group `evaluated_to`.

    `later_from` is the first day of violations that were still to come when their group was
    evaluated; None: none was.
    """

    swept_on: date | None = None
    evaluated_to: date | None = None
    later_from: date | None = None
    merging: Merging = Merging.SUM


class Known(NamedTuple):
    """What planning asks of an escalation; days are those of the last derivation."""

    id: int
    rule: str
    group: Group
    opened_on: date
    closed_on: date | None
    level: int
    raised_on: date
    next_change_on: date | None
    retracted: bool

    def reaches(self, day: date) -> bool:
        """Whether its episode runs on the day before `day`, or would go on from there."""
        return self.opened_on < day and (self.closed_on is None or self.closed_on >= day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One escalation as it is kept; `level`, days and `raises` are of the last derivation.

    `has_directive` says that a directive was issued from it, on whatever raise.
    """

    id: int
    number: str
    version: int
    state: EscalationState
    before_retraction: EscalationState | None
    rule: str
    rule_number: int
    group: Group
    agency_id: int | None
    opened_on: date
    closed_on: date | None
    level: int
    raised_on: date
    next_change_on: date | None
    holder_id: int | None = None
    holder_since: datetime | None = None
    answer_by: date | None = None
    has_directive: bool = False
    raises: tuple[Raise, ...] = ()

    @property
    def retracted(self) -> bool:
        """Whether its basis fell away."""
        return self.state is EscalationState.RETRACTED

    def standing(self) -> Standing:
        """Return it as matching takes it; the lower the id, the older."""
        return Standing(
            id=self.id,
            age=self.id,
            level=self.level,
            raises=self.raises,
            retracted=self.retracted,
        )


class ChangeKind(StrEnum):
    """What a re-derivation did to an escalation."""

    RAISE = "raise"
    LIFT = "lift"
    LOWER = "lower"
    RETRACT = "retract"
    REINSTATE = "reinstate"
    REBASE = "rebase"


class Cause(StrEnum):
    """What the re-derivation came from."""

    VIOLATIONS = "violations"
    RULE = "rule"
    AGENCIES = "agencies"
    TIME = "time"


class RetractionReason(StrEnum):
    """Why an escalation was retracted."""

    BASIS_FELL = "basis_fell"
    RULE_CHANGED = "rule_changed"
    TAKEN_OVER = "taken_over"
    MERGED = "merged"
    AGENCIES_CHANGED = "agencies_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One escalation as a re-derivation leaves it.

    `before` is None for a new one, `episode` None for a retracted one; `heir` is then the
    episode that took over, and `heir_before` the escalation kept for it (None: a new one).
    `values` are the fields that change, by name. `gone` are the violations of the former basis
    that no longer count.
    """

    kind: ChangeKind
    rule: str
    group: Group
    before: Stored | None = None
    episode: Episode | None = None
    heir: Episode | None = None
    heir_before: Stored | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    reason: RetractionReason | None = None

    @property
    def level(self) -> int:
        """The level that stands, or that it had when it was retracted."""
        if self.episode is not None:
            return self.episode.level
        return self.before.level if self.before else 0
