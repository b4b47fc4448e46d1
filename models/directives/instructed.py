"""A clause that a leader's instruction adds to a document that was issued before."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select

from models.directives.rows import DirectiveRow
from models.documents.codec import clause_values, party_values
from models.documents.rows import ClausePartyRow, ClauseRow, DocumentRow
from workflow.deadlines.records import Deadline, DeadlineKind
from workflow.directives.changes import NewClause
from workflow.directives.records import Directive, State
from workflow.documents.issuing import directive_number
from workflow.documents.records import Clause, Party, PartyRole


def starting_with(connection: Connection, of: Directive, new: NewClause) -> dict[str, object]:
    """Keep the clause, and return what its directive starts with.

    The document is held meanwhile, so that two instructions take two places in it. Whoever
    follows the work that was spoken of follows the new one too.
    """
    document = connection.execute(
        select(DocumentRow.id, DocumentRow.year, DocumentRow.serial)
        .where(DocumentRow.id == of.document_id)
        .with_for_update()
    ).one()
    last, monitor_id = connection.execute(
        select(
            select(func.max(ClauseRow.position))
            .where(ClauseRow.document_id == document.id)
            .scalar_subquery(),
            DirectiveRow.monitor_id,
        ).where(DirectiveRow.id == of.id)
    ).one()
    clause = _clause(new, last + 1, monitor_id)
    values = {"document_id": document.id, **clause_values(clause)}
    key = connection.execute(insert(ClauseRow).returning(ClauseRow.id), values).scalar_one()
    connection.execute(
        insert(ClausePartyRow),
        [{"clause_id": key, **party_values(party)} for party in clause.parties],
    )
    return {
        "number": directive_number(document.year, document.serial, clause.position, None),
        "document_id": document.id,
        "clause_id": key,
        "lead_agency_id": new.agency_id,
        "state": State.ASSIGNED,
        "content": new.content,
        "priority": clause.priority,
        "assigner_id": new.assigner_id,
        "monitor_id": monitor_id,
        "deadline_kind": clause.deadline.kind,
        "due_on": new.due_on,
        "first_due_on": new.due_on,
        "assigned_on": new.assigned_on,
        "lead_since": new.assigned_on,
        "touched_by": [],
    }


def _clause(new: NewClause, position: int, monitor_id: int | None) -> Clause:
    kind = DeadlineKind.FIXED if new.due_on else DeadlineKind.NONE
    words = f"{new.due_on:%d/%m/%Y}" if new.due_on else ""
    lead = Party(role=PartyRole.LEAD, agency_id=new.agency_id, words=new.agency_name)
    return Clause(
        position=position,
        content=new.content,
        deadline=Deadline(text=words, kind=kind, due_on=new.due_on),
        source_text=new.reference,
        source_date=new.assigned_on,
        assigner_id=new.assigner_id,
        monitor_id=monitor_id,
        lead_words=new.agency_name,
        parties=(lead,),
    )
