"""A list that goes to the database as one value: one statement, however long the list.

`column IN (…)` with a value for each member is another text for every length, made anew by
SQLAlchemy and read anew by the driver and the database; that costs more than the answer.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Self

from sqlalchemy import ColumnElement, Dialect, Integer, String, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import Boolean, TypeDecorator, TypeEngine


class Listed(TypeDecorator[Sequence[Any]]):
    """A list of numbers or words: an array for PostgreSQL, a JSON text for SQLite."""

    impl = String
    cache_ok = True

    def __init__(self, of: type[Integer | String]) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the whole list."""
        return ARRAY(self.of) if dialect.name == "postgresql" else String()

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        """Return the list as the database takes it."""
        if value is None or dialect.name == "postgresql":
            return value
        return json.dumps(value)


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
    return f"{column} IN (SELECT unnest({listed}))"


def among(
    column: ColumnElement[Any] | InstrumentedAttribute[Any], name: str
) -> ColumnElement[bool]:
    """Return the condition that a column is among the list given by a name at each call."""
    of = Integer if isinstance(column.type, Integer) else String
    return Among(column, bindparam(name, type_=Listed(of)))
