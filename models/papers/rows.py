"""The office's list of papers, and letters that urge with the directives each names."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Body, Instant, Key, Line, coded
from workflow.papers.records import Direction


class ListedPaperRow(Base):
    """One incoming or outgoing paper; number, date and counterpart make it the same one."""

    __tablename__ = "listed_papers"
    __table_args__ = (
        UniqueConstraint("direction", "number_key", "dated", "counterpart_key"),
        Index(None, "number_key"),
        Index(None, "arrival_number"),
        Index(None, "dated", "id"),
    )

    id: Mapped[Key]
    direction: Mapped[Direction] = mapped_column(coded(Direction, "direction"))
    number: Mapped[Line]
    number_key: Mapped[Line]
    dated: Mapped[date]
    counterpart: Mapped[Line]
    counterpart_key: Mapped[Line]
    subject: Mapped[Body]
    signer: Mapped[Line]
    received_on: Mapped[date | None]
    arrival_number: Mapped[Line]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    search: Mapped[Body]
    file_name: Mapped[Line]
    file_sha256: Mapped[str] = mapped_column(String(64), default="", server_default="")
    file_type: Mapped[str] = mapped_column(String(100), default="", server_default="")
    file_size: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    entered_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    entered_at: Mapped[datetime] = mapped_column(Instant)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("paper_imports.id"), index=True)


class PaperImportRow(Base):
    """One taking in of a list; papers name it while they stand as it left them."""

    __tablename__ = "paper_imports"

    id: Mapped[Key]
    source: Mapped[Line]
    added: Mapped[int]
    changed: Mapped[int]
    kept_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    kept_at: Mapped[datetime] = mapped_column(Instant)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)


class PaperChangeRow(Base):
    """What a paper said before an import changed it."""

    __tablename__ = "paper_changes"

    import_id: Mapped[int] = mapped_column(ForeignKey("paper_imports.id"), primary_key=True)
    paper_id: Mapped[int] = mapped_column(
        ForeignKey("listed_papers.id"), primary_key=True, index=True
    )
    before: Mapped[dict[str, Any]] = mapped_column(JSON)


class ReminderLetterRow(Base):
    """One letter that urges an agency; its number is blank until the clerk has given one."""

    __tablename__ = "reminder_letters"
    __table_args__ = (Index(None, "agency_id", "id"),)

    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    number: Mapped[Line]
    dated: Mapped[date]
    text: Mapped[Body]
    sent_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    sent_at: Mapped[datetime] = mapped_column(Instant)


class ReminderLineRow(Base):
    """A directive that a letter names."""

    __tablename__ = "reminder_lines"

    letter_id: Mapped[int] = mapped_column(ForeignKey("reminder_letters.id"), primary_key=True)
    directive_id: Mapped[int] = mapped_column(
        ForeignKey("directives.id"), primary_key=True, index=True
    )
