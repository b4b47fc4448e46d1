"""From what was typed in a draft's form to the document's own records, and back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from wtforms import Form

from web.documents.choices import AGENCY, GROUP, Offered
from web.documents.forms import CLAUSES, rows_in
from web.documents.reader import Reader, code_of
from web.documents.shape import TypedForm
from web.wiring import office
from workflow.deadlines.phrases import read_deadline
from workflow.directives.records import Priority
from workflow.directives.targets import TargetBasis, TargetScope
from workflow.documents.clauses import Choice, read_anew, settled, year_of
from workflow.documents.numbers import tidy_reference
from workflow.documents.records import (
    CarriedState,
    Clause,
    Document,
    DocumentHead,
    PartyRole,
    Secrecy,
    Source,
    Urgency,
)
from workflow.documents.rules import BODY, refuse_secret
from workflow.errors import Invalid
from workflow.text import clean

Data = dict[str, Any]
ID_DIGITS = 9
CARRIED = "carried_state"


def head_typed(reader: Reader, before: DocumentHead | None = None) -> DocumentHead:
    """Return the head as typed; a leader who signs gave the work, unless another is named.

    Over a head that stood only where signer or source are others than `before`.
    """
    signer = reader.line("signer")
    source = Source(reader.code("source", "source", Source.COMMITTEE))
    is_new = before is None or (signer, source) != (before.signer, before.source)
    gave = reader.one_of("assigner_id", reader.offered.leaders)
    return DocumentHead(
        reference=tidy_reference(reader.line("reference")),
        issued_on=reader.day("issued_on"),
        issuer=reader.line("issuer"),
        signer=signer,
        signer_title=reader.line("signer_title"),
        subject=reader.body("subject"),
        source=source,
        urgency=Urgency(reader.code("urgency", "urgency", Urgency.NORMAL)),
        secrecy=Secrecy(reader.code("secrecy", "secrecy", Secrecy.NONE)),
        assigner_id=gave or (reader.offered.gave(signer, source) if is_new else None),
        overseer_id=reader.one_of("overseer_id", reader.offered.overseers),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The year a deadline is read with, and whether it is another than before."""

    value: int | None
    is_new: bool


def clause_typed(
    reader: Reader, before: Clause | None, year: Year, *, before_is_strict: bool
) -> Clause:
    """Return a clause as typed, over the one that stood.

    The words of a deadline are read again when they, or the year, are others than before.
    """
    standing = before or Clause(position=1, content="", deadline=read_deadline("", year=None))
    typed = replace(
        standing,
        content=reader.body("content"),
        due_set_on=reader.day("due_set_on"),
        due_set_reason=reader.line("due_set_reason"),
        expected_output=reader.body("expected_output"),
        target_indicator=reader.line("target_indicator"),
        target_value=reader.amount("target_value"),
        target_unit=reader.line("target_unit"),
        target_scope=_scope(reader),
        target_basis=TargetBasis(reader.code("target_basis", "target_basis", TargetBasis.PERIOD)),
        priority=Priority(reader.code("priority", "priority", Priority.NORMAL)),
        index_refs=reader.line("index_refs"),
        monitor_id=reader.one_of("monitor_id", reader.offered.followers),
        note=reader.body("note"),
        parties=reader.parties(PartyRole.LEAD, standing.of(PartyRole.LEAD))
        + reader.parties(PartyRole.COORDINATING, standing.of(PartyRole.COORDINATING)),
    )
    if not typed.has_several_leads or typed.target_value is None:
        typed = replace(typed, target_scope=None)
    if CARRIED in reader.form:
        typed = _carried_typed(reader, typed)
    text = reader.line("deadline_text")
    if year.is_new or text != clean(standing.deadline.text):
        typed = read_anew(typed, text, year=year.value, before_is_strict=before_is_strict)
    return settled(typed) if reader.form["settle"].data else typed


def _carried_typed(reader: Reader, typed: Clause) -> Clause:
    """Return how the work stands elsewhere, as typed; a day or a result needs a state."""
    code = reader.code(CARRIED, "carried", "") if reader.line(CARRIED) else ""
    day, result = reader.day("carried_on"), reader.body("carried_result")
    if (day or result) and not code:
        reader.errors[reader.prefix + CARRIED] = "required"
    if len(result) > BODY:
        reader.errors[reader.prefix + "carried_result"] = "too_long"
    state = CarriedState(code) if code else None
    return replace(typed, carried_state=state, carried_on=day, carried_result=result)


def _scope(reader: Reader) -> TargetScope | None:
    code = reader.code("target_scope", "target_scope", "") if reader.line("target_scope") else ""
    return TargetScope(code) if code else None


def deadline_typed(form: TypedForm, clause: Clause, head: DocumentHead) -> Clause:
    """Return a row with its deadline as typed: other words, or another date and its reason."""
    reader = Reader(form=form, offered=Offered(agencies=(), groups=(), people=()))
    text = reader.line("deadline_text")
    typed = replace(
        clause,
        due_set_on=reader.day("due_set_on"),
        due_set_reason=reader.line("due_set_reason"),
    )
    if reader.errors:
        raise Invalid(reader.errors)
    if text == clean(clause.deadline.text):
        return typed
    strict = office().settings.before_is_strict
    return read_anew(typed, text, year=year_of(clause, head), before_is_strict=strict)


def choice_typed(form: TypedForm, offered: Offered) -> Choice:
    """Return what some words stand for, as chosen; Invalid names the field."""
    chosen = list(dict.fromkeys(form["choice"].data or []))
    if not chosen or not set(chosen) <= set(dict(offered.parties)):
        raise Invalid({"choice": "not_a_choice" if chosen else "required"})
    reader = Reader(form=form, offered=offered)
    without = reader.exceptions("without", chosen)
    if reader.errors:
        raise Invalid(reader.errors)
    keys = [code.partition(":") for code in chosen]
    return Choice(
        agency_ids=tuple(int(key) for kind, _colon, key in keys if kind == AGENCY),
        group_codes=tuple(key for kind, _colon, key in keys if kind == GROUP),
        without=without,
    )


def draft_typed(
    form: Form, offered: Offered, standing: Document | None, *, before_is_strict: bool
) -> tuple[DocumentHead, tuple[Clause, ...]]:
    """Return the head and the clauses that were typed; Invalid names every field.

    A clause in which nothing was typed is none. A form of the head alone keeps the clauses
    that stand, read again where their year changed.
    """
    reader = Reader(form=form, offered=offered)
    head = head_typed(reader, standing.head if standing else None)
    refuse_secret(head.secrecy)
    known = {clause.id: clause for clause in standing.clauses} if standing else {}
    clauses: list[Clause] = []
    if CLAUSES not in form and standing:
        clauses = [
            _of_new_year(c, head, standing, before_is_strict=before_is_strict)
            for c in standing.clauses
        ]
    for entry in rows_in(form):
        if is_blank(entry.form):
            continue
        before = known.get(_id_in(entry.form))
        part = Reader(form=entry.form, offered=offered, prefix=f"{CLAUSES}-{len(clauses)}-")
        year = year_for(before, head, standing)
        clause = clause_typed(part, before, year, before_is_strict=before_is_strict)
        clauses.append(replace(clause, position=len(clauses) + 1))
        reader.errors |= part.errors
    if reader.errors:
        raise Invalid(reader.errors)
    return head, tuple(clauses)


def _of_new_year(
    clause: Clause, head: DocumentHead, standing: Document, *, before_is_strict: bool
) -> Clause:
    year = year_for(clause, head, standing)
    if not year.is_new:
        return clause
    text = clause.deadline.text
    return read_anew(clause, text, year=year.value, before_is_strict=before_is_strict)


def year_for(before: Clause | None, head: DocumentHead, standing: Document | None) -> Year:
    """Return the year of a clause's deadline under a head, and whether it changed."""
    if before is None or standing is None:
        return Year(value=head.issued_on.year if head.issued_on else None, is_new=True)
    year = year_of(before, head)
    return Year(value=year, is_new=year != year_of(before, standing.head))


def _id_in(form: TypedForm) -> int | None:
    text = str(form["id"].data or "")
    fits = text.isascii() and text.isdecimal() and len(text) <= ID_DIGITS
    return int(text) if fits else None


CHOSEN = frozenset({"priority", "settle", "target_basis"})
"""Fields that say something before anybody typed."""


def is_blank(form: TypedForm) -> bool:
    """Whether nothing was typed into a clause."""
    return not any(item.data for item in form if item.short_name not in CHOSEN)


def data_of_head(head: DocumentHead) -> Data:
    """Return what the form of a head begins with."""
    return {
        "reference": head.reference,
        "issued_on": head.issued_on,
        "issuer": head.issuer,
        "signer": head.signer,
        "signer_title": head.signer_title,
        "subject": head.subject,
        "source": head.source.value,
        "urgency": head.urgency.value,
        "secrecy": head.secrecy.value,
        "assigner_id": str(head.assigner_id or ""),
        "overseer_id": str(head.overseer_id or ""),
    }


def data_of_clause(clause: Clause) -> Data:
    """Return what the form of a clause begins with."""
    same = (
        "content", "due_set_on", "due_set_reason", "expected_output", "target_indicator",
        "target_value", "target_unit", "index_refs", "note", "carried_on", "carried_result",
    )  # fmt: skip
    leads, others = clause.of(PartyRole.LEAD), clause.of(PartyRole.COORDINATING)
    carried = clause.carried_state.value if clause.carried_state else ""
    return {name: getattr(clause, name) for name in same} | {
        CARRIED: carried,
        "id": str(clause.id or ""),
        "leads": list(dict.fromkeys(map(code_of, leads))),
        "leads_without": sorted({str(key) for p in leads for key in p.without}),
        "coordinating": list(dict.fromkeys(map(code_of, others))),
        "coordinating_without": sorted({str(key) for p in others for key in p.without}),
        "deadline_text": clause.deadline.text,
        "target_basis": clause.target_basis.value,
        "target_scope": clause.target_scope.value if clause.target_scope else "",
        "priority": clause.priority.value,
        "monitor_id": str(clause.monitor_id or ""),
    }
