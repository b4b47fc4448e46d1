"""What makes a document whole, who its clauses go to, and what each directive starts with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from workflow.agencies.records import Agency, AgencyGroup
from workflow.agencies.rules import may_lead, members_on
from workflow.calendar.working import WorkingCalendar
from workflow.deadlines.records import CountsFrom, DeadlineKind
from workflow.directives.records import Priority, State, Verdict
from workflow.documents.records import (
    CarriedState,
    Clause,
    Document,
    DocumentHead,
    Party,
    PartyRole,
    Problem,
    Secrecy,
)
from workflow.errors import Invalid, Refused

LINE = 500
BODY = 5_000
REFERENCE = re.compile(r"^\d{1,6}[A-Za-zĐđ]?(?:/\d{4})?/[0-9A-Za-zĐđÀ-ỹ&.\- ]{1,80}$")
"""`number[/year]/SYMBOL`, with Đ, &, lower case and hyphens (NĐ 30/2020/NĐ-CP style)."""


def refuse_secret(secrecy: Secrecy) -> None:
    """A document marked Mật or above is followed off the network; nothing of it is kept."""
    if secrecy is not Secrecy.NONE:
        raise Refused("secret_document")


def check_draft(head: DocumentHead, clauses: Iterable[Clause]) -> None:
    """Check what even a draft must keep to: nothing secret, nothing too long."""
    refuse_secret(head.secrecy)
    errors = _too_long({"subject": head.subject}, BODY) | _too_long(
        {
            "reference": head.reference,
            "issuer": head.issuer,
            "signer": head.signer,
            "signer_title": head.signer_title,
        },
        LINE,
    )
    if head.reference and not REFERENCE.match(head.reference):
        errors["reference"] = "reference_form"
    for clause in clauses:
        errors |= _clause_errors(clause)
    if errors:
        raise Invalid(errors)


def _clause_errors(clause: Clause) -> dict[str, str]:
    prefix = f"clauses-{clause.position - 1}-"
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
            "source_text": clause.source_text,
            "due_set_reason": clause.due_set_reason,
        },
        LINE,
    )
    if clause.due_set_on and not clause.due_set_reason:
        found["due_set_reason"] = "required"
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
        reason = clause.deadline.reason or "start_not_known"
        problems.append(Problem(field="deadline", text=clause.deadline.text or "", reason=reason))
    return tuple(problems)


COUNTED_FROM_SIGNING = frozenset({None, CountsFrom.SIGNED, CountsFrom.ISSUED, CountsFrom.ASSIGNED})


def _deadline_waits(clause: Clause) -> bool:
    """An unread phrase waits, and so does a period whose first day the words leave open."""
    if clause.due_set_on:
        return False
    deadline = clause.deadline
    if deadline.kind is DeadlineKind.RELATIVE:
        return deadline.counts_from not in COUNTED_FROM_SIGNING and deadline.starts_on is None
    return deadline.kind is DeadlineKind.UNKNOWN


def _answered(problem: Problem, clause: Clause) -> bool:
    if problem.field == "deadline":
        return not _deadline_waits(clause)
    if problem.field == "content":
        return bool(clause.content)
    if problem.field == "lead":
        return any(p.words == problem.text for p in clause.of(PartyRole.LEAD))
    if problem.field == "coordinating":
        return any(p.words == problem.text for p in clause.of(PartyRole.COORDINATING))
    return False


def check_whole(document: Document) -> None:
    """Check that a draft can be issued; Invalid names every field, Refused what waits."""
    head = document.head
    refuse_secret(head.secrecy)
    required = {
        "reference": head.reference,
        "issued_on": head.issued_on,
        "issuer": head.issuer,
        "subject": head.subject,
        "overseer_id": head.overseer_id,
    }
    errors = {name: "required" for name, value in required.items() if not value}
    if not document.clauses:
        errors["clauses"] = "no_clauses"
    if errors:
        raise Invalid(errors)
    open_rows = [c.position for c in document.clauses if waiting(c)]
    if open_rows:
        raise Refused("clauses_wait", positions=open_rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """Who a clause goes to on the day of issue: leads, and who coordinates with each."""

    leads: tuple[Agency, ...]
    coordinating: tuple[Agency, ...]
    is_group: bool


def recipients(
    clause: Clause, agencies: tuple[Agency, ...], groups: Mapping[str, AgencyGroup], day: date
) -> Recipients:
    """Resolve the parties of a clause on `day`.

    A lead that no longer stands, a body that cannot lead and an empty group are Refused
    with the clause's position: nothing is dropped silently.
    """
    leads = _resolve(clause, PartyRole.LEAD, agencies, groups, day)
    unable = [a.name for a in leads if not may_lead(a, day)]
    if unable:
        raise Refused("cannot_lead", position=clause.position, agencies=unable)
    coordinating = _resolve(clause, PartyRole.COORDINATING, agencies, groups, day)
    is_group = any(p.group_code for p in clause.of(PartyRole.LEAD))
    return Recipients(leads=leads, coordinating=coordinating, is_group=is_group)


def _resolve(
    clause: Clause,
    role: PartyRole,
    agencies: tuple[Agency, ...],
    groups: Mapping[str, AgencyGroup],
    day: date,
) -> tuple[Agency, ...]:
    found: dict[int, Agency] = {}
    for party in clause.of(role):
        named = _of_party(party, agencies, groups, day)
        if not named:
            code = "empty_group" if party.group_code else "agency_gone"
            raise Refused(code, position=clause.position, words=party.words)
        found |= {agency.id: agency for agency in named}
    return tuple(found.values())


def _of_party(
    party: Party, agencies: tuple[Agency, ...], groups: Mapping[str, AgencyGroup], day: date
) -> tuple[Agency, ...]:
    if party.group_code is None:
        return tuple(a for a in agencies if a.id == party.agency_id and a.stands_on(day))
    group = groups.get(party.group_code)
    return members_on(group, agencies, day, without=party.without) if group else ()


def directive_number(year: int, serial: int, position: int, place: int | None) -> str:
    """Return the public number `2021-0017-03`, with `.12` for each lead of several."""
    suffix = f".{place:02d}" if place is not None else ""
    return f"{year}-{serial:04d}-{position:02d}{suffix}"


def due_of(clause: Clause, signed_on: date, calendar: WorkingCalendar) -> tuple[date | None, str]:
    """Return the due date a clause starts with, and the calendar's version if it counted.

    A date that a person set stands above the reading; a period of working days is
    counted from the day the document was signed.
    """
    if clause.due_set_on:
        return clause.due_set_on, ""
    deadline = clause.deadline
    if deadline.kind is DeadlineKind.RELATIVE and deadline.working_days:
        due = calendar.due_on(deadline.starts_on or signed_on, deadline.working_days)
        return due, calendar.version.identifier
    return deadline.due_on, ""


def starting_values(
    document: Document, clause: Clause, lead: Agency, number: str, calendar: WorkingCalendar
) -> dict[str, object]:
    """Return what the directive of one lead starts with."""
    head = document.head
    assert head.issued_on is not None  # noqa: S101 - checked before issue
    due_on, counted_on = due_of(clause, head.issued_on, calendar)
    return {
        "number": number,
        "document_id": document.id,
        "clause_id": clause.id,
        "lead_agency_id": lead.id,
        "content": clause.content,
        "expected_output": clause.expected_output,
        "target_indicator": clause.target_indicator,
        "target_value": clause.target_value,
        "target_unit": clause.target_unit,
        "priority": Priority(clause.priority),
        "assigner_id": clause.assigner_id or head.assigner_id,
        "monitor_id": clause.monitor_id,
        "deadline_text": clause.deadline.text or "",
        "deadline_kind": clause.deadline.kind,
        "working_days": clause.deadline.working_days,
        "calendar_version": counted_on,
        "starts_on": clause.deadline.starts_on,
        "due_on": due_on,
        "first_due_on": due_on,
        "assigned_on": head.issued_on,
        "lead_since": head.issued_on,
        "touched_by": [],
        **_carried(clause, head.issued_on),
    }


def _carried(clause: Clause, issued_on: date) -> dict[str, object]:
    """Running and finished work recorded elsewhere is carried over, marked so."""
    if clause.carried_state is None:
        return {"state": State.ASSIGNED}
    if clause.carried_state is CarriedState.IN_PROGRESS:
        return {"state": State.IN_PROGRESS, "accepted_on": issued_on, "carried_over": True}
    return {
        "state": State.VERIFIED,
        "carried_over": True,
        "completed_on": clause.carried_on,
        "verified_on": clause.carried_on,
        "verdict": Verdict.MET,
        "ever_reported": True,
    }
