"""Calling a worker after a commit, without anybody's act waiting for it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from multiprocessing.util import Finalize

BETWEEN_CALLS = 0.2
"""Seconds between two calls, so that a busy hour does not call once for each act."""


class Caller:
    """Makes calls from a thread of its own.

    Calls that come while one is under way are one call, for a worker looks for all that is
    due. One that a killed process never made, the minute's tick makes.
    """

    def __init__(self, make: Callable[[], None]) -> None:
        self._make = make
        self._asked = threading.Event()
        self._lock, self._making = threading.Lock(), threading.Lock()
        self._process = 0

    def call(self) -> None:
        """Ask for a call and return at once."""
        self._asked.set()
        if self._process != os.getpid():
            self._begin()

    def _begin(self) -> None:
        """Start the thread, once in each process: a server forks."""
        with self._lock:
            if self._process == os.getpid():
                return
            self._process = os.getpid()
            threading.Thread(target=self._go, name="caller", daemon=True).start()
            Finalize(None, self._make_asked, exitpriority=50)

    def _go(self) -> None:
        while True:
            self._asked.wait()
            self._make_asked()
            time.sleep(BETWEEN_CALLS)

    def _make_asked(self) -> None:
        """Make the call that was asked for; an ending program waits for one under way."""
        with self._making:
            if self._asked.is_set():
                self._asked.clear()
                self._make()
