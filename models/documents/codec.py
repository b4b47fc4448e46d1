"""Between a clause and its row: every field in both directions, in one place."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Row

from workflow.deadlines.records import CountsFrom, Deadline, DeadlineKind, Unread
from workflow.directives.records import Priority
from workflow.directives.targets import TargetBasis, TargetScope
from workflow.documents.records import CarriedState, Clause, Party, PartyRole, Problem
from workflow.history.rules import plain

_SAME = (
    "position", "content", "expected_output", "target_indicator", "target_value",
    "target_unit", "target_scope", "target_basis", "priority", "index_refs", "due_set_on",
    "due_set_reason",
    "source_text", "source_date", "assigner_id", "monitor_id", "lead_words", "coordinating_words",
    "carried_result", "carried_on", "sheet_row", "note",
)  # fmt: skip
_READ = {
    "kind": DeadlineKind,
    "starts_on": date.fromisoformat,
    "due_on": date.fromisoformat,
    "other_due_on": date.fromisoformat,
    "counts_from": CountsFrom,
    "reason": Unread,
}


def deadline_values(deadline: Deadline) -> dict[str, Any]:
    """Return a deadline as JSON values."""
    return {f.name: plain(getattr(deadline, f.name)) for f in fields(deadline)}


def deadline_from(values: dict[str, Any]) -> Deadline:
    """Return the deadline that JSON values hold."""
    known = {item.name for item in fields(Deadline)}
    read: dict[str, Any] = {
        name: _READ[name](value) if name in _READ and value is not None else value
        for name, value in values.items()
        if name in known
    }
    return Deadline(**read)


def clause_values(clause: Clause) -> dict[str, object]:
    """Return the column values of a clause."""
    values = {name: getattr(clause, name) for name in _SAME}
    state = clause.carried_state
    paused = state is CarriedState.PAUSED
    kept = CarriedState.IN_PROGRESS if paused else state
    return values | {
        "carried_state": kept.value if kept else None,
        "carried_paused": paused,
        "deadline_text": clause.deadline.text or "",
        "deadline_kind": clause.deadline.kind,
        "deadline": deadline_values(clause.deadline),
        "problems": [
            {
                "field": p.field,
                "text": p.text,
                "reason": p.reason,
                "suggestions": list(p.suggestions),
                "groups": list(p.groups),
                "ended_on": plain(p.ended_on),
            }
            for p in clause.problems
        ],
    }


def clause_from(row: Row[Any], parties: tuple[Party, ...]) -> Clause:
    """Return the clause a row holds."""
    values = {name: getattr(row, name) for name in _SAME}
    values["priority"] = Priority(row.priority)
    values["target_scope"] = TargetScope(row.target_scope) if row.target_scope else None
    values["target_basis"] = TargetBasis(row.target_basis)
    values["carried_state"] = carried_from(row.carried_state, paused=row.carried_paused)
    return Clause(
        **values,
        id=row.id,
        deadline=deadline_from(row.deadline),
        parties=parties,
        problems=tuple(
            Problem(
                field=p["field"],
                text=p["text"],
                reason=p["reason"],
                suggestions=tuple(p["suggestions"]),
                groups=tuple(p.get("groups", ())),
                ended_on=date.fromisoformat(p["ended_on"]) if p.get("ended_on") else None,
            )
            for p in row.problems
        ),
    )


def carried_from(state: str | None, *, paused: bool) -> CarriedState | None:
    """Return how work stood elsewhere. Paused work is kept as running work that is paused."""
    if paused:
        return CarriedState.PAUSED
    return CarriedState(state) if state else None


def party_values(party: Party) -> dict[str, object]:
    """Return the column values of a party."""
    return {
        "role": party.role,
        "agency_id": party.agency_id,
        "group_code": party.group_code,
        "words": party.words,
        "how": party.how,
        "without": sorted(party.without),
    }


def party_from(row: Row[Any]) -> Party:
    """Return the party a row holds."""
    return Party(
        role=PartyRole(row.role),
        agency_id=row.agency_id,
        group_code=row.group_code,
        words=row.words,
        how=row.how,
        without=frozenset(row.without),
    )
