"""How seldom a process that serves looks through its memory for rubbish."""

from __future__ import annotations

import gc

THRESHOLDS = (20_000, 20, 20)
"""New objects before the young are looked through, and how many such looks before the old."""


def tidy_seldom() -> None:
    """Leave what stands at the start out of every later look, and look less often.

    A page makes thousands of objects that go by themselves; Python's own thresholds make it
    stop several times in each page, and now and then for the whole application at once.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
