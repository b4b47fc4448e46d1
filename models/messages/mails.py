"""Letters by e-mail: gathered once, sent under one Message-ID, every attempt kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, text, update

from models.accounts.rows import AccountRow
from models.base import table_of
from models.messages.rows import InboxRow, MailAttemptRow, MailRow, MessageRow, NoticeChoiceRow
from workflow.messages.mailing import Letter, LetterItem
from workflow.messages.records import MailState

_INBOX, _MAILS, _ATTEMPTS = table_of(InboxRow), table_of(MailRow), table_of(MailAttemptRow)
ONE_GATHERER = 0x646F6E646F63
"""The lock by which one worker at a time gathers letters; SQLite has one writer anyway."""
_ITEMS = (
    select(
        MessageRow.kind,
        MessageRow.subject,
        MessageRow.subject_key,
        MessageRow.params,
        MessageRow.at,
    )
    .join(InboxRow, InboxRow.message_id == MessageRow.id)
    .order_by(InboxRow.id)
)


class MailRegister:
    """Letters within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take_due(self, at: datetime, limit: int) -> Mapping[int, Sequence[int]]:
        """Return what is due by e-mail and in no letter yet, by person, for this worker alone.

        Only whole people are returned: what is due to one is never split between letters
        by the limit.
        """
        if not self._alone():
            return {}
        due = (
            select(_INBOX.c.account_id, _INBOX.c.id)
            .where(_INBOX.c.mail_id.is_(None), _INBOX.c.mail_at.is_not(None))
            .where(_INBOX.c.mail_at <= at)
        )
        people = select(due.subquery().c.account_id).distinct().limit(limit)
        found: dict[int, list[int]] = defaultdict(list)
        for row in self._connection.execute(
            due.where(_INBOX.c.account_id.in_(people)).order_by(_INBOX.c.account_id, _INBOX.c.id)
        ):
            found[row.account_id].append(row.id)
        return found

    def _alone(self) -> bool:
        if self._connection.dialect.name != "postgresql":
            return True
        lock = text("SELECT pg_try_advisory_xact_lock(:key)")
        return bool(self._connection.execute(lock, {"key": ONE_GATHERER}).scalar_one())

    def make_letter(
        self, account_id: int, items: Sequence[int], message_id: str, at: datetime
    ) -> int:
        """Write a letter and put the items into it; return its id."""
        letter = self._connection.execute(
            insert(_MAILS)
            .values(
                account_id=account_id,
                message_id=message_id,
                state=MailState.READY,
                items=len(items),
                created_at=at,
            )
            .returning(_MAILS.c.id)
        ).scalar_one()
        for start in range(0, len(items), 1000):
            chunk = items[start : start + 1000]
            self._connection.execute(
                update(_INBOX).where(_INBOX.c.id.in_(chunk)).values(mail_id=letter)
            )
        return int(letter)

    def letter(self, mail_id: int) -> Letter | None:
        """Return a letter with all it tells; its address is empty when nobody may get it."""
        row = self._connection.execute(
            select(
                _MAILS.c.id,
                _MAILS.c.account_id,
                _MAILS.c.message_id,
                _MAILS.c.state,
                AccountRow.name,
                AccountRow.email,
                AccountRow.locale,
                AccountRow.is_active,
                NoticeChoiceRow.by_email,
            )
            .join(AccountRow, AccountRow.id == _MAILS.c.account_id)
            .outerjoin(NoticeChoiceRow, NoticeChoiceRow.account_id == AccountRow.id)
            .where(_MAILS.c.id == mail_id)
        ).one_or_none()
        if row is None:
            return None
        items = self._connection.execute(_ITEMS.where(InboxRow.mail_id == mail_id))
        wanted = row.is_active and row.by_email is not False
        return Letter(
            id=row.id,
            reader_id=row.account_id,
            message_id=row.message_id,
            state=row.state,
            name=row.name,
            address=(row.email or "") if wanted else "",
            locale=row.locale,
            items=tuple(LetterItem(**item._mapping) for item in items),  # noqa: SLF001
        )

    def begin_attempt(self, mail_id: int, at: datetime) -> int:
        """Note that a letter is about to be sent; return the serial of the attempt."""
        serial = self._connection.execute(
            select(func.coalesce(func.max(_ATTEMPTS.c.serial), 0) + 1).where(
                _ATTEMPTS.c.mail_id == mail_id
            )
        ).scalar_one()
        self._connection.execute(
            insert(_ATTEMPTS).values(mail_id=mail_id, serial=serial, at=at, sent=False)
        )
        return int(serial)

    def end_attempt(
        self, mail_id: int, serial: int, at: datetime, *, sent: bool, answer: str
    ) -> None:
        """Note how an attempt ended; a letter that was accepted is sent for good."""
        self._connection.execute(
            update(_ATTEMPTS)
            .where(_ATTEMPTS.c.mail_id == mail_id, _ATTEMPTS.c.serial == serial)
            .values(ended_at=at, sent=sent, answer=answer[:500])
        )
        if sent:
            self.mark(mail_id, MailState.SENT, at)

    def mark(self, mail_id: int, state: MailState, at: datetime | None = None) -> None:
        """Put a letter into a state."""
        self._connection.execute(
            update(_MAILS).where(_MAILS.c.id == mail_id).values(state=state, sent_at=at)
        )
