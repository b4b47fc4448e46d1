"""How an account is changed: found, written, told in the history, its sessions ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from workflow.accounts.ports import AccountMemory
from workflow.accounts.records import Account, Actor, Membership
from workflow.errors import NotFound
from workflow.history.records import Entry, Subject
from workflow.history.rules import entry_by


def account_entry(
    actor: Actor,
    login: str,
    action: str,
    at: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> Entry:
    """Return the entry of a change of the account `login`; no password is ever in it."""
    return entry_by(
        actor, at, Subject.ACCOUNT, login, action, before=before, after=after, reason=reason
    )


def roles_told(memory: AccountMemory, roles: Iterable[Membership]) -> list[str]:
    """Return roles as the history keeps them: `office H32.01 2021-01-01/2021-12-31`."""
    return sorted(_told(memory, role) for role in roles)


def _told(memory: AccountMemory, role: Membership) -> str:
    agency = memory.agency(role.agency_id)
    code = agency.code if agency else role.agency_id
    return f"{role.role} {code} {role.valid_from}/{role.valid_to or ''}"


def change_and_sign_out(
    memory: AccountMemory,
    actor: Actor,
    account: Account,
    action: str,
    at: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Write a change together with a higher epoch: whoever is signed in signs in anew."""
    epoch = account.session_epoch + 1
    said = dict(after or {})
    facts = {name: value for name, value in said.items() if name != "roles"}
    memory.change_account(account.id, facts | {"session_epoch": epoch})
    memory.close_sessions(account.id, at)
    memory.append(
        account_entry(
            actor,
            account.login,
            action,
            at,
            before={**(before or {}), "session_epoch": account.session_epoch},
            after=said | {"session_epoch": epoch},
            reason=reason,
        )
    )


def person_of(memory: AccountMemory, account_id: int) -> Account:
    """Return a person's account; the system's own is nobody's to change."""
    account = memory.account(account_id)
    if account is None or account.is_system:
        raise NotFound("account")
    return account
