"""The append-only history and, outside it, the anchored head."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Instant, Line


class HistoryRow(Base):
    """One sealed entry; triggers refuse to change or delete it."""

    __tablename__ = "history"
    __table_args__ = (Index(None, "subject", "subject_key", "serial"), Index(None, "at"))

    serial: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    actor_id: Mapped[int]
    actor_name: Mapped[Line]
    role: Mapped[str | None] = mapped_column(String(32))
    agency_id: Mapped[int | None]
    agency_name: Mapped[Line]
    subject: Mapped[str] = mapped_column(String(32))
    subject_key: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(32))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    given: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    evidence: Mapped[list[str]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class HistoryHeadRow(Base):
    """The end of the chain, kept outside the history so that a cut tail is found."""

    __tablename__ = "history_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    entries: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
