"""Holding work before its rows: whoever acts on a period or a request holds its directive first."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from models.directives.rows import DirectiveRow
from models.listing import among
from models.prepared import Prepared


def hold_work(connection: Connection, ids: Iterable[int]) -> None:
    """Wait for who acts on some directives, and keep others off until the transaction ends.

    On SQLite whoever writes is alone.
    """
    if connection.dialect.name == "postgresql":
        _HELD.rows(connection, {"ids": sorted(set(ids))})


_HELD = Prepared(
    select(DirectiveRow.id)
    .where(among(DirectiveRow.id, "ids"))
    .order_by(DirectiveRow.id)
    .with_for_update(read=True, key_share=True)
)
