"""What the page of one case shows: its file, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from models.directives.facts import Link
from workflow.review.records import Basis, Escalation, Paper
from workflow.violations.records import ViolationState


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """One violation behind a raise; `ended_on` is the day on which its dossier ended."""

    id: int
    type: str
    state: ViolationState
    occurred_on: date
    agency: str
    officer: str
    dossier: str
    directive: str
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A level reached: when, with which score, on which violations (the first of them).

    `basis` tells how all of them stand today, `agencies` whose they are.
    """

    serial: int
    level: int
    on: date
    score: int
    rule_number: int
    standing: bool
    known_at: datetime
    count: int
    basis: Basis
    agencies: frozenset[int]
    violations: tuple[Behind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedFrom:
    """A directive issued from the case; `is_read`: whoever reads the case may open it too."""

    number: str
    content: str
    state: str
    due_on: date | None
    lead: str
    is_read: bool
    issued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark that explains a case by something else (a portal that was down, say)."""

    reason: str
    from_on: date
    to_on: date
    expires_on: date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFacts:
    """The version of the rule that judged the last raise; `body` is the rule as data."""

    code: str
    number: int
    body: Mapping[str, object]
    act: str
    from_on: date | None
    is_proposal: bool

    @property
    def title(self) -> str:
        """What the rule is called."""
        return str(self.body.get("title", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case with all that its page tells; `escalation` is what its guards look at.

    `earlier` is the case of the same group that closed last before this one opened, `joined`
    are those of merged agencies whose violations count here now.
    """

    escalation: Escalation
    rule: RuleFacts
    group: Mapping[str, str]
    agency_code: str
    opened_on: date
    closed_on: date | None
    next_change_on: date | None
    raised_at: datetime
    retracted_at: datetime | None
    retracted_reason: str
    heir: str = ""
    heir_stands: bool = True
    earlier: str = ""
    joined: tuple[str, ...] = ()
    raises: tuple[Raised, ...] = ()
    papers: tuple[Paper, ...] = ()
    directives: tuple[IssuedFrom, ...] = ()
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = field(default=())

    @property
    def latest(self) -> Raised | None:
        """The raise that counts: the latest that stands, or the latest there was."""
        standing = (one for one in self.raises if one.standing)
        return next(standing, self.raises[0] if self.raises else None)
