"""Pages of a list: how far its rows are counted, and what lies on either side of a page.

A page is found again by the row at its edge, never by its number: the cost of the last one is
that of the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Integer, Select, func, literal_column, select

COUNTED = 10_000
"""How far rows are counted; a list of more says "more than 10,000" (product.md, section 8)."""

Row = TypeVar("Row")


class Turned(NamedTuple, Generic[Row]):
    """The rows of a page in their order, and whether any lie ahead of it and behind it."""

    rows: tuple[Row, ...]
    ahead: bool
    behind: bool


def turned(found: Sequence[Row], most: int, *, backward: bool, begun: bool) -> Turned[Row]:
    """Return the page that was found beyond an edge: one row more than `most` says it goes on.

    Rows found `backward`, from the edge to the list's beginning, are turned round. `begun`: rows
    were found from an edge on, not from the beginning; it says nothing backward.
    """
    more = len(found) > most
    rows = tuple(found[:most])[:: -1 if backward else 1]
    behind = more if backward else begun
    return Turned(rows, ahead=bool(rows) and (backward or more), behind=bool(rows) and behind)


def at_most(rows: int) -> ColumnElement[int]:
    """Return a statement's limit, written into it.

    PostgreSQL keeps a plan only where it knows how few rows are wanted: a limit that comes with
    each question has it plan anew every time, which costs more than finding a page.
    """
    return literal_column(str(int(rows)), Integer)


def counted(connection: Connection, keys: Select[Any]) -> tuple[int, bool]:
    """Return how many rows a statement finds, in one statement, and whether that is exact."""
    some = keys.order_by(None).limit(at_most(COUNTED + 1)).subquery()
    return told(connection.execute(select(func.count()).select_from(some)).scalar_one())


def told(count: int) -> tuple[int, bool]:
    """Return a count of at most one more than is counted as a list says it."""
    return min(count, COUNTED), count <= COUNTED
