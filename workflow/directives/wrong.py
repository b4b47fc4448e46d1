"""Everything that is wrong with what was given, said at once and not one slip after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from workflow.directives.needs import Given, Need
from workflow.directives.reading import read_needs

CaseT = TypeVar("CaseT")


class _Watched(dict[str, object]):
    """Values that remember which of them were asked for."""

    def __init__(self, values: Mapping[str, object]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def get(self, name: str, default: object = None) -> object:
        """Return a value, and remember that it was asked for."""
        self.asked.add(name)
        return super().get(name, default)


class _Readable(Given):
    """What of the values given could be read, watched while a check looks at it."""

    __slots__ = ("watched",)

    def __init__(self, values: Mapping[str, object]) -> None:
        super().__init__({})
        self.watched = _Watched(values)
        self._values = self.watched


def all_wrong(
    needs: Sequence[Need],
    checks: Iterable[Callable[[CaseT, Given], dict[str, str]]],
    raw: Mapping[str, object],
    case: CaseT,
) -> dict[str, str]:
    """Return a code for each field that can't be read, and for each that a check objects to.

    A check that looked at a field that can't be read judged what was never said: its word is
    left out until that field is mended.
    """
    values, errors = read_needs(needs, raw)
    given = _Readable(values)
    unread = frozenset(errors)
    for check in checks:
        given.watched.asked.clear()
        found = check(case, given)
        if given.watched.asked.isdisjoint(unread):
            errors = found | errors
    return errors
