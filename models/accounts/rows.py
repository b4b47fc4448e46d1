"""Accounts, the roles they hold by period, and attempts to sign in."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Instant, Key, Line, coded
from workflow.accounts.records import Role


class AccountRow(Base):
    """A person (or the system) who may act; the password is kept only as its argon2 hash."""

    __tablename__ = "accounts"

    id: Mapped[Key]
    login: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[Line]
    name_folded: Mapped[Line]
    sort_key: Mapped[str] = mapped_column(String(1000), index=True, server_default="")
    email: Mapped[str | None] = mapped_column(String(254))
    password_hash: Mapped[Line]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    is_system: Mapped[bool] = mapped_column(default=False)
    session_epoch: Mapped[int] = mapped_column(default=0)
    locale: Mapped[str] = mapped_column(String(5), default="vi")
    created_at: Mapped[datetime] = mapped_column(Instant)
    looked_at: Mapped[datetime | None] = mapped_column(Instant)


class MembershipRow(Base):
    """One role held in one agency over a period; `valid_to` is the last day."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="period_ordered"),
        UniqueConstraint("account_id", "role", "agency_id", "valid_from"),
    )

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    role: Mapped[Role] = mapped_column(coded(Role, "role"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    division_id: Mapped[int | None] = mapped_column(ForeignKey("divisions.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class StandInRow(Base):
    """One role of somebody in which another acts for them, both ends included."""

    __tablename__ = "stand_ins"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="period_ordered"),
        CheckConstraint("absent_id <> stand_in_id", name="two_people"),
    )

    id: Mapped[Key]
    absent_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    stand_in_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    role: Mapped[Role] = mapped_column(coded(Role, "role"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(500), server_default="")
    named_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class SignInAttemptRow(Base):
    """One attempt to sign in, whether the account exists or not; what the throttle counts."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (
        Index(None, "login_key", "at"),
        Index(None, "address", "at"),
    )

    id: Mapped[Key]
    login_key: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)
    succeeded: Mapped[bool]


class SessionRow(Base):
    """One signed-in browser; the token itself is only in its cookie, here is its SHA-256."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    address: Mapped[str] = mapped_column(String(64))
    browser: Mapped[Line]
