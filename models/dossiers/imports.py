"""Reads of imports: their rejected rows, and the agencies nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, case, func, or_, select, update

from models.base import table_of
from models.dossiers.rows import DossierImportRow, DossierRejectRow, DossierRow
from workflow.dossiers.misread import Rejected

_IMPORTS, _REJECTS = table_of(DossierImportRow), table_of(DossierRejectRow)
CHUNK = 2_000
NONE_YET = 0
"""The last id of an import that no dossier came by."""


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
            func.coalesce(DossierRow.source, "") == source,  # else by the source: most have one
            DossierRow.agency_id.is_(None),
            DossierRow.agency_text != "",
        )
        .group_by(DossierRow.agency_text)
        .order_by(count.desc(), DossierRow.agency_text)
        .limit(limit)
    )
    return [Unmatched(words, number) for words, number in rows]


@dataclass(frozen=True, slots=True)
class EndedEarly:
    """A dossier that is said to have ended before it was received: one of the days is mistaken."""

    code: str
    received_on: date
    ended_on: date


def ended_early(connection: Connection, source: str, *, limit: int) -> list[EndedEarly]:
    """Return the first of such dossiers of a source, in the order of their codes."""
    rows = connection.execute(
        select(DossierRow.code, DossierRow.received_on, DossierRow.ended_on)
        .where(DossierRow.source == source, DossierRow.ended_on < DossierRow.received_on)
        .order_by(DossierRow.code)
        .limit(limit)
    )
    return [EndedEarly(row.code, row.received_on, row.ended_on) for row in rows]


def has_dossiers(connection: Connection, source: str) -> bool:
    """Tell whether any dossier of a source stands."""
    return (
        connection.execute(
            select(DossierRow.id).where(DossierRow.source == source).limit(1)
        ).first()
        is not None
    )


def note_ids(connection: Connection, import_id: int, ids: range) -> None:
    """Keep from which id to which the dossiers of an import lie.

    One that an older release began says nothing of its first chunks: it counts from 0 on.
    """
    c = _IMPORTS.c
    begun = case((or_(c.last_dossier_id == NONE_YET, c.created == 0), ids.start), else_=0)
    connection.execute(
        update(_IMPORTS)
        .where(c.id == import_id)
        .values(
            first_dossier_id=func.coalesce(c.first_dossier_id, begun), last_dossier_id=ids.stop - 1
        )
    )
