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
from workflow.violations.signs import Signs


class Standing(NamedTuple):
    """A dossier of a chunk that stands: its place in the chunk, its id, the same or not.

    `settled` says that it was last changed by an import that judged as of the same day and
    could tell the same, and that no calendar moves its day: looked at again it shows what it
    showed. `unmatched` are the words of agencies that nobody knew when it was read.
    """

    place: int
    id: int
    same: bool
    settled: bool = False
    unmatched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkDone:
    """What a chunk left in memory, for whoever goes on with it in the same transaction.

    `added` are the dossiers that came with it, one id after the other, and `told` the columns
    of what they say, with the signs in it where all of the chunk was read ahead and is new;
    `known` stood already and are to be looked at again, `settled` show what they showed. `off`
    are the detections that the file can't tell.
    """

    import_key: str
    added: range
    told: Columns
    shown: Sequence[Signs] | None
    known: Sequence[int]
    settled: Sequence[int]
    off: frozenset[str]
    as_of: date
    at: datetime

    @property
    def ids(self) -> Sequence[int]:
        """All dossiers of the chunk."""
        return [*self.known, *self.settled, *self.added]


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
        self, facts: ImportFacts, codes: Sequence[str], digests: Sequence[str]
    ) -> Sequence[Standing]:
        """Return those dossiers of a chunk that stand already, by their places.

        The codes come in their order, each once.
        """

    def steps_of(self, ids: Sequence[int]) -> Sequence[Sequence[StepValues]]:
        """Return the steps of each dossier, in their order."""

    def add(self, values: Columns, steps: Sequence[Sequence[StepValues]]) -> range:
        """Add dossiers in their order and return their ids, one after the other."""

    def change(
        self, ids: Sequence[int], values: Columns, steps: Sequence[Sequence[StepValues]],
        *, import_id: int, at: datetime,
    ) -> Sequence[int]:  # fmt: skip
        """Write what differs over dossiers that stand, keep each change; return whose differed."""

    def reject(self, import_id: int, rejected: Sequence[Rejected]) -> None:
        """Keep the rows that are not taken in, with their reasons."""

    def append(self, entry: Entry) -> object:
        """Add an entry to the history."""
