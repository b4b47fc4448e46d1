"""The names of accounts and agencies that something knows by their ids only."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from models.accounts.rows import AccountRow
from models.agencies.rows import AgencyRow


def account_names(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    """Return the names of accounts by id; one statement, none where nobody is asked for."""
    return _names(connection, AccountRow, ids)


def agency_names(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    """Return the names of agencies by id; one statement, none where none is asked for."""
    return _names(connection, AgencyRow, ids)


def _names(
    connection: Connection, row: type[AccountRow | AgencyRow], ids: Collection[int]
) -> dict[int, str]:
    if not ids:
        return {}
    found = connection.execute(select(row.id, row.name).where(row.id.in_(sorted(ids))))
    return {one.id: one.name for one in found}
