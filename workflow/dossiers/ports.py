"""What taking in dossiers asks of memory, and what happens to each chunk afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from workflow.dossiers.misread import Rejected
from workflow.dossiers.records import DossierImport, ImportFacts
from workflow.dossiers.steps import StepValues
from workflow.dossiers.taken import Columns
from workflow.history.records import Entry


class Standing(NamedTuple):
    """A dossier of a chunk that stands: its place in the chunk, its id, the same or not.

    `unmatched` are the words of agencies that nobody knew when it was read.
    """

    place: int
    id: int
    same: bool
    unmatched: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkDone:
    """What a chunk left in memory, for whoever goes on with it in the same transaction.

    `ids` are all dossiers of the chunk, `touched` those that are new or changed. `off` are
    the detections that the file can't tell.
    """

    import_key: str
    ids: Sequence[int]
    touched: Sequence[int]
    off: frozenset[str]
    as_of: date
    at: datetime


AfterChunk = Callable[[ChunkDone], Mapping[str, int]]
"""Goes on with a chunk; returns the violations standing among its dossiers, by type."""


class DossierMemory(Protocol):
    """One transaction's view of dossiers; leaving it commits, an error rolls all back."""

    def hold(self) -> None:
        """Let no other import write before this transaction ends."""

    def unfinished(self, facts: ImportFacts) -> DossierImport | None:
        """Return the import of the same file by the same reading that has not ended."""

    def add_import(self, facts: ImportFacts, *, rows: int, account_id: int, at: datetime) -> int:
        """Add an import that runs from now on and return its id."""

    def save_import(self, running: DossierImport) -> None:
        """Keep where an import stands."""

    def look_up(
        self, source: str, codes: Sequence[str], digests: Sequence[str]
    ) -> Sequence[Standing]:
        """Return those dossiers of a chunk that stand already, by their places."""

    def steps_of(self, ids: Sequence[int]) -> Sequence[Sequence[StepValues]]:
        """Return the steps of each dossier, in their order."""

    def add(self, values: Columns, steps: Sequence[Sequence[StepValues]]) -> Sequence[int]:
        """Add dossiers in their order and return their ids."""

    def change(
        self, ids: Sequence[int], values: Columns, steps: Sequence[Sequence[StepValues]],
        *, import_id: int, at: datetime,
    ) -> Sequence[int]:  # fmt: skip
        """Write what differs over dossiers that stand, keep each change; return whose differed."""

    def reject(self, import_id: int, rejected: Sequence[Rejected]) -> None:
        """Keep the rows that are not taken in, with their reasons."""

    def append(self, entry: Entry) -> object:
        """Add an entry to the history."""
