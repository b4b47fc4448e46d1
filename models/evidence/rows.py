"""Evidence on directives; the files themselves are kept by their hash."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Instant, Key, Line, coded
from workflow.evidence.records import EvidenceState, Purpose


class EvidenceRow(Base):
    """One version of one piece.

    A later file of the same name from the same agency makes it no longer current; another
    agency's stands beside it. `agency_id` is whom the file was brought for; None where files
    were kept before that was written down and nothing told it.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("directive_id", "purpose", "name", "version"),
        CheckConstraint("state <> 'rejected' OR reason <> ''", name="rejected_has_reason"),
        CheckConstraint(
            "period_to IS NULL OR period_from IS NULL OR period_to >= period_from",
            name="period_ordered",
        ),
    )

    id: Mapped[Key]
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(coded(Purpose, "purpose"))
    name: Mapped[Line]
    version: Mapped[int]
    is_current: Mapped[bool] = mapped_column(default=True)
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    action: Mapped[str] = mapped_column(String(32))
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[EvidenceState] = mapped_column(coded(EvidenceState, "state"))
    judged_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    judged_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
