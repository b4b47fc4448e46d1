"""What was read and follows from the acts in the history alone: kept while none is added."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")
MOST = 300


class Remembered:
    """Readings of the database, each kept under the head of the history that it was read at.

    Every act that changes agencies, the calendar or a directive adds its entry to the history
    in the same transaction, so a reading of these holds for as long as the head is the same.
    Whoever asks says the head that their own transaction saw, and `what` says all else that
    the reading follows from. Nothing is kept of a history without entries.
    """

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._known: dict[tuple[str, Hashable], Any] = {}
        self._head = ""

    def __len__(self) -> int:
        return len(self._known)

    def of(self, head: str, what: Hashable, read: Callable[[], T]) -> T:
        """Return what was read under this head, reading it where nobody did yet."""
        if not head:
            return read()
        found: T | None = self._known.get((head, what))
        if found is None:
            found = read()
            if head != self._head or len(self._known) >= self.most:
                self._known, self._head = {}, head
            self._known[head, what] = found
        return found

    def forget(self) -> None:
        """Begin anew, as a process does that has just started."""
        self._known, self._head = {}, ""
