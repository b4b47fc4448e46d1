"""Accounts: made, given roles for a time, changed, closed; each change leaves its entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from workflow.accounts.ports import AccountMemory
from workflow.accounts.records import Account, Actor
from workflow.errors import NotFound
from workflow.history.records import Entry, Subject
from workflow.history.rules import plain


def account_entry(  # noqa: PLR0913 - an entry says all of it
    actor: Actor,
    login: str,
    action: str,
    at: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> Entry:
    """Return what a change of an account leaves in the history; no password is ever in it."""
    return Entry(
        at=at,
        actor_id=actor.account_id,
        actor_name=actor.name,
        role=actor.role.value if actor.role else None,
        agency_id=actor.agency_id,
        agency_name=actor.agency_name,
        subject=Subject.ACCOUNT,
        subject_key=login,
        action=action,
        before={name: plain(value) for name, value in (before or {}).items()},
        after={name: plain(value) for name, value in (after or {}).items()},
        reason=reason,
    )


def change_own_password(
    memory: AccountMemory, actor: Actor, password_hash: str, *, at: datetime
) -> None:
    """Keep a person's new password and end every session opened with the old one."""
    account = _account(memory, actor.account_id)
    epoch = account.session_epoch + 1
    memory.change_account(
        account.id,
        {"password_hash": password_hash, "must_change_password": False, "session_epoch": epoch},
    )
    memory.close_sessions(account.id, at)
    memory.append(
        account_entry(
            actor,
            account.login,
            "change_password",
            at,
            before={"session_epoch": account.session_epoch},
            after={"session_epoch": epoch},
        )
    )


def _account(memory: AccountMemory, account_id: int) -> Account:
    account = memory.account(account_id)
    if account is None:
        raise NotFound("account")
    return account
