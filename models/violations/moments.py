"""Days and mornings of the province inside a statement, on both databases.

SQLite counts with the offset that the province has had since 1975; PostgreSQL asks its zone.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from models.types import Instant

ZONE = "Asia/Ho_Chi_Minh"


class province_day(GenericFunction[date]):  # noqa: N801 - reads as a function of SQL
    """The day in the province on which an instant falls."""

    type = Date()
    inherit_cache = True


class morning_after(GenericFunction[datetime]):  # noqa: N801 - reads as a function of SQL
    """00:00 in the province on the day after a day."""

    type = Instant()
    inherit_cache = True


class next_day(GenericFunction[date]):  # noqa: N801 - reads as a function of SQL
    """The day after a day."""

    type = Date()
    inherit_cache = True


def _inner(element: GenericFunction[Any], compiler: SQLCompiler, **more: Any) -> str:
    return compiler.process(element.clauses.clauses[0], **more)


@compiles(province_day)
def _province_day(element: province_day, compiler: SQLCompiler, **more: Any) -> str:
    return f"date({_inner(element, compiler, **more)}, '+7 hours')"


@compiles(province_day, "postgresql")
def _province_day_there(element: province_day, compiler: SQLCompiler, **more: Any) -> str:
    return f"(({_inner(element, compiler, **more)}) AT TIME ZONE '{ZONE}')::date"


@compiles(morning_after)
def _morning_after(element: morning_after, compiler: SQLCompiler, **more: Any) -> str:
    """17:00 UTC of the day itself, written as the driver keeps an instant."""
    return f"({_inner(element, compiler, **more)} || ' 17:00:00.000000')"


@compiles(morning_after, "postgresql")
def _morning_after_there(element: morning_after, compiler: SQLCompiler, **more: Any) -> str:
    return f"((({_inner(element, compiler, **more)}) + 1)::timestamp AT TIME ZONE '{ZONE}')"


@compiles(next_day)
def _next_day(element: next_day, compiler: SQLCompiler, **more: Any) -> str:
    return f"date({_inner(element, compiler, **more)}, '+1 day')"


@compiles(next_day, "postgresql")
def _next_day_there(element: next_day, compiler: SQLCompiler, **more: Any) -> str:
    return f"(({_inner(element, compiler, **more)}) + 1)"
