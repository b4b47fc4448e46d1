"""Causes given to dossiers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Instant, Line, coded
from workflow.causes.records import CauseCode, CauseSource

PRIMARY = "is_primary"


class DossierCauseRow(Base):
    """One cause of one dossier's lateness, as it stands now; at most one is the primary one.

    `agency_id` is the agency at fault where one is known, `step` where the time was lost,
    `days_lost` in working days. What stood before is in the history.
    """

    __tablename__ = "dossier_causes"
    __table_args__ = (
        Index(
            "uq_dossier_causes_primary",
            "dossier_id",
            unique=True,
            sqlite_where=text(PRIMARY),
            postgresql_where=text(PRIMARY),
        ),
        Index(None, "code", "dossier_id"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    code: Mapped[CauseCode] = mapped_column(coded(CauseCode, "code"), primary_key=True)
    is_primary: Mapped[bool]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    step: Mapped[Line]
    days_lost: Mapped[int | None]
    source: Mapped[CauseSource] = mapped_column(coded(CauseSource, "source"))
    entered_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime] = mapped_column(Instant)
