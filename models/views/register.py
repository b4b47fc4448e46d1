"""What use cases ask of kept views."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from models.accounts.register import AccountRegister
from models.messages.register import MessageRegister
from models.views.queries import VIEWS, view_from
from models.views.rows import SavedViewRow, ViewShareRow
from workflow.accounts.records import Account
from workflow.messages.records import Notice
from workflow.views.records import ListPage, SavedView


class ViewRegister:
    """Kept views within one transaction."""

    def __init__(
        self, connection: Connection, accounts: AccountRegister, messages: MessageRegister
    ) -> None:
        self._connection = connection
        self._accounts = accounts
        self._messages = messages

    def view(self, view_id: int) -> SavedView | None:
        """Return a view, whoever's."""
        row = self._connection.execute(VIEWS.where(SavedViewRow.id == view_id)).one_or_none()
        return view_from(row) if row else None

    def own_views(self, account_id: int) -> tuple[SavedView, ...]:
        """Return the views somebody keeps."""
        rows = self._connection.execute(VIEWS.where(SavedViewRow.owner_id == account_id))
        return tuple(map(view_from, rows))

    def add_view(
        self, *, owner_id: int, page: ListPage, name: str, query: str, at: datetime
    ) -> int:
        """Keep a view and return its id."""
        values = {"owner_id": owner_id, "page": page.value, "name": name, "query": query, "at": at}
        added = insert(SavedViewRow).returning(SavedViewRow.id)
        return int(self._connection.execute(added, values).scalar_one())

    def change_query(self, view_id: int, query: str, at: datetime) -> None:
        """Let a view look at something else from now on."""
        self._connection.execute(
            update(SavedViewRow).where(SavedViewRow.id == view_id).values(query=query, at=at)
        )

    def remove_view(self, view_id: int) -> None:
        """Take a view out of everybody's lists."""
        self._connection.execute(delete(ViewShareRow).where(ViewShareRow.view_id == view_id))
        self._connection.execute(delete(SavedViewRow).where(SavedViewRow.id == view_id))

    def share(self, view_id: int, account_id: int, at: datetime) -> bool:
        """Let somebody find a view among theirs; False when they could already."""
        mine = (ViewShareRow.view_id == view_id, ViewShareRow.account_id == account_id)
        if self._connection.execute(select(ViewShareRow.view_id).where(*mine)).first():
            return False
        values = {"view_id": view_id, "account_id": account_id, "at": at}
        self._connection.execute(insert(ViewShareRow), values)
        return True

    def unshare(self, view_id: int, account_id: int) -> bool:
        """Take a view out of somebody's list; False when it was not there."""
        gone = self._connection.execute(
            delete(ViewShareRow).where(
                ViewShareRow.view_id == view_id, ViewShareRow.account_id == account_id
            )
        )
        return gone.rowcount > 0

    def account(self, account_id: int) -> Account | None:
        """Return an account with every role it ever held."""
        return self._accounts.account(account_id)

    def post_all(self, notices: Iterable[Notice]) -> int:
        """Write what is told into the outbox of the same transaction."""
        return self._messages.post_all(notices)
