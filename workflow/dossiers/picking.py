"""Picks from each row of a file the cells that a profile reads, and the dossier's code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter

from workflow.dossiers.fields import LONGEST_CODE
from workflow.dossiers.headings import Layout
from workflow.dossiers.misread import Rejected
from workflow.dossiers.profile import Profile, word_key
from workflow.dossiers.raw import END, PACKED, packed
from workflow.errors import Refused
from workflow.text import clean

Line = tuple[int, Sequence[str]]
"""A row's number in the file and its cells."""

_BLOCK = 1_000
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
        self._longest_empty = max(map(len, self._empty), default=0)

    def pick(self, lines: Iterable[Line]) -> Iterator[str]:
        """Yield the rows of a file that name a dossier, packed; refused `too_many_rows`."""
        taken = iter(lines)
        while block := list(islice(taken, _BLOCK)):
            yield from self._at_once(block) or self._singly(block)

    def _at_once(self, lines: Sequence[Line]) -> Sequence[str]:
        """Pack rows none of which needs a second look; nothing where any of them does."""
        numbers, rows = zip(*lines, strict=True)
        if set(map(len, rows)) != {self._width} or self.rows + len(rows) > self._most_rows:
            return ()
        codes = [row[self._code] for row in rows]
        if not self._are_plain(codes):
            return ()
        cells = list(map(END.join, map(self._rest, rows)))
        if END.join(cells).count(END) != (self._ends + 1) * len(rows) - 1:
            return ()
        self.rows += len(rows)
        return list(map(PACKED.__mod__, zip(codes, numbers, cells, strict=True)))

    def _are_plain(self, codes: Sequence[str]) -> bool:
        """Tell whether codes are tidy and in form as they stand, none of them a word for none."""
        letters = "".join(codes)
        lengths = set(map(len, codes))
        pattern = self._pattern
        return (
            letters.isascii()
            and letters.isprintable()
            and " " not in letters
            and min(lengths) > self._longest_empty
            and max(lengths) <= LONGEST_CODE
            and (pattern is None or all(map(pattern.fullmatch, codes)))
        )

    def _singly(self, lines: Iterable[Line]) -> Iterator[str]:
        """Look at one row after the other."""
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
