"""Which step broke its limit, and whose step it was.

Lateness is charged by step, not by dossier: of several agencies the one at fault is the
one whose step ran over (domain.md, 2.3). The day and not the minute decides, as for the
dossier itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workflow.causes.clock import ONE_DAY, WorkingClock
from workflow.causes.records import Course, CourseStep, Holder, HolderKind
from workflow.dossiers.records import Wait
from workflow.dossiers.timing import pushed_back, waited_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A step that ran over: its limit pushed back by the waits within it, and by how much.

    A limit that the file puts on a day off ends with the next working day, as every period
    of work does (product.md, 4).
    `ended_on` is the day it ended, or the day asked while it runs; `days_over` counts the
    working days after the limit that its holder is charged with, 0 where only days off were
    over. It never exceeds the working days for which the step lay with its holder: what had
    run out before the step began is the doing of those before it.
    """

    serial: int
    name: str
    holder: Holder
    limit_on: date
    ended_on: date
    days_over: int


def breaks_of(course: Course, clock: WorkingClock, as_of: datetime) -> tuple[Break, ...]:
    """Return the steps that broke their limits up to `as_of`, the longest over first.

    A step without a limit breaks none; the citizen's steps are nobody's fault.
    """
    clock = clock.in_zone(course.zone)
    found = [
        broken
        for step in course.steps
        if step.limit_at is not None and step.holder.kind is not HolderKind.CITIZEN
        if (broken := _judged(step, step.limit_at, course, clock, as_of)) is not None
    ]
    return tuple(sorted(found, key=lambda b: (-b.days_over, b.limit_on, b.serial)))


def worst_break(course: Course, clock: WorkingClock, as_of: datetime) -> Break | None:
    """Return the step that ran over the longest: its holder is the agency at fault."""
    return next(iter(breaks_of(course, clock, as_of)), None)


def _judged(
    step: CourseStep, limit_at: datetime, course: Course, clock: WorkingClock, as_of: datetime
) -> Break | None:
    ended_at = min(step.ended_at or as_of, as_of)
    if ended_at < step.started_at:
        return None
    ended_on, limit_on = clock.day_of(ended_at), clock.working_day_of(limit_at)
    if ended_on <= limit_on:
        return None
    waited = waited_within(course, clock, clock.day_of(step.started_at), ended_on)
    limit_on = pushed_back(limit_on, waited, clock.calendar)
    if ended_on <= limit_on:
        return None
    over = clock.calendar.working_days_between(limit_on, ended_on)
    charged = min(over, _held_days(step, ended_at, waited, clock))
    began_on = clock.day_of(step.started_at)
    if not charged and (over or began_on > limit_on):
        return None
    return Break(
        serial=step.serial,
        name=step.name,
        holder=step.holder,
        limit_on=limit_on,
        ended_on=ended_on,
        days_over=charged,
    )


def _held_days(step: CourseStep, ended_at: datetime, waited: int, clock: WorkingClock) -> int:
    """Return for how many working days a step lay with its holder, the citizen's waits not.

    A day counts as for a limit: from the day after it began. A step that took no working
    time at all, overnight say, was held for none.
    """
    began_on, ended_on = clock.day_of(step.started_at), clock.day_of(ended_at)
    if began_on >= ended_on or not clock.between(step.started_at, ended_at):
        return 0
    return max(0, clock.calendar.working_days_between(began_on, ended_on) - waited)


def waited_within(course: Course, clock: WorkingClock, first: date, last: date) -> int:
    """Count the working days from `first` to `last` that the citizen answers for, each once."""
    before = first - ONE_DAY
    within = [
        Wait(max(wait.asked_on, before), wait.answered_on)
        for wait in course.waits
        if wait.asked_on < last
    ]
    return waited_days(within, last, clock.calendar)
