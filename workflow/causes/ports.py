"""What giving causes asks of memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from workflow.accounts.records import Actor
from workflow.agencies.records import Agency
from workflow.causes.records import CauseCode, CauseSource
from workflow.history.records import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenCause:
    """One cause as it stands on a dossier; `days_lost` in working days."""

    code: CauseCode
    is_primary: bool
    source: CauseSource = CauseSource.ENTERED
    agency_id: int | None = None
    step: str = ""
    days_lost: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caused:
    """A dossier with its causes, and what the actor is to it.

    `is_handled`: the actor's agency, or one below it, resolves or received it.
    `is_studied`: the actor's agency studies its field for the province.
    """

    dossier_id: int
    source: str
    code: str
    is_handled: bool
    is_studied: bool
    causes: tuple[GivenCause, ...]


class CauseMemory(Protocol):
    """Dossiers and their causes within one transaction."""

    def caused(
        self, actor: Actor, ids: Sequence[int], day: date, fields: frozenset[str]
    ) -> Sequence[Caused]:
        """Return those of `ids` within the actor's scope, held for writing, by id."""

    def agency(self, agency_id: int) -> Agency | None:
        """Return an agency, on whatever day it stood."""

    def set_causes(
        self, dossier_id: int, causes: Sequence[GivenCause], entered_by: int, at: datetime
    ) -> None:
        """Put these causes where others stood."""

    def append(self, entry: Entry) -> object:
        """Add an entry to the history."""
