"""What a draft must keep to, what in it waits for a person, and what makes a document whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from workflow.deadlines.ledger import begins_unsaid
from workflow.deadlines.records import DeadlineKind
from workflow.documents import secrecy as markings
from workflow.documents.numbers import tidy_reference
from workflow.documents.records import (
    Clause,
    Document,
    DocumentHead,
    PartyRole,
    Problem,
    Secrecy,
)
from workflow.errors import Invalid, Refused

LINE = 500
BODY = 5_000
MOST_CLAUSES = 2_000
MOST_DIGITS = 30
REFERENCE = re.compile(r"^\d{1,6}[A-Za-zĐđ]?(?:/\d{4})?/[0-9A-Za-zĐđÀ-ỹ&.\- ]{1,80}$")
"""`number[/year]/SYMBOL`, with Đ, &, lower case and hyphens (NĐ 30/2020/NĐ-CP style)."""


def refuse_secret(secrecy: Secrecy) -> None:
    """A document marked Mật or above is followed off the network; nothing of it is kept."""
    if secrecy is not Secrecy.NONE:
        raise Refused("secret_document")


def refuse_ahead(head: DocumentHead, day: date) -> None:
    """A document is issued on the day it bears, or later, never before."""
    if _is_ahead(head, day):
        raise Refused("issued_in_future", until=head.issued_on)


def _is_ahead(head: DocumentHead, day: date) -> bool:
    return head.issued_on is not None and head.issued_on > day


def may_issue(document: Document, day: date, *, rows_wait: bool, is_number_taken: bool) -> bool:
    """Whether a draft can be issued on `day`.

    No row waits for a person, nothing lacks in its head, no issued document that the reader may
    see bears its number, and its own day is not ahead.
    """
    if rows_wait or is_number_taken:
        return False
    return not lacking(document) and not _is_ahead(document.head, day)


def check_draft(head: DocumentHead, clauses: Iterable[Clause]) -> None:
    """Check what even a draft must keep to: nothing secret, nothing too long.

    Secret is what says so, in its own field or as a marking in any of its words.
    """
    refuse_secret(head.secrecy)
    clauses = tuple(clauses)
    markings.refuse_secret((head.reference, head.subject, *_words_of(clauses)))
    errors = _head_errors(head)
    if len(clauses) > MOST_CLAUSES:
        errors["clauses"] = "too_many_clauses"
    for clause in clauses:
        errors |= _clause_errors(clause)
    if errors:
        raise Invalid(errors)


def _words_of(clauses: Iterable[Clause]) -> Iterable[str]:
    for clause in clauses:
        yield from (clause.content, clause.expected_output, clause.source_text, clause.note)
        yield clause.carried_result


def _head_errors(head: DocumentHead) -> dict[str, str]:
    errors = _too_long({"subject": head.subject}, BODY) | _too_long(
        {
            "reference": head.reference,
            "issuer": head.issuer,
            "signer": head.signer,
            "signer_title": head.signer_title,
        },
        LINE,
    )
    if head.reference and "reference" not in errors and not REFERENCE.match(head.reference):
        errors["reference"] = "reference_form"
    return errors


def _clause_errors(clause: Clause) -> dict[str, str]:
    found = _too_long(
        {
            "content": clause.content,
            "expected_output": clause.expected_output,
            "note": clause.note,
        },
        BODY,
    ) | _too_long(
        {
            "deadline_text": clause.deadline.text or "",
            "target_indicator": clause.target_indicator,
            "target_unit": clause.target_unit,
            "index_refs": clause.index_refs,
            "source_text": clause.source_text,
            "due_set_reason": clause.due_set_reason,
        },
        LINE,
    )
    if clause.target_value is not None and len(str(clause.target_value)) > MOST_DIGITS:
        found["target_value"] = "too_long"
    if clause.due_set_on and not clause.due_set_reason:
        found["due_set_reason"] = "required"
    prefix = f"clauses-{clause.position - 1}-"
    return {prefix + name: code for name, code in found.items()}


def _too_long(texts: Mapping[str, str], limit: int) -> dict[str, str]:
    return {name: "too_long" for name, text in texts.items() if len(text) > limit}


def waiting(clause: Clause) -> tuple[Problem, ...]:
    """Return what in a clause still waits for a person before it can be issued."""
    problems = [p for p in clause.problems if not _answered(p, clause)]
    fields = {p.field for p in problems}
    if not clause.content and "content" not in fields:
        problems.append(Problem(field="content", text="", reason="required"))
    if not clause.of(PartyRole.LEAD) and "lead" not in fields:
        problems.append(Problem(field="lead", text=clause.lead_words, reason="required"))
    if _deadline_waits(clause) and "deadline" not in fields:
        unread = clause.deadline.reason
        reason = unread.value if unread else "start_not_known"
        problems.append(Problem(field="deadline", text=clause.deadline.text or "", reason=reason))
    if clause.target_is_open:
        problems.append(Problem(field="target_scope", text="", reason="target_open"))
    return tuple(problems)


def _deadline_waits(clause: Clause) -> bool:
    """An unread phrase waits, and so does a period whose first day the words leave open."""
    if clause.due_set_on:
        return False
    deadline = clause.deadline
    if deadline.kind is DeadlineKind.RELATIVE:
        return begins_unsaid(deadline)
    return deadline.kind is DeadlineKind.UNKNOWN


def _answered(problem: Problem, clause: Clause) -> bool:
    if problem.field == "deadline":
        return not _deadline_waits(clause)
    if problem.field in {PartyRole.LEAD, PartyRole.COORDINATING}:
        named = clause.of(PartyRole(problem.field))
        return any(party.words == problem.text for party in named)
    if problem.field in _WRITTEN:
        return _written_anew(getattr(clause, problem.field), problem.text)
    return bool(getattr(clause, _GIVEN.get(problem.field, ""), None))


_WRITTEN = frozenset({"content", "expected_output", "source_text", "note"})
_GIVEN = {"state": "carried_state", "completed_on": "carried_on", "source_date": "source_date"}


def _written_anew(now: str, before: str) -> bool:
    """Whether somebody wrote other words than those that waited (kept up to the limit)."""
    return bool(now) and not before.startswith(now)


def lacking(document: Document) -> dict[str, str]:
    """Return the fields of the head that a draft still needs before it can be issued."""
    head = document.head
    required = {
        "reference": head.reference,
        "issued_on": head.issued_on,
        "issuer": head.issuer,
        "subject": head.subject,
        "overseer_id": head.overseer_id,
        "clauses": document.clauses,
    }
    errors = {name: "required" for name, value in required.items() if not value}
    return errors | ({"clauses": "no_clauses"} if "clauses" in errors else {})


def named_by_all(document: Document) -> tuple[str, date] | None:
    """Return number and day of the one document that every row names; None where they differ.

    Only what is a number and nothing else: a sentence about a document is no number of it.
    """
    named = {(tidy_reference(row.source_text), row.source_date) for row in document.clauses}
    if len(named) != 1:
        return None
    [(reference, day)] = named
    is_number = REFERENCE.match(reference) and not any(sign.isspace() for sign in reference)
    return (reference, day) if is_number and day is not None else None


def check_whole(document: Document) -> None:
    """Check that a draft can be issued; Invalid names every field, Refused what waits."""
    refuse_secret(document.head.secrecy)
    errors = lacking(document)
    if errors:
        raise Invalid(errors)
    open_rows = [c.position for c in document.clauses if waiting(c)]
    if open_rows:
        raise Refused("clauses_wait", positions=open_rows)
