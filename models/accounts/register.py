"""What use cases ask of accounts: people, their roles, their attempts to sign in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from models.accounts.rows import AccountRow, MembershipRow
from models.accounts.signing import SignInRegister
from models.accounts.standing_in import StandInRegister
from models.agencies.register import AgencyRegister
from models.history.register import HistoryRegister
from models.lasting import stands_on
from models.messages.register import MessageRegister
from models.prepared import Prepared
from workflow.accounts.records import Account, Membership, Role
from workflow.accounts.rules import name_key
from workflow.agencies.records import Agency
from workflow.history.records import Entry
from workflow.messages.records import Notice
from workflow.text import fold

_HELD: Select[*tuple[Any, ...]] = select(
    MembershipRow.account_id,
    MembershipRow.role,
    MembershipRow.agency_id,
    MembershipRow.valid_from,
    MembershipRow.valid_to,
    MembershipRow.division_id,
).order_by(MembershipRow.valid_from, MembershipRow.id)
_ROLES = Prepared(_HELD.where(MembershipRow.account_id == bindparam("account_id")))
_ROLES_OF = _HELD.where(MembershipRow.account_id.in_(bindparam("ids", expanding=True)))
_BY_ID = Prepared(
    select(
        AccountRow.__table__,
        MembershipRow.role,
        MembershipRow.agency_id,
        MembershipRow.valid_from,
        MembershipRow.valid_to,
        MembershipRow.division_id,
    )
    .outerjoin(MembershipRow, MembershipRow.account_id == AccountRow.id)
    .where(AccountRow.id == bindparam("account_id"))
    .order_by(MembershipRow.valid_from, MembershipRow.id)
)
_BY_LOGIN = Prepared(select(AccountRow.__table__).where(AccountRow.login == bindparam("login")))
_BY_LOGINS = select(AccountRow.__table__).where(
    AccountRow.login.in_(bindparam("logins", expanding=True))
)
MOST_IN_LIST = 500


class AccountRegister(SignInRegister, StandInRegister):
    """Accounts within one transaction."""

    def __init__(
        self, connection: Connection, history: HistoryRegister, messages: MessageRegister
    ) -> None:
        super().__init__(connection)
        self._history = history
        self._messages = messages

    def account(self, account_id: int) -> Account | None:
        """Return an account with every role it ever held, in one statement."""
        rows = _BY_ID.rows(self._connection, {"account_id": account_id})
        return _account(rows[0], [row for row in rows if row.role is not None]) if rows else None

    def account_by_login(self, login: str) -> Account | None:
        """Return the account of a sign-in name (lower case)."""
        row = _BY_LOGIN.row(self._connection, {"login": login})
        return self._whole(row) if row else None

    def accounts_by_login(self, logins: Iterable[str]) -> Mapping[str, Account]:
        """Return the accounts of many sign-in names, in two statements for each 500 of them."""
        found: dict[str, Account] = {}
        for some in _batches(logins):
            rows = self._connection.execute(_BY_LOGINS, {"logins": some}).all()
            held: dict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
            for role in self._connection.execute(_ROLES_OF, {"ids": [row.id for row in rows]}):
                held[role.account_id].append(role)
            found |= {row.login: _account(row, held[row.id]) for row in rows}
        return found

    def _whole(self, row: Row[*tuple[Any, ...]]) -> Account:
        roles = _ROLES.rows(self._connection, {"account_id": row.id})
        return _account(row, roles)

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
    ) -> int:
        """Add an account and return its id."""
        values = {
            "login": login,
            **_named(name),
            "email": email,
            "password_hash": password_hash,
            "must_change_password": must_change_password,
            "is_active": True,
            "is_system": is_system,
            "session_epoch": 0,
            "created_at": at,
        }
        return int(
            self._connection.execute(
                insert(AccountRow).returning(AccountRow.id), values
            ).scalar_one()
        )

    def change_account(self, account_id: int, values: Mapping[str, object]) -> None:
        """Change plain facts of an account; a new name also changes how it is found and sorted."""
        changed = dict(values)
        if "name" in changed:
            changed |= _named(str(changed["name"]))
        self._connection.execute(
            update(AccountRow).where(AccountRow.id == account_id).values(changed)
        )

    def add_membership(self, account_id: int, membership: Membership) -> None:
        """Give a role in an agency over a period."""
        self._connection.execute(
            insert(MembershipRow),
            {
                "account_id": account_id,
                "role": membership.role,
                "agency_id": membership.agency_id,
                "valid_from": membership.valid_from,
                "valid_to": membership.valid_to,
                "division_id": membership.division_id,
            },
        )

    def end_membership(self, account_id: int, membership: Membership, last_day: date) -> None:
        """End a role: `last_day` is the last one it is held."""
        self._connection.execute(
            update(MembershipRow).where(*_is(account_id, membership)).values(valid_to=last_day)
        )

    def remove_membership(self, account_id: int, membership: Membership) -> None:
        """Take back a role before its first day."""
        self._connection.execute(delete(MembershipRow).where(*_is(account_id, membership)))

    def agency(self, agency_id: int) -> Agency | None:
        """Return the agency in which a role is held."""
        return AgencyRegister(self._connection).agency(agency_id)

    def admins_on(self, day: date) -> frozenset[int]:
        """Return the open accounts that are admin on `day`."""
        rows = self._connection.execute(
            select(AccountRow.id)
            .join(MembershipRow, MembershipRow.account_id == AccountRow.id)
            .where(
                AccountRow.is_active,
                MembershipRow.role == Role.ADMIN,
                stands_on(MembershipRow, day),
            )
        )
        return frozenset(rows.scalars())

    def post_all(self, notices: Iterable[Notice]) -> int:
        """Write what is told into the outbox of the same transaction."""
        return self._messages.post_all(notices)

    def append(self, entry: Entry) -> None:
        """Add an entry to the history."""
        self._history.append(entry)


def _batches(logins: Iterable[str]) -> Iterator[list[str]]:
    left = iter(logins)
    while some := list(islice(left, MOST_IN_LIST)):
        yield some


def _account(row: Row[*tuple[Any, ...]], roles: Iterable[Row[*tuple[Any, ...]]]) -> Account:
    return Account(
        id=row.id,
        login=row.login,
        name=row.name,
        email=row.email,
        password_hash=row.password_hash,
        must_change_password=row.must_change_password,
        is_active=row.is_active,
        is_system=row.is_system,
        session_epoch=row.session_epoch,
        locale=row.locale,
        memberships=tuple(
            Membership(
                role=Role(r.role),
                agency_id=r.agency_id,
                valid_from=r.valid_from,
                valid_to=r.valid_to,
                division_id=r.division_id,
            )
            for r in roles
        ),
    )


def _named(name: str) -> dict[str, str]:
    """Return a name with how it is found and sorted."""
    return {"name": name, "name_folded": fold(name), "sort_key": name_key(name)}


def _is(account_id: int, membership: Membership) -> tuple[ColumnElement[bool], ...]:
    return (
        MembershipRow.account_id == account_id,
        MembershipRow.role == membership.role,
        MembershipRow.agency_id == membership.agency_id,
        MembershipRow.valid_from == membership.valid_from,
    )
