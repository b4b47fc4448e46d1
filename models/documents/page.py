"""What the page of one document shows, read in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Label,
    Row,
    Select,
    String,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)

from models.accounts.rows import AccountRow, MembershipRow
from models.agencies.rows import AgencyGroupRow, AgencyRow
from models.directives.figures import FIGURES, reported_figures
from models.directives.judging import independent_of
from models.directives.queries import visible_to
from models.directives.rows import DirectiveRow
from models.documents.moved import ENTRY, IS_CHANGE, changes_in
from models.documents.numbers import BEARS, SameNumber, bearing, same_number_in
from models.documents.rows import DocumentRow
from models.documents.scope import readable_by
from models.history.rows import HistoryRow
from models.lasting import stands_on
from models.periods.conditions import outcome_is
from models.periods.rows import PeriodPlanRow, PeriodRow
from workflow.accounts.records import Actor, Role
from workflow.directives.records import State
from workflow.documents.records import Document
from workflow.evidence.records import StoredFile
from workflow.history.records import Entry
from workflow.periods.records import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldDirective:
    """A directive of a clause as its document shows it.

    `state` is None for a reader who may read the clause and not what became of it; `missing` how
    many of its periods passed without a report, `decline_standing` that its lead asks for another
    lead and nobody answered yet; `is_independent` says that the reader had no hand in it and is not
    of its lead.
    """

    number: str
    clause_id: int
    lead_id: int
    lead: str
    lead_code: str
    due_on: date | None
    completed_on: date | None
    state: State | None
    suspended_since: date | None
    version: int
    is_part: bool
    decline_standing: bool = False
    is_independent: bool = True
    figure: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    changes: tuple[Entry, ...] = ()
    recurs: str = ""
    missing: int = 0


_RECURS = (
    select(PeriodPlanRow.recurs)
    .where(PeriodPlanRow.directive_id == DirectiveRow.id)
    .scalar_subquery()
    .label("recurs")
)
"""How often standing work reports, once its periods were planned."""


def _missing(day: date) -> Label[int]:
    """How many periods of standing work passed without a report."""
    return (
        select(func.count())
        .select_from(PeriodRow)
        .where(PeriodRow.directive_id == DirectiveRow.id, outcome_is(Outcome.MISSING, day))
        .correlate(DirectiveRow)
        .scalar_subquery()
        .label("missing")
    )


def directives_of(
    connection: Connection,
    actor: Actor,
    document_id: int,
    day: date,
    *,
    with_figures: bool = False,
) -> tuple[HeldDirective, ...]:
    """Return the directives of a document in order of number.

    Of the parts handed down only those that the reader's own agency leads. With the figures
    that their reports tell where they are asked for, and with what changed them since, the
    oldest first, where the reader sees them whole.
    """
    statement = (
        select(
            DirectiveRow.number,
            DirectiveRow.clause_id,
            DirectiveRow.lead_agency_id,
            DirectiveRow.due_on,
            DirectiveRow.completed_on,
            DirectiveRow.state,
            DirectiveRow.carried_over,
            DirectiveRow.suspended_since,
            DirectiveRow.decline_standing,
            DirectiveRow.version,
            DirectiveRow.parent_id,
            AgencyRow.name.label("lead"),
            AgencyRow.code.label("lead_code"),
            visible_to(actor, day).label("is_open_to_reader"),
            independent_of(actor, day).label("is_independent"),
            *(reported_figures() if with_figures else ()),
            _RECURS,
            _missing(day),
            *ENTRY,
        )
        .join(AgencyRow, AgencyRow.id == DirectiveRow.lead_agency_id)
        .outerjoin(HistoryRow, IS_CHANGE)
        .where(
            DirectiveRow.document_id == document_id,
            or_(DirectiveRow.parent_id.is_(None), DirectiveRow.lead_agency_id == actor.agency_id),
        )
        .order_by(DirectiveRow.id, HistoryRow.serial)
    )
    rows: Iterable[Row[Any]] = connection.execute(statement)
    return tuple(_held(tuple(same)) for _number, same in groupby(rows, lambda row: row.number))


def _held(rows: Sequence[Row[Any]]) -> HeldDirective:
    row = rows[0]
    seen = bool(row.is_open_to_reader)
    return HeldDirective(
        number=row.number,
        clause_id=row.clause_id,
        lead_id=row.lead_agency_id,
        lead=row.lead,
        lead_code=row.lead_code,
        due_on=row.due_on,
        completed_on=row.completed_on if seen else None,
        state=State(row.state) if seen else None,
        suspended_since=row.suspended_since if seen else None,
        version=row.version,
        is_part=row.parent_id is not None,
        decline_standing=seen and row.decline_standing,
        is_independent=bool(row.is_independent),
        changes=changes_in(rows) if seen else (),
        recurs=row.recurs or "",
        missing=row.missing if seen else 0,
        **({name: getattr(row, name, None) for name in FIGURES} if seen else {}),
    )


def signed_file(
    connection: Connection, actor: Actor, document_id: int, day: date
) -> StoredFile | None:
    """Return the signed file of a document within the reader's scope."""
    row = connection.execute(
        select(
            DocumentRow.file_name,
            DocumentRow.file_type,
            DocumentRow.file_size,
            DocumentRow.file_sha256,
        ).where(DocumentRow.id == document_id, readable_by(actor, day))
    ).one_or_none()
    if row is None or not row.file_sha256:
        return None
    return StoredFile(
        name=row.file_name,
        media_type=row.file_type,
        size=row.file_size,
        sha256=row.file_sha256,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names behind the keys on a page."""

    agencies: Mapping[int, str]
    groups: Mapping[str, str]
    people: Mapping[int, str]
    same_number: tuple[SameNumber, ...] = ()


def names_in(
    connection: Connection, document: Document, reader: tuple[Actor, date] | None = None
) -> Names:
    """Return every name that a document's keys stand for, in one statement.

    For a `reader` on a day also the other documents they may read that bear its number.
    """
    parties = [party for clause in document.clauses for party in clause.parties]
    agencies = {p.agency_id for p in parties} | {document.head.overseer_id}
    agencies |= {key for party in parties for key in party.without}
    near = [problem for clause in document.clauses for problem in clause.problems]
    agencies |= {key for problem in near for key in problem.suggestions}
    groups = {party.group_code for party in parties}
    groups |= {code for problem in near for code in problem.groups}
    people = {document.entered_by, document.head.assigner_id}
    people |= {key for c in document.clauses for key in (c.monitor_id, c.assigner_id)}
    statement = union_all(
        _named("agency", cast(AgencyRow.id, String), AgencyRow.name, AgencyRow.id.in_(agencies)),
        _named(
            "group",
            cast(AgencyGroupRow.code, String),
            AgencyGroupRow.name,
            AgencyGroupRow.code.in_(groups),
        ),
        _named("person", cast(AccountRow.id, String), AccountRow.name, AccountRow.id.in_(people)),
        *_bearing(document, reader),
    )
    found: dict[str, dict[str, str]] = {"agency": {}, "group": {}, "person": {}, BEARS: {}}
    for row in connection.execute(statement):
        found[row.kind][row.key] = row.name
    return Names(
        same_number=same_number_in(found[BEARS]),
        agencies={int(key): name for key, name in found["agency"].items()},
        groups=found["group"],
        people={int(key): name for key, name in found["person"].items()},
    )


def _bearing(document: Document, reader: tuple[Actor, date] | None) -> list[Select[Any]]:
    found = bearing(document.head, *reader, but=document.id) if reader else None
    return [] if found is None else [_named(BEARS, found.key, found.name, found.wanted)]


def _named(
    kind: str, key: ColumnElement[str], name: Any, wanted: ColumnElement[bool]
) -> Select[Any]:
    return select(literal(kind).label("kind"), key.label("key"), name.label("name")).where(wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """A person who may give a task or follow one, with the agency they do it in."""

    id: int
    name: str
    role: Role
    agency: str


def who_give_and_follow(connection: Connection, day: date) -> tuple[Seated, ...]:
    """Return the leaders and the office's people as of `day`, by name."""
    statement = (
        select(AccountRow.id, AccountRow.name, MembershipRow.role, AgencyRow.name.label("agency"))
        .join(MembershipRow, MembershipRow.account_id == AccountRow.id)
        .join(AgencyRow, AgencyRow.id == MembershipRow.agency_id)
        .where(
            MembershipRow.role.in_((Role.LEADER, Role.OFFICE)),
            stands_on(MembershipRow, day),
            AccountRow.is_active,
        )
        .order_by(AccountRow.name_folded, AccountRow.id)
    )
    return tuple(
        Seated(id=row.id, name=row.name, role=Role(row.role), agency=row.agency)
        for row in connection.execute(statement)
    )
