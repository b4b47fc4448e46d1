"""What a person does to the clauses of a draft: choose for words, read anew, keep, drop."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace

from workflow.deadlines.phrases import read_deadline
from workflow.deadlines.records import Deadline, DeadlineKind, Unread
from workflow.documents.records import (
    Clause,
    DocumentHead,
    LeftOut,
    Party,
    PartyRole,
    Problem,
)
from workflow.documents.rules import BODY, LINE, waiting
from workflow.errors import NotFound
from workflow.history.rules import plain
from workflow.text import squeeze

Clauses = tuple[Clause, ...]
PICKED = "picked"
ROLES = frozenset(role.value for role in PartyRole)
DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a person says some words stand for: agencies, or a group less its exceptions."""

    agency_ids: tuple[int, ...] = ()
    group_codes: tuple[str, ...] = ()
    without: frozenset[int] = frozenset()

    def as_parties(self, role: PartyRole, words: str) -> tuple[Party, ...]:
        """Return the parties that the choice names, under the words they stand for."""
        agencies = [
            Party(role=role, agency_id=key, words=words, how=PICKED) for key in self.agency_ids
        ]
        groups = [
            Party(role=role, group_code=code, words=words, how=PICKED, without=self.without)
            for code in self.group_codes
        ]
        return (*agencies, *groups)

    @property
    def only_agency(self) -> int | None:
        """The one agency chosen, where it is one and nothing else."""
        single = len(self.agency_ids) == 1 and not self.group_codes
        return self.agency_ids[0] if single else None


def row_of(clauses: Iterable[Clause], clause_id: int) -> Clause:
    """Return the clause with this id; NotFound when there is none."""
    found = next((clause for clause in clauses if clause.id == clause_id), None)
    if found is None:
        raise NotFound
    return found


def with_row(clauses: Clauses, changed: Clause) -> Clauses:
    """Return the clauses with the one of the same id replaced, at the place it has now."""
    return tuple(
        replace(changed, position=c.position) if c.id == changed.id else c for c in clauses
    )


def renumbered(clauses: Iterable[Clause]) -> Clauses:
    """Return the clauses numbered 1, 2, 3 … in their order."""
    return tuple(replace(clause, position=at) for at, clause in enumerate(clauses, start=1))


def without(clauses: Clauses, clause_id: int) -> tuple[Clauses, LeftOut]:
    """Take a clause out; what it said goes among the rows left out."""
    dropped = row_of(clauses, clause_id)
    kept_rows = renumbered(c for c in clauses if c.id != clause_id)
    said = " | ".join(filter(None, (dropped.content, dropped.lead_words, dropped.deadline.text)))
    return kept_rows, LeftOut(row=dropped.sheet_row or dropped.position, reason=DROPPED, text=said)


def with_words_chosen(clauses: Clauses, clause_id: int, words: str, choice: Choice) -> Clauses:
    """Let `words` stand for `choice` wherever they wait; where nothing is written, in one row."""
    key = squeeze(words)
    return tuple(
        _chosen(clause, key, choice) if key or clause.id == clause_id else clause
        for clause in clauses
    )


def _chosen(clause: Clause, key: str, choice: Choice) -> Clause:
    open_words = [
        (PartyRole(p.field), p.text)
        for p in waiting(clause)
        if p.field in ROLES and squeeze(p.text) == key
    ]
    parties = clause.parties
    for role, text in open_words:
        parties += choice.as_parties(role, text)
    return replace(clause, parties=parties) if open_words else clause


def with_words_settled(standing: Clause, changed: Clause) -> Clause:
    """Let agencies that a person just named for a row stand for the words that waited there.

    Each newly named party answers one piece of words of its role: the one it was suggested
    for, else the first. What is left over goes on waiting.
    """
    before = {(p.role, p.agency_id, p.group_code) for p in standing.parties}
    left = [p for p in waiting(changed) if p.field in ROLES and p.text]
    parties = []
    for party in changed.parties:
        is_new = (party.role, party.agency_id, party.group_code) not in before
        own = [p for p in left if p.field == party.role] if is_new and not party.words else []
        near = [p for p in own if party.agency_id in p.suggestions]
        answered = next(iter((*near, *own)), None)
        if answered:
            left.remove(answered)
        parties.append(replace(party, words=answered.text) if answered else party)
    return replace(changed, parties=tuple(parties))


def rows_by_words(clauses: Clauses) -> Mapping[str, int]:
    """Count the rows in which words that name nobody yet wait, by their squeezed form."""
    return Counter(key for clause in clauses for key in _open_keys(clause))


def _open_keys(clause: Clause) -> set[str]:
    return {squeeze(p.text) for p in waiting(clause) if p.field in ROLES}


BESIDE_NOTED = ("Phối hợp", "Phối hợp (theo văn bản)")
"""How a note begins its words of who coordinates."""


def with_words_noted(clauses: Clauses, words: str) -> Clauses:
    """Keep coordinating words that name nobody as a note, wherever they stand.

    Also a group that a party names by these words is taken out: a person saw that it has
    nobody in it.
    """
    key = squeeze(words)
    return tuple(_noted(clause, key) for clause in clauses) if key else clauses


def noted_beside(note: str) -> tuple[str, ...]:
    """Return the words of who coordinates that name no agency and were kept in a note."""
    lines = (line.partition(": ") for line in note.split("\n"))
    return tuple(words for head, _mark, words in lines if head in BESIDE_NOTED and words)


def _noted(clause: Clause, key: str) -> Clause:
    role = PartyRole.COORDINATING
    named = {p.words for p in clause.parties if p.role is role and squeeze(p.words) == key}
    open_words = {p.text for p in waiting(clause) if p.field == role and squeeze(p.text) == key}
    said = sorted(named | open_words)
    if not said:
        return clause
    return replace(
        clause,
        note=add_note(clause.note, *(f"Phối hợp: {text}" for text in said)),
        parties=tuple(p for p in clause.parties if p.role is not role or p.words not in named),
        problems=tuple(p for p in clause.problems if p.field != role or squeeze(p.text) != key),
    )


def not_leading(clause: Clause, agency_id: int) -> Clause:
    """Return a clause that an agency does not lead: named itself it coordinates instead.

    Of a group that leads it is an exception. The same clause where it does not lead, or where
    nobody would lead any more.
    """
    lead = PartyRole.LEAD
    leads = clause.of(lead)
    left = tuple(p for p in leads if p.agency_id != agency_id)
    if not left:
        return clause
    moved = [replace(p, role=PartyRole.COORDINATING) for p in leads if p not in left]
    beside = {p.agency_id for p in clause.of(PartyRole.COORDINATING)}
    others = tuple(p for p in clause.parties if p.role is not lead)
    without_it = tuple(
        replace(p, without=p.without | {agency_id}) if p.group_code else p for p in left
    )
    joining = tuple(moved[:1]) if agency_id not in beside else ()
    return replace(clause, parties=(*without_it, *others, *joining))


def add_note(note: str, *lines: str) -> str:
    """Return the note with further lines, each said once, within the limit."""
    held = note.split("\n") if note else []
    new = [line for line in dict.fromkeys(lines) if line and line not in held]
    return "\n".join([*held, *new])[:BODY]


def kept(clause: Clause, problem: Problem) -> Clause:
    """Keep a clause as it stands although `problem` waited: a person looked at it."""
    left = tuple(
        p
        for p in clause.problems
        if (p.field, p.text, p.reason) != (problem.field, problem.text, problem.reason)
    )
    return replace(clause, problems=left)


def settled(clause: Clause) -> Clause:
    """Take away every open problem of a clause; words that named nobody go into the note."""
    noted = _noted_problems(clause)
    return replace(clause, problems=(), note=noted)


def _noted_problems(clause: Clause) -> str:
    titles = {PartyRole.LEAD.value: "Chủ trì", PartyRole.COORDINATING.value: "Phối hợp"}
    lines = [
        f"{titles[p.field]} (theo văn bản): {p.text}"
        for p in waiting(clause)
        if p.field in ROLES and p.text
    ]
    return add_note(clause.note, *lines)


def read_otherwise(clause: Clause, why: str) -> Clause:
    """Return a clause whose "trước ngày X" is read the other way, `why` kept as the reason.

    A day becomes another date set with its reason (product.md §4); what comes again changes
    its day in every turn, and the note says why. A clause of one reading stays as it is.
    """
    read = clause.deadline
    if read.other_due_on:
        return replace(clause, due_set_on=read.other_due_on, due_set_reason=why[:LINE])
    if read.other_recurs:
        return replace(clause, deadline=other_reading(read), note=add_note(clause.note, why))
    return clause


def other_reading(deadline: Deadline) -> Deadline:
    """Return what comes again read the other way: "trước ngày X" with, or without, that day."""
    return replace(deadline, recurs=deadline.other_recurs, other_recurs=deadline.recurs)


def read_anew(
    clause: Clause, text: str, *, year: int | None, before_is_strict: bool = True
) -> Clause:
    """Read the words of a deadline again, with the year that is known now."""
    line = " ".join(text.split())
    deadline = read_deadline(line, year=year, before_is_strict=before_is_strict)
    standing = clause.deadline
    if standing.recurs and standing.recurs == deadline.other_recurs and line == standing.text:
        deadline = other_reading(deadline)
    problems = tuple(p for p in clause.problems if p.field != "deadline")
    return replace(clause, deadline=deadline, problems=problems)


def year_of(clause: Clause, head: DocumentHead) -> int | None:
    """Return the year a clause's deadline is read with: its own source's, else the document's."""
    if clause.source_date:
        return clause.source_date.year
    return head.issued_on.year if head.issued_on else None


def with_year(clauses: Clauses, head: DocumentHead, *, before_is_strict: bool = True) -> Clauses:
    """Read again the deadlines that only lacked a year, now that the document names one."""
    return tuple(
        read_anew(
            clause,
            clause.deadline.text,
            year=year_of(clause, head),
            before_is_strict=before_is_strict,
        )
        if _lacks_year(clause.deadline) and year_of(clause, head)
        else clause
        for clause in clauses
    )


def _lacks_year(deadline: Deadline) -> bool:
    return deadline.kind is DeadlineKind.UNKNOWN and deadline.reason is Unread.NO_YEAR


def fingerprint(clause: Clause) -> str:
    """Return a short mark that changes with anything a person can see of a clause."""
    values = {
        field.name: _plain(getattr(clause, field.name))
        for field in fields(clause)
        if field.name not in {"id", "position"}
    }
    body = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return plain(value)
