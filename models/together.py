"""Several writes in one statement where the database can: one round trip for what an act keeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from psycopg import RawCursor
from sqlalchemy import Connection, Dialect

from models.prepared import Prepared, hearing

_ASKED = re.compile(r"%\((\w+)\)s")
"""How PostgreSQL's driver names a value within a statement."""


def ignore(touched: int) -> None:
    """Do nothing about how many rows were touched."""
    del touched


@dataclass(frozen=True, slots=True)
class _Write:
    """One of the writes; `name` is what another of them reads what it returns from."""

    statement: Prepared
    values: Mapping[str, Any]
    then: Callable[[int], None]
    name: str


class Together:
    """Writes that wait for each other; none of them reads what another one writes.

    `then` hears how many rows its write touched once all are sent, in the order in which they
    were added; what it raises breaks the transaction off, as if the write had been sent alone.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._writes: list[_Write] = []

    def add(
        self,
        statement: Prepared,
        values: Mapping[str, Any],
        then: Callable[[int], None] = ignore,
        *,
        name: str = "",
    ) -> None:
        """Let a write wait; a named one has a RETURNING of its own for those that read it."""
        self._writes.append(_Write(statement, values, then, name))

    def send(self) -> None:
        """Send all that wait."""
        writes, self._writes = self._writes, []
        if not writes:
            return
        connection = self._connection
        dialect, cursor = connection.dialect, _cursor_of(connection)
        text, asked = _text_of(tuple((one.statement, one.name) for one in writes), dialect)
        bound = [one.statement.form(dialect).bound(one.values) for one in writes]
        values = [bound[place][name] for place, name in asked]
        with hearing(connection, cursor, text, values, is_many=False):
            cursor.execute(text, values)
        for write, count in zip(writes, cursor.fetchone(), strict=True):
            write.then(count)


def _cursor_of(connection: Connection) -> Any:
    """Return the cursor that takes values by their numbers, as PostgreSQL itself does.

    The driver's own looks for names in a statement each time, where it is as long as these are.
    """
    kept = connection.info
    if "numbered" not in kept:
        driver: Any = connection.connection.dbapi_connection
        kept["numbered"] = RawCursor(driver)
    return kept["numbered"]


@lru_cache(maxsize=256)
def _text_of(
    shape: tuple[tuple[Prepared, str], ...], dialect: Dialect
) -> tuple[str, tuple[tuple[int, str], ...]]:
    """Return the statement that carries out all of a shape and tells what each touched.

    With it which value of which write each number in it stands for.
    """
    parts, counts = [], []
    numbers: dict[tuple[int, str], int] = {}
    for place, (statement, named) in enumerate(shape):

        def number(found: re.Match[str], place: int = place) -> str:
            return f"${numbers.setdefault((place, found[1]), len(numbers) + 1)}"

        text = _ASKED.sub(number, statement.form(dialect).text).replace("%%", "%")
        name = named or f"write_{place}"
        parts.append(f"{name} AS ({text}{'' if named else ' RETURNING 1'})")
        counts.append(f"(SELECT count(*) FROM {name})")
    return f"WITH {', '.join(parts)} SELECT {', '.join(counts)}", tuple(numbers)


@contextmanager
def together(connection: Connection) -> Iterator[Together | None]:
    """Open a block whose writes are sent at its end; None where each goes by itself.

    SQLite has no statement that changes two tables, and no way to it that would be saved.
    """
    if connection.dialect.name != "postgresql":
        yield None
        return
    writes = Together(connection)
    yield writes
    writes.send()
