"""A list that goes to the database as one value: one statement, however long the list.

`column IN (…)` with a value for each member is another text for every length, made anew by
SQLAlchemy and read anew by the driver and the database; that costs more than the answer.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Self

from sqlalchemy import ColumnElement, Dialect, Integer, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import Boolean, TypeDecorator


class Listed(TypeDecorator[Sequence[Any]]):
    """A list of numbers or words, as text: an array's for PostgreSQL, JSON for SQLite."""

    impl = String
    cache_ok = True

    def __init__(self, of: type[Integer | String]) -> None:
        super().__init__()
        self.of = of

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        """Return the list as the database takes it."""
        if value is None:
            return value
        return array_text(value) if dialect.name == "postgresql" else json.dumps(value)


def array_text(values: Sequence[Any]) -> str:
    """Return numbers, days or words as PostgreSQL reads an array; its driver takes far longer.

    Every word is quoted, so that none is taken for nothing or for two.
    """
    return f"{{{','.join(map(_member, values))}}}"


def _member(value: Any) -> str:
    if not isinstance(value, str):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class Among(FunctionElement[bool]):
    """Whether a column's value is a member of a list."""

    name = "among"
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Self:
        """Stand in a condition as it is: SQLite finds no index behind `IN (…) = 1`."""
        del against
        return self


@compiles(Among, "sqlite")
def _among_on_sqlite(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    column, listed = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({listed}))"


@compiles(Among, "postgresql")
def _among_on_postgresql(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    """Join the list: of a statement that is kept, `= ANY` looks through all of it for each row."""
    column, listed = (compiler.process(one, **options) for one in element.clauses)
    kind = "INTEGER" if isinstance(element.clauses.clauses[0].type, Integer) else "VARCHAR"
    return f"{column} IN (SELECT unnest(CAST({listed} AS {kind}[])))"


def among(
    column: ColumnElement[Any] | InstrumentedAttribute[Any], name: str
) -> ColumnElement[bool]:
    """Return the condition that a column is among the list given by a name at each call."""
    of = Integer if isinstance(column.type, Integer) else String
    return Among(column, bindparam(name, type_=Listed(of)))
