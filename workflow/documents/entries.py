"""What the history says of a document: entered, imported, mended, discarded, issued."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from workflow.accounts.records import Actor
from workflow.agencies.records import Agency, AgencyGroup
from workflow.directives.targets import TargetBasis
from workflow.documents.keys import document_key
from workflow.documents.records import (
    Clause,
    Document,
    DocumentHead,
    DocumentState,
    Party,
    PartyRole,
)
from workflow.evidence.records import StoredFile
from workflow.history.records import Entry, Subject
from workflow.history.rules import entry_by

HEAD = (
    "reference", "issued_on", "issuer", "signer", "signer_title", "subject", "source", "urgency",
    "assigner_id", "overseer_id",
)  # fmt: skip
CLAUSE = (
    "content", "expected_output", "target_indicator", "target_value", "target_unit", "target_scope",
    "target_basis",
    "priority",
    "index_refs", "due_set_on", "due_set_reason", "source_text", "source_date", "assigner_id",
    "monitor_id", "carried_state", "carried_result", "carried_on", "note",
)  # fmt: skip
MOST_ROWS = 40
"""A change of more rows than this is told by their number alone: the sheet itself says the rest."""

UNSAID: tuple[object, ...] = (None, "", [], "normal", TargetBasis.PERIOD)
Values = dict[str, object]


def draft_key(document_id: int) -> str:
    """Return under which key the history keeps a draft; it has no public number yet."""
    return f"draft-{document_id}"


@dataclass(frozen=True, slots=True)
class Names:
    """Agencies and groups by name, so that an entry can be read in ten years."""

    agencies: Mapping[int, str]
    groups: Mapping[str, str]

    @classmethod
    def of(cls, agencies: Iterable[Agency], groups: Iterable[AgencyGroup]) -> Names:
        """Return the names that stand now."""
        return cls({a.id: a.name for a in agencies}, {g.code: g.name for g in groups})

    def of_party(self, party: Party) -> str:
        """Return who is named for a clause."""
        if party.group_code:
            return self.groups.get(party.group_code, party.group_code)
        return self.agencies.get(party.agency_id or 0, party.words)


def draft_entry(
    actor: Actor,
    at: datetime,
    action: str,
    *,
    before: Document | None,
    after: Document | None,
    names: Names,
    given: Mapping[str, object] | None = None,
) -> Entry:
    """Return the entry of an act on a draft: the fields and rows that are others than before.

    `before` is None for a draft that is new, `after` for one that is gone.
    """
    draft = after or before
    assert draft is not None  # noqa: S101 - there is one before, after, or both
    old_head, new_head = _head(before, names), _head(after, names)
    changed = [name for name in HEAD if old_head.get(name) != new_head.get(name)]
    was = {name: old_head[name] for name in changed if name in old_head}
    now = {name: new_head[name] for name in changed if name in new_head}
    old_rows, new_rows = _rows(before, names), _rows(after, names)
    differing = [k for k in old_rows | new_rows if old_rows.get(k) != new_rows.get(k)]
    said: Values = dict(given or {})
    if len(differing) > MOST_ROWS:
        said["rows"] = len(differing)
    elif differing:
        was_rows, now_rows = _differences(old_rows, new_rows, differing)
        was |= {"clauses": was_rows} if was_rows else {}
        now |= {"clauses": now_rows} if now_rows else {}
    return entry_by(
        actor, at, Subject.DOCUMENT, draft_key(draft.id), action,
        before=was, after=now, given=said,
    )  # fmt: skip


def _head(document: Document | None, names: Names) -> Values:
    """Return what is written in the head."""
    if document is None:
        return {}
    values: Values = {name: getattr(document.head, name) for name in HEAD}
    values["overseer_id"] = names.agencies.get(document.head.overseer_id or 0)
    return _said(values)


def _said(values: Values) -> Values:
    """Leave out what says nothing: an empty field, an ordinary priority or urgency."""
    return {name: value for name, value in values.items() if value not in UNSAID}


def _rows(document: Document | None, names: Names) -> dict[int, Values]:
    """Return the clauses by what stays theirs while others come and go."""
    clauses = document.clauses if document else ()
    return {clause.id or -clause.position: _row(clause, names) for clause in clauses}


def _row(clause: Clause, names: Names) -> Values:
    values: Values = {name: getattr(clause, name) for name in CLAUSE}
    values |= {
        "position": clause.position,
        "deadline": clause.deadline.text,
        "leads": [names.of_party(p) for p in clause.of(PartyRole.LEAD)],
        "coordinating": [names.of_party(p) for p in clause.of(PartyRole.COORDINATING)],
    }
    return _said(values)


def _differences(
    old: Mapping[int, Values], new: Mapping[int, Values], keys: Iterable[int]
) -> tuple[list[Values], list[Values]]:
    """Return the rows on both sides, each with its place and the fields that differ."""
    was, now = [], []
    for key in keys:
        one, other = old.get(key, {}), new.get(key, {})
        fields = {name for name in one | other if one.get(name) != other.get(name)} | {"position"}
        was += [{n: one[n] for n in one if n in fields}] if one else []
        now += [{n: other[n] for n in other if n in fields}] if other else []
    return was, now


def issued_entry(
    actor: Actor, document: Document, serial: int, directives: int, at: datetime
) -> Entry:
    """Return the entry of a document that was issued, with the draft it came from."""
    head: DocumentHead = document.head
    assert head.issued_on is not None  # noqa: S101 - checked before issue
    return entry_by(
        actor,
        at,
        Subject.DOCUMENT,
        document_key(head.issued_on.year, serial),
        "issue",
        after={
            "reference": head.reference,
            "issued_on": head.issued_on,
            "issuer": head.issuer,
            "subject": head.subject,
            "state": DocumentState.ISSUED,
        },
        given={"directives": directives, "draft": draft_key(document.id)},
    )


def signed_entry(actor: Actor, document: Document, file: StoredFile, at: datetime) -> Entry:
    """Return the entry of an issued document that got its signed file."""
    entry = entry_by(
        actor, at, Subject.DOCUMENT, document.key, "attach_signed", given={"file": file.name}
    )
    return replace(entry, evidence=(file.sha256,))
