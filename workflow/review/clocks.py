"""The clock of each step: working days by level, a province's setting and no law."""

from __future__ import annotations

from datetime import date

from workflow.calendar.working import WorkingCalendar
from workflow.errors import Invalid
from workflow.review.records import ReviewLimits


def days_of(limits: ReviewLimits, level: int) -> int:
    """Return the working days for one step at `level`; levels beyond the last share its time."""
    place = min(max(level, 1), len(limits.answer_days)) - 1
    return limits.answer_days[place]


def answer_by(calendar: WorkingCalendar, limits: ReviewLimits, level: int, start: date) -> date:
    """Return the last day of a step's clock that begins on `start`, its first day not counted.

    No days allowed, or none the calendar can count: the day it begins.
    """
    days = days_of(limits, level)
    try:
        return calendar.due_on(start, days) if days else start
    except Invalid:
        return start
