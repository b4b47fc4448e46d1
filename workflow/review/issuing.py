"""A directive issued from a decision, in one step and linked both ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from workflow.accounts.records import Actor
from workflow.deadlines.phrases import read_deadline
from workflow.deadlines.records import DeadlineKind
from workflow.directives.needs import Given
from workflow.directives.records import Directive
from workflow.documents.ports import DocumentMemory
from workflow.documents.records import Clause, DocumentHead, Party, PartyRole
from workflow.documents.usecases import issue_document, save_draft
from workflow.errors import Invalid
from workflow.history.records import Plain, Subject
from workflow.history.rules import entry_by
from workflow.review.guards import Case
from workflow.review.ports import ReviewMemory
from workflow.review.records import ReviewAction
from workflow.review.rules import take
from workflow.review.table import BY_ACTION
from workflow.review.usecases import DeskGround, cases_of, entry_of, read_given

FIELDS = {
    "reference": "paper",
    "issued_on": "paper_on",
    "clauses-0-content": "content",
    "clauses-0-expected_output": "expected_output",
    "clauses-0-deadline_text": "deadline_text",
}
"""What a document calls a field, and what the act calls it."""


def issue_directive(
    memory: ReviewMemory,
    documents: DocumentMemory,
    actor: Actor,
    number: str,
    given: Mapping[str, object],
    *,
    ground: DeskGround,
    version: int | None = None,
    before_is_strict: bool = True,
) -> tuple[Directive, ...]:
    """Make a document with one clause from a decided case, issue it, and link both.

    It is entered and issued as any document (`workflow.documents`), by the office, in the
    transaction of the act: what is refused there is refused here, and nothing is kept.
    A directive once issued stands whatever becomes of the case.
    """
    row = BY_ACTION[ReviewAction.ISSUE_DIRECTIVE]
    case = cases_of(memory, actor, {number: version}, ground)[number]
    ready = read_given(memory, row, given, case)
    step = take(row.action, case, ready)
    made = _issued(documents, case, ready, ground, before_is_strict=before_is_strict)
    memory.save_step(case.escalation, step)
    memory.link(case.escalation, [d.id for d in made], actor, ground.at)
    entry = entry_of(row, case, step, ready)
    numbers: list[Plain] = [directive.number for directive in made]
    memory.append(replace(entry, given={**entry.given, "directives": numbers}))
    for directive in made:
        memory.append(
            entry_by(
                actor,
                ground.at,
                Subject.DIRECTIVE,
                directive.number,
                "issued_from",
                given={"escalation": number},
            )
        )
    return made


def _issued(
    documents: DocumentMemory,
    case: Case,
    given: Given,
    ground: DeskGround,
    *,
    before_is_strict: bool,
) -> tuple[Directive, ...]:
    clause = _clause(given, before_is_strict=before_is_strict)
    files = given.files()
    try:
        key = save_draft(
            documents,
            case.actor,
            _head(case, given),
            (clause,),
            ground=ground,
            file=files[0] if files else None,
        )
        return issue_document(documents, case.actor, key, ground=ground)
    except Invalid as error:
        raise Invalid({FIELDS.get(k, k): code for k, code in error.errors.items()}) from error


def _head(case: Case, given: Given) -> DocumentHead:
    return DocumentHead(
        reference=given.text("paper"),
        issued_on=given.day("paper_on"),
        issuer=given.text("issuer"),
        signer=given.text("signer"),
        subject=given.text("subject"),
        overseer_id=case.actor.agency_id,
    )


def _clause(given: Given, *, before_is_strict: bool) -> Clause:
    """The clause to the agency, its deadline read as in any document.

    Unread it is refused, and so is one over before the day the document bears.
    """
    agency, paper_on = given.agency("agency"), given.day("paper_on")
    assert agency is not None  # noqa: S101 - the need is required
    assert paper_on is not None  # noqa: S101 - the need is required
    deadline = read_deadline(
        given.text("deadline_text"), year=paper_on.year, before_is_strict=before_is_strict
    )
    if deadline.kind is DeadlineKind.UNKNOWN:
        raise Invalid({"deadline_text": "deadline_unread"})
    if deadline.due_on and deadline.due_on < paper_on:
        raise Invalid({"deadline_text": "due_before_paper"})
    return Clause(
        position=1,
        content=given.text("content"),
        expected_output=given.text("expected_output"),
        deadline=deadline,
        parties=(Party(role=PartyRole.LEAD, agency_id=agency.id, words=agency.name),),
    )
