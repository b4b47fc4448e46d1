"""Makes the next chunk ready while the database works on the one before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def one_ahead(things: Iterable[T]) -> Iterator[T]:
    """Yield what `things` yields, made one ahead by another thread; its errors come through."""
    source = iter(things)
    with ThreadPoolExecutor(1, thread_name_prefix="one-ahead") as hand:
        coming = hand.submit(list, _next(source))
        while thing := coming.result():
            coming = hand.submit(list, _next(source))
            yield thing[0]


def _next(source: Iterator[T]) -> Iterator[T]:
    for thing in source:
        yield thing
        return
