"""One page of dossiers, the latest received first: found again by its last row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    func,
    literal,
    select,
    tuple_,
    union,
)

from models.agencies.rows import AgencyRow
from models.dossiers.rows import DossierRow
from models.paging import COUNTED, at_most, told, turned
from workflow.dossiers.records import Channel, Wait

PAGE = 50
CHUNK = 1_000
MOST_KEY = 2**31 - 1

Ways = tuple[ColumnElement[bool], ...]
Rows = Select[*tuple[Any, ...]]


class Listed(NamedTuple):
    """One dossier as a list shows it; its fields are the statement's columns, in order."""

    id: int
    source: str
    code: str
    agency_id: int | None
    agency_text: str
    agency_code: str | None
    agency_name: str | None
    field_text: str
    procedure_code: str
    procedure_text: str
    applicant: str
    channel: Channel
    status: int
    received_on: date | None
    promised_on: date | None
    promised_last_on: date | None
    ended_on: date | None
    waits_included: bool
    waits_kept: list[list[str | None]]
    supplement_requests: int
    apology_on: date | None

    @property
    def waits(self) -> tuple[Wait, ...]:
        """The waits for the citizen, as the on-time rule reads them."""
        return waits_of(self.waits_kept)


COLUMNS = (
    DossierRow.id,
    DossierRow.source,
    DossierRow.code,
    DossierRow.agency_id,
    DossierRow.agency_text,
    AgencyRow.code.label("agency_code"),
    AgencyRow.name.label("agency_name"),
    DossierRow.field_text,
    DossierRow.procedure_code,
    DossierRow.procedure_text,
    DossierRow.applicant,
    DossierRow.channel,
    DossierRow.status,
    DossierRow.received_on,
    DossierRow.promised_on,
    DossierRow.promised_last_on,
    DossierRow.ended_on,
    DossierRow.waits_included,
    DossierRow.waits.label("waits_kept"),
    DossierRow.supplement_requests,
    DossierRow.apology_on,
)
_ITS_AGENCY = AgencyRow.id == DossierRow.agency_id


@dataclass(frozen=True, slots=True)
class Edge:
    """The row at the edge of a page: its day of receipt (None where there is none) and id."""

    received_on: date | None
    id: int
    backward: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page; `after` and `before` are where the next and the previous one begin."""

    rows: tuple[Listed, ...]
    after: Edge | None = None
    before: Edge | None = None


def edge_text(edge: Edge | None) -> str | None:
    """Return an edge as an address keeps it."""
    if edge is None:
        return None
    day = edge.received_on.isoformat() if edge.received_on else ""
    return f"{day}~{edge.id}"


def edge_from(text: str, *, backward: bool) -> Edge:
    """Read an edge from an address; ValueError when it is none."""
    day, _, key = text.partition("~")
    if not (key.isascii() and key.isdigit()) or int(key) > MOST_KEY:
        raise ValueError(text)
    return Edge(date.fromisoformat(day) if day else None, int(key), backward)


def waits_of(kept: list[list[str | None]] | None) -> tuple[Wait, ...]:
    """Return the waits that a row keeps as pairs of ISO days."""
    return tuple(
        Wait(date.fromisoformat(str(asked)), date.fromisoformat(answered) if answered else None)
        for asked, answered in kept or ()
    )


def page_of(
    connection: Connection, ways: Ways, edge: Edge | None = None, *, limit: int = PAGE
) -> Page:
    """Return the page beyond `edge`, or the first one, in at most two statements.

    Dossiers without a day of receipt stand last. The cost does not grow with the number of
    the page: each begins where the last ended.
    """
    backward = edge is not None and edge.backward
    found = list(map(Listed._make, _rows(connection, ways, edge, limit + 1)))
    rows, ahead, behind = turned(found, limit, backward=backward, begun=edge is not None)
    return Page(
        rows=rows,
        after=_edge(rows[-1]) if ahead else None,
        before=_edge(rows[0]) if behind else None,
    )


def chunks_of(connection: Connection, ways: Ways) -> Iterator[tuple[Listed, ...]]:
    """Yield the whole view in its order, a chunk at a time."""
    edge: Edge | None = None
    while True:
        page = page_of(connection, ways, edge, limit=CHUNK)
        if page.rows:
            yield page.rows
        if page.after is None:
            return
        edge = page.after


def total_of(connection: Connection, ways: Ways) -> tuple[int, bool]:
    """Return how many there are, counted up to ten thousand, and whether that is exact."""
    found = connection.execute(_count(ways)).scalar_one()
    return told(found)


def count_of(connection: Connection, ways: Ways) -> int:
    """Return how many there are, to the last one."""
    keys = union(*(select(DossierRow.id).where(way) for way in ways)).subquery()
    counted = select(func.count()).select_from(keys)
    if len(ways) == 1:
        counted = select(func.count()).select_from(DossierRow).where(ways[0])
    return connection.execute(counted).scalar_one()


@lru_cache(maxsize=256)
def _count(ways: Ways) -> Select[int]:
    most = at_most(COUNTED + 1)
    parts = [select(DossierRow.id).where(way).limit(most).subquery() for way in ways]
    keys: Any = parts[0]
    if len(parts) > 1:
        keys = union(*(select(part.c.id) for part in parts)).limit(most).subquery()
    return select(func.count()).select_from(keys)


def _edge(row: Listed) -> Edge:
    return Edge(row.received_on, row.id)


def _rows(
    connection: Connection, ways: Ways, edge: Edge | None, limit: int
) -> list[Row[*tuple[Any, ...]]]:
    """Walk the dated stretch and the undated one, in the direction asked, until there is enough."""
    backward = edge is not None and edge.backward
    stretches: Sequence[bool] = (True, False)
    if edge and edge.received_on is None:
        stretches = (False,) if not backward else (True, False)
    elif edge and backward:
        stretches = (True,)
    found: list[Row[*tuple[Any, ...]]] = []
    for dated in reversed(stretches) if backward else stretches:
        missing = limit - len(found)
        if missing <= 0:
            break
        here = edge if edge and (edge.received_on is not None) is dated else None
        statement = _select(ways, here, missing, dated=dated, backward=backward)
        found += connection.execute(statement).all()
    return found


@lru_cache(maxsize=256)
def _select(ways: Ways, edge: Edge | None, most: int, *, dated: bool, backward: bool) -> Rows:
    """Build the statement of a page's rows: keys first along an index, then what they show."""
    plain = (DossierRow.received_on, DossierRow.id) if dated else (DossierRow.id,)
    order = [column.asc() if backward else column.desc() for column in plain]
    received = DossierRow.received_on
    conditions: list[ColumnElement[bool]] = [received.is_not(None) if dated else received.is_(None)]
    if edge is not None:
        conditions.append(_beyond(edge, dated=dated, backward=backward))
    parts = [
        select(DossierRow.id).where(way, *conditions).order_by(*order).limit(at_most(most))
        for way in ways
    ]
    keys = _together(parts)
    return (
        select(*COLUMNS)
        .select_from(keys)
        .join(DossierRow, DossierRow.id == keys.c.id)
        .outerjoin(AgencyRow, _ITS_AGENCY)
        .order_by(*order)
        .limit(at_most(most))
    )


def _together(parts: Sequence[Select[int]]) -> Any:
    bounded = [part.subquery() for part in parts]
    if len(bounded) == 1:
        return bounded[0]
    return union(*(select(part.c.id) for part in bounded)).subquery()


def _beyond(edge: Edge, *, dated: bool, backward: bool) -> ColumnElement[bool]:
    if not dated:
        return DossierRow.id > edge.id if backward else DossierRow.id < edge.id
    here = tuple_(DossierRow.received_on, DossierRow.id)
    there = tuple_(literal(edge.received_on, DossierRow.received_on.type), literal(edge.id))
    return here > there if backward else here < there
