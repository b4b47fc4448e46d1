"""What a filter of dossiers offers: the fields that stand on them."""

from __future__ import annotations

from sqlalchemy import Connection, select

from models.dossiers.rows import DossierRow

LATEST = 20_000
MOST = 200


def fields_of(connection: Connection) -> tuple[str, ...]:
    """Return the fields of the latest received dossiers, each once.

    The field is the file's own word and has no table: reading all rows for the choices of
    one filter would cost more than the list itself.
    """
    latest = (
        select(DossierRow.field_text)
        .where(DossierRow.received_on.is_not(None))
        .order_by(DossierRow.received_on.desc(), DossierRow.id.desc())
        .limit(LATEST)
        .subquery()
    )
    named = select(latest.c.field_text).where(latest.c.field_text != "").distinct().limit(MOST)
    return tuple(connection.scalars(named))
