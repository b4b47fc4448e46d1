"""The orders a list can stand in, and how a page finds its place in one again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, bindparam, select, tuple_
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
    type = String()


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


def beyond(stretch: Stretch, by: SortBy, *, falling: bool) -> ColumnElement[bool]:
    """Return the condition of the rows of a stretch beyond an edge, which `place` names.

    The edge is asked for by name: all pages of an order are the same statement.
    """
    here, there = tuple_(*stretch.columns), tuple_(*_edge_of(stretch, by))
    return here < there if falling else here > there


def place(edge: Edge, by: SortBy) -> dict[str, object]:
    """Return the values of an edge as `beyond` asks for them; ValueError if they can't be."""
    mark, *texts = edge.values
    if mark not in {stretch.mark for stretch in STRETCHES[by]}:
        raise ValueError(mark)
    if mark == "n":
        values: tuple[object, ...] = (_key(texts[0]),)
    elif by is SortBy.NUMBER:
        values = (texts[0],)
    else:
        first, key = texts
        values = (_READ[by](first), _key(key))
    return {f"edge_{n}": value for n, value in enumerate(values)}


def fits(edge: Edge, by: SortBy) -> bool:
    """Whether an edge, as an address gave it, can stand in an order."""
    try:
        place(edge, by)
    except (ValueError, IndexError):
        return False
    return True


def _edge_of(stretch: Stretch, by: SortBy) -> tuple[ColumnElement[Any], ...]:
    """Return what stands for the values of an edge, typed as the columns of the stretch."""
    if by is SortBy.LEAD:
        lead = bindparam("edge_0", type_=Integer)
        name = select(AgencyRow.sort_key).where(AgencyRow.id == lead).scalar_subquery()
        return (name, lead, bindparam("edge_1", type_=Integer))
    columns = enumerate(stretch.columns)
    return tuple(bindparam(f"edge_{n}", type_=column.type) for n, column in columns)


def _key(text: str) -> int:
    number = int(text)
    if not 0 <= number <= MOST_KEY:
        raise ValueError(text)
    return number


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found


_READ: Mapping[SortBy, Callable[[str], object]] = {
    SortBy.DUE: date.fromisoformat,
    SortBy.STATE: State,
    SortBy.UPDATED: _instant,
    SortBy.LEAD: _key,
}
