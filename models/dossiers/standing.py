"""Which dossiers of a chunk stand already: asked by the stretch of codes that it covers.

Codes are compared sign by sign on both databases, as a file's rows are put in order: a chunk
that comes after all others, as each of a new file does, is told so by one look at the index.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from sqlalchemy import Connection, select

from models.base import table_of
from models.dossiers.loading import Loader
from models.dossiers.rows import DossierImportRow, DossierRow
from workflow.dossiers.ports import Standing
from workflow.dossiers.records import ImportFacts

_IMPORTS = table_of(DossierImportRow)
_DOSSIERS = DossierRow.__tablename__
_LOOKED_UP = "dossier_lookup"
_SPARSE = 2
"""Where more dossiers lie in a chunk's stretch than twice its own, these are looked up singly."""

Found = Sequence[tuple[Any, ...]]


def standing_of(
    connection: Connection,
    loader: Loader,
    facts: ImportFacts,
    codes: Sequence[str],
    digests: Sequence[str],
) -> Sequence[Standing]:
    """Return those dossiers of a chunk that stand already, by their places in it."""
    if not codes:
        return ()
    told = _told(connection, facts)
    most = _SPARSE * len(codes)
    found = _between(connection, loader, facts.source, (codes[0], codes[-1]), told, most + 1)
    if not found:
        return ()
    if len(found) > most:
        found = _singly(connection, loader, facts.source, codes, told)
    return _placed(found, codes, digests)


def _told(connection: Connection, facts: ImportFacts) -> str:
    """Return what is asked of each dossier `d`: code, id, digest, whether settled, its words."""
    judged_alike = [
        row.id
        for row in connection.execute(
            select(_IMPORTS.c.id, _IMPORTS.c.detections_off).where(
                _IMPORTS.c.source == facts.source, _IMPORTS.c.as_of == facts.as_of
            )
        )
        if sorted(row.detections_off) == sorted(facts.detections_off)
    ]
    alike = f"d.last_import_id IN ({', '.join(map(str, judged_alike))})" if judged_alike else "1=0"
    return (
        f"SELECT d.code, d.id, d.digest, d.calendar_version = '' AND {alike}, "
        "CASE WHEN d.agency_id IS NULL THEN d.agency_text ELSE '' END, "
        "CASE WHEN d.receiving_id IS NULL THEN d.receiving_text ELSE '' END "
        "FROM"
    )


def _between(
    connection: Connection,
    loader: Loader,
    source: str,
    ends: tuple[str, str],
    told: str,
    most: int,
) -> Found:
    place = loader.place
    statement = (
        f"{told} {_DOSSIERS} AS d WHERE d.source = {place} AND d.code >= {place} "
        f"AND d.code <= {place} ORDER BY d.code LIMIT {most}"
    )
    return _plain_rows(connection, statement, (source, *ends))


def _singly(
    connection: Connection, loader: Loader, source: str, codes: Sequence[str], told: str
) -> Found:
    """Go from each code to its dossier: left to choose, SQLite goes through all for each code."""
    loader.stage(_LOOKED_UP, ("code VARCHAR(100)",), ((code,) for code in codes))
    statement = (
        f"{told} {_LOOKED_UP} AS c CROSS JOIN {_DOSSIERS} AS d "
        f"WHERE d.source = {loader.place} AND d.code = c.code ORDER BY d.code"
    )
    return _plain_rows(connection, statement, (source,))


def _plain_rows(connection: Connection, statement: str, asked: tuple[str, ...]) -> Found:
    """Return rows as the driver has them: of these nothing is asked by name."""
    with connection.exec_driver_sql(statement, asked) as result:
        rows: Found = result.cursor.fetchall()
    return rows


def _placed(found: Found, codes: Sequence[str], digests: Sequence[str]) -> list[Standing]:
    """Lay what was found beside the chunk; mostly it is the chunk itself, code by code."""
    told = [row[0] for row in found]
    if told == codes:
        return [_standing(place, row, digests[place]) for place, row in enumerate(found)]
    places = dict(zip(codes, count(), strict=False))
    pairs = zip(map(places.get, told), found, strict=True)
    return [_standing(at, row, digests[at]) for at, row in pairs if at is not None]


def _standing(place: int, row: tuple[Any, ...], told: str) -> Standing:
    _, number, digest, settled, agency, receiving = row
    words = (agency, receiving) if agency or receiving else ()
    return Standing(place, number, digest == told, bool(settled), words)
