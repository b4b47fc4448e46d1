"""What the directive's use cases ask of memory, in prepared Core statements.

The write path stands on Core and not on mapped objects: one load with its facts, one
guarded update, one history entry (ADR 0003).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Row,
    Select,
    String,
    Update,
    bindparam,
    cast,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from models.agencies.register import AgencyRegister
from models.agencies.rows import AgencyRow
from models.base import table_of
from models.directives.rows import CoordinatingRow, DirectiveRow, ReportRow
from models.documents.rows import DocumentRow
from models.evidence.register import EvidenceRegister
from models.evidence.rows import EvidenceRow
from models.history.register import HistoryRegister
from workflow.accounts.records import Actor
from workflow.agencies.records import Agency
from workflow.deadlines.records import DeadlineKind
from workflow.directives.needs import Given
from workflow.directives.records import Action, Directive, NewPart, Part, State
from workflow.directives.rules import Step
from workflow.directives.table import Row as TableRow
from workflow.errors import Stale
from workflow.history.records import Entry
from workflow.text import fold

_OWN = (
    "id", "number", "document_id", "clause_id", "state", "version", "content",
    "lead_agency_id", "assigned_on", "expected_output",
    "target_indicator", "target_value", "target_unit", "parent_id", "handed_by_id",
    "assigner_id", "lead_since", "starts_on", "due_on", "first_due_on", "accepted_on",
    "reported_at", "reported_by", "completed_on", "verified_on", "verdict", "grade",
    "ever_reported", "judged", "returned_count", "decline_standing", "extension_asked_to",
    "extensions_granted", "progress", "carried_over",
)  # fmt: skip
_COPIED = (*_OWN, "lead_path", "lead_name")
_Lead = aliased(AgencyRow, name="lead")
_Hander = aliased(AgencyRow, name="hander")
_Parent = aliased(DirectiveRow, name="parent")
_LOAD = (
    select(
        *(table_of(DirectiveRow).c[name] for name in (*_OWN, "touched_by")),
        _Lead.path.label("lead_path"),
        _Lead.name.label("lead_name"),
        _Hander.path.label("handed_by_path"),
        DocumentRow.overseer_id,
        _Parent.due_on.label("parent_due_on"),
        _Parent.state.label("parent_state"),
        _Parent.lead_agency_id.label("parent_lead_id"),
    )
    .join(_Lead, _Lead.id == DirectiveRow.lead_agency_id)
    .join(DocumentRow, DocumentRow.id == DirectiveRow.document_id)
    .outerjoin(_Hander, _Hander.id == DirectiveRow.handed_by_id)
    .outerjoin(_Parent, _Parent.id == DirectiveRow.parent_id)
    .where(DirectiveRow.number == bindparam("number"))
)
_LOAD_FOR_WRITING = _LOAD.with_for_update(of=DirectiveRow.__table__)
_HOLD = select(DirectiveRow.id).where(DirectiveRow.number == bindparam("root")).with_for_update()
"""Whoever writes on a part holds the directive at the top first: a family is one at a time,
so that what a rule reads of another member still stands when the act is kept."""
_FACTS = select(
    select(func.aggregate_strings(cast(AgencyRow.id, String) + ":" + AgencyRow.path, ","))
    .join(CoordinatingRow, CoordinatingRow.agency_id == AgencyRow.id)
    .where(CoordinatingRow.directive_id == bindparam("directive_id"))
    .scalar_subquery()
    .label("coordinating"),
    exists(select(DirectiveRow.id).where(DirectiveRow.parent_id == bindparam("directive_id")))
    .label("has_parts"),
    exists(select(EvidenceRow.id).where(EvidenceRow.directive_id == bindparam("directive_id")))
    .label("has_evidence"),
)  # fmt: skip
"""What stands beside the row. Asked once the row is held, so that what the holder before kept
is seen; it spares the queries for what is not there."""
_PARTS = (
    select(DirectiveRow.number, DirectiveRow.state, DirectiveRow.due_on, AgencyRow.name)
    .join(AgencyRow, AgencyRow.id == DirectiveRow.lead_agency_id)
    .where(DirectiveRow.parent_id == bindparam("parent_id"))
    .order_by(DirectiveRow.id)
)
_Below = (
    select(DirectiveRow.id, DirectiveRow.number, DirectiveRow.state)
    .where(DirectiveRow.parent_id == bindparam("directive_id"))
    .cte("below", recursive=True)
)
_Deeper = aliased(DirectiveRow, name="deeper")
_Below = _Below.union_all(
    select(_Deeper.id, _Deeper.number, _Deeper.state).join(_Below, _Below.c.id == _Deeper.parent_id)
)
_OPEN_BELOW = (
    select(_Below.c.number)
    .where(_Below.c.state.not_in([State.VERIFIED, State.WITHDRAWN]))
    .order_by(_Below.c.id)
)
_COUNT_PARTS = select(func.count()).where(DirectiveRow.parent_id == bindparam("parent_id"))
_SHARES = (
    select(DirectiveRow.id)
    .where(
        DirectiveRow.document_id == bindparam("document_id"),
        or_(
            DirectiveRow.lead_agency_id.in_(
                select(AgencyRow.id).where(AgencyRow.path.startswith(bindparam("path")))
            ),
            DirectiveRow.id.in_(
                select(CoordinatingRow.directive_id)
                .join(AgencyRow, AgencyRow.id == CoordinatingRow.agency_id)
                .where(AgencyRow.path.startswith(bindparam("path")))
            ),
        ),
    )
    .limit(1)
)
_REPORTS = table_of(ReportRow)
_NEXT_REPORT = select(func.coalesce(func.max(_REPORTS.c.serial), 0) + 1).where(
    _REPORTS.c.directive_id == bindparam("of_directive")
)
_ADD_REPORT = insert(_REPORTS).values(serial=_NEXT_REPORT.scalar_subquery())
_END_REPORT = (
    update(_REPORTS)
    .where(_REPORTS.c.directive_id == bindparam("of_directive"), _REPORTS.c.outcome == "pending")
    .values(
        outcome=bindparam("new_outcome"),
        outcome_reason=bindparam("why"),
        ended_at=bindparam("at"),
    )
)
_OUTCOMES = {
    Action.RECALL: "recalled",
    Action.RETURN: "returned",
    Action.VERIFY: "verified",
    Action.AMEND: "overtaken",
    Action.WITHDRAW: "overtaken",
}


class Beside(NamedTuple):
    """An agency that coordinates, and its place in the tree."""

    id: int
    path: str


def _beside(told: str | None) -> list[Beside]:
    pairs = (item.split(":") for item in told.split(",")) if told else ()
    return sorted(Beside(int(key), path) for key, path in pairs)


def directive_from(
    row: Row[*tuple[Any, ...]],
    coordinating: Sequence[Beside],
    parts: tuple[Part, ...],
    evidence: tuple[object, ...],
) -> Directive:
    """Return the directive a row holds, with the facts its guards need."""
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's public name
    plain = {name: values[name] for name in _COPIED}
    return Directive(
        **plain,
        overseer_id=values["overseer_id"] or 0,
        handed_by_path=values["handed_by_path"] or "",
        parent_due_on=values.get("parent_due_on"),
        parent_state=values.get("parent_state"),
        parent_lead_id=values.get("parent_lead_id"),
        coordinating=frozenset(item.id for item in coordinating),
        coordinating_paths=tuple(item.path for item in coordinating),
        touched_by=frozenset(values["touched_by"]),
        evidence=evidence,  # type: ignore[arg-type]
        parts=parts,
    )


def root_of(number: str) -> str:
    """Return the number at the top of a part's number (`2021-0017-03.12` of `…-01-02`)."""
    return "-".join(number.split("-")[:3])


class DirectiveRegister:
    """Directives within one transaction; `writing` holds what it loads against others."""

    def __init__(self, connection: Connection, *, writing: bool, now: datetime) -> None:
        self._connection = connection
        self._writing = writing
        self._now = now
        self.history = HistoryRegister(connection)
        self.agencies = AgencyRegister(connection)
        self.evidence = EvidenceRegister(connection)

    def directive(self, number: str) -> Directive | None:
        """Return a directive with the facts its guards need."""
        row = self._held(number) if self._writing else self._row(_LOAD, number)
        if row is None:
            return None
        facts = self._connection.execute(_FACTS, {"directive_id": row.id}).one()
        return directive_from(
            row,
            _beside(facts.coordinating),
            self._parts(row.id) if facts.has_parts else (),
            self.evidence.of_directive(row.id) if facts.has_evidence else (),
        )

    def _held(self, number: str) -> Row[*tuple[Any, ...]] | None:
        """Hold a row against others and read it as it stands once they are done.

        PostgreSQL tells nothing when the lead moved while we waited, because the agency
        joined to the older row no longer fits; so what is missing is asked for twice.
        """
        root = root_of(number)
        if root != number:
            self._connection.execute(_HOLD, {"root": root})
        return self._row(_LOAD_FOR_WRITING, number) or self._row(_LOAD_FOR_WRITING, number)

    def _row(
        self, statement: Select[*tuple[Any, ...]], number: str
    ) -> Row[*tuple[Any, ...]] | None:
        return self._connection.execute(statement, {"number": number}).one_or_none()

    def _parts(self, parent_id: int) -> tuple[Part, ...]:
        rows = self._connection.execute(_PARTS, {"parent_id": parent_id})
        return tuple(
            Part(number=r.number, agency_name=r.name, state=State(r.state), due_on=r.due_on)
            for r in rows
        )

    def shares_document(self, actor: Actor, directive: Directive, day: date) -> bool:
        """Whether the actor's agency, or a unit under it, holds any clause of the document."""
        del day
        if not actor.agency_path:
            return False
        values = {"document_id": directive.document_id, "path": actor.agency_path}
        return self._connection.execute(_SHARES, values).first() is not None

    def agency(self, agency_id: int) -> Agency | None:
        """Return an agency, on whatever day it stood."""
        return self.agencies.agency(agency_id)

    def save_step(self, directive: Directive, step: Step) -> None:
        """Keep a step; Stale if somebody saved the directive since it was loaded."""
        fields = dict(step.change.fields)
        if "coordinating" in fields:
            self._save_coordinating(directive.id, step.directive.coordinating)
        values = _row_values(fields, step.directive)
        values |= {"version": step.directive.version, "updated_at": self._now}
        where = {"this_id": directive.id, "seen_version": directive.version}
        saved = self._connection.execute(_save_of(tuple(sorted(values))), values | where)
        if saved.rowcount != 1:
            raise Stale("stale", number=directive.number, version=None, seen=directive.version)

    def _save_coordinating(self, directive_id: int, agencies: frozenset[int]) -> None:
        self._connection.execute(
            delete(CoordinatingRow).where(CoordinatingRow.directive_id == directive_id)
        )
        if agencies:
            self._connection.execute(
                insert(CoordinatingRow),
                [{"directive_id": directive_id, "agency_id": key} for key in sorted(agencies)],
            )

    def add_directive(
        self, values: Mapping[str, object], coordinating: frozenset[int]
    ) -> Directive:
        """Add a directive with who coordinates it and return it as loaded."""
        number, content = str(values["number"]), str(values["content"])
        ready = {"search": fold(f"{number} {content}"), "updated_at": self._now, **values}
        key = self._connection.execute(
            insert(DirectiveRow).returning(DirectiveRow.id), ready
        ).scalar_one()
        if coordinating:
            self._save_coordinating(key, coordinating)
        added = self.directive(number)
        assert added is not None  # noqa: S101 - just added
        return added

    def add_part(self, parent: Directive, part: NewPart, at: datetime) -> Directive:
        """Make a child directive under `parent`; its number is the parent's with a serial."""
        count = self._connection.execute(_COUNT_PARTS, {"parent_id": parent.id}).scalar_one()
        day = part.assigned_on
        values: dict[str, object] = {
            "number": f"{parent.number}-{count + 1:02d}",
            "document_id": parent.document_id,
            "clause_id": parent.clause_id,
            "parent_id": parent.id,
            "handed_by_id": parent.lead_agency_id,
            "lead_agency_id": part.agency_id,
            "state": State.ASSIGNED,
            "content": part.content,
            "priority": "normal",
            "deadline_kind": DeadlineKind.FIXED if part.due_on else DeadlineKind.NONE,
            "due_on": part.due_on,
            "first_due_on": part.due_on,
            "assigned_on": day,
            "lead_since": day,
            "touched_by": [],
        }
        del at
        return self.add_directive(values, frozenset())

    def add_evidence(
        self, directive: Directive, action: Action, given: Given, actor: Actor, at: datetime
    ) -> tuple[str, ...]:
        """Keep the files given; a name used before becomes its next version."""
        return self.evidence.add(directive, action, given, actor, at)

    def keep_records_of(
        self, row: TableRow, before: Directive, given: Given, actor: Actor, at: datetime
    ) -> None:
        """Keep what an act leaves beside the row: reports and their end, judged pieces."""
        if row.action is Action.REPORT:
            self._add_report(before, given, actor, at)
        elif row.action in _OUTCOMES and before.state is State.REPORTED:
            self._end_report(before, _OUTCOMES[row.action], given, at)
        elif row.action in {Action.ACCEPT_EVIDENCE, Action.REJECT_EVIDENCE}:
            self.evidence.judge(before, row.action, given, actor, at)

    def _add_report(self, directive: Directive, given: Given, actor: Actor, at: datetime) -> None:
        self._connection.execute(
            _ADD_REPORT,
            {
                "directive_id": directive.id,
                "of_directive": directive.id,
                "result": given.text("result"),
                "report_number": given.text("report_number"),
                "report_date": given.day("report_date"),
                "signer": given.text("signer"),
                "figure": given.number("figure"),
                "open_parts_reason": given.text("open_parts_reason"),
                "filed_by": actor.account_id,
                "filed_at": at,
                "outcome": "pending",
                "outcome_reason": "",
            },
        )

    def _end_report(self, directive: Directive, outcome: str, given: Given, at: datetime) -> None:
        reason = given.text("reason") or given.text("comment")
        self._connection.execute(
            _END_REPORT,
            {
                "of_directive": directive.id,
                "new_outcome": outcome,
                "why": reason,
                "at": at,
            },
        )

    def open_numbers_below(self, directive: Directive) -> tuple[str, ...]:
        """Return the numbers of parts that still run at any depth, from the top down."""
        rows = self._connection.execute(_OPEN_BELOW, {"directive_id": directive.id})
        return tuple(row.number for row in rows)

    def append(self, entry: Entry) -> None:
        """Add an entry to the history, sealed to the one before."""
        self.history.append(entry)


@lru_cache(maxsize=256)
def _save_of(names: tuple[str, ...]) -> Update:
    """Return the guarded update of some columns, built once for each set of names."""
    table = table_of(DirectiveRow)
    return (
        update(table)
        .where(table.c.id == bindparam("this_id"), table.c.version == bindparam("seen_version"))
        .values({name: bindparam(name) for name in names})
    )


def _row_values(fields: Mapping[str, object], after: Directive) -> dict[str, object]:
    values = {name: value for name, value in fields.items() if name != "coordinating"}
    if "touched_by" in values:
        values["touched_by"] = sorted(after.touched_by)
    if "content" in values:
        values["search"] = fold(f"{after.number} {after.content}")
    return values
