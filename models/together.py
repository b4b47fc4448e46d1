"""Several writes in one statement where the database can: one round trip for what an act keeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect

from models.prepared import Prepared, send

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
        dialect = self._connection.dialect
        shape = tuple((write.statement, write.name) for write in writes)
        values: dict[str, Any] = {}
        for place, write in enumerate(writes):
            bound = write.statement.form(dialect).bound(write.values)
            values |= {f"{place}_{name}": value for name, value in bound.items()}
        touched = send(self._connection, _text_of(shape, dialect), values).fetchone()
        for write, count in zip(writes, touched, strict=True):
            write.then(count)


@lru_cache(maxsize=256)
def _text_of(shape: tuple[tuple[Prepared, str], ...], dialect: Dialect) -> str:
    """Return the statement that carries out all of a shape and tells what each touched."""
    parts, counts = [], []
    for place, (statement, named) in enumerate(shape):
        text = _ASKED.sub(rf"%({place}_\1)s", statement.form(dialect).text)
        name = named or f"write_{place}"
        parts.append(f"{name} AS ({text}{'' if named else ' RETURNING 1'})")
        counts.append(f"(SELECT count(*) FROM {name})")
    return f"WITH {', '.join(parts)} SELECT {', '.join(counts)}"


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
