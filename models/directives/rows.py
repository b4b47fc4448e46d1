"""Directives, who coordinates them, and the reports filed on them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    and_,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Body, Exact, Instant, Key, Line, coded
from workflow.deadlines.records import DeadlineKind
from workflow.directives.records import Grade, Priority, State, Verdict

OPEN = "state <> 'verified' AND state <> 'withdrawn'"
"""Work that still runs. Said so, and not as a list of states, it leads no database astray: a
query over it walks the index of open work by date, and not the one of states."""

REPORTED = "state = 'reported'"
ASKED = "decline_standing OR extension_asked_to IS NOT NULL"
"""Work on which the lead waits for an answer: a report, or a request to give it up or extend it."""


PROPOSED = "proposed_on IS NOT NULL"
TO_JUDGE = (
    "due_on IS NOT NULL AND state NOT IN ('verified', 'withdrawn') "
    "AND suspended_since IS NULL AND (state <> 'reported' OR completed_on > due_on) "
    "AND (missed_on IS NULL OR missed_on < due_on)"
)
"""Work without a report in time whose due day no night has judged: a night looks at nothing else,
so that it costs what fell due and not what is overdue already. It is said in other words than
`OPEN`, else SQLite might walk that index instead, which is as long while nothing is overdue."""
CAME_IN_TIME = "report_recorded AND completed_on <= missed_on"
"""Work that a night found missed though its report, recorded since, had come in time on paper."""
HANDED = "handed_by_id IS NOT NULL"
"""A part that was handed down: few among all, so that a database finds them by who did."""
SUSPENDED = "suspended_since IS NOT NULL"


class DirectiveRow(Base):
    """One directive; every save raises `version`, and a save over an old one is refused.

    `missed_on` is the last due day that a night found gone by without its report; it follows
    from the violations, spares nights what was judged, and is no part of what people changed.
    """

    __tablename__ = "directives"
    __table_args__ = (
        CheckConstraint(
            "state <> 'verified' OR carried_over OR (verified_on IS NOT NULL "
            "AND completed_on IS NOT NULL AND verdict IS NOT NULL)",
            name="verified_has_verdict",
        ),
        CheckConstraint(
            "state <> 'reported' OR (reported_at IS NOT NULL AND reported_by IS NOT NULL)",
            name="reported_has_reporter",
        ),
        CheckConstraint(
            "progress IS NULL OR (progress BETWEEN 0 AND 100)", name="progress_percent"
        ),
        Index(None, "lead_agency_id", "id"),
        Index(None, "lead_agency_id", "due_on", "id"),
        Index(None, "document_id", "clause_id"),
        Index(
            "ix_directives_open_due",
            "due_on",
            "id",
            "state",
            "completed_on",
            "lead_agency_id",
            "suspended_since",
            "parent_id",
            "assigned_on",
            "awaited_since",
            "decline_standing",
            "extension_asked_to",
            "proposed_on",
            "reported_by",
            "report_recorded",
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index(
            "ix_directives_open_lead",
            "lead_agency_id",
            "due_on",
            "id",
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index(
            "ix_directives_reported",
            "completed_on",
            "id",
            sqlite_where=text(REPORTED),
            postgresql_where=text(REPORTED),
        ),
        Index("ix_directives_asked", "id", sqlite_where=text(ASKED), postgresql_where=text(ASKED)),
        Index(
            "ix_directives_proposed",
            "proposed_on",
            "id",
            sqlite_where=text(PROPOSED),
            postgresql_where=text(PROPOSED),
        ),
        Index(
            "ix_directives_suspended",
            "id",
            sqlite_where=text(SUSPENDED),
            postgresql_where=text(SUSPENDED),
        ),
        Index(
            "ix_directives_to_judge",
            "due_on",
            "id",
            sqlite_where=text(TO_JUDGE),
            postgresql_where=text(TO_JUDGE),
        ),
        Index(
            "ix_directives_came_in_time",
            "missed_on",
            "id",
            sqlite_where=text(CAME_IN_TIME),
            postgresql_where=text(CAME_IN_TIME),
        ),
        Index(
            "ix_directives_handed_by_id",
            "handed_by_id",
            sqlite_where=text(HANDED),
            postgresql_where=text(HANDED),
        ),
        Index(None, "state", "id"),
        Index(None, "updated_at", "id"),
        Index(None, "due_on", "id"),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(64), unique=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    clause_id: Mapped[int] = mapped_column(ForeignKey("clauses.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("directives.id"), index=True)
    handed_by_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    lead_agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    state: Mapped[State] = mapped_column(coded(State, "state"))
    version: Mapped[int] = mapped_column(default=1)
    content: Mapped[Body]
    expected_output: Mapped[Body]
    target_indicator: Mapped[Line]
    target_value: Mapped[Decimal | None] = mapped_column(Exact)
    target_unit: Mapped[Line]
    priority: Mapped[Priority] = mapped_column(coded(Priority, "priority"))
    assigner_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    monitor_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    deadline_text: Mapped[Line]
    deadline_kind: Mapped[DeadlineKind] = mapped_column(coded(DeadlineKind, "deadline_kind"))
    working_days: Mapped[int | None]
    calendar_version: Mapped[str] = mapped_column(String(64), default="", server_default="")
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None]
    first_due_on: Mapped[date | None]
    assigned_on: Mapped[date]
    lead_since: Mapped[date | None]
    awaited_since: Mapped[date | None]
    accepted_on: Mapped[date | None]
    reported_at: Mapped[datetime | None] = mapped_column(Instant)
    reported_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    completed_on: Mapped[date | None]
    verified_on: Mapped[date | None]
    verdict: Mapped[Verdict | None] = mapped_column(coded(Verdict, "verdict"))
    grade: Mapped[Grade | None] = mapped_column(coded(Grade, "grade"))
    ever_reported: Mapped[bool] = mapped_column(default=False)
    judged: Mapped[bool] = mapped_column(default=False)
    returned_count: Mapped[int] = mapped_column(default=0)
    report_recorded: Mapped[bool] = mapped_column(default=False, server_default=false())
    reminders: Mapped[int] = mapped_column(default=0, server_default="0")
    reminded_on: Mapped[date | None]
    decline_standing: Mapped[bool] = mapped_column(default=False)
    declined_on: Mapped[date | None]
    extension_asked_to: Mapped[date | None]
    extension_asked_on: Mapped[date | None]
    extensions_granted: Mapped[int] = mapped_column(default=0)
    proposed_on: Mapped[date | None]
    missed_on: Mapped[date | None]
    suspended_since: Mapped[date | None]
    progress: Mapped[int | None]
    carried_over: Mapped[bool] = mapped_column(default=False)
    touched_by: Mapped[list[int]] = mapped_column(JSON, default=list)
    search: Mapped[Body]
    updated_at: Mapped[datetime] = mapped_column(Instant)


EXTENSION_WAITS: ColumnElement[bool] = and_(
    DirectiveRow.extension_asked_to.is_not(None), DirectiveRow.state != State.REPORTED
)
"""A request for a later date waits for its answer; a report lays it by until it goes back."""


class CoordinatingRow(Base):
    """An agency that coordinates a directive."""

    __tablename__ = "directive_coordinating"

    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), primary_key=True, index=True)


class ReportRow(Base):
    """One report as it was filed, and how it ended: pending, recalled, returned, verified.

    `received_on` stands where the office recorded the agency's signed report; `filed_by`
    then is who recorded it, `arrival_number` what its clerk gave the paper when it came.
    """

    __tablename__ = "reports"
    __table_args__ = (
        UniqueConstraint("directive_id", "serial"),
        Index("ix_reports_report_number", "report_number"),
    )

    id: Mapped[Key]
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"))
    serial: Mapped[int]
    result: Mapped[Body]
    report_number: Mapped[Line]
    report_date: Mapped[date | None]
    signer: Mapped[Line]
    figure: Mapped[Decimal | None] = mapped_column(Exact)
    own_figure: Mapped[Decimal | None] = mapped_column(Exact)
    numerator: Mapped[Decimal | None] = mapped_column(Exact)
    denominator: Mapped[Decimal | None] = mapped_column(Exact)
    open_parts_reason: Mapped[Body]
    received_on: Mapped[date | None]
    arrival_number: Mapped[Line]
    filed_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    filed_at: Mapped[datetime] = mapped_column(Instant)
    outcome: Mapped[str] = mapped_column(String(16), default="pending")
    outcome_reason: Mapped[Body]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
