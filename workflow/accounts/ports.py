"""What the use cases of accounts ask of memory and of the keeper of passwords."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from workflow.accounts.records import Account, Failures, Membership, Role, StandIn
from workflow.agencies.records import Agency
from workflow.history.records import Entry
from workflow.messages.records import Notice


class Passwords(Protocol):
    """Hashes passwords and compares them; nothing else ever holds one."""

    def hash(self, password: str) -> str:
        """Return the hash to keep."""

    def fits(self, stored: str, password: str) -> bool:
        """Whether a password fits its hash; takes the same work either way."""

    def nobody(self) -> str:
        """Return a hash that no password fits, as costly to compare as a real one."""

    def outdated(self, stored: str) -> bool:
        """Whether a hash was made with weaker parameters than those of today."""


class SignInMemory(Protocol):
    """What signing in asks of memory."""

    def account_by_login(self, login: str) -> Account | None: ...

    def hold_sign_in(self, login_key: str, address: str) -> None: ...

    def failures(self, login_key: str, address: str, since: datetime) -> Failures: ...

    def note_attempt(
        self, login_key: str, address: str, at: datetime, *, succeeded: bool
    ) -> int: ...

    def mark_succeeded(self, attempt_id: int) -> None: ...

    def change_account(self, account_id: int, values: Mapping[str, object]) -> None: ...

    def open_session(
        self, token: str, account_id: int, at: datetime, address: str, browser: str
    ) -> None: ...


class AccountMemory(Protocol):
    """What the pages and commands of accounts ask of memory."""

    def account(self, account_id: int) -> Account | None: ...

    def account_by_login(self, login: str) -> Account | None: ...

    def agency(self, agency_id: int) -> Agency | None: ...

    def admins_on(self, day: date) -> frozenset[int]: ...

    def add_account(
        self,
        *,
        login: str,
        name: str,
        password_hash: str,
        at: datetime,
        email: str | None = None,
        is_system: bool = False,
        must_change_password: bool = True,
    ) -> int: ...

    def change_account(self, account_id: int, values: Mapping[str, object]) -> None: ...

    def add_membership(self, account_id: int, membership: Membership) -> None: ...

    def end_membership(self, account_id: int, membership: Membership, last_day: date) -> None: ...

    def remove_membership(self, account_id: int, membership: Membership) -> None: ...

    def accounts_by_login(self, logins: Iterable[str]) -> Mapping[str, Account]: ...

    def close_sessions(self, account_id: int, at: datetime) -> None: ...

    def forget_failures(self, login_key: str) -> int: ...

    def append(self, entry: Entry) -> None: ...


class StandInMemory(AccountMemory, Protocol):
    """What naming and ending stand-ins asks of memory."""

    def stand_in(self, stand_in_id: int) -> StandIn | None: ...

    def stand_ins_of(self, account_id: int) -> tuple[StandIn, ...]:
        """Return those in which an account is the absent or the one who stands in, not ended."""

    def add_stand_in(
        self,
        *,
        absent_id: int,
        stand_in_id: int,
        role: Role,
        agency_id: int,
        from_on: date,
        to_on: date,
        reason: str,
        named_by: int,
        at: datetime,
    ) -> int: ...

    def end_stand_in(self, stand_in_id: int, ended_by: int, at: datetime) -> None: ...

    def post_all(self, notices: Iterable[Notice]) -> object: ...
