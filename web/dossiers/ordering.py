"""Puts the rows of a file into the order of their codes, however many there are.

Sorted runs lie in nameless files until they are merged: room in memory stays the same for
one million rows and for three. Nothing of them outlives the process.
"""

from __future__ import annotations

import marshal
import tempfile
from bisect import bisect_right
from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO

RUN, BLOCK = 100_000, 1_000
_SIZE = 8


def in_code_order(
    rows: Iterable[str], folder: Path, *, run: int = RUN
) -> Generator[str, None, None]:
    """Yield packed rows by code, then by line; the file is read to its end before the first.

    `folder` is where the runs lie meanwhile.
    """
    taken = iter(rows)
    first = sorted(islice(taken, run))
    if len(first) < run:
        yield from first
        return
    folder.mkdir(parents=True, exist_ok=True)
    kept = [_kept(first, folder)]
    del first
    while more := sorted(islice(taken, run)):
        kept.append(_kept(more, folder))
    del more
    try:
        yield from _merged([_blocks(one) for one in kept])
    finally:
        for one in kept:
            one.close()


def _kept(rows: list[str], folder: Path) -> IO[bytes]:
    """Write a sorted run block by block, each with its length before it."""
    file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it lives as long as the merge
    for start in range(0, len(rows), BLOCK):
        block = marshal.dumps(rows[start : start + BLOCK])
        file.write(len(block).to_bytes(_SIZE, "big"))
        file.write(block)
    file.seek(0)
    return file


def _blocks(file: IO[bytes]) -> Iterator[list[str]]:
    while size := file.read(_SIZE):
        yield marshal.loads(file.read(int.from_bytes(size, "big")))  # noqa: S302 - our own bytes


def _merged(runs: list[Iterator[list[str]]]) -> Iterator[str]:
    """Merge runs a block at a time: what lies up to the nearest block's end is in order."""
    heads = [(next(run, []), run) for run in runs]
    while heads := [(block, run) for block, run in heads if block]:
        bound = min(block[-1] for block, _ in heads)
        taken: list[str] = []
        left = []
        for block, run in heads:
            reached = bisect_right(block, bound)
            taken += block[:reached]
            left.append((block[reached:] or next(run, []), run))
        heads = left
        taken.sort()
        yield from taken
