"""Reads of imports: their rejected rows, and the agencies nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from models.base import table_of
from models.dossiers.rows import DossierRejectRow, DossierRow
from workflow.dossiers.misread import Rejected

_REJECTS = table_of(DossierRejectRow)
CHUNK = 2_000


def rejected_rows(connection: Connection, import_id: int) -> Iterator[Rejected]:
    """Yield the rows of a file that were not taken in, in the order of their lines."""
    asked = select(_REJECTS).where(_REJECTS.c.import_id == import_id).order_by(_REJECTS.c.line)
    with connection.execute(asked, execution_options={"yield_per": CHUNK}) as rows:
        for row in rows:
            yield Rejected(
                line=row.line,
                code=row.code,
                field=row.field,
                reason=row.reason,
                told=row.told,
                other_line=row.other_line,
            )


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Words that name no agency the province knows, and how many dossiers bear them."""

    words: str
    dossiers: int


def unmatched(connection: Connection, source: str, *, limit: int) -> list[Unmatched]:
    """Return the unmatched agencies of a source, those of most dossiers first."""
    count = func.count()
    rows = connection.execute(
        select(DossierRow.agency_text, count)
        .where(
            DossierRow.source == source,
            DossierRow.agency_id.is_(None),
            DossierRow.agency_text != "",
        )
        .group_by(DossierRow.agency_text)
        .order_by(count.desc(), DossierRow.agency_text)
        .limit(limit)
    )
    return [Unmatched(words, number) for words, number in rows]


def has_dossiers(connection: Connection, source: str) -> bool:
    """Tell whether any dossier of a source stands."""
    return (
        connection.execute(
            select(DossierRow.id).where(DossierRow.source == source).limit(1)
        ).first()
        is not None
    )
