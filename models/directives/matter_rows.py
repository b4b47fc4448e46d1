"""What stands beside a directive: routings, requests for input, proposals, pauses."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, String, func, text, true
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Body, Exact, Instant, Key, Line, coded
from workflow.directives.matters import InputState, PreparedState

IS_CURRENT = "is_current"
INPUT_OPEN = "state = 'open'"
STANDING = "state = 'standing'"
REPORT = "report"
"""The act whose preparing has columns of its own."""
TO_JUDGE = "(state = 'open' OR answered_on > due_on) AND (missed_on IS NULL OR missed_on <> due_on)"
"""Requests without an answer in time whose due day no night has judged."""


class RoutingRow(Base):
    """Who inside an agency does its share of a directive; the agency alone sees it.

    One is current for each agency and directive; those before it are kept. Work that somebody
    hands over keeps its `note`, which is then `note_by` another than who routed it now.
    """

    __tablename__ = "routings"
    __table_args__ = (
        Index(
            "uq_routings_current",
            "directive_id",
            "agency_id",
            unique=True,
            sqlite_where=text(IS_CURRENT),
            postgresql_where=text(IS_CURRENT),
        ),
        Index(
            "ix_routings_agency_current",
            "agency_id",
            "account_id",
            "division_id",
            "directive_id",
            sqlite_where=text(IS_CURRENT),
            postgresql_where=text(IS_CURRENT),
        ),
        Index(None, "directive_id", "id"),
    )

    id: Mapped[Key]
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    division_id: Mapped[int | None] = mapped_column(ForeignKey("divisions.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    note: Mapped[Body]
    internal_due_on: Mapped[date | None]
    by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    note_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    note_at: Mapped[datetime | None] = mapped_column(Instant)
    is_current: Mapped[bool] = mapped_column(default=True, server_default=true())
    back_note: Mapped[Body]
    back_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    back_at: Mapped[datetime | None] = mapped_column(Instant)


NOTE_BY: ColumnElement[int] = func.coalesce(RoutingRow.note_by, RoutingRow.by)
"""Who wrote the note of a routing."""


class PreparedRow(Base):
    """What an officer prepared; the agency alone sees it. One of each `act` stands at a time.

    A report has its columns; `said` holds what another act says. `changed_by` is the clerk or
    head who put right what the officer `by` wrote in a report. `files` are kept in the file store
    already; they become evidence when it is submitted.
    """

    __tablename__ = "prepared_reports"
    __table_args__ = (
        Index(
            "uq_prepared_reports_standing",
            "directive_id",
            "agency_id",
            "act",
            unique=True,
            sqlite_where=text(STANDING),
            postgresql_where=text(STANDING),
        ),
        Index(
            "ix_prepared_reports_agency_standing",
            "agency_id",
            "directive_id",
            sqlite_where=text(STANDING),
            postgresql_where=text(STANDING),
        ),
        Index(None, "directive_id", "id"),
    )

    id: Mapped[Key]
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    act: Mapped[str] = mapped_column(String(32), default=REPORT, server_default=REPORT)
    said: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    result: Mapped[Body]
    report_number: Mapped[Line]
    report_date: Mapped[date | None]
    signer: Mapped[Line]
    figure: Mapped[Decimal | None] = mapped_column(Exact)
    own_figure: Mapped[Decimal | None] = mapped_column(Exact)
    numerator: Mapped[Decimal | None] = mapped_column(Exact)
    denominator: Mapped[Decimal | None] = mapped_column(Exact)
    open_parts_reason: Mapped[Body]
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    hands: Mapped[list[int]] = mapped_column(JSON, default=list)
    by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[PreparedState] = mapped_column(coded(PreparedState, "state"))
    note: Mapped[Body]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class InputRequestRow(Base):
    """What the lead asked of one coordinating agency, until when, and the answer.

    `missed_on` is the due day that a night found gone by without it.
    """

    __tablename__ = "input_requests"
    __table_args__ = (
        Index(None, "directive_id", "id"),
        Index(None, "due_on", "id"),
        Index(
            "ix_input_requests_open",
            "agency_id",
            "due_on",
            "directive_id",
            sqlite_where=text(INPUT_OPEN),
            postgresql_where=text(INPUT_OPEN),
        ),
        Index(
            "ix_input_requests_to_judge",
            "due_on",
            "directive_id",
            "id",
            sqlite_where=text(TO_JUDGE),
            postgresql_where=text(TO_JUDGE),
        ),
    )

    id: Mapped[Key]
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    what: Mapped[Body]
    due_on: Mapped[date]
    asked_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[InputState] = mapped_column(coded(InputState, "state"))
    answer: Mapped[Body]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_on: Mapped[date | None]
    missed_on: Mapped[date | None]


class ProposalRow(Base):
    """What an update proposed, and the answer of those above; lapsed when the work ended."""

    __tablename__ = "proposals"
    __table_args__ = (Index(None, "directive_id", "id"),)

    id: Mapped[Key]
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    text: Mapped[Body]
    by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    answer: Mapped[Body]
    paper: Mapped[Line]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    lapsed_at: Mapped[datetime | None] = mapped_column(Instant)


class SuspensionRow(Base):
    """A pause by document: from a day to its last day (both included), open while that is null.

    A pause that ends on its first day has a last day before it: no day of it counts.
    """

    __tablename__ = "suspensions"
    __table_args__ = (Index(None, "directive_id", "from_on"),)

    id: Mapped[Key]
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    paper: Mapped[Line]
    reason: Mapped[Body]
    by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    end_paper: Mapped[Line]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
