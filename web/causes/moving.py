"""Logs that still move, walked once an hour for all pages (ADR 0030)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

from models.causes.together import Left
from workflow.causes.walking import Taken

MOST = 50_000
"""More logs than these are not kept; a page is not asked for as many."""
Found = Mapping[Left, Taken | None]


class MovingLogs:
    """What logs came to as of one instant; another instant, or another rule, begins anew.

    A dossier is told with the import that last changed it, so that one which was mended is walked
    again. One without a log that can be dated is kept as None.
    """

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._kept: tuple[Hashable, Found] = (None, {})

    def of(
        self, at: Hashable, left: Sequence[Left], walk: Callable[[Sequence[Left]], Found]
    ) -> list[tuple[int, Taken]]:
        """Return what these logs came to as of `at`, by dossier; only what is new is walked."""
        kept_at, kept = self._kept
        known = kept if kept_at == at else {}
        new = [one for one in left if one not in known]
        if new:
            known = {**known, **walk(new)}
            if len(known) <= self.most:
                self._kept = at, known
        each = ((one.id, known[one]) for one in left)
        return [(key, taken) for key, taken in each if taken is not None]

    def forget(self) -> None:
        """Begin anew, as a process does that has just started."""
        self._kept = (None, {})
