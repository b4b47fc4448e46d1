"""A dossier's waits for the citizen, read off a file's columns and counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from workflow.calendar.working import WorkingCalendar
from workflow.dossiers.instants import Moment
from workflow.dossiers.profile import Supplement
from workflow.dossiers.records import Wait
from workflow.dossiers.timing import waited_days
from workflow.errors import Invalid


def counted_waits(waits: Sequence[Wait], ended: str | None, calendar: WorkingCalendar) -> int:
    """Count the working days of waits that are over: answered, or ended with the dossier."""
    if ended is not None:
        return waited_days(waits, date.fromisoformat(ended), calendar)
    closed = [wait for wait in waits if wait.answered_on is not None]
    last = max((wait.answered_on for wait in closed if wait.answered_on), default=None)
    return waited_days(closed, last, calendar) if last else 0


def waits_from(kept: Sequence[Sequence[str | None]]) -> tuple[Wait, ...]:
    """Return the waits that a dossier keeps as pairs of days."""
    return tuple(
        Wait(date.fromisoformat(asked), date.fromisoformat(answered) if answered else None)
        for asked, answered in kept
        if asked
    )


def waits_of(
    pairs: Sequence[tuple[list[Moment | None], list[Moment | None]]],
    place: int,
    state: Supplement | None,
) -> list[Wait]:
    """Return a dossier's waits, oldest first, those that overlap as one.

    One that was answered, nobody says when, is left out: it can't be measured. Invalid
    (`answered_before_asked`).
    """
    found = []
    for asked, answered in pairs:
        start, end = asked[place], answered[place]
        if start is None or (end is None and state is Supplement.ANSWERED):
            continue
        if end is not None and end[1] < start[1]:
            raise Invalid({"waits": "answered_before_asked"})
        found.append(
            Wait(date.fromisoformat(start[1]), date.fromisoformat(end[1]) if end else None)
        )
    return _apart(sorted(found, key=lambda one: (one.asked_on, one.answered_on or date.max)))


def _apart(waits: Sequence[Wait]) -> list[Wait]:
    """Put waits that overlap together: a day is waited for once."""
    kept: list[Wait] = []
    for wait in waits:
        last = kept[-1] if kept else None
        if last is None or (last.answered_on is not None and last.answered_on <= wait.asked_on):
            kept.append(wait)
        elif last.answered_on is not None:
            end = None if wait.answered_on is None else max(last.answered_on, wait.answered_on)
            kept[-1] = Wait(last.asked_on, end)
    return kept
