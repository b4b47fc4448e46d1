"""What the report's page, files and command read: the figures, and the documents to pick from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    case,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from models.agencies.rows import AgencyRow
from models.agencies.scope import with_below
from models.agencies.successors import heirs_on
from models.directives.filters import Looker
from models.directives.matter_rows import InputRequestRow
from models.directives.rows import DirectiveRow
from models.documents.rows import DocumentRow
from models.documents.scope import readable_by
from models.summaries.figures import conditions
from models.summaries.inputs import owed
from models.summaries.standing import (
    Scope,
    led_within,
    name_on,
    of_documents,
    picked_documents,
    stood_then,
)
from workflow.agencies.records import Agency
from workflow.documents.keys import document_key
from workflow.documents.records import DocumentState, Source
from workflow.summaries.records import Figure, Tally
from workflow.text import sort_key


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyTally:
    """One agency with its figures; `late_inputs` is what it owes others as a coordinating one.

    `others` are the ids and codes of agencies it followed, where their figures are among its own.
    """

    id: int
    code: str
    name: str
    tally: Tally
    late_inputs: int = 0
    others: tuple[tuple[int, str], ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all agencies whose figures these are."""
        return (self.code, *(code for _key, code in self.others))

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of all agencies whose figures these are."""
        return (self.id, *(key for key, _code in self.others))


def tallies_of(connection: Connection, scope: Scope, looker: Looker) -> tuple[AgencyTally, ...]:
    """Count the directives of a scope by agency, in Vietnamese order of names, in one statement.

    Equal to `workflow.summaries.rules.tallies` of the same directives. On today's map agencies
    that ended are counted as those that follow them, which takes two statements more.
    """
    counted = _counted(scope, looker).subquery("counted")
    rows = connection.execute(
        select(
            AgencyRow.id,
            AgencyRow.code,
            name_on(scope.span.last),
            *(func.sum(counted.c[name]).label(name) for name in COUNTED),
        )
        .join(counted, counted.c.agency_id == AgencyRow.id)
        .group_by(AgencyRow.id, AgencyRow.code, AgencyRow.name, AgencyRow.sort_key)
        .order_by(AgencyRow.sort_key, AgencyRow.id)
    )
    found = tuple(
        AgencyTally(
            id=agency,
            code=code,
            name=name,
            tally=Tally(counts={one: int(n) for one, n in zip(Figure, numbers, strict=True) if n}),
            late_inputs=int(late),
        )
        for agency, code, name, *numbers, late in rows
        if any(numbers) or late
    )
    return _followed(found, heirs_on(connection, looker.day)) if scope.on_todays_map else found


def _followed(
    found: tuple[AgencyTally, ...], heirs: Mapping[int, Agency]
) -> tuple[AgencyTally, ...]:
    """Count each agency that ended as the one that follows it: the whole stays the same."""
    merged: dict[int, AgencyTally] = {}
    for one in found:
        heir = heirs.get(one.id)
        key, code, name = (heir.id, heir.code, heir.name) if heir else (one.id, one.code, one.name)
        before = merged.get(key, AgencyTally(id=key, code=code, name=name, tally=Tally()))
        merged[key] = replace(
            before,
            tally=before.tally + one.tally,
            late_inputs=before.late_inputs + one.late_inputs,
            others=before.others + (((one.id, one.code),) if heir else ()),
        )
    return tuple(sorted(merged.values(), key=lambda one: sort_key(one.name)))


LATE_INPUTS = "late_inputs"
COUNTED = (*(one.value for one in Figure), LATE_INPUTS)


def _counted(scope: Scope, looker: Looker) -> CompoundSelect[Any]:
    """Count by who led at the end, what moved by who led on the eve, inputs by who owes them."""
    stood = stood_then(scope, looker)
    of = conditions(stood, scope.span)
    sums = {one.value: func.sum(case((of[one], 1), else_=0)) for one in Figure}
    moved_out = Figure.MOVED_OUT.value
    at_end = {name: total for name, total in sums.items() if name != moved_out}
    on_eve = {moved_out: sums[moved_out]}
    parts = [
        _of_agency(column, totals).where(*led_within(column, scope, looker)).group_by(column)
        for column, totals in ((stood.c.lead, at_end), (stood.c.lead_before, on_eve))
    ]
    inputs = (
        _of_agency(InputRequestRow.agency_id, {LATE_INPUTS: func.count()})
        .join(DirectiveRow, DirectiveRow.id == InputRequestRow.directive_id)
        .where(*owed(scope, looker))
        .group_by(InputRequestRow.agency_id)
    )
    return union_all(*parts, inputs)


def _of_agency(
    column: ColumnElement[int] | InstrumentedAttribute[int],
    totals: Mapping[str, ColumnElement[int]],
) -> Select[*tuple[Any, ...]]:
    """Select an agency with some of what is counted; the rest is 0."""
    named = ((totals[name] if name in totals else literal(0)).label(name) for name in COUNTED)
    return select(column.label("agency_id"), *named)


def narrowed_ids(
    connection: Connection, scope: Scope
) -> tuple[frozenset[int] | None, frozenset[int] | None]:
    """Return the ids of the documents and agencies of a scope; None where it names none."""
    documents = agencies = None
    if wanted := of_documents(scope):
        documents = frozenset(connection.scalars(select(DocumentRow.id).where(*wanted)))
    if scope.agency:
        agencies = frozenset(connection.scalars(with_below(scope.agency)))
    return documents, agencies


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A document that can be picked."""

    key: str
    reference: str
    subject: str
    issued_on: date | None
    source: Source


def documents_of(
    connection: Connection, looker: Looker, scope: Scope, *, limit: int
) -> tuple[Issued, ...]:
    """Return the documents one may read to pick from: those picked, then the newest first."""
    picked = [case((picked_documents(scope), 0), else_=1)] if scope.documents else []
    rows = connection.execute(
        select(
            DocumentRow.year,
            DocumentRow.serial,
            DocumentRow.reference,
            DocumentRow.subject,
            DocumentRow.issued_on,
            DocumentRow.source,
        )
        .where(
            DocumentRow.state == DocumentState.ISSUED,
            DocumentRow.issued_on <= scope.span.last,
            readable_by(looker.actor, looker.day),
        )
        .order_by(*picked, DocumentRow.issued_on.desc(), DocumentRow.id.desc())
        .limit(limit)
    )
    return tuple(
        Issued(
            key=document_key(row.year, row.serial),
            reference=row.reference,
            subject=row.subject,
            issued_on=row.issued_on,
            source=Source(row.source),
        )
        for row in rows
    )
