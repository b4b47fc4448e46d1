"""Reporting periods of standing work: what they follow from, each one, and its reports."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Body, Exact, Instant, Key, Line, coded
from workflow.periods.records import PeriodState, Rhythm

OWED = "state <> 'confirmed' AND state <> 'ended'"
"""Periods that somebody still owes, or that wait to be confirmed."""
RUNS = "closed_on IS NULL"
TO_JUDGE = (
    "state NOT IN ('confirmed', 'ended') AND (state <> 'reported' OR completed_on > due_on) "
    "AND (missed_on IS NULL OR missed_on <> due_on)"
)
"""Periods without a report in time whose due day no night has judged; in other words than `OWED`,
so that no other index serves."""
CAME_IN_TIME = "is_recorded AND missed_on = due_on AND completed_on <= due_on"
"""Periods that a night found missed though the report, recorded since, had come in time."""


class PeriodPlanRow(Base):
    """What the periods of one directive follow from (`workflow.periods.records.Plan`)."""

    __tablename__ = "period_plans"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="period_ordered"),
        Index(
            "ix_period_plans_running",
            "ends_on",
            "directive_id",
            sqlite_where=text(RUNS),
            postgresql_where=text(RUNS),
        ),
    )

    directive_id: Mapped[int] = mapped_column(
        ForeignKey("directives.id"), primary_key=True, autoincrement=False
    )
    recurs: Mapped[str] = mapped_column(String(200))
    rhythm: Mapped[Rhythm | None] = mapped_column(coded(Rhythm, "rhythm"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    closed_on: Mapped[date | None]
    set_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    set_at: Mapped[datetime] = mapped_column(Instant)


class PeriodRow(Base):
    """One reporting period as it stands now; it is held by holding its directive.

    `missed_on` is the due day that a night found gone by without its report.
    """

    __tablename__ = "periods"
    __table_args__ = (
        UniqueConstraint("directive_id", "serial"),
        CheckConstraint("from_on <= to_on", name="period_ordered"),
        CheckConstraint(
            "(state IN ('reported', 'confirmed')) = (completed_on IS NOT NULL) "
            "AND (completed_on IS NOT NULL) = (reported_by IS NOT NULL)",
            name="reported_has_reporter",
        ),
        CheckConstraint(
            "(state = 'confirmed') = (confirmed_on IS NOT NULL) "
            "AND (confirmed_on IS NOT NULL) = (confirmed_by IS NOT NULL)",
            name="confirmed_has_judge",
        ),
        Index(
            "ix_periods_owed",
            "due_on",
            "id",
            "state",
            sqlite_where=text(OWED),
            postgresql_where=text(OWED),
        ),
        Index(
            "ix_periods_owed_agency",
            "agency_id",
            "due_on",
            "id",
            sqlite_where=text(OWED),
            postgresql_where=text(OWED),
        ),
        Index(
            "ix_periods_to_judge",
            "due_on",
            "directive_id",
            "id",
            sqlite_where=text(TO_JUDGE),
            postgresql_where=text(TO_JUDGE),
        ),
        Index(
            "ix_periods_came_in_time",
            "missed_on",
            "id",
            sqlite_where=text(CAME_IN_TIME),
            postgresql_where=text(CAME_IN_TIME),
        ),
        Index(None, "agency_id", "due_on", "id"),
        Index(None, "due_on", "id"),
    )

    id: Mapped[Key]
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"))
    serial: Mapped[int]
    from_on: Mapped[date]
    to_on: Mapped[date]
    due_on: Mapped[date]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    state: Mapped[PeriodState] = mapped_column(coded(PeriodState, "state"))
    reported_at: Mapped[datetime | None] = mapped_column(Instant)
    reported_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    completed_on: Mapped[date | None]
    is_recorded: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    confirmed_on: Mapped[date | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    missed_on: Mapped[date | None]
    returned_count: Mapped[int] = mapped_column(default=0, server_default="0")


class PeriodReportRow(Base):
    """One report of a period as it came, and how it ended; never changed afterwards.

    `received_on` stands where the office recorded the agency's signed report.
    """

    __tablename__ = "period_reports"
    __table_args__ = (
        UniqueConstraint("period_id", "serial"),
        Index("ix_period_reports_report_number", "report_number"),
    )

    id: Mapped[Key]
    period_id: Mapped[int] = mapped_column(ForeignKey("periods.id"))
    serial: Mapped[int]
    result: Mapped[Body]
    figure: Mapped[Decimal | None] = mapped_column(Exact)
    numerator: Mapped[Decimal | None] = mapped_column(Exact)
    denominator: Mapped[Decimal | None] = mapped_column(Exact)
    report_number: Mapped[Line]
    report_date: Mapped[date | None]
    signer: Mapped[Line]
    received_on: Mapped[date | None]
    arrival_number: Mapped[Line]
    filed_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    filed_at: Mapped[datetime] = mapped_column(Instant)
    outcome: Mapped[str] = mapped_column(String(16), default="pending")
    outcome_reason: Mapped[Body]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
