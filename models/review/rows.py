"""What lies in the file of a case, who gets cases in which order, what was issued from one."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Body, Instant, Key, Line, coded
from workflow.review.records import Measure, PaperKind


class ReviewPaperRow(Base):
    """A letter, an explanation, a proposal, a decision: kept as it was, never changed."""

    __tablename__ = "review_papers"
    __table_args__ = (
        CheckConstraint(
            "kind NOT IN ('proposal', 'decision') OR measure IS NOT NULL",
            name="measure_is_named",
        ),
        CheckConstraint("kind <> 'letter' OR answer_on IS NOT NULL", name="letter_has_its_day"),
        CheckConstraint("NOT is_signed OR number <> ''", name="signed_has_its_number"),
    )

    id: Mapped[Key]
    kind: Mapped[PaperKind] = mapped_column(coded(PaperKind, "kind"))
    text: Mapped[Body]
    number: Mapped[Line]
    paper_on: Mapped[date | None]
    signer: Mapped[Line]
    measure: Mapped[Measure | None] = mapped_column(coded(Measure, "measure"))
    answer_on: Mapped[date | None]
    is_signed: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class ReviewPaperCaseRow(Base):
    """A case that a paper serves, as it stood then: one letter can serve several."""

    __tablename__ = "review_paper_cases"

    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalations.id"), primary_key=True)
    paper_id: Mapped[int] = mapped_column(
        ForeignKey("review_papers.id"), primary_key=True, index=True
    )
    level: Mapped[int]
    raise_serial: Mapped[int]


class ReviewFileRow(Base):
    """A file of a paper; its bytes lie in the file store under their hash."""

    __tablename__ = "review_files"

    id: Mapped[Key]
    paper_id: Mapped[int] = mapped_column(ForeignKey("review_papers.id"), index=True)
    name: Mapped[Line]
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), index=True)


class ReviewPlaceRow(Base):
    """A place in the admin's order; an absence holds between its days, both included."""

    __tablename__ = "review_places"
    __table_args__ = (
        CheckConstraint(
            "away_from IS NULL OR away_to IS NULL OR away_to >= away_from", name="period_ordered"
        ),
    )

    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), unique=True)
    away_from: Mapped[date | None]
    away_to: Mapped[date | None]


class EscalationDirectiveRow(Base):
    """A directive issued from a decided case; it stands whatever becomes of the case."""

    __tablename__ = "escalation_directives"
    __table_args__ = (UniqueConstraint("escalation_id", "directive_id"),)

    id: Mapped[Key]
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalations.id"))
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime] = mapped_column(Instant)
