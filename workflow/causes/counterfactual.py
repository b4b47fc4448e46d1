"""What if a step had met its limit: overdue recomputed from the events, by the same rule.

Each dossier is walked again with the step ended on its limit (pushed back by the waits in
it), and all that came after moved forward by as many working days; the promised day and
the waits stay. A step beside which another ran on held nobody up, so it saves nothing.
A dossier that has not ended stays overdue: what its later steps would have taken is not
known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from workflow.causes.breaking import Break
from workflow.causes.clock import WorkingClock
from workflow.causes.records import Course, CourseStep
from workflow.dossiers.timing import LATE, Promise, judged


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """If this step met its limit: of the same dossiers, overdue falls from one to the other.

    `broken` counts the overdue dossiers in which it broke it, `days_over` by how many
    working days in all.
    """

    step: str
    broken: int
    days_over: int
    overdue_before: int
    overdue_after: int

    @property
    def saved(self) -> int:
        """How many would no longer be overdue."""
        return self.overdue_before - self.overdue_after


def promises_kept(
    course: Course, breaks: Sequence[Break], clock: WorkingClock, day: date
) -> frozenset[Promise]:
    """Return the promised days that a dossier would have met, had these steps met their limits.

    None where it has not ended by `day`, for nobody knows when it would have.
    """
    if course.ended_on is None or course.ended_on > day:
        return frozenset()
    mended = replace(course, ended_on=end_if_met(course, breaks, clock))
    calendar = clock.calendar
    return frozenset(by for by in Promise if judged(mended, day, calendar, by) not in LATE)


def end_if_met(course: Course, breaks: Sequence[Break], clock: WorkingClock) -> date | None:
    """Return the day a dossier would have ended, had these steps met their limits.

    None where it has not ended, for nobody knows when it would have.
    """
    end, clock = course.ended_on, clock.in_zone(course.zone)
    if end is None:
        return None
    for one in sorted(breaks, key=lambda b: b.ended_on, reverse=True):
        end = min(end, _moved(end, one, _freed_from(course, one, clock), clock))
    return end


def _freed_from(course: Course, broken: Break, clock: WorkingClock) -> date:
    """Return the day from which the dossier could have gone on: not before other work ended."""
    others = [step for step in course.steps if step.serial != broken.serial]
    beside = [_end_beside(step, broken, clock) for step in others]
    return max([broken.limit_on, *(day for day in beside if day is not None)])


def _end_beside(step: CourseStep, broken: Break, clock: WorkingClock) -> date | None:
    """Return the day up to which another step held the dossier beside the broken one."""
    if clock.day_of(step.started_at) >= broken.ended_on:
        return None
    ended = clock.day_of(step.ended_at) if step.ended_at else broken.ended_on
    return min(ended, broken.ended_on)


def _moved(end: date, broken: Break, freed: date, clock: WorkingClock) -> date:
    if freed >= broken.ended_on or end < broken.ended_on:
        return end
    after = clock.calendar.working_days_between(broken.ended_on, end)
    return clock.calendar.due_on(freed, after) if after else freed
