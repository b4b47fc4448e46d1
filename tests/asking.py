"""Which statements a block of a test sends to the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from world import World


@contextmanager
def statements_of(world: World) -> Iterator[list[str]]:
    """Yield the statements as they come."""
    made: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        made.append(statement)

    event.listen(world.office.engine, "before_cursor_execute", note)
    try:
        yield made
    finally:
        event.remove(world.office.engine, "before_cursor_execute", note)
