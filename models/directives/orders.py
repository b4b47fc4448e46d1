"""The orders a list can stand in, and how a page finds its place in one again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, literal, select, tuple_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from models.agencies.rows import AgencyRow
from models.directives.rows import DirectiveRow
from workflow.directives.records import State

MOST_KEY = 2**31 - 1


class SortBy(StrEnum):
    """What a list can be ordered by; ties are always broken by the directive's id."""

    DUE = "due"
    NUMBER = "number"
    LEAD = "lead"
    STATE = "state"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order and its direction; directives without a due date always stand last."""

    by: SortBy = SortBy.DUE
    falling: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """The row at the edge of a page: its place in the order, to go on from or back from."""

    values: tuple[str, ...]
    backward: bool = False


class plainly(GenericFunction[str]):  # noqa: N801 - reads as a function of SQL
    """A text compared sign by sign, whatever the collation of the database."""

    inherit_cache = True


@compiles(plainly)
def _compile_plainly(element: plainly, compiler: SQLCompiler, **more: Any) -> str:
    return compiler.process(element.clauses.clauses[0], **more)


@compiles(plainly, "postgresql")
def _compile_plainly_c(element: plainly, compiler: SQLCompiler, **more: Any) -> str:
    return f'{compiler.process(element.clauses.clauses[0], **more)} COLLATE "C"'


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A part of an order in which no value is missing: its condition and its columns.

    A condition that always holds only tells the database which index to walk.
    """

    condition: ColumnElement[bool] | None
    columns: tuple[Any, ...]
    mark: str


_DUE = (
    Stretch(DirectiveRow.due_on.is_not(None), (DirectiveRow.due_on, DirectiveRow.id), "d"),
    Stretch(DirectiveRow.due_on.is_(None), (DirectiveRow.id,), "n"),
)
STRETCHES: Mapping[SortBy, tuple[Stretch, ...]] = {
    SortBy.DUE: _DUE,
    SortBy.NUMBER: (Stretch(None, (plainly(DirectiveRow.number),), "v"),),
    SortBy.STATE: (Stretch(None, (DirectiveRow.state, DirectiveRow.id), "v"),),
    SortBy.UPDATED: (Stretch(None, (DirectiveRow.updated_at, DirectiveRow.id), "v"),),
    SortBy.LEAD: (
        Stretch(AgencyRow.sort_key >= "", (AgencyRow.sort_key, AgencyRow.id, DirectiveRow.id), "v"),
    ),
}


def beyond(
    stretch: Stretch, edge: Edge | None, by: SortBy, *, falling: bool
) -> ColumnElement[bool] | None:
    """Return the condition of the rows of a stretch that lie beyond an edge."""
    if edge is None:
        return None
    here, there = tuple_(*stretch.columns), tuple_(*_bound(edge, by))
    return here < there if falling else here > there


def fits(edge: Edge, by: SortBy) -> bool:
    """Whether an edge, as an address gave it, can stand in an order."""
    try:
        _bound(edge, by)
    except (ValueError, IndexError):
        return False
    return edge.values[0] in {stretch.mark for stretch in STRETCHES[by]}


def _bound(edge: Edge, by: SortBy) -> tuple[ColumnElement[Any], ...]:
    """Return the values of an edge as the columns hold them; ValueError if they can't be."""
    mark, *values = edge.values
    if mark == "n":
        return (_key(values[0]),)
    if by is SortBy.NUMBER:
        return (literal(values[0]),)
    first, key = values
    if by is SortBy.LEAD:
        lead = _key(first)
        name = select(AgencyRow.sort_key).where(AgencyRow.id == lead).scalar_subquery()
        return (name, lead, _key(key))
    column, read = _TYPED[by]
    return (literal(read(first), column.type), _key(key))


def _key(text: str) -> ColumnElement[int]:
    number = int(text)
    if not 0 <= number <= MOST_KEY:
        raise ValueError(text)
    return literal(number)


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found


_TYPED: Mapping[SortBy, tuple[Any, Callable[[str], object]]] = {
    SortBy.DUE: (DirectiveRow.due_on, date.fromisoformat),
    SortBy.STATE: (DirectiveRow.state, State),
    SortBy.UPDATED: (DirectiveRow.updated_at, _instant),
}
