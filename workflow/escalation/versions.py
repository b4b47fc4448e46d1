"""The versions of a rule: drafted, approved by a second person, in force for a span of days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workflow.escalation.records import Rule, Version
from workflow.history.records import Plain


class RuleState(StrEnum):
    """Where a version stands; only approved and retired ones ever judged a day."""

    DRAFT = "draft"
    APPROVED = "approved"
    REJECTED = "rejected"
    RETIRED = "retired"


JUDGING = frozenset({RuleState.APPROVED, RuleState.RETIRED})
"""The states of versions whose span of days judges, or judged, somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVersion:
    """One version as it is kept: the rule, its span of days, who drafted and who approved it.

    `from_on` is the first day it judges, `to_on` the last (None: no end is known). A span that
    ends before it begins judged nobody: a later version took all of it over. `retroactive`
    says that it judges days before its approval, `retroactive_reason` why. `act` is the number
    of the act that enacts it. `drafted_by` wrote the text last, `also_drafted_by` before.
    `backtest` is what was attached, `version` guards edits.
    """

    id: int
    number: int
    rule: Rule
    state: RuleState
    version: int
    from_on: date | None = None
    to_on: date | None = None
    retroactive: bool = False
    retroactive_reason: str = ""
    act: str = ""
    reason: str = ""
    is_proposal: bool = False
    drafted_by: int | None = None
    also_drafted_by: tuple[int, ...] = ()
    drafted_at: datetime | None = None
    approved_by: int | None = None
    approved_at: datetime | None = None
    backtest: Mapping[str, Plain] | None = None

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.rule.code

    @property
    def name(self) -> str:
        """What history and messages call it: code and number."""
        return f"{self.code} v{self.number}"

    @property
    def drafters(self) -> frozenset[int | None]:
        """Everybody who had a hand in the text."""
        return frozenset((self.drafted_by, *self.also_drafted_by))

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state is RuleState.DRAFT

    @property
    def is_outrun(self) -> bool:
        """Whether it was approved, and another version took every day over before it judged."""
        return self.state is RuleState.APPROVED and not self.judges

    @property
    def judges(self) -> bool:
        """Whether there is a day that it judges."""
        if self.state not in JUDGING or self.from_on is None:
            return False
        return self.to_on is None or self.from_on <= self.to_on

    def is_in_force(self, day: date) -> bool:
        """Whether it judges `day`."""
        if not self.judges or self.from_on is None:
            return False
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)

    def as_version(self) -> Version:
        """Return it as the engine takes it."""
        return Version(rule=self.rule, from_on=self.from_on, to_on=self.to_on, number=self.number)
