"""One page of violations, the latest first: found again by its last row, counted to 10,000."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    literal,
    select,
    tuple_,
    union_all,
)

from models.agencies.rows import AgencyRow
from models.directives.rows import DirectiveRow
from models.dossiers.rows import DossierRow
from models.paging import COUNTED, at_most, counted, turned
from models.violations.filters import MOST_KEY, Ways
from models.violations.rows import ViolationRow
from workflow.text import sort_key
from workflow.violations.records import (
    Severity,
    ViolationSource,
    ViolationState,
    number_of,
)

PAGE = 50
CHUNK = 1_000
LOOKED_THROUGH = 5_000
V = ViolationRow


class SortBy(StrEnum):
    """What a list can be ordered by; ties are broken by the number."""

    OCCURRED = "occurred"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order and its direction."""

    by: SortBy = SortBy.OCCURRED
    falling: bool = True


@dataclass(frozen=True, slots=True)
class Edge:
    """The row at the edge of a page: its day and id, to go on from or back from."""

    occurred_on: date
    id: int
    backward: bool = False


class Listed(NamedTuple):
    """One violation as a list shows it; its fields are the statement's columns, in order."""

    id: int
    type: str
    state: ViolationState
    version: int
    source: ViolationSource
    severity: Severity
    occurred_at: datetime
    occurred_on: date
    recorded_at: datetime
    agency_id: int | None
    agency_code: str | None
    agency_name: str | None
    agency_text: str
    field_text: str
    procedure_code: str
    officer: str
    dossier_id: int | None
    dossier_code: str | None
    directive_number: str | None
    after_the_fact: bool
    reason: str
    cause: str | None

    @property
    def is_contested(self) -> bool:
        """Whether its agency contests it and nobody concluded yet."""
        return self.state is ViolationState.CONTESTED

    @property
    def number(self) -> str:
        """The public number."""
        return number_of(self.id)

    @property
    def agency(self) -> str:
        """The agency's name, else the file's words for it."""
        return self.agency_name or self.agency_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page; `after` and `before` are where the next and the previous one begin."""

    rows: tuple[Listed, ...]
    after: Edge | None = None
    before: Edge | None = None


COLUMNS = (
    V.id,
    V.type,
    V.state,
    V.version,
    V.source,
    V.severity,
    V.occurred_at,
    V.occurred_on,
    V.recorded_at,
    V.agency_id,
    AgencyRow.code,
    AgencyRow.name,
    V.agency_text,
    V.field_text,
    V.procedure_code,
    V.officer,
    V.dossier_id,
    DossierRow.code,
    DirectiveRow.number,
    V.after_the_fact,
    V.reason,
    V.cause,
)


def edge_text(edge: Edge | None) -> str | None:
    """Return an edge as an address keeps it."""
    return f"{edge.occurred_on.isoformat()}~{edge.id}" if edge else None


def edge_from(text: str, *, backward: bool) -> Edge:
    """Read an edge from an address; ValueError when it is none."""
    day, _, key = text.partition("~")
    if not (key.isascii() and key.isdigit()) or int(key) > MOST_KEY:
        raise ValueError(text)
    return Edge(date.fromisoformat(day), int(key), backward)


def page_of(
    connection: Connection,
    ways: Ways,
    order: Order,
    edge: Edge | None = None,
    *,
    limit: int = PAGE,
) -> Page:
    """Return the page beyond `edge`, or the first one, in one statement.

    The cost does not grow with the number of the page: each begins where the last ended.
    """
    backward = edge is not None and edge.backward
    falling = order.falling is not backward
    keys = _keys(ways, order.by, edge, falling=falling, most=limit + 1)
    asked = _rows(keys, order.by, falling=falling)
    found = list(map(Listed._make, connection.execute(asked)))
    rows, ahead, behind = turned(found, limit, backward=backward, begun=edge is not None)
    return Page(
        rows=rows,
        after=_edge(rows[-1]) if ahead else None,
        before=_edge(rows[0]) if behind else None,
    )


def chunks_of(connection: Connection, ways: Ways, order: Order) -> Iterator[tuple[Listed, ...]]:
    """Yield every row of a view in its order, a thousand at a time."""
    edge: Edge | None = None
    while True:
        page = page_of(connection, ways, order, edge, limit=CHUNK)
        yield page.rows
        if page.after is None:
            return
        edge = page.after


def total_of(connection: Connection, ways: Ways) -> tuple[int, bool]:
    """Return how many there are, and whether that is exact."""
    parts = [select(V.id).where(way).limit(at_most(COUNTED + 1)).subquery() for way in ways]
    some = union_all(*(select(part.c.id) for part in parts)).subquery()
    return counted(connection, select(some.c.id))


def ids_of(connection: Connection, ways: Ways, most: int) -> list[int]:
    """Return the ids of a view, the latest first, up to `most`."""
    keys = _keys(ways, SortBy.OCCURRED, None, falling=True, most=most)
    return list(connection.execute(keys).scalars())


def rows_of(
    connection: Connection, condition: ColumnElement[bool], ids: Sequence[int]
) -> tuple[Listed, ...]:
    """Return some violations by their ids, within a condition, the latest first."""
    wanted = (and_(condition, V.id.in_(ids)),)
    keys = _keys(wanted, SortBy.OCCURRED, None, falling=True, most=max(1, len(ids)))
    statement = _rows(keys, SortBy.OCCURRED, falling=True)
    return tuple(map(Listed._make, connection.execute(statement)))


def _edge(row: Listed) -> Edge:
    return Edge(row.occurred_on, row.id)


def _keys(
    ways: Ways, by: SortBy, edge: Edge | None, *, falling: bool, most: int
) -> Select[int, date]:
    """Select the ids of a page: so many of each way by its own index, then the first of all."""
    parts = [_part(way, by, edge, falling=falling).limit(at_most(most)) for way in ways]
    if len(parts) == 1:
        return parts[0]
    some = union_all(*(select(part.subquery()) for part in parts)).subquery()
    order = _order((some.c.occurred_on, some.c.id), by, falling=falling)
    return select(some.c.id, some.c.occurred_on).order_by(*order).limit(at_most(most))


def _part(
    way: ColumnElement[bool], by: SortBy, edge: Edge | None, *, falling: bool
) -> Select[int, date]:
    part = select(V.id, V.occurred_on).where(way)
    if edge is not None:
        part = part.where(_beyond(edge, by, falling=falling))
    return part.order_by(*_order((V.occurred_on, V.id), by, falling=falling))


def _rows(keys: Select[int, date], by: SortBy, *, falling: bool) -> Select[*tuple[Any, ...]]:
    """Select what a page shows of its keys; the joins look up names for the page's rows only."""
    page = keys.subquery("page")
    return (
        select(*COLUMNS)
        .select_from(page)
        .join(V, V.id == page.c.id)
        .outerjoin(AgencyRow, AgencyRow.id == V.agency_id)
        .outerjoin(DossierRow, DossierRow.id == V.dossier_id)
        .outerjoin(DirectiveRow, DirectiveRow.id == V.directive_id)
        .order_by(*_order((page.c.occurred_on, page.c.id), by, falling=falling))
    )


def _order(columns: tuple[Any, Any], by: SortBy, *, falling: bool) -> list[Any]:
    keys = columns[1:] if by is SortBy.NUMBER else columns
    return [key.desc() if falling else key for key in keys]


def _beyond(edge: Edge, by: SortBy, *, falling: bool) -> ColumnElement[bool]:
    if by is SortBy.NUMBER:
        return V.id < edge.id if falling else V.id > edge.id
    here = tuple_(V.occurred_on, V.id)
    there = tuple_(literal(edge.occurred_on, V.occurred_on.type), literal(edge.id))
    return here < there if falling else here > there


def fields_of(connection: Connection, ways: Ways) -> tuple[str, ...]:
    """Return the fields that the latest few thousand violations of a scope name, for a choice."""
    keys = _keys(ways, SortBy.OCCURRED, None, falling=True, most=LOOKED_THROUGH).subquery()
    named = (
        select(V.field_text)
        .select_from(keys)
        .join(V, V.id == keys.c.id)
        .where(V.field_text != "")
        .distinct()
    )
    return tuple(sorted(connection.execute(named).scalars(), key=sort_key))
