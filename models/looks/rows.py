"""Who looked at whose personal data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Instant, Key, coded
from workflow.looks.records import Way


class DossierLookRow(Base):
    """One look at the applicant of one dossier: by whom, as what, when, and how.

    Rows are only ever added (product.md, 10: looking is recorded).
    """

    __tablename__ = "dossier_looks"
    __table_args__ = (Index(None, "dossier_id", "id"), Index(None, "account_id", "id"))

    id: Mapped[Key]
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[str] = mapped_column(String(32))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    way: Mapped[Way] = mapped_column(coded(Way, "way"))
    at: Mapped[datetime] = mapped_column(Instant)
