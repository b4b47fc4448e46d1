"""Reads the words of a file's cells, each spelling once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from workflow.dossiers.misread import Misread
from workflow.dossiers.profile import ANY_WORD, Mark, word_key
from workflow.text import clean

V = TypeVar("V")
_MOST_KEPT = 50_000
_FIGURES = re.compile(r"\d{1,4}(?:\.0)?")
MOST_REQUESTS = 999


class Cells(dict[str, V], Generic[V]):
    """What each text of a column means; `read` is asked once for a spelling."""

    def __init__(self, read: Callable[[str], V]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> V:
        if len(self) >= _MOST_KEPT:
            self.clear()
        value = self[text] = self._read(text)
        return value


def texts(longest: int, empty: Callable[[str], bool]) -> Cells[str | Misread]:
    """Read texts on one line in NFC, at most `longest` characters; nothing is ""."""

    def read(text: str) -> str | Misread:
        tidy = clean(text)
        if not tidy or empty(tidy):
            return ""
        return tidy if len(tidy) <= longest else Misread("too_long")

    return Cells(read)


def counts(empty: Callable[[str], bool]) -> Cells[int | Misread | None]:
    """Read whole numbers from 0 to 999."""

    def read(text: str) -> int | Misread | None:
        tidy = clean(text)
        if not tidy or empty(tidy):
            return None
        number = int(float(tidy)) if _FIGURES.fullmatch(tidy) else MOST_REQUESTS + 1
        return number if number <= MOST_REQUESTS else Misread("not_a_number")

    return Cells(read)


def words(
    meanings: Mapping[str, V], empty: Callable[[str], bool], plain: Callable[[str], V | None]
) -> Cells[V | Misread | None]:
    """Read words by their meaning; else `plain` may know them; else `unknown_word`."""

    def read(text: str) -> V | Misread | None:
        tidy = clean(text)
        if not tidy or empty(tidy):
            return None
        found = meanings.get(word_key(tidy), plain(tidy))
        if found is None:
            found = meanings.get(ANY_WORD)
        return Misread("unknown_word") if found is None else found

    return Cells(read)


def marks(mark: Mark, empty: Callable[[str], bool]) -> Cells[bool]:
    """Read whether a mark stands."""
    least = mark.at_least

    def read(text: str) -> bool:
        tidy = clean(text)
        if not tidy or empty(tidy):
            return False
        if least is not None:
            return bool(_FIGURES.fullmatch(tidy)) and float(tidy) >= least
        return word_key(tidy) in mark.yes

    return Cells(read)


def whole_number(highest: int) -> Callable[[str], int | None]:
    """Read a code from 1 to `highest` written in figures."""

    def plain(text: str) -> int | None:
        number = int(float(text)) if _FIGURES.fullmatch(text) else 0
        return number if 1 <= number <= highest else None

    return plain
