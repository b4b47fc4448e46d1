"""What the use cases of violations ask of memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from workflow.agencies.records import Agency
from workflow.escalation.evaluating import Gathering
from workflow.escalation.ports import HoldingMemory
from workflow.escalation.records import Touched
from workflow.evidence.records import StoredFile
from workflow.history.records import Entry
from workflow.review.conflict import Organisation
from workflow.violations.records import (
    KnownDossier,
    Reported,
    Severity,
    Violation,
)
from workflow.violations.scopes import Detected, Scope

Change = tuple[Detected, tuple[Touched, ...]]
"""What a detection changed, and the groups whose escalations must be derived again."""


class ViolationMemory(Protocol):
    """One transaction's view of violations; leaving it commits, an error rolls all back."""

    @property
    def escalation(self) -> HoldingMemory:
        """What the escalation engine asks of the same transaction."""

    def detect(self, scope: Scope, day: date, at: datetime) -> tuple[Detected, Gathering]:
        """Bring the violations of a scope's dossiers to what holds on `day`, set by set.

        What it touched is gathered for the rules that there are, once evaluation has begun.
        """

    def detect_late_directives(self, day: date, at: datetime) -> Change:
        """Record each due day of a directive that passed before `day` without a report."""

    def violations(self, ids: Iterable[int]) -> Sequence[Violation]:
        """Return violations with the facts their guards need, held for writing, by id."""

    def save(self, before: Violation, after: Violation, by: int, at: datetime) -> None:
        """Keep what changed over `before`; Stale if another version stands now."""

    def add(
        self,
        reported: Reported,
        *,
        agency: Agency,
        severity: Severity,
        occurred_on: date,
        dossier_id: int | None,
        by: int,
        at: datetime,
    ) -> Violation:
        """Add a violation that a person entered and return it as loaded."""

    def same_standing(
        self, dossier_id: int, violation_type: str, occurred_on: date
    ) -> Violation | None:
        """Return a violation that already stands for this act of this dossier, if any."""

    def dossier(self, code: str) -> KnownDossier | None:
        """Return the dossier that bears this code; None when none or several do."""

    def field_as_known(self, words: str) -> str:
        """Return a field as the dossiers spell it; the words where none or several do."""

    def add_files(
        self,
        violation_ids: Sequence[int],
        action: str,
        files: Sequence[StoredFile],
        by: int,
        at: datetime,
    ) -> None:
        """Keep the files that came with an act, for each violation it touched."""

    def agency(self, agency_id: int) -> Agency | None:
        """Return an agency, on whatever day it stood."""

    def organisation(self, day: date) -> Organisation:
        """Return the tree of agencies on a day, and what each came from."""

    def append(self, entry: Entry) -> object:
        """Add an entry to the history, sealed to the one before."""
