"""What the documents' use cases ask of memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from workflow.accounts.records import Actor
from workflow.agencies.records import Agency, AgencyGroup
from workflow.directives.records import Directive
from workflow.documents.records import Clause, Document, DocumentHead, LeftOut
from workflow.evidence.records import StoredFile
from workflow.history.records import Entry
from workflow.messages.records import Notice
from workflow.periods.records import NewPlan


class DocumentMemory(Protocol):
    """One transaction's view of documents; leaving it commits, an error rolls all back."""

    def document(self, document_id: int) -> Document | None:
        """Return a document with its clauses, held for writing."""

    def title_of(self, signer: str, issuer: str, day: date) -> str:
        """Return the title somebody last signed with for a body, by a day; empty where never."""

    def add_draft(self, head: DocumentHead, actor: Actor, at: datetime) -> int:
        """Add an empty draft and return its id."""

    def save_head(self, document_id: int, head: DocumentHead, version: int) -> None:
        """Keep the head of a draft and raise its version; Stale over another version."""

    def save_clauses(self, document_id: int, clauses: tuple[Clause, ...]) -> None:
        """Make these the clauses of a draft; one that keeps its id stays the same row."""

    def attach_file(self, document_id: int, file: StoredFile) -> None:
        """Keep the signed file of a document."""

    def note_import(self, document_id: int, file_name: str, left_out: tuple[LeftOut, ...]) -> None:
        """Keep where a draft was imported from, and the rows that are no clauses."""

    def discard(self, document_id: int) -> None:
        """Remove a draft with its clauses."""

    def reference_taken(self, document_id: int | None, head: DocumentHead) -> bool:
        """Whether another issued document of this issuer bears the number in that year.

        `document_id` is the document that asks, None for one that does not stand yet.
        """

    def mark_issued(self, document_id: int, year: int, at: datetime) -> int:
        """Issue a document and return its serial within `year`."""

    def add_directive(
        self, values: Mapping[str, object], coordinating: frozenset[int]
    ) -> Directive:
        """Add a directive with who coordinates it and return it as loaded."""

    def add_pause(self, directive: Directive, reason: str, actor: Actor, at: datetime) -> None:
        """Keep the pause with which work recorded elsewhere comes into the book."""

    def add_plans(self, plans: Iterable[NewPlan], actor: Actor, at: datetime) -> None:
        """Keep the reporting periods of standing work."""

    def agencies(self) -> tuple[Agency, ...]:
        """Return every agency there ever was."""

    def groups(self) -> tuple[AgencyGroup, ...]:
        """Return the groups that documents can name."""

    def names_borne(self) -> Mapping[str, frozenset[int]]:
        """Return by squeezed name who bears it or bore it, by id; 0 stands for a group."""

    def add_alias(self, agency_id: int, alias: str, source: str, at: datetime | None) -> bool:
        """Remember another word for an agency."""

    def post_all(self, notices: Iterable[Notice]) -> object:
        """Write what is told of an issue into the outbox of the same transaction."""

    def append(self, entry: Entry) -> None:
        """Add an entry to the history, sealed to the one before."""
