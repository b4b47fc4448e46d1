"""How many notices of each kind wait in a person's inbox, for a page that puts them together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from models.base import table_of
from models.messages.rows import InboxRow, MessageRow
from models.paging import COUNTED

_INBOX = table_of(InboxRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """The unread notices of one kind: how many, the newest, and when it came."""

    kind: str
    count: int
    newest: int
    at: datetime


def unread_kinds(connection: Connection, account_id: int) -> tuple[KindCount, ...]:
    """Return the kinds of a person's unread notices, the most first; of ten thousand at most."""
    unread = (
        select(_INBOX.c.id, _INBOX.c.message_id, _INBOX.c.at)
        .where(
            _INBOX.c.account_id == account_id,
            _INBOX.c.read_at.is_(None),
            _INBOX.c.archived_at.is_(None),
        )
        .limit(COUNTED)
        .subquery()
    )
    many = func.count().label("many")
    rows = connection.execute(
        select(MessageRow.kind, many, func.max(unread.c.id), func.max(unread.c.at))
        .join(unread, unread.c.message_id == MessageRow.id)
        .group_by(MessageRow.kind)
        .order_by(many.desc(), MessageRow.kind)
    )
    return tuple(
        KindCount(kind=kind, count=count, newest=newest, at=at) for kind, count, newest, at in rows
    )
