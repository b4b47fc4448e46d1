"""Passwords, kept only as argon2 hashes."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()
_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def _same(password: str) -> str:
    """One password typed in two Unicode forms is one password."""
    return unicodedata.normalize("NFKC", password)


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password."""
    return _HASHER.hash(_same(password))


@lru_cache(maxsize=1)
def nobody() -> str:
    """Return a hash that no password fits: checked when the account does not exist,
    so that an unknown name takes as long as a wrong password.
    """
    return hash_password("không ai có mật khẩu này")


def password_fits(stored: str, password: str) -> bool:
    """Whether a password fits its hash."""
    try:
        return _HASHER.verify(stored, _same(password))
    except (VerificationError, InvalidHashError):
        return False


def needs_new_hash(stored: str) -> bool:
    """Whether a hash was made with older parameters."""
    return _HASHER.check_needs_rehash(stored)


@lru_cache(maxsize=8)
def hash_for_tests(password: str) -> str:
    """Return a quick hash; only tests and the demo's many accounts use it."""
    return _QUICK.hash(_same(password))
