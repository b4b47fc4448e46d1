"""What stands on dossiers as the file's own words: fields for a filter, words of an import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from models.dossiers.rows import DossierRow

LATEST = 20_000
MOST = 200
AT_ONCE = 5_000
PROCEDURE = func.coalesce(func.nullif(DossierRow.procedure_code, ""), DossierRow.procedure_text)
"""A procedure's code, or its name where the file gives no code."""


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


class ChunkWords(NamedTuple):
    """The words of some dossiers, and how many bear each."""

    unmatched: dict[str, int]
    fields: dict[str, int]
    procedures: dict[str, int]


def words_of_chunk(connection: Connection, ids: Sequence[int]) -> ChunkWords:
    """Count the agencies nobody knows, the fields and the procedures of these dossiers."""
    found = ChunkWords({}, {}, {})
    for place in range(0, len(ids), AT_ONCE):
        rows = connection.execute(
            select(
                DossierRow.agency_text,
                DossierRow.agency_id.is_(None),
                DossierRow.field_text,
                PROCEDURE,
                func.count(),
            )
            .where(DossierRow.id.in_(ids[place : place + AT_ONCE]))
            .group_by(
                DossierRow.agency_text,
                DossierRow.agency_id.is_(None),
                DossierRow.field_text,
                PROCEDURE,
            )
        )
        for agency, is_unmatched, field, procedure, number in rows:
            if is_unmatched:
                found.unmatched[agency] = found.unmatched.get(agency, 0) + number
            found.fields[field] = found.fields.get(field, 0) + number
            found.procedures[procedure] = found.procedures.get(procedure, 0) + number
    return found
