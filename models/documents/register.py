"""What the documents' use cases ask of memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from models.directives.register import DirectiveRegister
from models.documents.codec import clause_from, clause_values, party_from, party_values
from models.documents.numbers import is_taken
from models.documents.rows import ClausePartyRow, ClauseRow, DocumentRow
from models.documents.serials import next_serial
from models.documents.signing import last_title
from models.periods.keeping import add_plans
from workflow.accounts.records import Actor
from workflow.agencies.records import Agency, AgencyGroup
from workflow.directives.records import Directive
from workflow.documents.records import (
    Clause,
    Document,
    DocumentHead,
    DocumentState,
    LeftOut,
    Party,
    Source,
    Urgency,
)
from workflow.errors import Stale
from workflow.evidence.records import StoredFile
from workflow.history.records import Entry
from workflow.messages.records import Notice
from workflow.periods.records import NewPlan
from workflow.text import fold, squeeze


def document_from(row: Row[Any], clauses: tuple[Clause, ...]) -> Document:
    """Return the document a row holds."""
    head = DocumentHead(
        reference=row.reference,
        issued_on=row.issued_on,
        issuer=row.issuer,
        signer=row.signer,
        signer_title=row.signer_title,
        subject=row.subject,
        source=Source(row.source),
        urgency=Urgency(row.urgency),
        assigner_id=row.assigner_id,
        overseer_id=row.overseer_id,
    )
    return Document(
        id=row.id,
        state=DocumentState(row.state),
        version=row.version,
        head=head,
        year=row.year,
        serial=row.serial,
        clauses=clauses,
        file=_file_of(row),
        imported_from=row.imported_from,
        left_out=tuple(LeftOut(**one) for one in row.skipped_rows),
        entered_by=row.entered_by,
        entered_at=row.entered_at,
    )


def _file_of(row: Row[Any]) -> StoredFile | None:
    if not row.file_sha256:
        return None
    return StoredFile(
        name=row.file_name,
        media_type=row.file_type,
        size=row.file_size,
        sha256=row.file_sha256,
    )


def _head_values(head: DocumentHead) -> dict[str, object]:
    return {
        "reference": head.reference,
        "reference_key": squeeze(head.reference),
        "issued_on": head.issued_on,
        "issued_year": head.issued_on.year if head.issued_on else None,
        "issuer": head.issuer,
        "issuer_key": squeeze(head.issuer),
        "signer": head.signer,
        "signer_title": head.signer_title,
        "subject": head.subject,
        "search": fold(f"{head.reference} {head.subject} {head.issuer} {head.signer}"),
        "source": head.source,
        "urgency": head.urgency,
        "assigner_id": head.assigner_id,
        "overseer_id": head.overseer_id,
    }


class DocumentRegister:
    """Documents within one transaction."""

    def __init__(
        self,
        connection: Connection,
        directives: DirectiveRegister,
        *,
        writing: bool,
        now: datetime,
    ) -> None:
        self._connection = connection
        self._directives = directives
        self._writing = writing
        self._now = now

    def document(self, document_id: int) -> Document | None:
        """Return a document with its clauses, held for writing in a writing unit."""
        statement = select(DocumentRow.__table__).where(DocumentRow.id == document_id)
        if self._writing:
            statement = statement.with_for_update()
        row = self._connection.execute(statement).one_or_none()
        return document_from(row, self.clauses(document_id)) if row else None

    def clauses(self, document_id: int) -> tuple[Clause, ...]:
        """Return the clauses of a document with their parties, in order."""
        parties: dict[int, list[Party]] = {}
        found = self._connection.execute(
            select(ClausePartyRow.__table__)
            .join(ClauseRow, ClauseRow.id == ClausePartyRow.clause_id)
            .where(ClauseRow.document_id == document_id)
            .order_by(ClausePartyRow.id)
        )
        for row in found:
            parties.setdefault(row.clause_id, []).append(party_from(row))
        rows = self._connection.execute(
            select(ClauseRow.__table__)
            .where(ClauseRow.document_id == document_id)
            .order_by(ClauseRow.position)
        )
        return tuple(clause_from(row, tuple(parties.get(row.id, ()))) for row in rows)

    def title_of(self, signer: str, issuer: str, day: date) -> str:
        """Return the title somebody last signed with for a body, by a day; empty where never."""
        return last_title(self._connection, signer, issuer, day)

    def add_draft(self, head: DocumentHead, actor: Actor, at: datetime) -> int:
        """Add an empty draft and return its id."""
        values = _head_values(head) | {
            "state": DocumentState.DRAFT,
            "version": 1,
            "skipped_rows": [],
            "entered_by": actor.account_id,
            "entered_at": at,
        }
        added = self._connection.execute(insert(DocumentRow).returning(DocumentRow.id), values)
        return int(added.scalar_one())

    def save_head(self, document_id: int, head: DocumentHead, version: int) -> None:
        """Keep the head of a draft and raise its version."""
        saved = self._connection.execute(
            update(DocumentRow)
            .where(DocumentRow.id == document_id, DocumentRow.version == version)
            .values(**_head_values(head), version=version + 1)
        )
        if saved.rowcount != 1:
            raise Stale("stale", version=None, seen=version)

    def save_clauses(self, document_id: int, clauses: Sequence[Clause]) -> None:
        """Make these the clauses of a draft; one that keeps its id stays the same row.

        Only what differs is written, in the order of the clauses, so that mending one row
        of a long sheet costs one row.
        """
        standing = {clause.id: clause for clause in self.clauses(document_id)}
        kept = {clause.id for clause in clauses if clause.id in standing}
        self._remove_clauses([key for key in standing if key not in kept and key])
        for clause in clauses:
            if clause.id not in standing:
                self._add_clause(document_id, clause)
            elif clause != standing[clause.id]:
                self._change_clause(clause, standing[clause.id])

    def _add_clause(self, document_id: int, clause: Clause) -> None:
        key = self._connection.execute(
            insert(ClauseRow).returning(ClauseRow.id),
            {"document_id": document_id, **clause_values(clause)},
        ).scalar_one()
        self._add_parties(key, clause.parties)

    def _change_clause(self, clause: Clause, before: Clause) -> None:
        assert clause.id is not None  # noqa: S101 - it was found by its id
        self._connection.execute(
            update(ClauseRow).where(ClauseRow.id == clause.id).values(**clause_values(clause))
        )
        if clause.parties != before.parties:
            self._connection.execute(
                delete(ClausePartyRow).where(ClausePartyRow.clause_id == clause.id)
            )
            self._add_parties(clause.id, clause.parties)

    def _add_parties(self, clause_id: int, parties: Sequence[Party]) -> None:
        if parties:
            self._connection.execute(
                insert(ClausePartyRow),
                [{"clause_id": clause_id, **party_values(party)} for party in parties],
            )

    def _remove_clauses(self, clause_ids: Sequence[int]) -> None:
        if clause_ids:
            self._connection.execute(
                delete(ClausePartyRow).where(ClausePartyRow.clause_id.in_(clause_ids))
            )
            self._connection.execute(delete(ClauseRow).where(ClauseRow.id.in_(clause_ids)))

    def attach_file(self, document_id: int, file: StoredFile) -> None:
        """Keep the signed file of a document."""
        self._connection.execute(
            update(DocumentRow)
            .where(DocumentRow.id == document_id)
            .values(
                file_name=file.name,
                file_sha256=file.sha256,
                file_type=file.media_type,
                file_size=file.size,
            )
        )

    def note_import(self, document_id: int, file_name: str, left_out: tuple[LeftOut, ...]) -> None:
        """Keep where a draft was imported from, and the rows that are no clauses."""
        rows = [{"row": one.row, "reason": one.reason, "text": one.text} for one in left_out]
        self._connection.execute(
            update(DocumentRow)
            .where(DocumentRow.id == document_id)
            .values(imported_from=file_name, skipped_rows=rows)
        )

    def discard(self, document_id: int) -> None:
        """Remove a draft with its clauses."""
        of_document = select(ClauseRow.id).where(ClauseRow.document_id == document_id)
        self._remove_clauses(self._connection.execute(of_document).scalars().all())
        self._connection.execute(delete(DocumentRow).where(DocumentRow.id == document_id))

    def reference_taken(self, document_id: int | None, head: DocumentHead) -> bool:
        """Whether another issued document of this issuer bears the number in that year."""
        return is_taken(self._connection, head, document_id)

    def mark_issued(self, document_id: int, year: int, at: datetime) -> int:
        """Issue a document and return its serial within `year`."""
        serial = next_serial(self._connection, year)
        self._connection.execute(
            update(DocumentRow)
            .where(DocumentRow.id == document_id)
            .values(
                state=DocumentState.ISSUED,
                year=year,
                serial=serial,
                issued_at=at,
                version=DocumentRow.version + 1,
            )
        )
        return serial

    def add_directive(
        self, values: Mapping[str, object], coordinating: frozenset[int]
    ) -> Directive:
        """Add a directive with who coordinates it and return it as loaded."""
        return self._directives.add_directive(values, coordinating)

    def add_pause(self, directive: Directive, reason: str, actor: Actor, at: datetime) -> None:
        """Keep the pause with which work recorded elsewhere comes into the book."""
        self._directives.matters.add_pause(directive, reason, actor, at)

    def add_plans(self, plans: Iterable[NewPlan], actor: Actor, at: datetime) -> None:
        """Keep the reporting periods of standing work."""
        add_plans(self._connection, plans, actor.account_id, at)

    def agencies(self) -> tuple[Agency, ...]:
        """Return every agency there ever was."""
        return self._directives.agencies.agencies()

    def groups(self) -> tuple[AgencyGroup, ...]:
        """Return the groups that documents can name."""
        return self._directives.agencies.groups()

    def names_borne(self) -> Mapping[str, frozenset[int]]:
        """Return by squeezed name who bears it or bore it, by id; 0 stands for a group."""
        return self._directives.agencies.names_borne()

    def add_alias(self, agency_id: int, alias: str, source: str, at: datetime | None) -> bool:
        """Remember another word for an agency."""
        return self._directives.agencies.add_alias(agency_id, alias, source, at)

    def post_all(self, notices: Iterable[Notice]) -> None:
        """Write what is told of an issue into the outbox."""
        self._directives.post_all(notices)

    def append(self, entry: Entry) -> None:
        """Add an entry to the history."""
        self._directives.append(entry)
