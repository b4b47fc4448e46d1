"""What SQLite would make an act wait for, done apart from any."""

from __future__ import annotations

from sqlalchemy import Engine


def checkpoint(engine: Engine) -> None:
    """Bring SQLite's log into its file as far as readers allow; nobody waits for it.

    PostgreSQL does so by itself.
    """
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
