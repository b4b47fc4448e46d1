"""What a whole installation holds: empty, or the demo."""

from __future__ import annotations

from sqlalchemy import Connection, select

from models.accounts.rows import AccountRow
from models.agencies.rows import AgencyRow
from models.documents.rows import DocumentRow


def is_empty(connection: Connection) -> bool:
    """Whether nothing was entered yet."""
    tables = (AgencyRow, AccountRow, DocumentRow)
    return all(connection.execute(select(t.id).limit(1)).first() is None for t in tables)


def is_marked(connection: Connection, mark: str) -> bool:
    """Whether the demo stands here: its clerk-of-the-story account exists."""
    login = f"system-{mark}"
    found = connection.execute(select(AccountRow.id).where(AccountRow.login == login)).first()
    return found is not None
