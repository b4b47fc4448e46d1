"""Remembering when a person last looked, so that the next look shows what changed since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from workflow.accounts.records import Actor


class LookMemory(Protocol):
    """What remembering a look asks of memory."""

    def change_account(self, account_id: int, values: Mapping[str, object]) -> None: ...


def mark_looked(memory: LookMemory, actor: Actor, at: datetime) -> None:
    """Keep `at` as the instant up to which `actor` has seen what others did.

    It is nobody else's business and enters no history.
    """
    memory.change_account(actor.account_id, {"looked_at": at})
