"""How many requests are answered, and where they are counted."""

from __future__ import annotations

import threading
import time
from typing import cast

from flask import abort, request, session
from limits import parse_many
from limits.errors import ConfigurationError
from limits.storage import Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from web.config import SettingsError

MOST = 10_000
"""How many counters stand before those that ran out are put away."""


def who_asks() -> str:
    """Return what requests are counted under: a signed-in person, else the address.

    A whole province may come from one address; one of its people does not use up the rest's.
    """
    person = session.get("_user_id")
    return f"person {person}" if person else request.remote_addr or ""


class Rate:
    """How many requests of one asker each page answers within some time ("600 per minute")."""

    def __init__(self, allowed: str, storage: str) -> None:
        self._bounds = tuple(parse_many(allowed))
        self._counts = FixedWindowRateLimiter(_stored(storage))

    def refuse(self) -> None:
        """Count this request; 429 where it is one too many. Files of the pages are free."""
        page = request.endpoint
        if page is None or page == "static":
            return
        who = who_asks()
        if not all(self._counts.hit(bound, who, page) for bound in self._bounds):
            abort(429)


def _stored(address: str) -> Storage:
    """Return where requests are counted; the address is not told, it may hold a password."""
    try:
        return cast("Storage", storage_from_string(address))
    except (ConfigurationError, ValueError, AssertionError):
        told = "DONDOC_RATE_STORAGE must be here:// or an address whose Python package is installed"
        raise SettingsError(told) from None


class CountsHere(Storage):
    """Counters of fixed windows in the memory of this process.

    The library's own store starts a thread after nearly every request to look for counters
    that ran out. Here one that ran out is begun anew when it is next asked for, and the rest
    are put away once there are many: nothing runs beside the requests.
    """

    STORAGE_SCHEME = ["here"]  # noqa: RUF012 - as the library reads it

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **_: str) -> None:  # noqa: FBT001, FBT002
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self._counts: dict[str, tuple[int, float]] = {}
        self._lock = threading.Lock()

    @property
    def base_exceptions(self) -> type[Exception]:
        """Return what a broken store would raise; memory does not break."""
        return ValueError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count `amount` more under `key`, in a window of `expiry` seconds; return the count."""
        with self._lock:
            now = time.time()
            if len(self._counts) >= MOST:
                self._counts = {k: c for k, c in self._counts.items() if c[1] > now}
            count, until = self._counts.get(key, (0, 0.0))
            if until <= now:
                count, until = 0, now + expiry
            self._counts[key] = (count + amount, until)
            return count + amount

    def get(self, key: str) -> int:
        """Return the count under `key`."""
        count, until = self._counts.get(key, (0, 0.0))
        return count if until > time.time() else 0

    def get_expiry(self, key: str) -> float:
        """Return the instant at which the window of `key` ends, in seconds since 1970."""
        return self._counts.get(key, (0, time.time()))[1]

    def check(self) -> bool:
        """Memory is always there."""
        return True

    def reset(self) -> int:
        """Forget every counter and return how many there were."""
        with self._lock:
            known = len(self._counts)
            self._counts.clear()
        return known

    def clear(self, key: str) -> None:
        """Forget the counter of `key`."""
        with self._lock:
            self._counts.pop(key, None)
