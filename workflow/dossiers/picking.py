"""Picks from each row of a file the cells that a profile reads, and the dossier's code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter

from workflow.dossiers.fields import LONGEST_CODE
from workflow.dossiers.headings import Layout
from workflow.dossiers.misread import Rejected
from workflow.dossiers.profile import Profile, word_key
from workflow.dossiers.raw import END, packed
from workflow.errors import Refused
from workflow.text import clean

MOST_ROWS = 5_000_000
"""A larger file is refused: nobody's year has as many rows."""


def tidy_code(cell: str) -> str:
    """Return a dossier's code as it is compared: on one line, in NFC, without stray signs."""
    if cell.isascii() and cell.isprintable() and " " not in cell:
        return cell
    return clean(cell)


class Picker:
    """Picks rows, and gathers those that belong to no dossier.

    A row without any text is passed over, and counts as none.
    """

    def __init__(self, profile: Profile, layout: Layout, *, most_rows: int = MOST_ROWS) -> None:
        self.rejected: list[Rejected] = []
        self.rows = 0
        self._most_rows = most_rows
        self._width = layout.width
        self._code = layout.places[0]
        self._rest = _getter(layout.places[1:])
        self._ends = len(layout.places) - 2
        self._pattern = re.compile(profile.code_pattern) if profile.code_pattern else None
        self._empty = profile.words.empty

    def pick(self, lines: Iterable[tuple[int, Sequence[str]]]) -> Iterator[str]:
        """Yield the rows of a file that name a dossier, packed; refused `too_many_rows`."""
        width, code_place, rest, ends = self._width, self._code, self._rest, self._ends
        for line, row in lines:
            if len(row) != width and not self._fits(line, row):
                continue
            code = tidy_code(row[code_place])
            fault = self._fault(code)
            if fault and not any(row):
                continue
            self.rows += 1
            if self.rows > self._most_rows:
                raise Refused("too_many_rows", limit=self._most_rows)
            if fault:
                self._reject(line, code, fault)
            else:
                cells = END.join(rest(row))
                if cells.count(END) != ends:
                    cells = END.join(cell.replace(END, " ") for cell in rest(row))
                yield packed(code, line, cells)

    def _fits(self, line: int, row: Sequence[str]) -> bool:
        """A row of another length than the heading has its cells in the wrong places."""
        if not any(cell.strip() for cell in row):
            return False
        self.rows += 1
        self._reject(line, "", "cells_missing" if len(row) < self._width else "cells_too_many")
        return False

    def _fault(self, code: str) -> str:
        if not code or (self._empty and word_key(code) in self._empty):
            return "required"
        if len(code) > LONGEST_CODE:
            return "too_long"
        if self._pattern is not None and not self._pattern.fullmatch(code):
            return "bad_code"
        return ""

    def _reject(self, line: int, code: str, reason: str) -> None:
        self.rejected.append(
            Rejected(line=line, code=code[:LONGEST_CODE], field="code", reason=reason)
        )


def _getter(places: Sequence[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """Return what picks several cells as a tuple; a profile reads two at least."""
    if len(places) == 1:
        [place] = places
        return lambda row: (row[place],)
    return itemgetter(*places)
