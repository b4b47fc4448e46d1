"""The outbox, each person's inbox, letters by e-mail with every attempt, and what people chose."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Instant, Key, Line, coded
from workflow.accounts.records import Role
from workflow.messages.records import Delivery, MailState, Urgency

WAITING = "delivery = 'waiting'"
STRANDED = "delivery = 'stranded'"
UNREAD = "read_at IS NULL AND archived_at IS NULL"
UNMAILED = "mail_id IS NULL AND mail_at IS NOT NULL"
UNSENT = "state = 'ready' OR state = 'dead'"


class MessageRow(Base):
    """One notice in the outbox; its key makes it once."""

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint(
            "to_account IS NOT NULL OR to_agency IS NOT NULL OR to_role IS NOT NULL",
            name="goes_to_somebody",
        ),
        Index(
            "ix_messages_waiting",
            "id",
            sqlite_where=text(WAITING),
            postgresql_where=text(WAITING),
        ),
        Index(
            "ix_messages_stranded",
            "id",
            sqlite_where=text(STRANDED),
            postgresql_where=text(STRANDED),
        ),
    )

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(64))
    to_account: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    to_agency: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    to_role: Mapped[Role | None] = mapped_column(coded(Role, "role"))
    subject: Mapped[str] = mapped_column(String(32))
    subject_key: Mapped[str] = mapped_column(String(100))
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    urgency: Mapped[Urgency] = mapped_column(coded(Urgency, "urgency"))
    at: Mapped[datetime] = mapped_column(Instant)
    delivery: Mapped[Delivery] = mapped_column(
        coded(Delivery, "delivery"), default=Delivery.WAITING
    )
    delivered_at: Mapped[datetime | None] = mapped_column(Instant)
    recipients: Mapped[int] = mapped_column(default=0)


class MailRow(Base):
    """One letter to one person; its Message-ID stands before it is sent, and never changes."""

    __tablename__ = "mails"
    __table_args__ = (
        Index("ix_mails_unsent", "id", sqlite_where=text(UNSENT), postgresql_where=text(UNSENT)),
    )

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    state: Mapped[MailState] = mapped_column(coded(MailState, "state"), default=MailState.READY)
    items: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)


class MailAttemptRow(Base):
    """One attempt to send a letter; `answer` is the server's code, never an address."""

    __tablename__ = "mail_attempts"

    mail_id: Mapped[int] = mapped_column(ForeignKey("mails.id"), primary_key=True)
    serial: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    sent: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[Line]


class InboxRow(Base):
    """One notice as one person got it; `mail_at` is when it is due by e-mail, if at all."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("account_id", "message_id"),
        Index(None, "account_id", "archived_at", "id"),
        Index(
            "ix_inbox_unread",
            "account_id",
            "id",
            sqlite_where=text(UNREAD),
            postgresql_where=text(UNREAD),
        ),
        Index(
            "ix_inbox_unmailed",
            "mail_at",
            "account_id",
            sqlite_where=text(UNMAILED),
            postgresql_where=text(UNMAILED),
        ),
    )

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    archived_at: Mapped[datetime | None] = mapped_column(Instant)
    mail_at: Mapped[datetime | None] = mapped_column(Instant)
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mails.id"), index=True)


class NoticeChoiceRow(Base):
    """What one person chose about e-mail; who chose nothing has no row."""

    __tablename__ = "notice_choices"
    __table_args__ = (
        CheckConstraint(
            "digest_hour IS NULL OR (digest_hour BETWEEN 0 AND 23)", name="digest_hour_of_day"
        ),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    by_email: Mapped[bool] = mapped_column(default=True)
    digest_hour: Mapped[int | None]
