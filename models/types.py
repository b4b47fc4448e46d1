"""Column types that keep the domain's meaning: enums by value, instants with their zone."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from sqlalchemy import CheckConstraint, DateTime, Dialect, Enum, Integer, String, Text
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """An instant kept in UTC; a naive one is refused before it is stored."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            message = "an instant needs its zone"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A number kept to the digit, as text on both databases."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else str(value.normalize())

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        del dialect
        return None if value is None else Decimal(value)


def coded(words: type[StrEnum], name: str, *, checked: bool = True) -> Enum:
    """Return a column type for an enum, stored by its value and checked by the database.

    Where the table checks it by itself it is not `checked` here.
    """
    return Enum(
        words,
        native_enum=False,
        create_constraint=checked,
        name=name,
        length=32,
        values_callable=lambda kind: [word.value for word in kind],
    )


def one_of(words: type[StrEnum], column: str) -> CheckConstraint:
    """Return the check that a column holds one of an enum's values, where it holds any.

    One comparison after the other: for a list SQLite makes a table for every row that comes in.
    """
    told = " OR ".join(f"{column} = '{word.value}'" for word in words)
    return CheckConstraint(told, name=column)


Key = Annotated[int, mapped_column(Integer, primary_key=True)]
Line = Annotated[str, mapped_column(String(500), default="", server_default="")]
Body = Annotated[str, mapped_column(Text, default="", server_default="")]
