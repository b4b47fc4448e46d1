"""Rows of a file put together by dossier, before anything in them is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from workflow.dossiers.misread import Rejected

Cells = tuple[str, ...]
Row = tuple[str, int, Cells]
"""A row that was picked from a file: the dossier's code, its line, the cells that are read."""

CELL_END = "\x1f"
DIGEST_SIZE = 16


class Raw(NamedTuple):
    """One dossier as the file writes it: its lines, its cells, and those of each of its steps.

    `step_lines` and `step_digests` stand beside `steps`.
    """

    code: str
    lines: tuple[int, ...]
    cells: Cells
    digest: str
    steps: tuple[Cells, ...] = ()
    step_lines: tuple[int, ...] = ()
    step_digests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """What one transaction takes in: dossiers in the order of their codes.

    `rejected` are rows that contradict each other; `rows` counts them too. `last_code` is the
    last dossier's, taken in or not.
    """

    raws: Sequence[Raw]
    rows: int
    last_code: str
    rejected: Sequence[Rejected] = field(default=())


def digest_of(words: str) -> str:
    """Return a hash of 32 figures; it tells apart, it does not protect."""
    return hashlib.blake2b(
        words.encode("utf-8", "surrogatepass"), digest_size=DIGEST_SIZE
    ).hexdigest()


class Grouping:
    """Puts rows together by dossier, in the order of the codes.

    `salt` stands for the reading: under another profile every dossier is read again.
    `steps_from` is the place from which on a row's cells tell a step, None where rows tell
    none; `step_code` the place of the step's own code, if it has one.
    """

    def __init__(self, salt: str, steps_from: int | None, step_code: int | None = None) -> None:
        self._salt, self._steps_from = salt, steps_from
        self._step_code = None if step_code is None or steps_from is None else step_code

    def raws(self, rows: Iterable[Row]) -> Iterator[tuple[str, int, Raw | list[Rejected]]]:
        """Yield code, number of rows, and the dossier or why its rows can't make one.

        `rows` come in the order of code, then line.
        """
        for code, group in groupby(rows, key=itemgetter(0)):
            one = list(group)
            made = self._plain(code, one) if self._steps_from is None else self._logged(code, one)
            yield code, len(one), made

    def _plain(self, code: str, rows: Sequence[Row]) -> Raw | list[Rejected]:
        cells = rows[0][2]
        if len(rows) == 1:
            return Raw(code, (rows[0][1],), cells, self.sealed(cells))
        if any(row[2] != cells for row in rows):
            return _contradiction(code, rows, "code_twice")
        return Raw(code, tuple(row[1] for row in rows), cells, self.sealed(cells))

    def _logged(self, code: str, rows: Sequence[Row]) -> Raw | list[Rejected]:
        start = self._steps_from
        heads = {row[2][1:start] for row in rows}
        if len(heads) > 1:
            return _contradiction(code, rows, "rows_disagree")
        steps: dict[Cells, int] = {}
        for _, line, cells in rows:
            steps.setdefault(cells[start:], line)
        if self._step_code is not None:
            codes = [step[self._step_code] for step in steps]
            if len(set(codes)) < len(codes):
                return _contradiction(code, rows, "step_twice")
        head = rows[0][2][:start]
        digests = [digest_of(CELL_END.join(step)) for step in steps]
        return Raw(
            code,
            tuple(row[1] for row in rows),
            head,
            self.sealed(head, digests),
            tuple(steps),
            tuple(steps.values()),
            tuple(digests),
        )

    def sealed(self, cells: Cells, step_digests: Iterable[str] = ()) -> str:
        """Return what tells quickly whether a dossier says what it said before."""
        return digest_of(CELL_END.join((self._salt, *cells, *sorted(step_digests))))


def _contradiction(code: str, rows: Sequence[Row], reason: str) -> list[Rejected]:
    """Keep out every row of a dossier whose rows contradict each other, not the last one only.

    Which of them is right is not for a program to choose, least of all by their order.
    """
    first, second = rows[0][1], rows[1][1]
    return [
        Rejected(
            line=line,
            code=code,
            field="code",
            reason=reason,
            other_line=second if line == first else first,
        )
        for _, line, _ in rows
    ]


def chunks(raws: Iterable[tuple[str, int, Raw | list[Rejected]]], size: int) -> Iterator[Chunk]:
    """Cut a file into what one transaction takes in: at most `size` dossiers."""
    taken: list[Raw] = []
    rejected: list[Rejected] = []
    rows = number = 0
    code = ""
    for code, count, made in raws:
        rows += count
        number += 1
        if isinstance(made, Raw):
            taken.append(made)
        else:
            rejected += made
        if number == size:
            yield Chunk(taken, rows, code, rejected)
            taken, rejected, rows, number = [], [], 0, 0
    if number:
        yield Chunk(taken, rows, code, rejected)
