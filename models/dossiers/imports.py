"""Reads of imports: their rejected rows, for a file and for a page."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from models.base import table_of
from models.dossiers.rows import DossierRejectRow
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
