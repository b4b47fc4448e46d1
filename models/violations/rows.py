"""Violations as they stand, as they stood before, their papers, and legal bases by date."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Body, Instant, Key, Line, coded, one_of
from workflow.violations.records import Cause, Severity, ViolationSource, ViolationState

OF_DIRECTIVE = "directive_id IS NOT NULL"
NOT_FRESH = "state <> 'recorded'"
BY_HAND = "source <> 'detected'"
FEW = (
    ("not_fresh", ("state", "occurred_on", "id"), NOT_FRESH),
    ("agency_not_fresh", ("agency_id", "state", "occurred_on", "id"), NOT_FRESH),
    ("by_hand", ("occurred_on", "id"), BY_HAND),
    ("agency_by_hand", ("agency_id", "occurred_on", "id"), BY_HAND),
)
"""Few among many: a list of them, of the province or of an agency, walks an index of its own."""


def _few(name: str, columns: tuple[str, ...], where: str) -> Index:
    return Index(
        f"ix_violations_{name}", *columns, sqlite_where=text(where), postgresql_where=text(where)
    )


_CODED: dict[str, type[StrEnum]] = {
    "source": ViolationSource,
    "severity": Severity,
    "state": ViolationState,
    "state_before": ViolationState,
    "cause": Cause,
}


class ViolationRow(Base):
    """One violation as it stands now; every change raises `version`.

    `serial` 0 is the one that detection keeps for a dossier and a type; those that people
    enter, and further due days of a directive, count on from 1. `known_from` is when what the
    row says came to be known: before it, `violation_states` tells what was known.
    """

    __tablename__ = "violations"
    __table_args__ = (
        UniqueConstraint("dossier_id", "type", "serial"),
        CheckConstraint(
            "(state = 'overturned') = (cause IS NOT NULL) "
            "AND (state = 'overturned') = (state_before IS NOT NULL)",
            name="overturned_has_cause",
        ),
        CheckConstraint("dossier_id IS NULL OR directive_id IS NULL", name="one_thing"),
        *(one_of(words, name) for name, words in _CODED.items()),
        Index(
            "uq_violations_directive_id_type_serial",
            "directive_id",
            "type",
            "serial",
            unique=True,
            sqlite_where=text(OF_DIRECTIVE),
            postgresql_where=text(OF_DIRECTIVE),
        ),
        Index(None, "occurred_on", "id"),
        *(_few(name, columns, where) for name, columns, where in FEW),
        Index(None, "agency_id", "occurred_on", "id"),
        Index(None, "type", "agency_id", "occurred_on"),
        Index(None, "type", "occurred_on", "id"),
    )

    id: Mapped[Key]
    type: Mapped[str] = mapped_column(String(32))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    agency_text: Mapped[Line]
    field_text: Mapped[Line]
    procedure_code: Mapped[str] = mapped_column(String(100), default="", server_default="")
    officer: Mapped[Line]
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"))
    directive_id: Mapped[int | None] = mapped_column(ForeignKey("directives.id"))
    serial: Mapped[int] = mapped_column(default=0, server_default="0")
    occurred_at: Mapped[datetime] = mapped_column(Instant)
    occurred_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    source: Mapped[ViolationSource] = mapped_column(coded(ViolationSource, "source", checked=False))
    severity: Mapped[Severity] = mapped_column(coded(Severity, "severity", checked=False))
    state: Mapped[ViolationState] = mapped_column(coded(ViolationState, "state", checked=False))
    state_before: Mapped[ViolationState | None] = mapped_column(
        coded(ViolationState, "state_before", checked=False)
    )
    cause: Mapped[Cause | None] = mapped_column(coded(Cause, "cause", checked=False))
    after_the_fact: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    reason: Mapped[Body]
    words: Mapped[Body]
    reference: Mapped[Line]
    contested_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    search: Mapped[Body]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    known_from: Mapped[datetime] = mapped_column(Instant)
    known_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class ViolationStateRow(Base):
    """What a violation said before it changed: known from `at` until `until`, that one not.

    With the row as it stands it tells what was known at any instant, and is never changed.
    """

    __tablename__ = "violation_states"
    __table_args__ = (Index(None, "until", "at"),)

    violation_id: Mapped[int] = mapped_column(ForeignKey("violations.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[ViolationState] = mapped_column(coded(ViolationState, "state"))
    at: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    reason: Mapped[Body]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    agency_text: Mapped[Line]
    field_text: Mapped[Line]
    procedure_code: Mapped[str] = mapped_column(String(100), default="", server_default="")
    officer: Mapped[Line]
    occurred_at: Mapped[datetime] = mapped_column(Instant)
    occurred_on: Mapped[date]


class ViolationFileRow(Base):
    """A paper that came with an act on a violation; the bytes lie under their hash."""

    __tablename__ = "violation_files"

    id: Mapped[Key]
    violation_id: Mapped[int] = mapped_column(ForeignKey("violations.id"), index=True)
    action: Mapped[str] = mapped_column(String(32))
    name: Mapped[Line]
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    uploaded_at: Mapped[datetime] = mapped_column(Instant)


class LegalBasisRow(Base):
    """A legal basis that a province entered above the shipped ones, in force between two days.

    An empty `basis` says that none is known in that time, whatever was shipped.
    """

    __tablename__ = "legal_bases"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="period_ordered"),
        UniqueConstraint("type", "valid_from"),
    )

    id: Mapped[Key]
    type: Mapped[str] = mapped_column(String(32))
    basis: Mapped[Line]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    entered_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    entered_at: Mapped[datetime] = mapped_column(Instant)
