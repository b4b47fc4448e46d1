"""What the report's page, files and command read: the figures, and the documents to pick from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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

from models.agencies.rows import AgencyRow
from models.directives.filters import Looker
from models.documents.rows import DocumentRow
from models.documents.scope import readable_by
from models.summaries.figures import conditions
from models.summaries.standing import (
    Scope,
    led_within,
    of_documents,
    picked_documents,
    stood_then,
    with_below,
)
from workflow.documents.records import DocumentState, Source
from workflow.summaries.records import Figure, Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyTally:
    """One agency with its figures."""

    id: int
    code: str
    name: str
    tally: Tally


def tallies_of(connection: Connection, scope: Scope, looker: Looker) -> tuple[AgencyTally, ...]:
    """Count the directives of a scope by agency, in Vietnamese order of names, in one statement.

    Equal to `workflow.summaries.rules.tallies` of the same directives.
    """
    counted = _counted(scope, looker).subquery("counted")
    rows = connection.execute(
        select(
            AgencyRow.id,
            AgencyRow.code,
            AgencyRow.name,
            *(func.sum(counted.c[one.value]).label(one.value) for one in Figure),
        )
        .join(counted, counted.c.agency_id == AgencyRow.id)
        .group_by(AgencyRow.id, AgencyRow.code, AgencyRow.name, AgencyRow.sort_key)
        .order_by(AgencyRow.sort_key, AgencyRow.id)
    )
    found = []
    for agency, code, name, *numbers in rows:
        counts = {one: int(n) for one, n in zip(Figure, numbers, strict=True) if n}
        if counts:
            found.append(AgencyTally(id=agency, code=code, name=name, tally=Tally(counts=counts)))
    return tuple(found)


def _counted(scope: Scope, looker: Looker) -> CompoundSelect[Any]:
    """Count by who led at the end, and what went to others by who led on the eve."""
    stood = stood_then(scope, looker)
    of = conditions(stood, scope.span)

    def of_agency(
        column: ColumnElement[int], counts: Callable[[Figure], bool]
    ) -> Select[*tuple[Any, ...]]:
        sums = (
            func.sum(case((of[one], 1), else_=0)) if counts(one) else literal(0) for one in Figure
        )
        named = (total.label(one.value) for one, total in zip(Figure, sums, strict=True))
        shown = led_within(column, scope, looker)
        return select(column.label("agency_id"), *named).where(*shown).group_by(column)

    return union_all(
        of_agency(stood.c.lead, lambda one: one is not Figure.MOVED_OUT),
        of_agency(stood.c.lead_before, lambda one: one is Figure.MOVED_OUT),
    )


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
            key=f"{year}-{serial:04d}", reference=reference, subject=subject, issued_on=issued,
            source=Source(source),
        )
        for year, serial, reference, subject, issued, source in rows
    )  # fmt: skip
