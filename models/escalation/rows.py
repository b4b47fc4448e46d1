"""Rules with their versions, escalations with every raise, and what is suppressed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Body, Instant, Key, Line, coded
from workflow.agencies.successors import Merging
from workflow.escalation.versions import RuleState
from workflow.review.records import EscalationState

STANDING = "state <> 'retracted'"
"""Escalations whose basis stands."""
CHANGING = "state <> 'retracted' AND next_change_on IS NOT NULL"
"""Escalations whose episode runs: time alone will change them."""


class RuleVersionRow(Base):
    """One version of a rule; `body` holds the rule as data (product.md, section 6).

    `drafted_by` wrote the text last, `also_drafted_by` before.
    """

    __tablename__ = "rule_versions"
    __table_args__ = (
        UniqueConstraint("code", "number"),
        CheckConstraint(
            "state NOT IN ('approved', 'retired') OR (approved_by IS NOT NULL "
            "AND approved_by <> drafted_by AND from_on IS NOT NULL AND act <> '')",
            name="approved_by_a_second_person",
        ),
        Index(None, "state", "code"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    state: Mapped[RuleState] = mapped_column(coded(RuleState, "state"))
    version: Mapped[int] = mapped_column(default=1)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    retroactive: Mapped[bool] = mapped_column(default=False)
    retroactive_reason: Mapped[Body]
    act: Mapped[Line]
    reason: Mapped[Body]
    is_proposal: Mapped[bool] = mapped_column(default=False)
    drafted_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    also_drafted_by: Mapped[list[int]] = mapped_column(JSON, default=list, server_default="[]")
    drafted_at: Mapped[datetime] = mapped_column(Instant)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    backtest: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class EscalationRow(Base):
    """One escalation: it stands for one episode of one group, and is never deleted.

    `group_json` holds the group's pairs, `group_key` the digest they are found by. `level`,
    `opened_on` and `closed_on` are those of the last derivation; a retracted one keeps them.
    `rule_number` is the version that judged its last raise, on `raised_on`. `next_change_on` is
    the first day on which time alone may change it. `agency_id` is None where the group names
    no agency that is known.
    """

    __tablename__ = "escalations"
    __table_args__ = (
        CheckConstraint("closed_on IS NULL OR closed_on > opened_on", name="period_ordered"),
        CheckConstraint(
            "state <> 'retracted' OR (retracted_at IS NOT NULL "
            "AND state_before_retraction IS NOT NULL)",
            name="retracted_says_when",
        ),
        UniqueConstraint("year", "serial"),
        Index(None, "group_key", "rule_code"),
        Index(None, "agency_id", "opened_on", "id"),
        Index(None, "state", "answer_by", "id"),
        Index(None, "opened_on", "id"),
        Index(
            "ix_escalations_changing",
            "next_change_on",
            "id",
            sqlite_where=text(CHANGING),
            postgresql_where=text(CHANGING),
        ),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(32), unique=True)
    year: Mapped[int]
    serial: Mapped[int]
    rule_code: Mapped[str] = mapped_column(String(64))
    rule_number: Mapped[int]
    group_json: Mapped[dict[str, Any]] = mapped_column(JSON)
    group_key: Mapped[str] = mapped_column(String(64))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    level: Mapped[int]
    raised_on: Mapped[date]
    state: Mapped[EscalationState] = mapped_column(coded(EscalationState, "state"))
    version: Mapped[int] = mapped_column(default=1)
    next_change_on: Mapped[date | None]
    raised_at: Mapped[datetime] = mapped_column(Instant)
    retracted_at: Mapped[datetime | None] = mapped_column(Instant)
    retracted_reason: Mapped[Body]
    heir_id: Mapped[int | None] = mapped_column(ForeignKey("escalations.id"), index=True)
    state_before_retraction: Mapped[EscalationState | None] = mapped_column(
        coded(EscalationState, "state_before_retraction")
    )
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    holder_since: Mapped[datetime | None] = mapped_column(Instant)
    answer_by: Mapped[date | None]


class EscalationRaiseRow(Base):
    """A level reached, on which violations; `standing`: it is part of the last derivation.

    One that a later derivation no longer finds stays, no longer standing: the basis of a
    decision can be read for ever.
    """

    __tablename__ = "escalation_raises"

    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalations.id"), primary_key=True)
    serial: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    level: Mapped[int]
    on: Mapped[date]
    score: Mapped[int]
    violations: Mapped[list[int]] = mapped_column(JSON)
    rule_number: Mapped[int]
    standing: Mapped[bool] = mapped_column(default=True)
    known_at: Mapped[datetime] = mapped_column(Instant)


class NearMissRow(Base):
    """A group one violation below its next level, kept with every evaluation of the group.

    It stands through `until`: by then the score falls further, or it became something else.
    `violations` are the row ids of those counted in `score`.
    """

    __tablename__ = "near_misses"
    __table_args__ = (Index(None, "until"), Index(None, "agency_id", "until"))

    rule_code: Mapped[str] = mapped_column(String(64), primary_key=True)
    group_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    rule_number: Mapped[int]
    group_json: Mapped[dict[str, Any]] = mapped_column(JSON)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    score: Mapped[int]
    need: Mapped[int]
    level: Mapped[int]
    next_level: Mapped[int]
    until: Mapped[date]
    violations: Mapped[list[int]] = mapped_column(JSON)


class EscalationClockRow(Base):
    """How far evaluation has come: every group through `swept_on`, some group `evaluated_to`.

    `later_from` is the first day of violations that were still to come when their group was
    evaluated. `merging` says whose violations a successor answers for (product.md, section 6).
    Its one row is also what two evaluations wait for each other at.
    """

    __tablename__ = "escalation_clock"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    swept_on: Mapped[date | None]
    evaluated_to: Mapped[date | None]
    later_from: Mapped[date | None]
    merging: Mapped[Merging] = mapped_column(coded(Merging, "merging"), default=Merging.SUM)


class HeldTouchRow(Base):
    """What a chunk of an import touched and nobody judged yet: cases are judged at its end.

    `agency` is a code, or words that the database does not know; what no rule gathers by is
    empty. `many` violations changed, the earliest on the day `since`.
    """

    __tablename__ = "escalation_held"
    __table_args__ = (Index(None, "source", "agency"),)

    id: Mapped[Key]
    source: Mapped[str] = mapped_column(String(64))
    type: Mapped[str] = mapped_column(String(32))
    agency: Mapped[Line]
    field: Mapped[Line]
    procedure: Mapped[str] = mapped_column(String(100), default="", server_default="")
    officer: Mapped[Line]
    since: Mapped[date]
    grew: Mapped[bool]
    moved: Mapped[bool]
    many: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)


class SuppressionRow(Base):
    """A mark above the engine: what is explained by something else, why, by whom, until when.

    Empty scope fields mean any. It covers escalations opened from `from_on` to `to_on`, and
    is shown as standing until `expires_on`, or until somebody ended it.
    """

    __tablename__ = "suppressions"
    __table_args__ = (
        CheckConstraint("from_on <= to_on", name="period_ordered"),
        Index(None, "from_on", "to_on"),
    )

    id: Mapped[Key]
    rule_code: Mapped[str] = mapped_column(String(64), default="", server_default="")
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    field_text: Mapped[Line]
    from_on: Mapped[date]
    to_on: Mapped[date]
    reason: Mapped[Body]
    expires_on: Mapped[date]
    entered_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    entered_at: Mapped[datetime] = mapped_column(Instant)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    end_reason: Mapped[Body]
