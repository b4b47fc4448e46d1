"""One page of directives: sorted, found again by the last row, counted up to ten thousand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Row,
    Select,
    bindparam,
    func,
    select,
    union,
)

from models.agencies.rows import AgencyRow
from models.directives.orders import STRETCHES, Edge, Order, SortBy, Stretch, beyond
from models.directives.rows import CoordinatingRow, DirectiveRow
from models.documents.rows import DocumentRow
from workflow.deadlines.records import DeadlineKind
from workflow.directives.records import Priority, State

PAGE = 50
COUNTED = 10_000
CHUNK = 1_000

Rows = Select[*tuple[Any, ...]]
Ways = tuple[ColumnElement[bool], ...]


class Listed(NamedTuple):
    """One directive as a list shows it; its fields are the statement's columns, in order."""

    id: int
    number: str
    content: str
    expected_output: str
    state: State
    priority: Priority
    lead_id: int
    lead_code: str
    lead_name: str
    reference: str
    assigned_on: date
    accepted_on: date | None
    due_on: date | None
    first_due_on: date | None
    completed_on: date | None
    deadline_text: str
    deadline_kind: DeadlineKind
    progress: int | None
    decline_standing: bool
    extension_asked_to: date | None
    proposed_on: date | None
    suspended_since: date | None
    returned_count: int
    carried_over: bool
    updated_at: datetime
    version: int
    handed_by_id: int | None
    assigner_id: int | None
    overseer_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page; `after` and `before` are where the next and the previous one begin."""

    rows: tuple[Listed, ...]
    after: tuple[str, ...] | None = None
    before: tuple[str, ...] | None = None


_COLUMNS = (
    DirectiveRow.id,
    DirectiveRow.number,
    DirectiveRow.content,
    DirectiveRow.expected_output,
    DirectiveRow.state,
    DirectiveRow.priority,
    DirectiveRow.lead_agency_id.label("lead_id"),
    AgencyRow.code.label("lead_code"),
    AgencyRow.name.label("lead_name"),
    DocumentRow.reference,
    DirectiveRow.assigned_on,
    DirectiveRow.accepted_on,
    DirectiveRow.due_on,
    DirectiveRow.first_due_on,
    DirectiveRow.completed_on,
    DirectiveRow.deadline_text,
    DirectiveRow.deadline_kind,
    DirectiveRow.progress,
    DirectiveRow.decline_standing,
    DirectiveRow.extension_asked_to,
    DirectiveRow.proposed_on,
    DirectiveRow.suspended_since,
    DirectiveRow.returned_count,
    DirectiveRow.carried_over,
    DirectiveRow.updated_at,
    DirectiveRow.version,
    DirectiveRow.handed_by_id,
    DirectiveRow.assigner_id,
    DocumentRow.overseer_id,
)
_ITS_LEAD = AgencyRow.id == DirectiveRow.lead_agency_id
_ITS_DOCUMENT = DocumentRow.id == DirectiveRow.document_id


def page_of(
    connection: Connection,
    ways: Ways,
    order: Order,
    edge: Edge | None = None,
    *,
    limit: int = PAGE,
) -> Page:
    """Return the page beyond `edge`, or the first one, in at most two statements.

    The cost does not grow with the number of the page: each begins where the last ended.
    ValueError when the edge does not fit the order.
    """
    backward = edge is not None and edge.backward
    found = _rows(connection, ways, order, edge, limit + 1)
    more, found = len(found) > limit, found[:limit]
    if backward:
        found.reverse()
    rows = tuple(map(Listed._make, found))
    ahead = bool(rows) and (True if backward else more)
    behind = bool(rows) and (more if backward else edge is not None)
    return Page(
        rows=rows,
        after=place_of(rows[-1], order) if ahead else None,
        before=place_of(rows[0], order) if behind else None,
    )


def chunks_of(connection: Connection, ways: Ways, order: Order) -> Iterator[tuple[Listed, ...]]:
    """Yield every row of a view in its order, a thousand at a time."""
    edge: Edge | None = None
    while True:
        page = page_of(connection, ways, order, edge, limit=CHUNK)
        yield page.rows
        if page.after is None:
            return
        edge = Edge(values=page.after)


def total_of(connection: Connection, ways: Ways) -> tuple[int, bool]:
    """Return how many there are, exact up to ten thousand; beyond, ten thousand and False."""
    count = int(connection.execute(counting(ways), {"most": COUNTED + 1}).scalar_one())
    return min(count, COUNTED), count <= COUNTED


@lru_cache(maxsize=256)
def counting(ways: Ways) -> Select[int]:
    """Return the statement that counts up to `most` rows of a view."""
    some = _ids([select(DirectiveRow.id).where(way) for way in ways])
    return select(func.count()).select_from(some.limit(bindparam("most")).subquery())


def _ids(parts: Sequence[Select[int]]) -> Select[int] | CompoundSelect[int]:
    """Return the ids of all parts, each once; every part is read only as far as asked for."""
    if len(parts) == 1:
        return parts[0]
    bounded = (part.limit(bindparam("most")).subquery() for part in parts)
    return union(*(select(part.c.id) for part in bounded))


def place_of(row: Listed, order: Order) -> tuple[str, ...]:
    """Return a row's place in an order, as an address keeps it."""
    if order.by is SortBy.DUE:
        return ("d", row.due_on.isoformat(), str(row.id)) if row.due_on else ("n", str(row.id))
    if order.by is SortBy.NUMBER:
        return ("v", row.number)
    first = {
        SortBy.STATE: row.state.value,
        SortBy.UPDATED: row.updated_at.isoformat(),
        SortBy.LEAD: str(row.lead_id),
    }[order.by]
    return ("v", first, str(row.id))


_NAMES = select(AgencyRow.code, AgencyRow.name).order_by(AgencyRow.sort_key)


def names_by_code(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Return every agency's code and name, in Vietnamese order of names."""
    return tuple((code, name) for code, name in connection.execute(_NAMES))


def beside(connection: Connection, rows: tuple[Listed, ...]) -> dict[int, list[str]]:
    """Return the names of the agencies that coordinate each row, in one statement."""
    found: dict[int, list[str]] = {}
    for key, name in connection.execute(
        select(CoordinatingRow.directive_id, AgencyRow.name)
        .join(AgencyRow, AgencyRow.id == CoordinatingRow.agency_id)
        .where(CoordinatingRow.directive_id.in_([row.id for row in rows]))
        .order_by(AgencyRow.sort_key)
    ):
        found.setdefault(key, []).append(name)
    return found


def _rows(
    connection: Connection, ways: Ways, order: Order, edge: Edge | None, limit: int
) -> list[Row[*tuple[Any, ...]]]:
    backward = edge is not None and edge.backward
    stretches = STRETCHES[order.by]
    if edge:
        marks = [stretch.mark for stretch in stretches]
        start = marks.index(edge.values[0])
        stretches = stretches[: start + 1] if backward else stretches[start:]
    found: list[Row[*tuple[Any, ...]]] = []
    for stretch in reversed(stretches) if backward else stretches:
        missing = limit - len(found)
        if missing <= 0:
            break
        here = edge if edge and edge.values[0] == stretch.mark else None
        falling = order.falling is not backward
        statement = walking(stretch, ways, here, order.by, falling=falling)
        found += connection.execute(statement, {"most": missing}).all()
    return found


@lru_cache(maxsize=256)
def walking(stretch: Stretch, ways: Ways, edge: Edge | None, by: SortBy, *, falling: bool) -> Rows:
    """Build the statement of a page's rows along one stretch of an order.

    The joins are outer ones although none is ever missing: so the database walks the
    order first and looks up names for the page's rows only, however it estimates.
    """
    further = beyond(stretch, edge, by, falling=falling)
    conditions = [c for c in (stretch.condition, further) if c is not None]
    columns = [c.desc() if falling else c for c in stretch.columns]
    by_lead = by is SortBy.LEAD
    if len(ways) == 1:
        found: Rows = select(*_COLUMNS).select_from(DirectiveRow).where(ways[0], *conditions)
        found = found.join(AgencyRow, _ITS_LEAD, isouter=not by_lead)
    else:
        part = select(DirectiveRow.id)
        part = part.join(AgencyRow, _ITS_LEAD) if by_lead else part
        keys = _ids([part.where(way, *conditions).order_by(*columns) for way in ways]).subquery()
        found = select(*_COLUMNS).select_from(keys)
        found = found.outerjoin(DirectiveRow, DirectiveRow.id == keys.c.id)
        found = found.outerjoin(AgencyRow, _ITS_LEAD)
    found = found.outerjoin(DocumentRow, _ITS_DOCUMENT)
    return found.order_by(*columns).limit(bindparam("most"))
