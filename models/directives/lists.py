"""One page of directives: sorted, found again by the last row, counted up to ten thousand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import Connection, select

from models.agencies.rows import AgencyRow
from models.directives.listed import KnownRows, Listed
from models.directives.orders import STRETCHES, Edge, Order, SortBy, place
from models.directives.rows import CoordinatingRow
from models.directives.walking import News, Walk, counting, telling, walking
from models.directives.ways import Way
from models.paging import COUNTED, told, turned
from models.prepared import Prepared, send

PAGE = 50
CHUNK = 1_000

Ways = tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page; `after` and `before` are where the next and the previous one begin."""

    rows: tuple[Listed, ...]
    after: tuple[str, ...] | None = None
    before: tuple[str, ...] | None = None


def page_of(
    connection: Connection,
    ways: Ways,
    order: Order,
    edge: Edge | None = None,
    *,
    limit: int = PAGE,
    news: News | None = None,
    total: int | None = None,
    known: KnownRows | None = None,
) -> Page:
    """Return the page beyond `edge`, or the first one, in at most two statements.

    `known` are rows read before, asked where `news` is: with them it may take one more.
    The cost does not grow with the number of the page: each begins where the last ended.
    `news` asks of each row whether it is; `total`, where all rows were counted, ends the
    search when they are found. ValueError when the edge does not fit the order.
    """
    backward = edge is not None and edge.backward
    enough = limit + 1 if edge or total is None else min(limit + 1, max(total, 1))
    found = _rows(connection, ways, order, edge, enough, news, known)
    rows, ahead, behind = turned(found, limit, backward=backward, begun=edge is not None)
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
    count = int(connection.execute(counting(ways, COUNTED + 1)).scalar_one())
    return told(count)


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
    connection: Connection,
    ways: Ways,
    order: Order,
    edge: Edge | None,
    limit: int,
    news: News | None,
    known: KnownRows | None,
) -> list[Listed]:
    backward = edge is not None and edge.backward
    stretches = STRETCHES[order.by]
    given: dict[str, Any] = (news.given if news else {}) | (place(edge, order.by) if edge else {})
    if edge:
        marks = [stretch.mark for stretch in stretches]
        start = marks.index(edge.values[0])
        stretches = stretches[: start + 1] if backward else stretches[start:]
    found: list[Listed] = []
    for stretch in reversed(stretches) if backward else stretches:
        missing = limit - len(found)
        if missing <= 0:
            break
        goes_on = edge is not None and edge.values[0] == stretch.mark
        falling = order.falling is not backward
        page = missing if missing == PAGE + 1 else None  # how all but the shortest lists are asked
        walk = Walk(stretch, goes_on, order.by, falling, connection.dialect.name, page)
        walked = _walked(walk, ways, len(news.but) if news else None)
        found += walked.rows(connection, given | ({} if page else {"most": missing}), known)
    return found


class _Walked:
    """One walk as it is asked for; from the second time on it is compiled (models.prepared).

    Many views are looked at once, and these share what SQLAlchemy compiled for their like.
    """

    def __init__(self, walk: Walk, ways: Ways, but: int | None) -> None:
        self._walk, self._ways, self._but = walk, ways, but
        self._whole = walking(walk, ways, but=but)
        self._is_new = True

    def rows(
        self, connection: Connection, given: Mapping[str, Any], known: KnownRows | None
    ) -> list[Listed]:
        """Return its rows; of those that are known only what tells them apart is asked."""
        known = None if self._but is None else known
        if (known is not None and known.meets(self)) or self._is_new:
            self._is_new = False
            rows = [Listed(*row) for row in connection.execute(self._whole, given)]
            if known is not None:
                known.learn(connection, rows)
            return rows
        form = (self._prepared if known is None else self._telling).form(connection.dialect)
        sent = send(connection, form.text, form.bound(given)).fetchall()
        if known is not None:
            return known.rows(connection, sent)
        return [Listed(*form.row(row)) for row in sent]

    @cached_property
    def _prepared(self) -> Prepared:
        return Prepared(self._whole)

    @cached_property
    def _telling(self) -> Prepared:
        return Prepared(telling(self._walk, self._ways, but=self._but or 0))


_walked = lru_cache(maxsize=256)(_Walked)
