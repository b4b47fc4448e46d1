"""One's own inbox: read, put away, all at once; and what one chose about letters."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from workflow.accounts.records import Actor
from workflow.errors import Invalid, NotFound
from workflow.messages.records import Choices

HOURS = range(24)


class InboxMemory(Protocol):
    """The inboxes within one transaction; every write names whose inbox it is."""

    def mark_read(self, account_id: int, item_id: int, at: datetime | None) -> bool: ...

    def archive(self, account_id: int, item_id: int, at: datetime | None) -> bool: ...

    def mark_all_read(self, account_id: int, upto: int, at: datetime, kind: str) -> int: ...

    def choose(self, account_id: int, choices: Choices) -> None: ...


def read_item(memory: InboxMemory, actor: Actor, item_id: int, *, at: datetime) -> None:
    """Mark one of one's own notices as read; NotFound when it is nobody's or another's."""
    if not memory.mark_read(actor.account_id, item_id, at):
        raise NotFound


def unread_item(memory: InboxMemory, actor: Actor, item_id: int) -> None:
    """Mark one of one's own notices as unread again; NotFound as above."""
    if not memory.mark_read(actor.account_id, item_id, None):
        raise NotFound


def archive_item(
    memory: InboxMemory, actor: Actor, item_id: int, *, at: datetime, back: bool = False
) -> None:
    """Put one of one's own notices away, or take it back; nothing is ever deleted."""
    if not memory.archive(actor.account_id, item_id, None if back else at):
        raise NotFound


def read_all(memory: InboxMemory, actor: Actor, *, upto: int, at: datetime, kind: str = "") -> int:
    """Mark everything up to what one saw as read, or all of one kind; what came since stays."""
    return memory.mark_all_read(actor.account_id, upto, at, kind)


def choose_letters(memory: InboxMemory, actor: Actor, choices: Choices) -> None:
    """Keep what one chose about letters; Invalid for an hour that is none."""
    if choices.digest_hour is not None and choices.digest_hour not in HOURS:
        raise Invalid({"digest_hour": "not_a_choice"})
    memory.choose(actor.account_id, choices)
