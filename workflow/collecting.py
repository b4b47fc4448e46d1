"""When Python's look for circles of garbage would only cost."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the collector from looking through a hundred thousand new records over and over.

    None of them is garbage, and what is goes by itself; it takes half of the time otherwise.
    """
    works = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if works:
            gc.enable()
