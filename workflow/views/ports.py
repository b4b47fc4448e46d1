"""What keeping and sending views asks of memory."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from workflow.accounts.records import Account
from workflow.messages.records import Notice
from workflow.views.records import ListPage, SavedView


class ViewMemory(Protocol):
    """One transaction's view of kept views."""

    def view(self, view_id: int) -> SavedView | None: ...

    def own_views(self, account_id: int) -> tuple[SavedView, ...]: ...

    def add_view(
        self, *, owner_id: int, page: ListPage, name: str, query: str, at: datetime
    ) -> int: ...

    def change_query(self, view_id: int, query: str, at: datetime) -> None: ...

    def remove_view(self, view_id: int) -> None: ...

    def share(self, view_id: int, account_id: int, at: datetime) -> bool:
        """Let somebody find a view among theirs; False when they could already."""

    def unshare(self, view_id: int, account_id: int) -> bool:
        """Take a view out of somebody's list; False when it was not there."""

    def account(self, account_id: int) -> Account | None: ...

    def post_all(self, notices: Iterable[Notice]) -> object: ...
