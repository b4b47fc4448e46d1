"""Accounts: made, given roles for a time, changed, closed; each change leaves its entry."""

from __future__ import annotations

from datetime import datetime

from workflow.accounts.changing import account_entry, change_and_sign_out, person_of
from workflow.accounts.ports import AccountMemory
from workflow.accounts.records import Actor
from workflow.accounts.rules import (
    check_details,
    login_key,
    require_admin,
    same_login,
    tidy_email,
)
from workflow.days import local_day
from workflow.errors import Forbidden, Invalid, Refused
from workflow.text import clean

SYSTEM_LOGIN = "system"
SYSTEM_NAME = "Hệ thống"


def system_actor(memory: AccountMemory, *, at: datetime) -> Actor:
    """Return the named account as which the command line acts; made at its first use."""
    standing = memory.account_by_login(SYSTEM_LOGIN)
    if standing and standing.is_system:
        return Actor(
            account_id=standing.id, name=standing.name, role=None, agency_id=None, is_system=True
        )
    account_id = memory.add_account(
        login=SYSTEM_LOGIN,
        name=SYSTEM_NAME,
        password_hash="",
        at=at,
        is_system=True,
        must_change_password=False,
    )
    return Actor(account_id=account_id, name=SYSTEM_NAME, role=None, agency_id=None, is_system=True)


def open_account(
    memory: AccountMemory,
    actor: Actor,
    *,
    login: str,
    name: str,
    email: str,
    password_hash: str,
    at: datetime,
) -> int:
    """Make an account with a password that its owner must change, and return its id.

    Invalid field by field: `login` (form, taken), `name`, `email`.
    """
    require_admin(actor, local_day(at))
    login, name, email = same_login(login), clean(name), tidy_email(email)
    check_details(name=name, email=email, login=login)
    if memory.account_by_login(login):
        raise Invalid({"login": "login_taken"})
    account_id = memory.add_account(
        login=login, name=name, email=email or None, password_hash=password_hash, at=at
    )
    after: dict[str, object] = {
        "login": login,
        "name": name,
        "email": email or None,
        "is_active": True,
        "roles": [],
    }
    memory.append(account_entry(actor, login, "add_account", at, after=after))
    return account_id


def change_details(
    memory: AccountMemory, actor: Actor, account_id: int, *, name: str, email: str, at: datetime
) -> None:
    """Change what an account says about its owner; the sign-in name stays for good."""
    require_admin(actor, local_day(at))
    account = person_of(memory, account_id)
    name, email = clean(name), tidy_email(email)
    check_details(name=name, email=email)
    new = {"name": name, "email": email or None}
    old = {"name": account.name, "email": account.email}
    after = {field: value for field, value in new.items() if value != old[field]}
    if not after:
        return
    memory.change_account(account.id, after)
    before = {field: old[field] for field in after}
    memory.append(
        account_entry(actor, account.login, "change_account", at, before=before, after=after)
    )


def close_account(
    memory: AccountMemory, actor: Actor, account_id: int, *, reason: str, at: datetime
) -> None:
    """Close an account: nobody signs in with it, its sessions end, its history stays."""
    require_admin(actor, local_day(at))
    account = person_of(memory, account_id)
    if not reason.strip():
        raise Invalid({"reason": "required"})
    if account.id == actor.account_id:
        raise Forbidden("own_account")
    if not account.is_active:
        raise Refused("account_closed")
    change_and_sign_out(
        memory,
        actor,
        account,
        "close_account",
        at,
        before={"is_active": True},
        after={"is_active": False},
        reason=clean(reason),
    )


def reopen_account(memory: AccountMemory, actor: Actor, account_id: int, *, at: datetime) -> None:
    """Open a closed account again; the password is the one it had."""
    require_admin(actor, local_day(at))
    account = person_of(memory, account_id)
    if account.is_active:
        raise Refused("account_open")
    memory.change_account(account.id, {"is_active": True})
    memory.append(
        account_entry(
            actor,
            account.login,
            "reopen_account",
            at,
            before={"is_active": False},
            after={"is_active": True},
        )
    )


def unlock_account(memory: AccountMemory, actor: Actor, account_id: int, *, at: datetime) -> int:
    """Forget the failed sign-ins of an account; return how many there were."""
    require_admin(actor, local_day(at))
    account = person_of(memory, account_id)
    forgotten = memory.forget_failures(login_key(account.login))
    memory.append(
        account_entry(actor, account.login, "unlock_account", at, before={"failures": forgotten})
    )
    return forgotten


def reset_password(
    memory: AccountMemory, actor: Actor, account_id: int, password_hash: str, *, at: datetime
) -> None:
    """Set a password for somebody, who must change it at the next sign-in; sessions end."""
    require_admin(actor, local_day(at))
    account = person_of(memory, account_id)
    if account.id == actor.account_id:
        raise Forbidden("own_password")
    memory.change_account(account.id, {"password_hash": password_hash})
    memory.forget_failures(login_key(account.login))
    change_and_sign_out(
        memory, actor, account, "reset_password", at, after={"must_change_password": True}
    )


def end_sessions(memory: AccountMemory, actor: Actor, account_id: int, *, at: datetime) -> None:
    """Sign somebody out everywhere."""
    require_admin(actor, local_day(at))
    change_and_sign_out(memory, actor, person_of(memory, account_id), "end_sessions", at)


def change_own_password(
    memory: AccountMemory, actor: Actor, password_hash: str, *, at: datetime
) -> None:
    """Keep a person's new password and end every session opened with the old one."""
    account = person_of(memory, actor.account_id)
    if not account.is_active:
        raise Refused("account_closed")
    memory.change_account(account.id, {"password_hash": password_hash})
    change_and_sign_out(
        memory,
        actor,
        account,
        "change_password",
        at,
        before={"must_change_password": account.must_change_password},
        after={"must_change_password": False},
    )
