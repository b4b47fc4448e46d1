"""Timeliness: a fact worked out from dates whenever somebody looks, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflow.calendar.working import WorkingCalendar

SOON_BANDS = (7, 3)
"""Calendar days before the due day at which it counts as due soon (product.md §3)."""


class Timeliness(StrEnum):
    """How a directive stands against its due day; the values are product.md's codes."""

    NO_DEADLINE = "no_deadline"
    ON_TRACK = "on_track"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Timeliness with its figures.

    `band` is the narrowest due-soon band reached (7 or 3). `working_days_left` counts
    working days after today up to the due day. `days_over` counts calendar days past it,
    to today or to the day of completion; 0 when not late.
    """

    timeliness: Timeliness
    band: int | None = None
    working_days_left: int | None = None
    days_over: int = 0


def timeliness(
    due_on: date | None,
    completed_on: date | None,
    today: date,
    *,
    bands: Iterable[int] = SOON_BANDS,
) -> Timeliness:
    """Judge a directive on `today`; the due day itself is still in time.

    `completed_on` is the day of the report that was verified, None while the work is open.
    """
    if due_on is None:
        return Timeliness.NO_DEADLINE
    if completed_on is not None:
        return Timeliness.DONE_ON_TIME if completed_on <= due_on else Timeliness.DONE_LATE
    if today > due_on:
        return Timeliness.OVERDUE
    if soon_band(due_on, None, today, bands=bands) is not None:
        return Timeliness.DUE_SOON
    return Timeliness.ON_TRACK


def soon_band(
    due_on: date | None,
    completed_on: date | None,
    today: date,
    *,
    bands: Iterable[int] = SOON_BANDS,
) -> int | None:
    """Return the narrowest band that today has reached, None when it is not due soon."""
    if due_on is None or completed_on is not None or today > due_on:
        return None
    left = (due_on - today).days
    return min((band for band in bands if left <= band), default=None)


def has_moved(first_due_on: date | None, due_on: date | None) -> bool:
    """Whether the date agreed now is another than the first one ever set."""
    return first_due_on is not None and first_due_on != due_on


def days_over(due_on: date | None, completed_on: date | None, today: date) -> int:
    """Return by how many calendar days the work is, or was, late; 0 when it is not."""
    if due_on is None:
        return 0
    return max(0, ((completed_on or today) - due_on).days)


def working_days_left(
    calendar: WorkingCalendar, due_on: date | None, completed_on: date | None, today: date
) -> int | None:
    """Return the working days after today up to the due day; None when nothing runs."""
    if due_on is None or completed_on is not None or today > due_on:
        return None
    return calendar.working_days_between(today, due_on)


def standing(
    calendar: WorkingCalendar,
    due_on: date | None,
    completed_on: date | None,
    today: date,
    *,
    bands: tuple[int, ...] = SOON_BANDS,
) -> Standing:
    """Return timeliness together with its figures, as pages show it."""
    return Standing(
        timeliness=timeliness(due_on, completed_on, today, bands=bands),
        band=soon_band(due_on, completed_on, today, bands=bands),
        working_days_left=working_days_left(calendar, due_on, completed_on, today),
        days_over=days_over(due_on, completed_on, today),
    )
