"""Violations as they are read, laid out in columns: numbers at once, words by their number."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import Any, overload

import numpy as np

from workflow.escalation.columns import Coded, Columns, Ints
from workflow.escalation.groups import Shape
from workflow.escalation.records import GroupKey
from workflow.violations.records import engine_id

Told = int | str | None


class EngineIds(Sequence[str]):
    """Row ids as the engine orders them, written out only where one is looked at."""

    def __init__(self, ids: Ints) -> None:
        self.numbers = ids

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return EngineIds(self.numbers[place])
        return engine_id(int(self.numbers[place]))

    def __iter__(self) -> Iterator[str]:
        return map(engine_id, self.numbers.tolist())


class _Known(dict[Any, int]):
    """What each different value is as a number, found out when it is first met."""

    def __init__(self, number_of: Callable[[Any], int]) -> None:
        super().__init__()
        self._number_of = number_of

    def __missing__(self, value: Any) -> int:
        number = self[value] = self._number_of(value)
        return number

    def of(self, values: Sequence[Any]) -> Ints:
        """Return the numbers of many values."""
        return np.fromiter(map(self.__getitem__, values), np.int64, len(values))


class _Words:
    """Different words by number; "" is 0."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {"": 0}

    def number(self, word: str) -> int:
        return self.words.setdefault(word, len(self.words))


class Gathered:
    """Parts of a result, laid out in columns as they come.

    `agency` says under which code the violations of an agency count, by its id or its words.
    A part is told by column: the words of a key as they were read, or places of values that are
    known already. Those `without` are left out.
    """

    def __init__(
        self, shape: Shape, agency: Callable[[int | str], str], without: Collection[int] = ()
    ) -> None:
        self._shape = shape
        self._without = sorted(without)
        self._words = {key: _Words() for key in (*shape, GroupKey.TYPE)}
        self._known = {key: _Known(words.number) for key, words in self._words.items()}
        if GroupKey.AGENCY in shape:
            number = self._words[GroupKey.AGENCY].number
            self._known[GroupKey.AGENCY] = _Known(lambda told: number(agency(told)))
        self._days = _Known(_ordinal)
        self._parts: dict[str, list[Ints]] = {}

    def add(self, ids: Sequence[int], days: Sequence[Any], moments: Sequence[Any]) -> None:
        """Lay out who and when of one part."""
        self._put("ids", np.array(ids, np.int64))
        self._put("days", self._days.of(days) if isinstance(days[0], str) else np.array(days))
        self._put("moments", _instants(moments))

    def add_values(self, key: GroupKey, values: Sequence[Any]) -> None:
        """Lay out the words of one key; agencies are told by id, or by words."""
        self._put(key, self._known[key].of(values))

    def add_places(self, key: GroupKey, values: Sequence[Any], places: Ints) -> None:
        """Lay out the values of one key, of which each violation has the one at its place."""
        self._put(key, self._known[key].of(values)[places])

    def _put(self, name: str, values: Ints) -> None:
        self._parts.setdefault(name, []).append(values)

    def columns(self) -> Columns:
        """Return all parts together, by moment then id."""
        ids, days = self._whole("ids"), self._whole("days")
        order = np.lexsort((ids, self._whole("moments"), days))
        if self._without:
            order = order[~np.isin(ids[order], self._without)]
        return Columns(
            ids=EngineIds(ids[order]),
            numbers=ids[order],
            days=days[order],
            types=self._coded(GroupKey.TYPE, order),
            keys={key: self._coded(key, order) for key in self._shape if key is not GroupKey.TYPE},
        )

    def _whole(self, name: str) -> Ints:
        parts = self._parts.get(name)
        return np.concatenate(parts) if parts else np.zeros(0, np.int64)

    def _coded(self, key: GroupKey, order: Ints) -> Coded:
        return Coded(self._whole(key)[order], tuple(self._words[key].words))


def _ordinal(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def _instants(moments: Sequence[Any]) -> Ints:
    """Return microseconds; SQLite keeps an instant as text."""
    if isinstance(moments[0], str):
        return np.array(moments, "M8[us]").astype(np.int64)
    return np.array(moments, np.int64)
