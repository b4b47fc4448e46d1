"""Entering, importing and issuing a directive document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from workflow.accounts.records import Actor, Role
from workflow.agencies.records import Agency, AgencyGroup
from workflow.directives.notices import issued
from workflow.directives.records import Directive
from workflow.directives.standing import Standing
from workflow.directives.usecases import Ground, assigned_entry
from workflow.documents.elsewhere import is_ahead
from workflow.documents.entries import Names, draft_entry, issued_entry
from workflow.documents.issuing import directive_number, recipients, starting_values
from workflow.documents.keys import document_key
from workflow.documents.ports import DocumentMemory
from workflow.documents.records import (
    Clause,
    Document,
    DocumentHead,
    DocumentState,
    LeftOut,
    Urgency,
)
from workflow.documents.rules import check_draft, check_whole, refuse_ahead
from workflow.documents.secret_names import refuse_secret_name
from workflow.errors import Forbidden, Invalid, NotFound, Refused, Stale
from workflow.evidence.records import StoredFile
from workflow.periods.planning import planned_for
from workflow.periods.records import NewPlan, Rhythm


def require_office(actor: Actor, ground: Ground) -> None:
    """Entering and issuing documents is the office's (or the system account's)."""
    if actor.is_system:
        return
    if actor.role is not Role.OFFICE:
        raise Forbidden("not_yours", who=[Standing.OVERSEER])
    if not actor.holds_role_on(ground.day):
        raise Forbidden("role_not_held")


def save_draft(
    memory: DocumentMemory,
    actor: Actor,
    head: DocumentHead,
    clauses: tuple[Clause, ...],
    *,
    ground: Ground,
    document_id: int | None = None,
    version: int | None = None,
    file: StoredFile | None = None,
) -> int:
    """Keep a draft, new or changed, and return its id.

    Forbidden for others than the office, Refused("secret_document") before anything is
    kept, Invalid field by field (also where another document was issued under the number),
    Stale when somebody saved the draft meanwhile.
    """
    require_office(actor, ground)
    check_draft(head, clauses)
    if file:
        refuse_secret_name(file.name)
    if memory.reference_taken(document_id, head):
        raise Invalid({"reference": "reference_taken"})
    standing = open_draft(memory, document_id) if document_id is not None else None
    head = _signed_as_before(memory, head, standing.head if standing else None, ground)
    if document_id is None:
        if not (head.reference or head.subject or clauses or file):
            raise Invalid({"subject": "required"})
        document_id = memory.add_draft(head, actor, ground.at)
    elif standing is not None:
        if version is not None and version != standing.version:
            raise Stale("stale", version=standing.version, seen=version)
        memory.save_head(document_id, head, standing.version)
    memory.save_clauses(document_id, clauses)
    if file:
        memory.attach_file(document_id, file)
    kept = draft_with(document_id, head, clauses)
    tell_of_draft(memory, actor, "save_draft", standing, kept, ground, file=file)
    return document_id


def _signed_as_before(
    memory: DocumentMemory, head: DocumentHead, before: DocumentHead | None, ground: Ground
) -> DocumentHead:
    """Return a head whose signer signs as they last did for this body, where nobody said how.

    As of the document's day: titles change. Who empties the title of a draft whose signer stays
    wants none.
    """
    same = before is not None and (before.signer, before.issuer) == (head.signer, head.issuer)
    if head.signer_title or not head.signer or (same and before and before.signer_title):
        return head
    day = head.issued_on or ground.day
    return replace(head, signer_title=memory.title_of(head.signer, head.issuer, day))


def draft_with(document_id: int, head: DocumentHead, clauses: tuple[Clause, ...]) -> Document:
    """Return a draft as it was just kept."""
    return Document(
        id=document_id, state=DocumentState.DRAFT, version=1, head=head, clauses=clauses
    )


def tell_of_draft(
    memory: DocumentMemory,
    actor: Actor,
    action: str,
    before: Document | None,
    after: Document | None,
    ground: Ground,
    *,
    given: Mapping[str, object] | None = None,
    file: StoredFile | None = None,
) -> None:
    """Add the entry of an act on a draft to the history: as it stood, and as it stands now."""
    entry = draft_entry(
        actor,
        ground.at,
        action,
        before=before,
        after=after,
        names=Names.of(memory.agencies(), memory.groups()),
        given={**({"file": file.name} if file else {}), **(given or {})},
    )
    memory.append(replace(entry, evidence=(file.sha256,)) if file else entry)


def keep_import(
    memory: DocumentMemory,
    actor: Actor,
    head: DocumentHead,
    clauses: tuple[Clause, ...],
    *,
    ground: Ground,
    file_name: str,
    left_out: tuple[LeftOut, ...] = (),
    signed: StoredFile | None = None,
) -> int:
    """Keep an imported sheet as one draft document and return its id.

    A sheet whose number another document bears is kept too: its draft waits for a person.
    `signed` is the document itself, where it came with its sheet.
    """
    require_office(actor, ground)
    check_draft(head, clauses)
    document_id = memory.add_draft(head, actor, ground.at)
    memory.save_clauses(document_id, clauses)
    memory.note_import(document_id, file_name, left_out)
    if signed:
        refuse_secret_name(signed.name)
        memory.attach_file(document_id, signed)
    files = ", ".join([file_name] + ([signed.name] if signed else []))
    given = {"file": files, "rows": len(clauses), "left_out": len(left_out)}
    kept = draft_with(document_id, head, clauses)
    tell_of_draft(memory, actor, "import_draft", None, kept, ground, given=given, file=signed)
    return document_id


def remember_words(
    memory: DocumentMemory, actor: Actor, words: Mapping[str, int], *, ground: Ground
) -> int:
    """Remember for next time which agency a person meant by some words; return how many."""
    require_office(actor, ground)
    return sum(
        memory.add_alias(agency_id, text, "learned", ground.at) for text, agency_id in words.items()
    )


def discard_draft(
    memory: DocumentMemory, actor: Actor, document_id: int, *, ground: Ground
) -> None:
    """Remove a draft; an issued document stands."""
    require_office(actor, ground)
    document = open_draft(memory, document_id)
    memory.discard(document_id)
    tell_of_draft(memory, actor, "discard_draft", document, None, ground)


def issue_document(
    memory: DocumentMemory,
    actor: Actor,
    document_id: int,
    *,
    ground: Ground,
    version: int | None = None,
    agreed: int | None = None,
    rhythm: Rhythm | None = None,
) -> tuple[Directive, ...]:
    """Issue a draft: every clause becomes one directive for each lead, all or nothing.

    Standing work begins with its reporting periods: by the rule its document names, or for
    an ongoing clause that names none by the `rhythm` the office chose, if it did.

    Groups are resolved on the day the document was issued. Refused when rows still wait
    for a person, when its number was used already, when an agency cannot lead, and when
    it would make another number of directives than the person `agreed` to.
    """
    require_office(actor, ground)
    document = open_draft(memory, document_id)
    if version is not None and version != document.version:
        raise Stale("stale", version=document.version, seen=version)
    issued_on = _day_of_issue(memory, document, ground)
    serial = memory.mark_issued(document_id, issued_on.year, ground.at)
    groups = {group.code: group for group in memory.groups()}
    agencies = memory.agencies()
    made: list[Directive] = []
    for clause in document.clauses:
        made += _issue_clause(memory, actor, document, clause, serial, agencies, groups, ground)
    if agreed is not None and agreed != len(made):
        raise Refused("recipients_changed", agreed=agreed, now=len(made))
    memory.add_plans(_plans_of(document, made, ground, rhythm), actor, ground.at)
    memory.append(issued_entry(actor, document, serial, len(made), ground.at))
    key = document_key(issued_on.year, serial)
    urgent = document.head.urgency is not Urgency.NORMAL
    memory.post_all(issued(made, document.head.reference, key, ground.at, urgent=urgent))
    return tuple(made)


def _plans_of(
    document: Document, made: Iterable[Directive], ground: Ground, rhythm: Rhythm | None
) -> list[NewPlan]:
    """Return the reporting periods with which standing work of the document begins."""
    deadlines = {clause.id: clause.deadline for clause in document.clauses}
    return [
        plan
        for directive in made
        for plan in planned_for(
            directive,
            deadlines[directive.clause_id],
            entered_on=ground.day,
            day=ground.limits.period_due_day,
            rhythm=rhythm,
        )
    ]


def _day_of_issue(memory: DocumentMemory, document: Document, ground: Ground) -> date:
    """Check what a document must be before it is issued, and return the day it bears."""
    check_whole(document)
    head = document.head
    assert head.issued_on is not None  # noqa: S101 - checked just above
    refuse_ahead(head, ground.day)
    ahead = [clause.position for clause in document.clauses if is_ahead(clause, ground.day)]
    if ahead:
        raise Refused("clauses_wait", positions=ahead)
    if memory.reference_taken(document.id, head):
        raise Refused("reference_taken", reference=head.reference)
    return head.issued_on


def _issue_clause(
    memory: DocumentMemory,
    actor: Actor,
    document: Document,
    clause: Clause,
    serial: int,
    agencies: tuple[Agency, ...],
    groups: Mapping[str, AgencyGroup],
    ground: Ground,
) -> list[Directive]:
    issued_on = document.head.issued_on
    assert issued_on is not None  # noqa: S101 - checked before issue
    to = recipients(clause, agencies, groups, issued_on)
    made = []
    for place, lead in enumerate(to.leads, start=1):
        number = directive_number(
            issued_on.year, serial, clause.position, place if to.is_several else None
        )
        values = starting_values(
            document, clause, lead, number, ground.calendar, entered_on=ground.day
        )
        others = frozenset(agency.id for agency in to.coordinating) - {lead.id}
        directive = memory.add_directive(values, others)
        if directive.is_suspended:
            memory.add_pause(directive, clause.carried_result, actor, ground.at)
        memory.append(assigned_entry(actor, directive, ground.at, source=document.head.reference))
        made.append(directive)
    return made


def open_draft(memory: DocumentMemory, document_id: int) -> Document:
    """Return a document that can still change; NotFound, or Refused once it is issued."""
    document = memory.document(document_id)
    if document is None:
        raise NotFound
    if document.state is not DocumentState.DRAFT:
        raise Refused("already_issued", key=document.key)
    return document
