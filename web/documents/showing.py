"""What the page of one document shows: its head, and each clause as one row x its agencies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import abort, url_for
from flask_babel import gettext as _

from models.documents.page import HeldDirective, Names, directives_of, names_in
from models.periods.sums import ByDay, periods_of_document
from web.directives.clock import Clock, Hands
from web.directives.filters import NO, YES
from web.documents.changed import changed_by
from web.documents.forms import SignedFileForm
from web.documents.shown import NamedParty, ShownClause, ShownDirective
from web.documents.sums import period_sums, summed, year_sum
from web.identity import current_actor
from web.labels import label
from web.papers.doors import paper_doors
from web.periods.telling import list_url
from web.wiring import office, reading_unit
from workflow.accounts.records import AGENCY_ROLES, Actor, Role
from workflow.deadlines.rules import Timeliness
from workflow.directives.records import State
from workflow.documents.records import Clause, Document, Party, PartyRole
from workflow.text import sort_key

UNREPORTED = frozenset({State.ASSIGNED, State.IN_PROGRESS})
"""States in which nothing was reported yet."""


def document_page(document_id: int) -> dict[str, Any]:
    """Return what the page of an issued document shows; 404 when it went away meanwhile."""
    unit, actor, today = reading_unit(), current_actor(), office().today()
    document = unit.documents.document(document_id)
    if document is None:
        abort(404)
    measured = any(_is_measured(clause) for clause in document.clauses)
    mine_too = directives_of(unit.connection, actor, document_id, today, with_figures=measured)
    held = tuple(one for one in mine_too if not one.is_part)
    names = names_in(unit.connection, document)
    hands = Hands(office().calendar(unit), today)
    reports = measured and any(one.recurs for one in held)
    periods = periods_of_document(unit.connection, actor, document_id, today) if reports else {}
    rows = [
        shown_clause(clause, held, names, hands, periods.get(clause.id or 0, {}), document.key)
        for clause in document.clauses
    ]
    own = _own(held, actor)
    counted = [
        one
        for shown in rows
        for one in shown.directives
        if not own[0] or one.held.lead_id == actor.agency_id
    ]
    return {
        "document": document,
        "head": document.head,
        "facts": head_facts(document, names),
        "rows": rows,
        "directives": len(held),
        "own": own,
        "sees_all": all(one.state is not None for one in held),
        "rows_url": partial(rows_url, document.key),
        "counts": _counts(counted),
        "late": sum(map(_is_late, counted)),
        "papers": paper_doors(document.key, mine_too, actor, today),
        "signed_form": _signed_form(document, actor),
        "max_bytes": office().settings.upload_bytes,
        "by_agency": by_agency([one for shown in rows for one in shown.directives]),
    }


def _signed_form(document: Document, actor: Actor) -> SignedFileForm | None:
    """Return the form of the signed file, for the office where the document has none."""
    may = actor.role is Role.OFFICE and actor.holds_role_on(office().today())
    return SignedFileForm() if may and document.file is None else None


def rows_url(
    key: str,
    *,
    state: str | None = None,
    time: str | None = None,
    clause: int | None = None,
    agency: str | None = None,
) -> str:
    """Return the list of a document's directives, parts handed down left out as on its page.

    Of one clause, or of one lead alone, where they are named.
    """
    narrowed: dict[str, Any] = (
        {"document": key} if clause is None else {"clause": f"{key}-{clause:02d}"}
    )
    if agency is not None:
        narrowed |= {"agency": agency, "alone": YES}
    return url_for("directives.index", parts=NO, state=state, time=time, **narrowed)


def shown_clause(
    clause: Clause,
    held: tuple[HeldDirective, ...],
    names: Names,
    hands: Hands,
    periods: ByDay,
    key: str,
) -> ShownClause:
    """Return a clause with its directives, each with what changed since the document."""
    own = tuple(
        ShownDirective(
            held=one,
            clock=_clock(one, hands),
            changed=changed_by(one.changes),
        )
        for one in held
        if one.clause_id == clause.id
    )
    late = [one for one in own if _is_late(one)]
    seen = [one.held for one in own if one.held.state is not None]
    measured = _is_measured(clause)
    return ShownClause(
        clause=clause,
        leads=named_parties(clause.of(PartyRole.LEAD), names),
        coordinating=named_parties(clause.of(PartyRole.COORDINATING), names),
        directives=tuple(sorted(own, key=_urgency)),
        due_on=own[0].held.due_on if own else None,
        monitor=names.people.get(clause.monitor_id or 0, ""),
        counts=_counts(own),
        late=len(late),
        late_silent=sum(one.held.state in UNREPORTED for one in late),
        missing=sum(bool(one.missing) for one in seen),
        missing_url=list_url(clause=f"{key}-{clause.position:02d}", count="missing"),
        unreported=sum(one.state in UNREPORTED for one in seen),
        sum=summed(seen, clause.target_unit, clause) if measured and seen else None,
        period_sums=period_sums(periods, clause, f"{key}-{clause.position:02d}")
        if measured
        else (),
        year=year_sum(periods, clause) if measured else None,
    )


def _is_measured(clause: Clause) -> bool:
    return bool(clause.target_indicator) or clause.target_value is not None


def _is_late(one: ShownDirective) -> bool:
    return one.clock is not None and one.clock.code is Timeliness.OVERDUE


def _own(held: tuple[HeldDirective, ...], actor: Actor) -> tuple[int, str]:
    """Return how many directives of a document an agency itself leads, and its code."""
    own = [one for one in held if one.lead_id == actor.agency_id]
    is_agency = actor.role in AGENCY_ROLES
    return (len(own), own[0].lead_code) if is_agency and own else (0, "")


def _urgency(one: ShownDirective) -> tuple[bool, int]:
    """Late work first, then the least advanced; the order of numbers within."""
    state = one.held.state
    return not _is_late(one), list(State).index(state) if state is not None else len(State)


def _clock(held: HeldDirective, hands: Hands) -> Clock | None:
    if held.state is None:
        return None
    return hands.of(held.state, held.due_on, held.completed_on, held.suspended_since)


def _counts(rows: Any) -> tuple[tuple[State, int], ...]:
    found = Counter(row.held.state for row in rows if row.held.state is not None)
    return tuple((state, found[state]) for state in State if found[state])


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadOnDocument:
    """One agency and how far its directives of the document have come."""

    name: str
    code: str
    directives: int
    counts: tuple[tuple[State, int], ...]
    late: int


def by_agency(rows: list[ShownDirective]) -> list[LeadOnDocument]:
    """Return the leads of a document, most late work first; only of what the reader sees whole."""
    of: dict[str, list[ShownDirective]] = {}
    for one in rows:
        if one.held.state is not None:
            of.setdefault(one.held.lead_code, []).append(one)
    found = [
        LeadOnDocument(
            name=own[0].held.lead,
            code=code,
            directives=len(own),
            counts=_counts(own),
            late=sum(x.clock is not None and x.clock.code is Timeliness.OVERDUE for x in own),
        )
        for code, own in of.items()
    ]
    return sorted(found, key=lambda lead: (-lead.late, sort_key(lead.name)))


def named_parties(parties: tuple[Party, ...], names: Names) -> tuple[NamedParty, ...]:
    """Return agencies and groups by name."""
    return tuple(
        NamedParty(
            name=(
                names.groups.get(party.group_code, party.group_code)
                if party.group_code
                else names.agencies.get(party.agency_id or 0, party.words)
            ),
            without=tuple(names.agencies.get(key, "?") for key in sorted(party.without)),
            words=party.words,
            how=party.how,
            is_group=bool(party.group_code),
        )
        for party in parties
    )


def head_facts(document: Document, names: Names) -> list[tuple[str, str]]:
    """Return the head of a document as words and values; empty ones are left out."""
    head = document.head
    signer = ", ".join(filter(None, (head.signer_title, head.signer)))
    facts = [
        (_("Cơ quan ban hành"), head.issuer),
        (_("Người ký"), signer),
        (_("Nguồn giao"), label(head.source, "source")),
        (_("Độ khẩn"), label(head.urgency, "urgency")),
        (_("Người giao"), names.people.get(head.assigner_id or 0, "")),
        (_("Theo dõi"), names.agencies.get(head.overseer_id or 0, "")),
        (_("Người nhập"), names.people.get(document.entered_by or 0, "")),
        (_("Nhập từ bảng"), document.imported_from),
    ]
    return [(word, value) for word, value in facts if value]
