"""Documents, their clauses, who is named in them, and the year's serial."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Enum,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Body, Exact, Instant, Key, Line, coded
from workflow.deadlines.records import DeadlineKind
from workflow.directives.records import Priority
from workflow.directives.targets import TargetBasis, TargetScope
from workflow.documents.records import (
    CarriedState,
    DocumentState,
    PartyRole,
    Source,
    Urgency,
)


class DocumentRow(Base):
    """A document; the number of one issuer is used once a year."""

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("year", "serial"),
        Index(
            "uq_documents_reference",
            "issuer_key",
            "reference_key",
            "issued_year",
            unique=True,
            sqlite_where=text("state = 'issued'"),
            postgresql_where=text("state = 'issued'"),
        ),
        CheckConstraint(
            "state = 'draft' OR (serial IS NOT NULL AND issued_on IS NOT NULL)",
            name="issued_is_numbered",
        ),
        Index(None, "state", "id"),
    )

    id: Mapped[Key]
    state: Mapped[DocumentState] = mapped_column(coded(DocumentState, "state"))
    version: Mapped[int] = mapped_column(default=1)
    year: Mapped[int | None]
    serial: Mapped[int | None]
    reference: Mapped[Line]
    reference_key: Mapped[Line]
    issued_on: Mapped[date | None]
    issued_year: Mapped[int | None]
    issuer: Mapped[Line]
    issuer_key: Mapped[Line]
    signer: Mapped[Line]
    signer_title: Mapped[Line]
    subject: Mapped[Body]
    search: Mapped[Body]
    source: Mapped[Source] = mapped_column(coded(Source, "source"))
    urgency: Mapped[Urgency] = mapped_column(coded(Urgency, "urgency"))
    assigner_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    overseer_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    file_name: Mapped[Line]
    file_sha256: Mapped[str] = mapped_column(String(64), default="", server_default="")
    file_type: Mapped[str] = mapped_column(String(100), default="", server_default="")
    file_size: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    imported_from: Mapped[Line]
    skipped_rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    entered_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    entered_at: Mapped[datetime] = mapped_column(Instant)
    issued_at: Mapped[datetime | None] = mapped_column(Instant)


_CARRIED = Enum(
    CarriedState.IN_PROGRESS.value,
    CarriedState.DONE.value,
    name="carried_state",
    native_enum=False,
    create_constraint=True,
    length=32,
)
"""Paused work is running work with `carried_paused`: SQLite cannot add a word to a constraint."""


class ClauseRow(Base):
    """One clause, with its words as they stood and how they were read."""

    __tablename__ = "clauses"
    __table_args__ = (UniqueConstraint("document_id", "position"),)

    id: Mapped[Key]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    position: Mapped[int]
    content: Mapped[Body]
    expected_output: Mapped[Body]
    target_indicator: Mapped[Line]
    target_value: Mapped[Decimal | None] = mapped_column(Exact)
    target_unit: Mapped[Line]
    target_scope: Mapped[TargetScope | None] = mapped_column(
        coded(TargetScope, "target_scope", checked=False)
    )
    target_basis: Mapped[TargetBasis] = mapped_column(
        coded(TargetBasis, "target_basis", checked=False),
        default=TargetBasis.PERIOD,
        server_default=TargetBasis.PERIOD.value,
    )
    priority: Mapped[Priority] = mapped_column(coded(Priority, "priority"))
    index_refs: Mapped[Line]
    deadline_text: Mapped[Line]
    deadline_kind: Mapped[DeadlineKind] = mapped_column(coded(DeadlineKind, "deadline_kind"))
    deadline: Mapped[dict[str, Any]] = mapped_column(JSON)
    due_set_on: Mapped[date | None]
    due_set_reason: Mapped[Line]
    source_text: Mapped[Line]
    source_date: Mapped[date | None]
    assigner_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    monitor_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    lead_words: Mapped[Body]
    coordinating_words: Mapped[Body]
    carried_state: Mapped[str | None] = mapped_column(_CARRIED)
    carried_paused: Mapped[bool] = mapped_column(default=False, server_default=false())
    carried_result: Mapped[Body]
    carried_on: Mapped[date | None]
    sheet_row: Mapped[int | None]
    note: Mapped[Body]
    problems: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class ClausePartyRow(Base):
    """An agency or a group named for a clause, and the words that named it."""

    __tablename__ = "clause_parties"
    __table_args__ = (
        CheckConstraint("(agency_id IS NULL) <> (group_code IS NULL)", name="agency_or_group"),
    )

    id: Mapped[Key]
    clause_id: Mapped[int] = mapped_column(ForeignKey("clauses.id"), index=True)
    role: Mapped[PartyRole] = mapped_column(coded(PartyRole, "role"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    group_code: Mapped[str | None] = mapped_column(ForeignKey("agency_groups.code"))
    words: Mapped[str] = mapped_column(Text, default="")
    how: Mapped[str] = mapped_column(String(16))
    without: Mapped[list[int]] = mapped_column(JSON, default=list)


class SerialRow(Base):
    """The last serial given to a document in a year."""

    __tablename__ = "serials"

    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int]
