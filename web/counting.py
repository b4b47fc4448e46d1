"""Where the rate limiter counts when each process counts for itself."""

from __future__ import annotations

import threading
import time

from limits.storage import Storage

MOST = 10_000
"""How many counters stand before those that ran out are put away."""


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
