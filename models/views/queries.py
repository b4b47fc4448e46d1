"""Reads of kept views: one's own and those that were sent."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select

from models.accounts.rows import AccountRow
from models.views.rows import SavedViewRow, ViewShareRow
from workflow.views.records import ListPage, SavedView

VIEWS: Select[*tuple[Any, ...]] = (
    select(
        SavedViewRow.id,
        SavedViewRow.owner_id,
        AccountRow.name.label("owner_name"),
        SavedViewRow.page,
        SavedViewRow.name,
        SavedViewRow.query,
    )
    .join(AccountRow, AccountRow.id == SavedViewRow.owner_id)
    .order_by(SavedViewRow.name, SavedViewRow.id)
)


def view_from(row: Row[*tuple[Any, ...]]) -> SavedView:
    """Return the view a row holds."""
    return SavedView(
        id=row.id,
        owner_id=row.owner_id,
        owner_name=row.owner_name,
        page=ListPage(row.page),
        name=row.name,
        query=row.query,
    )


def views_of(
    connection: Connection, account_id: int, *, limit: int | None = None
) -> tuple[SavedView, ...]:
    """Return a person's own views and those sent to them, by name, in one statement."""
    sent = select(ViewShareRow.view_id).where(ViewShareRow.account_id == account_id)
    wanted = VIEWS.where(or_(SavedViewRow.owner_id == account_id, SavedViewRow.id.in_(sent)))
    return tuple(map(view_from, connection.execute(wanted.limit(limit))))


def recipients_of(connection: Connection, owner_id: int) -> dict[int, list[str]]:
    """Return to whom a person's own views were sent, by view."""
    found: dict[int, list[str]] = {}
    rows = connection.execute(
        select(ViewShareRow.view_id, AccountRow.name)
        .join(SavedViewRow, SavedViewRow.id == ViewShareRow.view_id)
        .join(AccountRow, AccountRow.id == ViewShareRow.account_id)
        .where(SavedViewRow.owner_id == owner_id)
        .order_by(AccountRow.sort_key, AccountRow.id)
    )
    for row in rows:
        found.setdefault(row.view_id, []).append(row.name)
    return found
