"""How a directive is read with the facts its guards need, and held while somebody writes.

One load, one look at what stands beside the row, and further queries only for what is there
(ADR 0003).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    bindparam,
    cast,
    exists,
    func,
    select,
)
from sqlalchemy.orm import aliased

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.directives.beside import has_beside, inputs_of, proposals_of
from models.directives.counting import COUNTED, agreed_since, was_counted
from models.directives.figures import FIGURES, reported_figures
from models.directives.inside import current_routings
from models.directives.queries import held_under, shares_document_with
from models.directives.rows import CoordinatingRow, DirectiveRow
from models.directives.shelf import Shelf, prepared_of
from models.documents.rows import ClauseRow, DocumentRow
from models.evidence.register import EvidenceRegister
from models.evidence.rows import EvidenceRow
from models.periods.owed import unsettled, unsettled_from
from models.periods.rows import PeriodPlanRow
from models.prepared import Prepared
from workflow.accounts.records import AGENCY_ROLES, Actor
from workflow.directives.records import Directive, Part, State
from workflow.documents.keys import root_of

_OWN = (
    "id", "number", "document_id", "clause_id", "state", "version", "content",
    "lead_agency_id", "assigned_on", "expected_output",
    "target_indicator", "target_value", "target_unit", "parent_id", "handed_by_id",
    "assigner_id", "lead_since", "awaited_since", "starts_on", "due_on", "first_due_on",
    "accepted_on",
    "reported_at", "reported_by", "completed_on", "verified_on", "verdict", "grade",
    "ever_reported", "judged", "returned_count", "report_recorded", "reminders",
    "reminded_on", "decline_standing", "declined_on",
    "extension_asked_to", "extension_asked_on", "extensions_granted", "proposed_on",
    "suspended_since", "progress", "carried_over",
)  # fmt: skip
_COPIED = (*_OWN, "lead_path", "lead_name")
_Lead = aliased(AgencyRow, name="lead")
_Hander = aliased(AgencyRow, name="hander")
Parent = aliased(DirectiveRow, name="parent")
PARENT_FACTS = (
    Parent.due_on.label("parent_due_on"),
    Parent.state.label("parent_state"),
    Parent.lead_agency_id.label("parent_lead_id"),
)
"""What the guards of a part ask of the directive above it; whoever opens one selects them."""
FACTS_OF = (
    select(
        *(table_of(DirectiveRow).c[name] for name in (*_OWN, "touched_by", *COUNTED)),
        _Lead.path.label("lead_path"),
        _Lead.name.label("lead_name"),
        _Hander.path.label("handed_by_path"),
        DocumentRow.overseer_id,
        ClauseRow.target_scope,
        ClauseRow.target_basis,
        *PARENT_FACTS,
        unsettled(),
    )
    .join(_Lead, _Lead.id == DirectiveRow.lead_agency_id)
    .join(DocumentRow, DocumentRow.id == DirectiveRow.document_id)
    .join(ClauseRow, ClauseRow.id == DirectiveRow.clause_id)
    .outerjoin(_Hander, _Hander.id == DirectiveRow.handed_by_id)
    .outerjoin(Parent, Parent.id == DirectiveRow.parent_id)
)
"""A directive's row with the facts that stand beside it one to one."""
_LOAD = FACTS_OF.where(DirectiveRow.number == bindparam("number"))
_HOLD = select(DirectiveRow.id).where(DirectiveRow.number == bindparam("root")).with_for_update()
"""Whoever writes on a part holds the directive at the top first: a family is one at a time,
so that what a rule reads of another member still stands when the act is kept."""
_Part = aliased(DirectiveRow, name="part")


def _facts(directive_id: ColumnElement[int]) -> tuple[ColumnElement[Any], ...]:
    """Return what stands beside a row; it spares the queries for what is not there."""
    coordinating = (
        select(func.aggregate_strings(cast(AgencyRow.id, String) + ":" + AgencyRow.path, ","))
        .join(CoordinatingRow, CoordinatingRow.agency_id == AgencyRow.id)
        .where(CoordinatingRow.directive_id == directive_id)
        .scalar_subquery()
    )
    parts = select(_Part.id).where(_Part.parent_id == directive_id)
    pieces = select(EvidenceRow.id).where(EvidenceRow.directive_id == directive_id)
    plans = select(PeriodPlanRow.directive_id).where(PeriodPlanRow.directive_id == directive_id)
    return (
        coordinating.label("coordinating"),
        exists(parts).label("has_parts"),
        exists(pieces).label("has_evidence"),
        *has_beside(directive_id),
        exists(plans).label("has_periods"),
    )


_WHOLE = _LOAD.add_columns(*_facts(table_of(DirectiveRow).c.id))
_LOAD_WHOLE = Prepared(_WHOLE)
"""The row and its facts at once, where nobody can change them in between: to a reader, and on
SQLite, where who writes keeps all others from writing."""
_Seen = aliased(DirectiveRow, name="seen")
_LOAD_HELD = Prepared(
    _WHOLE.add_columns(
        select(_Seen.version)
        .where(_Seen.id == DirectiveRow.id)
        .scalar_subquery()
        .label("seen_version")
    ).with_for_update(of=DirectiveRow.__table__)
)
"""The same, held against others. PostgreSQL reads all that stands beside the row, and this one
version of it, as of the moment the statement began, but the row as it stands once it is held: the
two versions differ where somebody kept an act in between, and every act raises the version."""
_PARTS = (
    select(
        DirectiveRow.number,
        DirectiveRow.state,
        DirectiveRow.due_on,
        AgencyRow.name,
        *reported_figures(),
    )
    .join(AgencyRow, AgencyRow.id == DirectiveRow.lead_agency_id)
    .where(DirectiveRow.parent_id == bindparam("parent_id"))
    .order_by(DirectiveRow.id)
)
_Nearest = (
    select(DirectiveRow.id, DirectiveRow.number, DirectiveRow.state)
    .where(DirectiveRow.parent_id == bindparam("directive_id"))
    .cte("below", recursive=True)
)
_Deeper = aliased(DirectiveRow, name="deeper")
_Below = _Nearest.union_all(
    select(_Deeper.id, _Deeper.number, _Deeper.state).join(
        _Nearest, _Nearest.c.id == _Deeper.parent_id
    )
)
_OPEN_BELOW = (
    select(_Below.c.number)
    .where(_Below.c.state.not_in([State.VERIFIED, State.WITHDRAWN]))
    .order_by(_Below.c.id)
)


Loaded = Any
"""A row with the columns of `FACTS_OF`, by their names."""


class Beside(NamedTuple):
    """An agency that coordinates, and its place in the tree."""

    id: int
    path: str


def _beside(told: str | None) -> list[Beside]:
    pairs = (item.split(":") for item in told.split(",")) if told else ()
    return sorted(Beside(int(key), path) for key, path in pairs)


def directive_from(
    row: Loaded,
    coordinating: Sequence[Beside],
    parts: tuple[Part, ...],
    evidence: tuple[object, ...],
    **more: Any,
) -> Directive:
    """Return the directive a row holds, with the facts its guards need."""
    values = row._asdict()
    plain = {name: values[name] for name in _COPIED}
    return Directive(
        **plain,
        overseer_id=values["overseer_id"] or 0,
        handed_by_path=values["handed_by_path"] or "",
        parent_due_on=values["parent_due_on"],
        parent_state=values["parent_state"],
        parent_lead_id=values["parent_lead_id"],
        coordinating=frozenset(item.id for item in coordinating),
        coordinating_paths=tuple(item.path for item in coordinating),
        touched_by=frozenset(values["touched_by"]),
        evidence=evidence,  # type: ignore[arg-type]
        parts=parts,
        unsettled=unsettled_from(values["unsettled"]),
        target_scope=values["target_scope"],
        target_basis=values["target_basis"],
        **more,
    )


class DirectiveReader:
    """Directives as one transaction reads them; `writing` holds what it loads against others."""

    def __init__(self, connection: Connection, *, writing: bool) -> None:
        self._connection = connection
        self._writing = writing
        self.evidence = EvidenceRegister(connection)

    def directive(self, number: str) -> Directive | None:
        """Return a directive with the facts its guards need."""
        row = self._loaded(number)
        if row is None:
            return None
        shelf = prepared_of(self._connection, row.id) if row.has_prepared else Shelf()
        return directive_from(
            row,
            _beside(row.coordinating),
            self._parts(row.id) if row.has_parts else (),
            self.evidence.of_directive(row.id) if row.has_evidence else (),
            has_periods=row.has_periods,
            inputs=inputs_of(self._connection, row.id) if row.has_inputs else (),
            proposals=proposals_of(self._connection, row.id) if row.has_proposals else (),
            counts_days=self._counts_days(row),
            routings=current_routings(self._connection, row.id) if row.has_routings else (),
            **shelf._asdict(),
        )

    def _loaded(self, number: str) -> Loaded | None:
        """Return a directive's row, held where somebody writes, with what stands beside it."""
        named = {"number": number}
        if not self._writing or self._connection.dialect.name == "sqlite":
            return _LOAD_WHOLE.row(self._connection, named)
        root = root_of(number)
        if root != number:
            self._connection.execute(_HOLD, {"root": root})
        return self._held(named)

    def _counts_days(self, row: Loaded) -> bool:
        """Whether the date is still the counted one; asked only where a pause makes it matter."""
        if row.suspended_since is None or not was_counted(row):
            return False
        return row.number not in agreed_since(self._connection, [row.number])

    def _held(self, named: dict[str, str]) -> Loaded | None:
        """Hold a row against others and read it as it stands once they are done.

        Where somebody else kept an act since the statement began, it is asked again: the row is
        held by now. So it is where nothing was told at all: PostgreSQL leaves a row out when its
        lead moved while we waited, because the agency joined to the older row no longer fits.
        """
        row = _LOAD_HELD.row(self._connection, named)
        if row is None or row.version != row.seen_version:
            row = _LOAD_HELD.row(self._connection, named)
        return row

    def _parts(self, parent_id: int) -> tuple[Part, ...]:
        rows = self._connection.execute(_PARTS, {"parent_id": parent_id})
        return tuple(
            Part(
                number=r.number,
                agency_name=r.name,
                state=State(r.state),
                due_on=r.due_on,
                **{name: getattr(r, name) for name in FIGURES},
            )
            for r in rows
        )

    def follows(self, actor: Actor, directive: Directive, day: date) -> bool:
        """Whether the actor's agency, or a unit under it, follows one that had this work."""
        has_agency = actor.role in AGENCY_ROLES and bool(actor.agency_path)
        return has_agency and self._meets(directive, held_under(actor.agency_path, day))

    def shares_document(self, actor: Actor, directive: Directive, day: date) -> bool:
        """Whether the actor's agency, or a unit under it, holds any clause of the document."""
        return bool(actor.agency_path) and self._meets(directive, shares_document_with(actor, day))

    def _meets(self, directive: Directive, condition: ColumnElement[bool]) -> bool:
        found = select(DirectiveRow.id).where(DirectiveRow.id == directive.id, condition)
        return self._connection.execute(found).first() is not None

    def open_numbers_below(self, directive: Directive) -> tuple[str, ...]:
        """Return the numbers of parts that still run at any depth, from the top down."""
        rows = self._connection.execute(_OPEN_BELOW, {"directive_id": directive.id})
        return tuple(row.number for row in rows)
