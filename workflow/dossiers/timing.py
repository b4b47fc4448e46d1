"""Whether a dossier was on time (product.md §5 "On time"): the one rule of every figure.

The day it ended against the promised day, pushed back by the working days spent waiting for
the citizen; the day and not the minute decides. `models/dossiers/timing.py` says the same in
SQL, and a test proves them equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol

from workflow.calendar.working import WorkingCalendar
from workflow.dossiers.records import Wait


class Verdict(StrEnum):
    """How a dossier stands on a day, by one of its promised days."""

    ON_TIME = "on_time"
    LATE = "late"
    OPEN_LATE = "open_late"
    OPEN_IN_TIME = "open_in_time"
    UNPROMISED = "unpromised"


LATE = frozenset({Verdict.LATE, Verdict.OPEN_LATE})
"""Ended after the day, or still open after it."""


class Promise(StrEnum):
    """Which promised day counts: the first one given, or beside it the last."""

    FIRST = "first"
    LAST = "last"


class Timed(Protocol):
    """What the rule asks of a dossier; days are the file's own."""

    @property
    def received_on(self) -> date | None: ...
    @property
    def promised_on(self) -> date | None: ...
    @property
    def promised_last_on(self) -> date | None: ...
    @property
    def waits_included(self) -> bool: ...
    @property
    def ended_on(self) -> date | None: ...
    @property
    def waits(self) -> Sequence[Wait]: ...


def has_new_date(promised_on: date | None, promised_last_on: date | None) -> bool:
    """Whether another day was promised after the first one."""
    return promised_last_on is not None and promised_last_on != promised_on


def counted_until(dossier: Timed, day: date) -> date:
    """Return the day up to which a dossier's time is counted as of `day`: its end, if before."""
    return min(dossier.ended_on, day) if dossier.ended_on else day


def waited_days(waits: Iterable[Wait], until: date, calendar: WorkingCalendar) -> int:
    """Count the working days waited for the citizen, up to and including `until`.

    Each wait counts after the day asked, up to and including the day answered or `until`;
    a day in several waits counts once. Invalid (`outside_calendar`) beyond the calendar.
    """
    counted, reached = 0, None
    for wait in sorted(waits, key=lambda one: one.asked_on):
        start = wait.asked_on if reached is None else max(wait.asked_on, reached)
        end = min(wait.answered_on or until, until)
        if start < end:
            counted += calendar.working_days_between(start, end)
            reached = end
    return counted


def pushed_back(promised: date, waited: int, calendar: WorkingCalendar) -> date:
    """Return the promised day moved by the working days waited; by none it stays as it is."""
    return calendar.due_on(promised, waited) if waited else promised


def pushed_as_of(
    promised: date, waits: Iterable[Wait], day: date, calendar: WorkingCalendar
) -> date:
    """Return the promised day pushed back by its waits; one that runs counts up to `day`."""
    return pushed_back(promised, waited_days(waits, day, calendar), calendar)


def due_on(
    dossier: Timed, day: date, calendar: WorkingCalendar, by: Promise = Promise.FIRST
) -> date | None:
    """Return the last day on which the dossier is on time, as of `day`; None without promise."""
    promised = dossier.promised_on if by is Promise.FIRST else dossier.promised_last_on
    if promised is None or dossier.waits_included or not dossier.waits:
        return promised
    ended = dossier.ended_on
    until = ended if ended is not None and ended <= day else day
    return pushed_as_of(promised, dossier.waits, until, calendar)


def judged(
    dossier: Timed, day: date, calendar: WorkingCalendar, by: Promise = Promise.FIRST
) -> Verdict | None:
    """Judge a dossier as of `day`; None where it was not received by then.

    What ended after `day` was still open on it. A dossier without a promised day is counted
    apart (`unpromised`).
    """
    if dossier.received_on is None or dossier.received_on > day:
        return None
    due = due_on(dossier, day, calendar, by)
    if due is None:
        return Verdict.UNPROMISED
    ended = dossier.ended_on
    if ended is None or ended > day:
        return Verdict.OPEN_LATE if day > due else Verdict.OPEN_IN_TIME
    return Verdict.LATE if ended > due else Verdict.ON_TIME


def rate(on_time: int, late: int, open_late: int) -> float | None:
    """Return on_time / (on_time + late + open_late), None where that is 0."""
    judged_at_all = on_time + late + open_late
    return on_time / judged_at_all if judged_at_all else None
