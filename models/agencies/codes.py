"""The codes of agencies by their ids, and back: one statement each, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.listing import among
from models.prepared import Prepared

_A = table_of(AgencyRow).c
_CODES = Prepared(select(_A.id, _A.code).where(among(_A.id, "ids")))
_IDS = Prepared(select(_A.code, _A.id).where(among(_A.code, "codes")))


def codes_of(connection: Connection, ids: Iterable[int]) -> Mapping[int, str]:
    """Return the codes of some agencies."""
    return dict(_CODES.rows(connection, {"ids": list(ids)}))


def ids_of(connection: Connection, codes: Iterable[str]) -> Mapping[str, int]:
    """Return the ids of the agencies that bear some codes."""
    return dict(_IDS.rows(connection, {"codes": sorted(codes)}))
