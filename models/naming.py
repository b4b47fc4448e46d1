"""The names of what something knows by an id or a code only."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from models.accounts.rows import AccountRow
from models.agencies.rows import AgencyRow
from models.evidence.rows import EvidenceRow


def account_names(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    """Return the names of accounts by id; one statement, none where nobody is asked for."""
    return _names(connection, AccountRow, ids)


def agency_names(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    """Return the names of agencies by id; one statement, none where none is asked for."""
    return _names(connection, AgencyRow, ids)


def piece_names(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    """Return the names of pieces of evidence by id; one statement, none where none is asked for."""
    return _names(connection, EvidenceRow, ids)


def agency_names_by_code(connection: Connection, codes: Collection[str]) -> dict[str, str]:
    """Return the names of agencies by code; one statement, none where none is asked for."""
    if not codes:
        return {}
    statement = select(AgencyRow.code, AgencyRow.name).where(AgencyRow.code.in_(sorted(codes)))
    return {one.code: one.name for one in connection.execute(statement)}


def _names(
    connection: Connection, row: type[AccountRow | AgencyRow | EvidenceRow], ids: Collection[int]
) -> dict[int, str]:
    if not ids:
        return {}
    found = connection.execute(select(row.id, row.name).where(row.id.in_(sorted(ids))))
    return {one.id: one.name for one in found}
