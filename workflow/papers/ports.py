"""What papers with many lines ask of memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from workflow.accounts.records import Actor
from workflow.directives.ports import DirectiveMemory
from workflow.evidence.records import StoredFile
from workflow.history.records import Entry
from workflow.papers.records import (
    ImportedPaper,
    KnownPaper,
    LetterDraft,
    LetterHead,
    ListedPaper,
    PaperImport,
)
from workflow.periods.ports import PeriodMemory


class LineMemory(Protocol):
    """One transaction's view of several directives."""

    @property
    def directives(self) -> DirectiveMemory:
        """The directives themselves, as the use case of a single act asks for them."""

    @property
    def periods(self) -> PeriodMemory:
        """The reporting periods of standing work, in the same transaction."""

    def hold(self, numbers: Iterable[str]) -> None:
        """Hold these directives against other writers, all at once and always in one order."""

    def apart(self) -> AbstractContextManager[None]:
        """What happens inside is kept whole or, when it raises, not at all; the rest stands."""

    def append(self, entry: Entry) -> None:
        """Add an entry to the history, sealed to the one before."""


class PaperListMemory(Protocol):
    """One transaction's view of the office's list of papers."""

    def papers_like(self, papers: Sequence[ListedPaper]) -> Sequence[KnownPaper]:
        """Return the papers of direction, number and day of any of these, held for writing."""

    def add_papers(self, papers: Sequence[ListedPaper], actor: Actor, at: datetime) -> None:
        """Add papers that are not there yet."""

    def add_import(
        self,
        added: Sequence[ListedPaper],
        changed: Sequence[ImportedPaper],
        *,
        source: str,
        actor: Actor,
        at: datetime,
    ) -> int:
        """Keep what a list brought, new and changed, as one import; return its id."""

    def paper_import(self, import_id: int) -> PaperImport | None:
        """Return one import, held for writing."""

    def papers_of_import(self, import_id: int) -> Sequence[ImportedPaper]:
        """Return the papers that still stand as an import left them."""

    def undo_import(
        self, import_id: int, gone: Sequence[int], back: Sequence[KnownPaper], at: datetime
    ) -> None:
        """Take the papers `gone` off the list, put others `back`, and mark the import undone."""

    def referred_to(self, papers: Sequence[KnownPaper]) -> Collection[int]:
        """Return the ids of papers whose number and date a recorded report or letter bears."""

    def paper(self, paper_id: int) -> KnownPaper | None:
        """Return one paper."""

    def set_file(self, paper_id: int, file: StoredFile) -> None:
        """Keep the file of a paper."""

    def append(self, entry: Entry) -> None:
        """Add an entry to the history, sealed to the one before."""

    def papers_bearing(self, number: str) -> Sequence[KnownPaper]:
        """Return the papers with this number, whatever its spelling, held for writing."""

    def set_paper(self, paper: KnownPaper) -> None:
        """Keep every word of a paper that is there."""

    def remove_paper(self, paper_id: int) -> None:
        """Take a paper off the list."""


class LetterMemory(LineMemory, PaperListMemory, Protocol):
    """One transaction's view of letters that urge, beside the directives they name."""

    def add_letter(
        self, draft: LetterDraft, directives: Sequence[int], actor: Actor, at: datetime
    ) -> int:
        """Keep a letter with the directives it names and return its id."""

    def letter(self, letter_id: int) -> LetterHead | None:
        """Return the head of a letter, held for writing."""

    def set_head(self, letter: LetterHead) -> None:
        """Keep the number and date of a letter."""

    def letters_of_year(self, actor: Actor, year: int, number: str) -> Sequence[LetterHead]:
        """Return the letters of a year by people of the actor's agency that may bear a number."""
