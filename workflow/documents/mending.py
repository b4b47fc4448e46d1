"""Mending a draft row by row: what waits for a person is settled where it stands.

Each act reads the draft as it stands now and changes one thing, so that two people can
work on one sheet; only a whole row typed anew is checked against what its writer saw.
"""

from __future__ import annotations

from collections.abc import Mapping

from workflow.accounts.records import Actor
from workflow.deadlines.records import Deadline, DeadlineKind
from workflow.directives.usecases import Ground
from workflow.documents.clauses import (
    Choice,
    Clauses,
    fingerprint,
    kept,
    not_leading,
    row_of,
    with_row,
    with_words_chosen,
    with_words_noted,
    with_words_settled,
    without,
)
from workflow.documents.ports import DocumentMemory
from workflow.documents.records import Clause, Document, Problem
from workflow.documents.rules import check_draft
from workflow.documents.usecases import (
    draft_with,
    open_draft,
    remember_words,
    require_office,
    tell_of_draft,
)
from workflow.errors import Invalid, Refused, Stale
from workflow.text import squeeze

LONGEST_REMEMBERED = 200


def choose_words(
    memory: DocumentMemory,
    actor: Actor,
    document_id: int,
    *,
    clause_id: int,
    words: str,
    choice: Choice,
    ground: Ground,
    remember: bool = False,
) -> int:
    """Say what some words stand for, in every row where they wait; return in how many.

    With `remember` the words of one agency become its alias, so that the next sheet
    understands them; never words that name another agency, also one that ended (it may have
    several successors), or a group. Invalid when nothing was chosen, Refused when they wait
    no more.
    """
    document = _begin(memory, actor, document_id, ground)
    if not choice.agency_ids and not choice.group_codes:
        raise Invalid({"choice": "required"})
    changed = with_words_chosen(document.clauses, clause_id, words, choice)
    rows = sum(a != b for a, b in zip(document.clauses, changed, strict=True))
    if not rows:
        raise Refused("words_wait_no_more", words=words)
    agency = choice.only_agency
    learn = bool(remember and agency) and _may_be_learned(memory, document, words, agency or 0)
    if learn and agency:
        remember_words(memory, actor, {words: agency}, ground=ground)
    _keep(memory, actor, document, changed, ground, given={"words": words, "remembered": learn})
    return rows


def _may_be_learned(memory: DocumentMemory, document: Document, words: str, agency_id: int) -> bool:
    if not words or len(words) > LONGEST_REMEMBERED:
        return False
    key = squeeze(words)
    waits = (p for clause in document.clauses for p in clause.problems)
    if any(p.ended_on and squeeze(p.text) == key for p in waits):
        return False
    return not memory.names_borne().get(key, frozenset()) - {agency_id}


def note_words(
    memory: DocumentMemory, actor: Actor, document_id: int, words: str, *, ground: Ground
) -> int:
    """Keep coordinating words that name nobody in the note of their rows; return how many."""
    document = _begin(memory, actor, document_id, ground)
    changed = with_words_noted(document.clauses, words)
    rows = sum(a != b for a, b in zip(document.clauses, changed, strict=True))
    if not rows:
        raise Refused("words_wait_no_more", words=words)
    _keep(memory, actor, document, changed, ground, given={"words": words})
    return rows


def add_row(memory: DocumentMemory, actor: Actor, document_id: int, *, ground: Ground) -> int:
    """Add an empty row at the end of a draft and return its id; it waits to be filled in."""
    document = _begin(memory, actor, document_id, ground)
    blank = Clause(
        position=len(document.clauses) + 1,
        content="",
        deadline=Deadline(text="", kind=DeadlineKind.NONE),
    )
    _keep(memory, actor, document, (*document.clauses, blank), ground)
    kept_now = open_draft(memory, document_id)
    return kept_now.clauses[-1].id or 0


def keep_as_is(
    memory: DocumentMemory,
    actor: Actor,
    document_id: int,
    clause_id: int,
    problem: Problem,
    *,
    ground: Ground,
) -> None:
    """Keep a row as it stands: a person looked at what waited and found it right."""
    document = _begin(memory, actor, document_id, ground)
    changed = kept(row_of(document.clauses, clause_id), problem)
    kept_as = {"row": changed.position, "problem": problem.reason, "words": problem.text}
    _keep(memory, actor, document, with_row(document.clauses, changed), ground, given=kept_as)


def take_from_leads(
    memory: DocumentMemory,
    actor: Actor,
    document_id: int,
    clause_id: int,
    agency_id: int,
    *,
    seen: str,
    ground: Ground,
) -> None:
    """Let an agency not lead a row: it coordinates, or is an exception of the group that leads.

    Stale when the row is no longer the one that was `seen`; Refused when nobody would lead it.
    """
    document = _begin(memory, actor, document_id, ground)
    _refuse_stale(document, clause_id, seen)
    standing = row_of(document.clauses, clause_id)
    changed = not_leading(standing, agency_id)
    if changed == standing:
        raise Refused("last_lead", position=standing.position)
    given = {"row": changed.position, "agency": agency_id}
    _keep(memory, actor, document, with_row(document.clauses, changed), ground, given=given)


def change_row(
    memory: DocumentMemory,
    actor: Actor,
    document_id: int,
    changed: Clause,
    *,
    seen: str,
    ground: Ground,
) -> None:
    """Keep a row as typed anew; Stale when it is no longer the one that was `seen`."""
    document = _begin(memory, actor, document_id, ground)
    _refuse_stale(document, changed.id or 0, seen)
    standing = row_of(document.clauses, changed.id or 0)
    changed = with_words_settled(standing, changed)
    _keep(memory, actor, document, with_row(document.clauses, changed), ground)


def drop_row(
    memory: DocumentMemory,
    actor: Actor,
    document_id: int,
    clause_id: int,
    *,
    seen: str,
    ground: Ground,
) -> None:
    """Take a row out of the draft; it stays listed among the rows left out."""
    document = _begin(memory, actor, document_id, ground)
    _refuse_stale(document, clause_id, seen)
    clauses, left_out = without(document.clauses, clause_id)
    _keep(memory, actor, document, clauses, ground)
    memory.note_import(document_id, document.imported_from, (*document.left_out, left_out))


def _begin(memory: DocumentMemory, actor: Actor, document_id: int, ground: Ground) -> Document:
    require_office(actor, ground)
    return open_draft(memory, document_id)


def _refuse_stale(document: Document, clause_id: int, seen: str) -> None:
    standing = row_of(document.clauses, clause_id)
    if fingerprint(standing) != seen:
        raise Stale("stale", seen=seen, position=standing.position)


def _keep(
    memory: DocumentMemory,
    actor: Actor,
    document: Document,
    clauses: Clauses,
    ground: Ground,
    *,
    given: Mapping[str, object] | None = None,
) -> None:
    check_draft(document.head, clauses)
    memory.save_head(document.id, document.head, document.version)
    memory.save_clauses(document.id, clauses)
    mended = draft_with(document.id, document.head, clauses)
    tell_of_draft(memory, actor, "mend_draft", document, mended, ground, given=given)
