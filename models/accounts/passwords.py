"""Passwords, kept only as argon2id hashes."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Argon2:
    """Hashes and compares passwords with one set of parameters; the defaults are for people.

    `quick` is for tests only: its hashes cost nothing to guess.
    """

    def __init__(self, *, quick: bool = False) -> None:
        self._hasher = (
            PasswordHasher(time_cost=1, memory_cost=8, parallelism=1) if quick else PasswordHasher()
        )
        self._light = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        self._nobody = ""

    def hash(self, password: str) -> str:
        """Return the argon2id hash of a password."""
        return self._hasher.hash(_same(password))

    def hash_random(self, password: str) -> str:
        """Return a cheap hash, only for a long random password that nobody chose."""
        return self._light.hash(_same(password))

    def fits(self, stored: str, password: str) -> bool:
        """Whether a password fits its hash."""
        try:
            return self._hasher.verify(stored, _same(password))
        except (VerificationError, InvalidHashError):
            return False

    def nobody(self) -> str:
        """Return a hash that no password fits, compared when the account does not exist.

        So an unknown name takes as long as a wrong password.
        """
        if not self._nobody:
            self._nobody = self.hash(secrets.token_hex(32))
        return self._nobody

    def outdated(self, stored: str) -> bool:
        """Whether a hash was made with other parameters than these."""
        return self._hasher.check_needs_rehash(stored)


def _same(password: str) -> str:
    """One password typed in two Unicode forms is one password."""
    return unicodedata.normalize("NFKC", password)


_FOR_PEOPLE = Argon2()
_FOR_TESTS = Argon2(quick=True)


def hash_password(password: str) -> str:
    """Return the hash of a person's password."""
    return _FOR_PEOPLE.hash(password)


@cache
def hash_for_tests(password: str) -> str:
    """Return a quick hash; only tests use it."""
    return _FOR_TESTS.hash(password)
