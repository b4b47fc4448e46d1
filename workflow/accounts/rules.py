"""Who may sign in when, and which passwords are good enough."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from workflow.accounts.records import Actor, Failures, Role
from workflow.errors import Forbidden, Invalid
from workflow.text import clean, sort_key

COUNTED_FOR = timedelta(hours=24)
"""How far back failed sign-ins count."""

PASSWORD_LEAST, PASSWORD_MOST = 10, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Throttle:
    """After `allowed` failures a lock of `first`, doubled by each further one up to `longest`."""

    allowed: int
    first: timedelta
    longest: timedelta

    def locked_until(self, failures: int, last: datetime | None) -> datetime | None:
        """Return when the next attempt is heard; None when it is heard now."""
        if last is None or failures < self.allowed:
            return None
        doublings = min(failures - self.allowed, 20)
        lock: timedelta = min(self.first * 2**doublings, self.longest)
        return last + lock


BY_NAME = Throttle(allowed=5, first=timedelta(minutes=1), longest=timedelta(hours=1))
BY_ADDRESS = Throttle(allowed=30, first=timedelta(seconds=30), longest=timedelta(minutes=15))
"""A whole province may share one address: it is allowed more, and locked shorter, than a name."""


def by_address(allowed: int) -> Throttle:
    """Return the lock of an address that is allowed this many failures."""
    return replace(BY_ADDRESS, allowed=allowed)


def lock_end(failures: Failures, at: datetime, address: Throttle = BY_ADDRESS) -> datetime | None:
    """Return when the lock on a name or its address ends, if it is locked at `at`."""
    ends = (
        BY_NAME.locked_until(failures.by_name, failures.name_last),
        address.locked_until(failures.by_address, failures.address_last),
    )
    later = [end for end in ends if end is not None and end > at]
    return max(later, default=None)


def same_login(typed: str) -> str:
    """Return a sign-in name as it is kept: one form, lower case, no spaces around."""
    return clean(unicodedata.normalize("NFKC", typed)).casefold()


def login_key(login: str) -> str:
    """Return what attempts are counted under; people type passwords into the wrong box."""
    return sha256(login.encode()).hexdigest()


LONGEST_KEY = 1000


def name_key(name: str) -> str:
    """Return digits that order people as Vietnamese lists do: by given name, then the rest."""
    words = name.split()
    return f"{sort_key(' '.join(words[-1:]))}0{sort_key(' '.join(words[:-1]))}"[:LONGEST_KEY]


LOGIN = re.compile(r"[a-z0-9](?:[a-z0-9._@-]{0,98}[a-z0-9])?")
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}")
NAME_MOST, EMAIL_MOST = 500, 254


def tidy_email(typed: str) -> str:
    """Return an address as it is kept; empty when there is none."""
    return clean(typed).replace(" ", "")


def check_details(*, name: str, email: str, login: str | None = None) -> None:
    """Refuse what an account cannot be called: Invalid with a code for each field."""
    errors = {}
    if login is not None and not LOGIN.fullmatch(login):
        errors["login"] = "login_form" if login else "required"
    if not name:
        errors["name"] = "required"
    elif len(name) > NAME_MOST:
        errors["name"] = "too_long"
    if email and (len(email) > EMAIL_MOST or not EMAIL.fullmatch(email)):
        errors["email"] = "not_an_email"
    if errors:
        raise Invalid(errors)


def require_admin(actor: Actor, day: date) -> None:
    """Accounts, agencies and the calendar are the admin's (or the system account's)."""
    if actor.is_system:
        return
    if actor.role is not Role.ADMIN:
        raise Forbidden("not_yours", who=[Role.ADMIN])
    if not actor.holds_role_on(day):
        raise Forbidden("role_not_held")
