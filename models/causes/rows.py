"""Causes given to dossiers, and what the logs of those that ended late came to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Instant, Line, coded
from workflow.causes.records import CauseCode, CauseSource, HolderKind

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


class WalkedRow(Base):
    """What the log of a dossier that ended late came to: nothing in it moves any more (ADR 0030).

    It holds for the dossier as `import_id` left it, by the rules, calendar and hours that
    `version` stands for, from `settled_at` on; null where the log still moves, or dates nothing.
    `step` and `fault` are those of the step that ran over the longest, "" where none did.
    """

    __tablename__ = "dossier_walks"

    dossier_id: Mapped[int] = mapped_column(
        ForeignKey("dossiers.id"), primary_key=True, autoincrement=False
    )
    import_id: Mapped[int]
    version: Mapped[str] = mapped_column(String(16))
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    step: Mapped[Line]
    fault: Mapped[Line]
    days_over: Mapped[int]


class WalkedHeldRow(Base):
    """For how many working seconds a sort of body held such a dossier."""

    __tablename__ = "dossier_walks_held"

    dossier_id: Mapped[int] = mapped_column(
        ForeignKey("dossier_walks.dossier_id"), primary_key=True
    )
    kind: Mapped[HolderKind] = mapped_column(
        coded(HolderKind, "kind", checked=False), primary_key=True
    )
    seconds: Mapped[int]


class WalkedBrokenRow(Base):
    """A step that ran over in such a dossier, and whether it alone made it late.

    By the first promised day and by the last one: had the step met its limit, the dossier would
    have ended in time. `longest` is the most of it at once, where the log has the step again.
    """

    __tablename__ = "dossier_walks_broken"

    dossier_id: Mapped[int] = mapped_column(
        ForeignKey("dossier_walks.dossier_id"), primary_key=True
    )
    step: Mapped[str] = mapped_column(String(500), primary_key=True)
    days_over: Mapped[int]
    longest: Mapped[int]
    saved_first: Mapped[bool]
    saved_last: Mapped[bool]
