"""Two at once, without sleeping: the second begins while the first still holds its transaction."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Self

import pytest
from sqlalchemy import Engine, text

WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND wait_event_type = 'Lock'"
)


class Second:
    """What is done on its own thread and connection; `begin` returns once it waits."""

    def __init__(self, engine: Engine, work: Callable[[], Any]) -> None:
        self.engine, self.work = engine, work
        self.answer: Any = None
        self.error: BaseException | None = None
        self._began = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        self._began.set()
        try:
            self.answer = self.work()
        except Exception as error:  # noqa: BLE001 - whatever it was is judged
            self.error = error

    def begin(self) -> None:
        """Start, and on PostgreSQL wait until it is seen waiting for a lock."""
        self._thread.start()
        assert self._began.wait(10)
        if self.engine.dialect.name != "postgresql":
            return
        for _ in range(5000):
            with self.engine.connect() as connection:
                if connection.execute(WAITING).scalar_one():
                    return
            if not self._thread.is_alive():
                return
        pytest.fail("the second neither waited nor ended")

    def end(self) -> None:
        self._thread.join(30)
        assert not self._thread.is_alive()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
