"""Jobs, the nights that were swept, and the ledger of everything that ran."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Instant, Key, Line, coded
from workflow.jobs.records import JobState, Outcome

READY = "state = 'ready'"
DEAD = "state = 'dead'"


class JobRow(Base):
    """One job; its key makes it once, its lease keeps others off while a worker holds it.

    `lease_until` also says when a failed one may be tried again: whoever claims looks for
    ready rows whose hour and lease have passed.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts_counted"),
        Index(
            "ix_jobs_ready",
            "run_at",
            "id",
            sqlite_where=text(READY),
            postgresql_where=text(READY),
        ),
        Index("ix_jobs_dead", "id", sqlite_where=text(DEAD), postgresql_where=text(DEAD)),
        Index(None, "ended_at"),
    )

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(200), unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[JobState] = mapped_column(coded(JobState, "state"), default=JobState.READY)
    run_at: Mapped[datetime] = mapped_column(Instant)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[datetime] = mapped_column(Instant)
    started_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    done: Mapped[int | None]
    total: Mapped[int | None]
    trouble: Mapped[Line]


class NightRow(Base):
    """One night's sweep: which steps are done, who holds it, since which night it made up."""

    __tablename__ = "nights"

    day: Mapped[date] = mapped_column(primary_key=True)
    since: Mapped[date | None]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    steps: Mapped[dict[str, Any]] = mapped_column(JSON)
    started_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class RunRow(Base):
    """One line of the ledger."""

    __tablename__ = "runs"
    __table_args__ = (Index(None, "kind", "id"), Index(None, "started_at"))

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(64))
    day: Mapped[date]
    started_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime] = mapped_column(Instant)
    outcome: Mapped[Outcome] = mapped_column(coded(Outcome, "outcome"), default=Outcome.DONE)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
