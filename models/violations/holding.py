"""Holding work before its rows: whoever acts on a period or a request holds its directive first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import Connection, select

from models.directives.rows import DirectiveRow
from models.listed import among, listed
from models.prepared import Prepared


def hold_work(connection: Connection, ids: Iterable[int]) -> None:
    """Wait for who acts on some directives, and keep others off until the transaction ends.

    On SQLite whoever writes is alone.
    """
    dialect = connection.dialect.name
    if dialect == "postgresql":
        _held(dialect).rows(connection, listed(dialect, sorted(set(ids))))


@lru_cache(maxsize=1)
def _held(dialect: str) -> Prepared:
    these = select(DirectiveRow.id).where(among(DirectiveRow.id, dialect))
    return Prepared(these.order_by(DirectiveRow.id).with_for_update(read=True, key_share=True))
