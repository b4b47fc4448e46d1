"""Rows by a list of their keys, in one statement whose text does not change with the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Integer, String, bindparam, func, select

LISTED = "listed"
"""The name of the value that `among` asks for; `listed` makes it."""


def among(column: Any, dialect: str) -> ColumnElement[bool]:
    """Return the condition that a whole number is one of those listed: an array, or JSON."""
    if dialect == "postgresql":
        array: ColumnElement[bool] = column == func.any(bindparam(LISTED, type_=ARRAY(Integer())))
        return array
    one = func.json_each(bindparam(LISTED, type_=String())).table_valued("value")
    inside: ColumnElement[bool] = column.in_(select(one.c.value))
    return inside


def listed(dialect: str, keys: Iterable[int]) -> dict[str, object]:
    """Return keys as `among` takes them on this database."""
    found = list(keys)
    return {LISTED: found if dialect == "postgresql" else str(found)}
