"""Handing out the rows that could not be read, whole: applicants' names stand in them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from workflow.accounts.records import Actor
from workflow.accounts.rules import require_admin
from workflow.days import local_day
from workflow.history.records import Entry, Subject
from workflow.history.rules import entry_by


class History(Protocol):
    """Where an act leaves its trace."""

    def append(self, entry: Entry) -> object: ...


def hand_out_rejected(memory: History, actor: Actor, of: str, *, at: datetime) -> None:
    """Keep that `actor` is given the rejected rows of an import or of a trial, whole.

    An administrator's act, who otherwise reads initials only: looking at personal data is
    recorded (product.md §10). `of` is the import's id, or "trial" and that of the file.
    """
    require_admin(actor, local_day(at))
    memory.append(entry_by(actor, at, Subject.DOSSIER_IMPORT, of, "hand_out_rejected"))
