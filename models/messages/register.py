"""The outbox as one transaction sees it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select, update

from models.base import table_of
from models.messages.rows import InboxRow, MessageRow
from models.once import add_once, insert_once
from models.together import Together
from workflow.messages.bundling import (
    HANDFUL,
    Sent,
    bundle,
    default_source,
    prefix_of,
    sent_from,
)
from workflow.messages.records import Delivery, Notice

_MESSAGES, _INBOX = table_of(MessageRow), table_of(InboxRow)


class MessageRegister:
    """Notices written with their cause; `left` says whether there is now something to deliver.

    `handful` is how many of one source a person gets one by one.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.left = False
        self.handful = HANDFUL

    def post(self, notice: Notice) -> bool:
        """Write a notice; False when one with its key was written before."""
        return self.post_all((notice,)) == 1

    def post_all(self, notices: Iterable[Notice]) -> int:
        """Write many at once; return how many were new."""
        new = insert_once(self._connection, _MESSAGES, [_values(n) for n in notices], key="key")
        self._noted(new)
        return new

    def post_with(self, writes: Together | None, notices: Iterable[Notice]) -> None:
        """Write them among other writes where those wait, else at once."""
        if writes is None:
            self.post_all(notices)
            return
        for values in map(_values, notices):
            kind = self._connection.dialect.name
            writes.add(add_once(_MESSAGES, "key", kind, tuple(values)), values, self._noted)

    def _noted(self, new: int) -> None:
        self.left = self.left or new > 0

    def post_bundled(self, notices: Iterable[Notice], *, source: str, kind: str) -> None:
        """Write notices of one source: a handful one by one, beyond it one summary for each.

        `source` names the import or the night, "" stands for one act, which told nothing before.
        A summary told before is added to: in its place while nobody got it, else by a new one
        that puts the former into the archive of those who did not read it.
        """
        group = tuple(notices)
        if not group:
            return
        name = source or default_source(kind, group[0].at)
        sent = self._sent(source) if source else {}
        found = bundle(group, sent, source=name, handful=self.handful, kind=kind)
        self.post_all(found.notices)
        for former, notice in found.merged.items():
            self._supersede(former, notice)

    def _sent(self, source: str) -> dict[str, Sent]:
        of_source = _MESSAGES.c.key.startswith(prefix_of(source), autoescape=True)
        rows = self._connection.execute(
            select(_MESSAGES.c.key, _MESSAGES.c.params).where(of_source).order_by(_MESSAGES.c.id)
        )
        return sent_from((row.key, row.params) for row in rows)

    def _supersede(self, former: str, notice: Notice) -> None:
        is_former = _MESSAGES.c.key == former
        in_place = self._connection.execute(
            update(_MESSAGES)
            .where(is_former, _MESSAGES.c.delivery == Delivery.WAITING)
            .values(params=dict(notice.params), urgency=notice.urgency, at=notice.at)
        )
        if in_place.rowcount:
            self.left = True
            return
        self._connection.execute(
            update(_INBOX)
            .where(
                _INBOX.c.message_id.in_(select(_MESSAGES.c.id).where(is_former)),
                _INBOX.c.read_at.is_(None),
                _INBOX.c.archived_at.is_(None),
            )
            .values(archived_at=notice.at)
        )
        self.post(notice)


def _values(notice: Notice) -> dict[str, Any]:
    return {
        "key": notice.key,
        "kind": notice.kind,
        "to_account": notice.to_account,
        "to_agency": notice.to_agency,
        "to_role": notice.to_role,
        "subject": notice.subject,
        "subject_key": notice.subject_key,
        "params": dict(notice.params),
        "urgency": notice.urgency,
        "at": notice.at,
        "delivery": Delivery.WAITING,
        "recipients": 0,
    }
