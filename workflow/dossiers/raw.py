"""Rows of a file put together by dossier, before anything in them is read.

A picked row is one text (the dossier's code, its line in the file, the cells that are read),
so that millions of them can be put in order, compared and told apart at the speed of texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import groupby, islice
from typing import NamedTuple

from workflow.dossiers.misread import Rejected
from workflow.dossiers.taken import Taken
from workflow.violations.signs import Signs

END = "\x1f"
"""Ends a part of a row; it sorts before every sign of a code."""

PACKED = f"%s{END}%010d{END}%s"
"""A picked row of its code, its line and its cells: it sorts by code, then by line."""

DIGEST_SIZE = 8


class RawStep(NamedTuple):
    """One step as the file writes it: its line, its cells, and a hash of them."""

    line: int
    cells: str
    digest: str


@dataclass(slots=True)
class Chunk:
    """What one transaction takes in: dossiers in the order of their codes, column by column.

    Beside each code stand its first line, its cells as one text and what tells quickly
    whether they said the same before. `more_lines` are those of further rows, by place;
    `steps` stand beside the codes where rows tell steps. `rejected` are rows that contradict
    each other; `rows` counts them too. `last_code` is the last dossier's, taken in or not.
    `taken` is what was read of all of them, where that was done ahead, and `shown` the signs of
    violations in it.
    """

    codes: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    more_lines: dict[int, tuple[int, ...]] = field(default_factory=dict)
    steps: list[Sequence[RawStep]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    rows: int = 0
    last_code: str = ""
    taken: Taken | None = None
    shown: Sequence[Signs] | None = None

    def keep_read(self, taken: Taken, shown: Sequence[Signs]) -> None:
        """Keep what was read of all of them; what it was read from is needed no more.

        Steps are sealed together with the cells of their dossier once they are put together.
        """
        self.taken, self.shown = taken, shown
        if not self.steps:
            self.lines, self.cells = [], []

    def lines_of(self, place: int) -> tuple[int, ...]:
        """Return every line that tells the dossier at `place`."""
        return (self.lines[place], *self.more_lines.get(place, ()))


def packed(code: str, line: int, cells: str) -> str:
    """Return a picked row as one text that sorts by code, then by line."""
    return PACKED % (code, line, cells)


def code_of(row: str) -> str:
    """Return the code of a picked row."""
    return row[: row.index(END)]


def digest_of(words: str) -> str:
    """Return a hash of 16 figures; it tells one dossier before from after, and protects nothing."""
    return blake2b(_bytes(words), digest_size=DIGEST_SIZE).hexdigest()


def _bytes(words: str) -> bytes:
    return words.encode("utf-8", "surrogatepass")


class Grouping:
    """Puts rows together by dossier.

    `salt` stands for the reading: under another profile every dossier is read again.
    `steps_from` counts the cells that tell the dossier, where those after them tell a step;
    `step_code` is the place of the step's own code among these, if it has one.
    """

    def __init__(
        self, salt: str, steps_from: int | None = None, step_code: int | None = None
    ) -> None:
        self._salted = blake2b(_bytes(f"{salt}{END}"), digest_size=DIGEST_SIZE)
        self.steps_from, self._step_code = steps_from, step_code

    def chunks(self, rows: Iterator[str], size: int, *, after: str = "") -> Iterator[Chunk]:
        """Cut rows in the order of their codes into chunks of at most `size` dossiers.

        Dossiers up to the code `after` are passed over.
        """
        made = self._chunked if self.steps_from is None else self._chunked_logs
        kept = _after(rows, after) if after else rows
        return made(kept, size)

    def sealed(self, cells: str, step_digests: Iterable[str] = ()) -> str:
        """Return what tells quickly whether a dossier says what it said before."""
        return self._digest(END.join((cells, *sorted(step_digests))))

    def _digest(self, words: str) -> str:
        """Return the hash of words after the salt, which is taken in once and for all."""
        seen = self._salted.copy()
        seen.update(_bytes(words))
        return seen.hexdigest()

    def _chunked(self, rows: Iterator[str], size: int) -> Iterator[Chunk]:
        left: list[str] = []
        while taken := [*left, *islice(rows, size - len(left))]:
            left = []
            code = code_of(taken[-1])
            for row in rows:
                if code_of(row) != code:
                    left = [row]
                    break
                taken.append(row)
            yield self._plain(taken)

    def _plain(self, rows: Sequence[str]) -> Chunk:
        """Put together rows of which each tells one dossier."""
        parts: _Columns = tuple(zip(*(row.split(END, 2) for row in rows), strict=True))  # type: ignore[assignment]
        codes, lines, cells = parts
        chunk = Chunk(rows=len(rows), last_code=codes[-1])
        if len(set(codes)) < len(codes):
            codes, lines, cells = _once(chunk, codes, lines, cells)
        chunk.codes, chunk.lines, chunk.cells = list(codes), list(map(int, lines)), list(cells)
        chunk.digests = list(map(self._digest, cells))
        return chunk

    def _chunked_logs(self, rows: Iterator[str], size: int) -> Iterator[Chunk]:
        chunk = Chunk()
        for number, (code, group) in enumerate(groupby(rows, key=code_of), start=1):
            self._add_log(chunk, code, list(group))
            if number % size == 0:
                yield chunk
                chunk = Chunk()
        if chunk.rows:
            yield chunk

    def _add_log(self, chunk: Chunk, code: str, rows: Sequence[str]) -> None:
        """Put together rows of which each tells one step of a dossier."""
        chunk.rows += len(rows)
        chunk.last_code = code
        lines, heads, steps = [], [], []
        for row in rows:
            _, line, cells = row.split(END, 2)
            parts = cells.split(END)
            lines.append(int(line))
            heads.append(END.join(parts[: self.steps_from]))
            steps.append(END.join(parts[self.steps_from :]))
        fault = self._fault(heads, steps)
        if fault:
            chunk.rejected += _contradiction(code, lines, fault)
            return
        held = dict(zip(reversed(steps), reversed(lines), strict=True))
        log = [RawStep(held[step], step, digest_of(step)) for step in sorted(held)]
        if len(lines) > 1:
            chunk.more_lines[len(chunk.codes)] = tuple(lines[1:])
        chunk.codes.append(code)
        chunk.lines.append(lines[0])
        chunk.cells.append(heads[0])
        chunk.digests.append(self.sealed(heads[0], (step.digest for step in log)))
        chunk.steps.append(log)

    def _fault(self, heads: Sequence[str], steps: Sequence[str]) -> str:
        if len(set(heads)) > 1:
            return "rows_disagree"
        if self._step_code is None:
            return ""
        different = set(steps)
        codes = {step.split(END)[self._step_code] for step in different}
        return "step_twice" if len(codes) < len(different) else ""


def _after(rows: Iterator[str], after: str) -> Iterator[str]:
    return (row for row in rows if code_of(row) > after)


_Columns = tuple[Sequence[str], Sequence[str], Sequence[str]]


def _once(
    chunk: Chunk, codes: Sequence[str], lines: Sequence[str], cells: Sequence[str]
) -> _Columns:
    """Take a dossier once that several rows tell alike; those that contradict are rejected."""
    kept: tuple[list[str], list[str], list[str]] = ([], [], [])
    for code, rows in groupby(range(len(codes)), key=codes.__getitem__):
        places = list(rows)
        numbers = [int(lines[place]) for place in places]
        if len({cells[place] for place in places}) > 1:
            chunk.rejected += _contradiction(code, numbers, "code_twice")
            continue
        if len(places) > 1:
            chunk.more_lines[len(kept[0])] = tuple(numbers[1:])
        for column, values in zip(kept, (codes, lines, cells), strict=True):
            column.append(values[places[0]])
    return kept


def _contradiction(code: str, lines: Sequence[int], reason: str) -> list[Rejected]:
    """Keep out every row of a dossier whose rows contradict each other, not the last one only.

    Which of them is right is not for a program to choose, least of all by their order.
    """
    return [
        Rejected(
            line=line,
            code=code,
            field="code",
            reason=reason,
            other_line=lines[1] if line == lines[0] else lines[0],
        )
        for line in lines
    ]
