"""Whose violations an agency answers for after a merge (product.md §6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflow.agencies.records import SuccessionKind


class Merging(StrEnum):
    """What a successor begins with: the sum of its predecessors' count, or nothing."""

    SUM = "sum"
    FRESH = "fresh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """One agency that ended and went over into another, by codes, from a day on."""

    predecessor: str
    successor: str
    kind: SuccessionKind
    on: date


class Successors:
    """Under which code the violations of each agency count on a day.

    Merged and renamed agencies count under their successor, on and on along the chain; under
    `Merging.FRESH` only renamed ones do, since a body under a new name is the same one. An
    agency that was split, or that gave away a part and stands on, keeps its own count: nobody
    can say which successor its violations were.
    """

    def __init__(
        self, passings: Iterable[Passing], day: date, merging: Merging = Merging.SUM
    ) -> None:
        self._next = _unambiguous(
            one
            for one in passings
            if one.on <= day and (one.kind is SuccessionKind.RENAME or merging is Merging.SUM)
        )
        self._before = _before(self._next, self.code)

    def code(self, agency: str) -> str:
        """Return the code an agency's violations count under: its own where nobody took over."""
        seen = {agency}
        while (following := self._next.get(agency, agency)) not in seen:
            agency = following
            seen.add(agency)
        return agency

    @property
    def are_none(self) -> bool:
        """Whether nobody took over from anybody."""
        return not self._next

    def counted_under(self, code: str) -> tuple[str, ...]:
        """Return whose violations count under a code: its own first, then its predecessors'."""
        return (code, *self._before.get(code, ()))

    def predecessors(self, code: str) -> tuple[str, ...]:
        """Return who went over into the agency, at any remove."""
        return self._before.get(code, ())


def _unambiguous(passings: Iterable[Passing]) -> dict[str, str]:
    """Return the successor of each agency that has exactly one and was not split."""
    into: dict[str, set[str]] = {}
    split: set[str] = set()
    for one in passings:
        into.setdefault(one.predecessor, set()).add(one.successor)
        if one.kind is SuccessionKind.SPLIT:
            split.add(one.predecessor)
    return {old: next(iter(new)) for old, new in into.items() if len(new) == 1 and old not in split}


def _before(following: Mapping[str, str], last: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for old in sorted(following):
        found.setdefault(last(old), []).append(old)
    return {code: tuple(old for old in olds if old != code) for code, olds in found.items()}
