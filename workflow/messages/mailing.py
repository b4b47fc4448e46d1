"""Letters: what is due by e-mail is gathered into one for each person, none of it lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from workflow.history.records import Plain
from workflow.messages.records import MailState

SEND = "mail.send"
"""The job that sends one letter."""
GATHERED_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterItem:
    """One notice as a letter tells it."""

    kind: str
    subject: str
    subject_key: str
    params: Mapping[str, Plain]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter with everything it tells; `address` is empty when its reader has none.

    `reader_id` is the account it is written to.
    """

    id: int
    reader_id: int
    message_id: str
    state: MailState
    name: str
    address: str
    locale: str
    items: tuple[LetterItem, ...]


class MailMemory(Protocol):
    """Letters and what they are made of, within one transaction."""

    def take_due(self, at: datetime, limit: int) -> Mapping[int, Sequence[int]]: ...

    def make_letter(
        self, account_id: int, items: Sequence[int], message_id: str, at: datetime
    ) -> int: ...


class JobList(Protocol):
    """Where the sending of a letter is left."""

    def add(
        self,
        name: str,
        key: str,
        payload: Mapping[str, Plain] | None = None,
        run_at: datetime | None = None,
    ) -> bool: ...


def gather(
    memory: MailMemory, jobs: JobList, *, at: datetime, new_message_id: Callable[[], str]
) -> int:
    """Make one letter for each person of all that is due to them; return how many letters.

    The letter, its Message-ID, the items it holds and the job that sends it are one
    transaction: an item is in exactly one letter, and the letter is sent under one name
    however often it is tried.
    """
    due = memory.take_due(at, GATHERED_AT_ONCE)
    for account_id, items in due.items():
        letter = memory.make_letter(account_id, items, new_message_id(), at)
        jobs.add(SEND, f"mail:{letter}", {"mail": letter}, at)
    return len(due)
