"""Who follows what, within one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select, update

from models.accounts.register import AccountRegister
from models.base import table_of
from models.directives.register import DirectiveRegister
from models.directives.rows import DirectiveRow
from models.papers.register import PaperRegister
from workflow.accounts.records import Account
from workflow.history.records import Entry
from workflow.messages.records import Notice

_DIRECTIVES = table_of(DirectiveRow)


class FollowRegister:
    """Directives with those of the office who follow them."""

    def __init__(
        self, connection: Connection, papers: PaperRegister, accounts: AccountRegister
    ) -> None:
        self._connection = connection
        self._papers = papers
        self._accounts = accounts

    @property
    def directives(self) -> DirectiveRegister:
        """Directives with the facts their guards need."""
        return self._papers.directives

    def hold(self, numbers: Iterable[str]) -> None:
        """Hold directives in the order of their numbers, before the history is written."""
        self._papers.hold(numbers)

    def account(self, account_id: int) -> Account | None:
        """Return an account with every role it ever held."""
        return self._accounts.account(account_id)

    def followers(self, directive_ids: Sequence[int]) -> Mapping[int, int]:
        """Return who follows each of these directives that somebody follows."""
        found = select(_DIRECTIVES.c.id, _DIRECTIVES.c.monitor_id).where(
            _DIRECTIVES.c.id.in_(directive_ids), _DIRECTIVES.c.monitor_id.is_not(None)
        )
        return {row.id: row.monitor_id for row in self._connection.execute(found)}

    def set_follower(self, directive_ids: Sequence[int], follower_id: int) -> None:
        """Keep who follows these directives from now on."""
        self._connection.execute(
            update(_DIRECTIVES)
            .where(_DIRECTIVES.c.id.in_(directive_ids))
            .values(monitor_id=follower_id)
        )

    def append_all(self, entries: Iterable[Entry]) -> None:
        """Add entries to the history."""
        self.directives.history.append_all(entries)

    def post_all(self, notices: Iterable[Notice]) -> int:
        """Write what is told into the outbox of the same transaction."""
        return self.directives.messages.post_all(notices)
