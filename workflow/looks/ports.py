"""What looking at personal data asks of memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from workflow.accounts.records import Actor
from workflow.looks.records import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A dossier with its applicant, and what the looker is to it.

    `is_handled`: the looker's agency, or one below it, resolves or received it.
    `is_case`: a violation was recorded on it, so an inspector has it as a case.
    """

    dossier_id: int
    source: str
    code: str
    applicant: str
    is_handled: bool
    is_case: bool


class LookMemory(Protocol):
    """Applicants within one transaction, and the looks at them."""

    def named(self, actor: Actor, dossier_id: int, day: date) -> Named | None:
        """Return a dossier within the actor's scope on `day`, or None."""

    def handled_by_name(self, actor: Actor, words: str, most: int) -> Sequence[Named]:
        """Return the latest dossiers the actor's agency handles whose applicant bears the words.

        At most `most` of them, the latest received first.
        """

    def keep(self, looks: Sequence[Look]) -> None:
        """Keep looks; they are never changed."""
