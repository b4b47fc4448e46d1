"""How a directive differs today from what its document said: by which act, and which paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from web.directives.dating import DateStep, step_of
from workflow.history.records import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The words that stand now, empty where the document's own do, and the acts that changed them.

    `moves` are the acts that moved the date, `rewrites` those that rewrote content or output,
    the oldest first.
    """

    content: str = ""
    expected_output: str = ""
    moves: tuple[DateStep, ...] = ()
    rewrites: tuple[DateStep, ...] = ()


UNCHANGED = Changed()


def changed_by(entries: Sequence[Entry]) -> Changed:
    """Return what a directive's later history makes of what its document said."""
    words = {
        name: str(entry.after[name] or "")
        for entry in entries
        for name in ("content", "expected_output")
        if name in entry.after
    }
    return Changed(
        **words,
        moves=tuple(step_of(one) for one in entries if "due_on" in one.after),
        rewrites=tuple(
            step_of(one) for one in entries if {"content", "expected_output"} & set(one.after)
        ),
    )
