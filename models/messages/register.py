"""The outbox as one transaction sees it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from models.base import table_of
from models.messages.rows import MessageRow
from models.once import insert_once
from workflow.messages.records import Delivery, Notice

_MESSAGES = table_of(MessageRow)


class MessageRegister:
    """Notices written with their cause; `left` says whether there is now something to deliver."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.left = False

    def post(self, notice: Notice) -> bool:
        """Write a notice; False when one with its key was written before."""
        return self.post_all((notice,)) == 1

    def post_all(self, notices: Iterable[Notice]) -> int:
        """Write many at once; return how many were new."""
        new = insert_once(self._connection, _MESSAGES, [_values(n) for n in notices], key="key")
        self.left = self.left or new > 0
        return new


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
