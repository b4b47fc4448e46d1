"""The board: the first rows of several views side by side, in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Select, literal, select, union_all

from models.directives.listed import Listed
from models.directives.lists import Ways
from models.directives.orders import STRETCHES, Order, SortBy
from models.directives.walking import Walk, walking
from workflow.directives.records import State


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the state it is of, which rows, and from the latest date backwards or not."""

    state: State
    ways: Ways
    falling: bool = False

    @property
    def order(self) -> Order:
        """The order in which its rows stand."""
        return Order(by=SortBy.DUE, falling=self.falling)


def first_rows(
    connection: Connection, columns: tuple[Column, ...], limit: int
) -> Mapping[State, tuple[Listed, ...]]:
    """Return up to `limit` rows of each column by due date, those without a date last.

    A column that falls begins with its latest date. One statement whatever the rows.
    """
    found: dict[State, list[Listed]] = {column.state: [] for column in columns}
    if columns:
        for row in connection.execute(_side_by_side(columns, limit, connection.dialect.name)):
            found[columns[row[0]].state].append(Listed(*row[1:]))
    return {
        column.state: tuple(_in_order(found[column.state], falling=column.falling)[:limit])
        for column in columns
    }


def _in_order(rows: list[Listed], *, falling: bool) -> list[Listed]:
    dated = [row for row in rows if row.due_on is not None]
    dateless = [row for row in rows if row.due_on is None]
    dated.sort(key=lambda row: (row.due_on, row.id), reverse=falling)
    dateless.sort(key=lambda row: row.id, reverse=falling)
    return dated + dateless


@lru_cache(maxsize=64)
def _side_by_side(
    columns: tuple[Column, ...], limit: int, dialect: str
) -> CompoundSelect[*tuple[Any, ...]]:
    by = SortBy.DUE
    return union_all(
        *(
            _marked(place, walking(Walk(stretch, False, by, c.falling, dialect, limit), c.ways))
            for place, c in enumerate(columns)
            for stretch in STRETCHES[by]
        )
    )


def _marked(place: int, rows: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    part = rows.subquery()
    return select(literal(place).label("place"), *part.c)
