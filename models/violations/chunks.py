"""All dossiers, a chunk at a time, each with what its source's newest import could not tell."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from models.dossiers.rows import DossierRow
from models.violations.finding import off_by_source
from workflow.violations.scopes import DossierScope

CHUNK = 20_000


def dossier_chunks(connection: Connection) -> tuple[DossierScope, ...]:
    """Return scopes that together hold every dossier, by source and id."""
    off = off_by_source(connection)
    sources = connection.execute(select(DossierRow.source).distinct().order_by(DossierRow.source))
    return tuple(
        DossierScope(dossier_ids=ids, off=off.get(source, frozenset()), source="all dossiers")
        for source in sources.scalars()
        for ids in _ids_of(connection, source)
    )


def _ids_of(connection: Connection, source: str) -> Iterator[tuple[int, ...]]:
    last = connection.execute(select(func.min(DossierRow.id) - 1)).scalar_one()
    while True:
        ids = tuple(
            connection.execute(
                select(DossierRow.id)
                .where(DossierRow.source == source, DossierRow.id > last)
                .order_by(DossierRow.id)
                .limit(CHUNK)
            ).scalars()
        )
        if not ids:
            return
        yield ids
        last = ids[-1]
