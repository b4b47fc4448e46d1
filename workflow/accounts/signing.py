"""Signing in: counted before it is weighed, so that many at once gain nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from workflow.accounts.ports import Passwords, SignInMemory
from workflow.accounts.records import Account, Attempt
from workflow.accounts.rules import (
    BY_ADDRESS,
    COUNTED_FOR,
    PASSWORD_MOST,
    Throttle,
    lock_end,
    login_key,
    same_login,
)
from workflow.errors import Refused


def begin_sign_in(
    memory: SignInMemory,
    typed: str,
    address: str,
    *,
    at: datetime,
    address_lock: Throttle = BY_ADDRESS,
) -> Attempt:
    """Count an attempt, as failed until it proves otherwise, and find whose it is.

    Its own transaction: what follows may crash or race, the count stands. A locked name
    or address is Refused ("too_many_attempts", `until`) and not counted again, whether or
    not such an account exists. `address_lock` is the province's own for an address.
    """
    login = same_login(typed)
    key = login_key(login)
    memory.hold_sign_in(key, address)
    until = lock_end(memory.failures(key, address, at - COUNTED_FOR), at, address_lock)
    if until is not None:
        raise Refused("too_many_attempts", until=_next_minute(until))
    attempt = memory.note_attempt(key, address, at, succeeded=False)
    return Attempt(id=attempt, account=memory.account_by_login(login))


def _next_minute(at: datetime) -> datetime:
    """Return the whole minute at which `at` has passed, as a person is told it."""
    whole = at.replace(second=0, microsecond=0)
    return whole if whole == at else whole + timedelta(minutes=1)


def weigh(attempt: Attempt, password: str, passwords: Passwords) -> Account | None:
    """Return the account when the password fits and it may sign in; no transaction is held.

    An unknown name, a wrong password and a closed account take the same work.
    """
    account = attempt.account
    nobody = passwords.nobody()
    stored = account.password_hash if account else nobody
    fits = passwords.fits(stored, password[: PASSWORD_MOST + 1])
    if not fits or account is None or not account.is_active or account.is_system:
        return None
    return account


def finish_sign_in(
    memory: SignInMemory,
    attempt: Attempt,
    password: str,
    passwords: Passwords,
    *,
    token: str,
    address: str,
    browser: str,
    at: datetime,
) -> None:
    """Open the session `token` of an attempt that proved right; its failures count no more."""
    account = attempt.account
    assert account is not None  # noqa: S101 - weighed before
    memory.mark_succeeded(attempt.id)
    if passwords.outdated(account.password_hash):
        memory.change_account(account.id, {"password_hash": passwords.hash(password)})
    memory.open_session(token, account.id, at, address, browser)
