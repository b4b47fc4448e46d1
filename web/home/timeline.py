"""The leader's timeline: one bar for each open directive, up to the next big date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from models.directives.dated import DueLine
from workflow.directives.records import State
from workflow.directives.timing import timeliness_of

AHEAD = timedelta(days=120)
BEHIND = timedelta(days=60)
WIDTH = 1000
DRAWN = 16


def big_date(bars: Sequence[DueLine], today: date) -> date | None:
    """Return the day ahead on which most open work falls due; the nearer of two such days."""
    ahead = Counter(bar.due_on for bar in bars if bar.due_on >= today)
    if not ahead:
        return None
    return min(ahead, key=lambda day: (-ahead[day], day))


def drawing(bars: Sequence[DueLine], until: date, today: date) -> dict[str, Any]:
    """Return the bars that fall due up to `until`, as places between 0 and 1000.

    A bar runs from the day the work was given to its due day; what is late goes on, in
    its own colour, to today or to the day of the report.
    """
    chosen = [bar for bar in bars if bar.due_on <= until]
    first = max(min((bar.assigned_on for bar in chosen), default=today), today - BEHIND)
    span = max((until - first).days, 1)

    def place(day: date) -> int:
        return round(WIDTH * min(max((day - first).days, 0), span) / span)

    return {
        "first": first,
        "until": until,
        "today": place(today),
        "bars": [_drawn(bar, place, today) for bar in chosen[:DRAWN]],
        "left_out": max(0, len(chosen) - DRAWN),
    }


def _drawn(bar: DueLine, place: Any, today: date) -> dict[str, Any]:
    end = bar.completed_on if bar.state is State.REPORTED and bar.completed_on else today
    start, due = place(bar.assigned_on), place(bar.due_on)
    return {
        "of": bar,
        "is_reported": bar.state is State.REPORTED,
        "code": timeliness_of(
            bar.state,
            bar.due_on,
            bar.completed_on,
            today,
            suspended=bar.suspended_since is not None,
        ),
        "start": start,
        "width": max(due - start, 6),
        "late_from": due,
        "late_width": max(place(end) - due, 0) if end > bar.due_on else 0,
    }
