"""Each person's inbox: written and read with the person in the WHERE."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, insert, select, update

from models.base import table_of
from models.messages.rows import InboxRow, MessageRow, NoticeChoiceRow
from models.paging import counted, turned
from workflow.messages.records import Choices, Urgency

_INBOX, _CHOICES = table_of(InboxRow), table_of(NoticeChoiceRow)
PAGE = 50


class Shown(StrEnum):
    """Which notices are asked for."""

    UNREAD = "unread"
    ALL = "all"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxLine:
    """One notice as its reader sees it."""

    id: int
    kind: str
    subject: str
    subject_key: str
    params: Mapping[str, Any]
    urgency: Urgency
    at: datetime
    read_at: datetime | None
    archived_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """A page of the inbox; `before` and `after` are ids to go on from, or None."""

    lines: tuple[InboxLine, ...]
    total: int
    is_exact: bool
    newest: int
    before: int | None
    after: int | None


class InboxRegister:
    """The inboxes within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def mark_read(self, account_id: int, item_id: int, at: datetime | None) -> bool:
        """Mark a notice of this person as read (None: as unread); False when it is not theirs."""
        return self._write(account_id, item_id, read_at=at)

    def archive(self, account_id: int, item_id: int, at: datetime | None) -> bool:
        """Put a notice of this person away (None: take it back); False when it is not theirs."""
        return self._write(account_id, item_id, archived_at=at)

    def _write(self, account_id: int, item_id: int, **values: datetime | None) -> bool:
        written = self._connection.execute(
            update(_INBOX)
            .where(_INBOX.c.id == item_id, _INBOX.c.account_id == account_id)
            .values(**values)
        )
        return written.rowcount == 1

    def mark_all_read(self, account_id: int, upto: int, at: datetime, kind: str = "") -> int:
        """Mark this person's unread notices up to an id as read, or those of one kind.

        Return how many.
        """
        wanted = (*_unread(account_id), _INBOX.c.id <= upto, *_of_kinds(kind, ()))
        return self._connection.execute(update(_INBOX).where(*wanted).values(read_at=at)).rowcount

    def choices(self, account_id: int) -> Choices:
        """Return what this person chose, or what holds for who chose nothing."""
        row = self._connection.execute(
            select(_CHOICES).where(_CHOICES.c.account_id == account_id)
        ).one_or_none()
        if row is None:
            return Choices()
        return Choices(by_email=row.by_email, digest_hour=row.digest_hour)

    def choose(self, account_id: int, choices: Choices) -> None:
        """Keep what this person chose."""
        values = {"by_email": choices.by_email, "digest_hour": choices.digest_hour}
        changed = self._connection.execute(
            update(_CHOICES).where(_CHOICES.c.account_id == account_id).values(**values)
        )
        if not changed.rowcount:
            self._connection.execute(insert(_CHOICES).values(account_id=account_id, **values))


def _unread(account_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        _INBOX.c.account_id == account_id,
        _INBOX.c.read_at.is_(None),
        _INBOX.c.archived_at.is_(None),
    )


def _asked(account_id: int, shown: Shown) -> tuple[ColumnElement[bool], ...]:
    if shown is Shown.UNREAD:
        return _unread(account_id)
    away = _INBOX.c.archived_at
    return (
        _INBOX.c.account_id == account_id,
        away.is_not(None) if shown is Shown.ARCHIVED else away.is_(None),
    )


def _of_kinds(kind: str, without: Collection[str]) -> Iterator[ColumnElement[bool]]:
    if kind:
        yield _INBOX.c.message_id.in_(select(MessageRow.id).where(MessageRow.kind == kind))
    if without:
        told = select(MessageRow.id).where(MessageRow.kind.in_(sorted(without)))
        yield _INBOX.c.message_id.not_in(told)


def inbox_page(
    connection: Connection,
    account_id: int,
    shown: Shown,
    *,
    before: int | None = None,
    after: int | None = None,
    kind: str = "",
    without: Collection[str] = (),
) -> InboxPage:
    """Return a page of a person's inbox, newest first, in two queries whatever its length.

    It is of one `kind`, or of all but the kinds `without`.
    """
    wanted = (*_asked(account_id, shown), *_of_kinds(kind, without))
    found = list(connection.execute(_lines(wanted, before=before, after=after).limit(PAGE + 1)))
    rows, ahead, behind = turned(found, PAGE, backward=before is not None, begun=after is not None)
    total, is_exact = counted(connection, select(_INBOX.c.id).where(*wanted))
    return InboxPage(
        lines=tuple(map(_line, rows)),
        total=total,
        is_exact=is_exact,
        newest=max((row.id for row in rows), default=0),
        before=rows[0].id if behind else None,
        after=rows[-1].id if ahead else None,
    )


def _lines(
    wanted: tuple[ColumnElement[bool], ...], *, before: int | None, after: int | None
) -> Select[*tuple[Any, ...]]:
    asked = (
        select(
            _INBOX.c.id,
            MessageRow.kind,
            MessageRow.subject,
            MessageRow.subject_key,
            MessageRow.params,
            MessageRow.urgency,
            _INBOX.c.at,
            _INBOX.c.read_at,
            _INBOX.c.archived_at,
        )
        .join(MessageRow, MessageRow.id == _INBOX.c.message_id)
        .where(*wanted)
    )
    if before is not None:
        return asked.where(_INBOX.c.id > before).order_by(_INBOX.c.id)
    if after is not None:
        asked = asked.where(_INBOX.c.id < after)
    return asked.order_by(_INBOX.c.id.desc())


def _line(row: Row[Any]) -> InboxLine:
    return InboxLine(**row._mapping)  # noqa: SLF001 - SQLAlchemy's name


def inbox_item(connection: Connection, account_id: int, item_id: int) -> InboxLine | None:
    """Return one notice of this person."""
    wanted = (_INBOX.c.account_id == account_id, _INBOX.c.id == item_id)
    row = connection.execute(_lines(wanted, before=None, after=None)).one_or_none()
    return _line(row) if row else None
