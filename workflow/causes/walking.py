"""The log of one dossier walked once: who held it, what ran over, what meeting a limit would mend.

All that many dossiers are taken together by. Of a dossier whose log no longer moves it is the same
as of any later instant, so that it can be kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from workflow.causes.breaking import Break, breaks_of
from workflow.causes.clock import WorkingClock
from workflow.causes.counterfactual import promises_kept
from workflow.causes.records import Course, HolderKind
from workflow.causes.splitting import split_time
from workflow.dossiers.timing import LATE, Promise, judged

RULES = 1
"""Raised whenever the same log comes to something else: what was kept before is walked again."""

NO_BREAK = ""
"""The step, and its holder, where none broke a limit: the log does not say who is at fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A step that ran over in one dossier, however often, by so many working days in all.

    `longest` is the most of them at once. `saved` are the promised days that the dossier would
    have met, had the step met its limit.
    """

    step: str
    days_over: int
    longest: int
    saved: frozenset[Promise] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What the log of one dossier comes to as of an instant.

    `step`, `fault` and `days_over` are of the step that ran over the longest; `held` are working
    seconds by sort of body and add up to `seconds`.
    """

    step: str
    fault: str
    days_over: int
    seconds: int
    held: tuple[tuple[HolderKind, int], ...]
    broken: tuple[Broken, ...]


def walk(course: Course, clock: WorkingClock, as_of: datetime) -> Walked:
    """Walk the log of one dossier up to an instant."""
    breaks = breaks_of(course, clock, as_of)
    worst, split = next(iter(breaks), None), split_time(course, clock, as_of)
    held: dict[HolderKind, int] = {}
    for part in split.parts:
        held[part.holder.kind] = held.get(part.holder.kind, 0) + part.seconds
    named: dict[str, list[Break]] = {}
    for one in breaks:
        named.setdefault(one.name, []).append(one)
    day = clock.day_of(as_of)
    return Walked(
        step=worst.name if worst else NO_BREAK,
        fault=fault_of(worst),
        days_over=worst.days_over if worst else 0,
        seconds=split.whole,
        held=tuple(held.items()),
        broken=tuple(
            Broken(
                step=name,
                days_over=sum(one.days_over for one in some),
                longest=some[0].days_over,
                saved=promises_kept(course, some, clock, day),
            )
            for name, some in named.items()
        ),
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """A walked log, and the promised days by which its dossier is overdue as of that instant."""

    walked: Walked
    overdue_by: frozenset[Promise]


def take(course: Course, clock: WorkingClock, as_of: datetime) -> Taken:
    """Walk a log up to an instant, and judge its dossier as of that day."""
    day = clock.day_of(as_of)
    late = frozenset(by for by in Promise if judged(course, day, clock.calendar, by) in LATE)
    return Taken(walk(course, clock, as_of), late)


def fault_of(worst: Break | None) -> str:
    """Return whose step ran over the longest, in the file's words; "" where none did."""
    return worst.holder.text if worst else NO_BREAK


def settled_at(course: Course) -> datetime | None:
    """Return the instant from which the log moves no more; None while something in it runs.

    The end of the dossier is not enough: a step that nobody closed runs over further each day.
    """
    ends = [course.ended_at, *(step.ended_at for step in course.steps)]
    known = [end for end in ends if end is not None]
    if course.ended_on is None or len(known) < len(ends):
        return None
    last = max(known)
    return last if last.astimezone(course.zone).date() >= course.ended_on else None


def version_of(clock: WorkingClock) -> str:
    """Return what a walk follows from beside the log itself, as a short word."""
    told = repr((RULES, clock.calendar.version.identifier, clock.hours.shifts, clock.zone.key))
    return blake2b(told.encode(), digest_size=8).hexdigest()
