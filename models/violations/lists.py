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
    func,
    literal,
    select,
    tuple_,
)

from models.agencies.rows import AgencyRow
from models.directives.rows import DirectiveRow
from models.dossiers.rows import DossierRow
from models.violations.filters import MOST_KEY
from models.violations.rows import ViolationRow
from workflow.text import sort_key
from workflow.violations.records import (
    Severity,
    ViolationSource,
    ViolationState,
    number_of,
)

PAGE = 50
COUNTED = 10_000
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
    condition: ColumnElement[bool],
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
    statement = _select(condition, order.by, edge, falling=falling).limit(limit + 1)
    found = list(connection.execute(statement).all())
    more, found = len(found) > limit, found[:limit]
    if backward:
        found.reverse()
    rows = tuple(map(Listed._make, found))
    ahead = bool(rows) and (True if backward else more)
    behind = bool(rows) and (more if backward else edge is not None)
    return Page(
        rows=rows,
        after=_edge(rows[-1]) if ahead else None,
        before=_edge(rows[0]) if behind else None,
    )


def chunks_of(
    connection: Connection, condition: ColumnElement[bool], order: Order
) -> Iterator[tuple[Listed, ...]]:
    """Yield every row of a view in its order, a thousand at a time."""
    edge: Edge | None = None
    while True:
        page = page_of(connection, condition, order, edge, limit=CHUNK)
        yield page.rows
        if page.after is None:
            return
        edge = page.after


def total_of(connection: Connection, condition: ColumnElement[bool]) -> tuple[int, bool]:
    """Return how many there are, exact up to ten thousand; beyond, ten thousand and False."""
    some = select(V.id).where(condition).limit(COUNTED + 1).subquery()
    count = connection.execute(select(func.count()).select_from(some)).scalar_one()
    return min(count, COUNTED), count <= COUNTED


def ids_of(connection: Connection, condition: ColumnElement[bool], most: int) -> list[int]:
    """Return the ids of a view, the latest first, up to `most`."""
    order = (V.occurred_on.desc(), V.id.desc())
    statement = select(V.id).where(condition).order_by(*order).limit(most)
    return list(connection.execute(statement).scalars())


def rows_of(
    connection: Connection, condition: ColumnElement[bool], ids: Sequence[int]
) -> tuple[Listed, ...]:
    """Return some violations by their ids, within a condition, the latest first."""
    statement = _select(and_(condition, V.id.in_(ids)), SortBy.OCCURRED, None, falling=True)
    return tuple(map(Listed._make, connection.execute(statement)))


def _edge(row: Listed) -> Edge:
    return Edge(row.occurred_on, row.id)


def _select(
    condition: ColumnElement[bool], by: SortBy, edge: Edge | None, *, falling: bool
) -> Select[*tuple[Any, ...]]:
    """Build the statement of a page's rows.

    The joins are outer ones: so the database walks the order first and looks up names for
    the page's rows only.
    """
    keys: tuple[Any, ...] = (V.id,) if by is SortBy.NUMBER else (V.occurred_on, V.id)
    statement = select(*COLUMNS).select_from(V).where(condition)
    if edge is not None:
        statement = statement.where(_beyond(edge, by, falling=falling))
    return (
        statement.outerjoin(AgencyRow, AgencyRow.id == V.agency_id)
        .outerjoin(DossierRow, DossierRow.id == V.dossier_id)
        .outerjoin(DirectiveRow, DirectiveRow.id == V.directive_id)
        .order_by(*(key.desc() if falling else key for key in keys))
    )


def _beyond(edge: Edge, by: SortBy, *, falling: bool) -> ColumnElement[bool]:
    if by is SortBy.NUMBER:
        return V.id < edge.id if falling else V.id > edge.id
    here = tuple_(V.occurred_on, V.id)
    there = tuple_(literal(edge.occurred_on, V.occurred_on.type), literal(edge.id))
    return here < there if falling else here > there


def fields_of(connection: Connection, condition: ColumnElement[bool]) -> tuple[str, ...]:
    """Return the fields that the latest few thousand violations of a scope name, for a choice."""
    latest = (
        select(V.field_text).where(condition).order_by(V.occurred_on.desc(), V.id.desc())
    ).limit(LOOKED_THROUGH)
    one = latest.subquery()
    named = select(one.c.field_text).where(one.c.field_text != "").distinct()
    return tuple(sorted(connection.execute(named).scalars(), key=sort_key))
