"""Taking in a sheet of people: accounts and roles of every row that was understood, at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from workflow.accounts.ports import AccountMemory
from workflow.accounts.records import Actor
from workflow.accounts.roles import give_role
from workflow.accounts.rules import require_admin
from workflow.accounts.sheet_records import Does, PersonRow
from workflow.accounts.usecases import open_account
from workflow.days import local_day
from workflow.errors import NotFound, Stale


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenPeople:
    """What taking in a sheet did: new accounts by sign-in name, and how many roles were given."""

    accounts: tuple[str, ...] = ()
    roles: int = 0


def new_logins(rows: Sequence[PersonRow]) -> tuple[str, ...]:
    """Return the sign-in names for which an account would be made; each needs a password."""
    return tuple(row.login for row in rows if row.does is Does.ACCOUNT)


def import_people(
    memory: AccountMemory,
    actor: Actor,
    rows: Sequence[PersonRow],
    password_hashes: Mapping[str, str],
    *,
    at: datetime,
) -> TakenPeople:
    """Make the accounts and give the roles of all rows that were understood, in one transaction.

    Rows that wait or stand already are passed over, so a sheet can be taken in again.
    `password_hashes` holds one for each new account; Stale when the sheet now makes an
    account that had none, that is when somebody changed accounts since it was read.
    Each account and each role leaves its own history entry.
    """
    require_admin(actor, local_day(at))
    made: list[str] = []
    roles = 0
    for row in rows:
        if row.does is Does.ACCOUNT:
            if row.login not in password_hashes:
                raise Stale("sheet_changed")
            open_account(
                memory,
                actor,
                login=row.login,
                name=row.name,
                email=row.email,
                password_hash=password_hashes[row.login],
                at=at,
            )
            made.append(row.login)
        if row.does in {Does.ACCOUNT, Does.ROLE}:
            _give(memory, actor, row, at)
            roles += 1
    return TakenPeople(accounts=tuple(made), roles=roles)


def _give(memory: AccountMemory, actor: Actor, row: PersonRow, at: datetime) -> None:
    account = memory.account_by_login(row.login)
    if account is None:
        raise NotFound("account")
    give_role(memory, actor, account.id, row.membership, at=at)
