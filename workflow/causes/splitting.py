"""The working time of a dossier, split among those who held it (product.md, 5).

At each instant one holder answers for the time: the citizen while something is awaited of
him; else the holder of the step begun last among those that run; else nobody, and the log
is said to be silent. The parts therefore add up to the whole to the second.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from workflow.causes.clock import FAR, WorkingClock
from workflow.causes.records import CITIZEN, UNLOGGED, Course, CourseStep, Holder, HolderKind


@dataclass(frozen=True, slots=True)
class Stretch:
    """A span of time that one holder answers for; `serial` names its step, if it is one."""

    start: datetime
    end: datetime
    holder: Holder
    serial: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """How many seconds of work one holder had the dossier for."""

    holder: Holder
    seconds: int


@dataclass(frozen=True, slots=True)
class Split:
    """The whole working time of a dossier, and its parts, the longest first."""

    whole: int
    parts: tuple[Part, ...]

    def seconds_of(self, kind: HolderKind) -> int:
        """Return the seconds held by bodies of one kind."""
        return sum(part.seconds for part in self.parts if part.holder.kind is kind)


def end_of(course: Course, as_of: datetime) -> datetime:
    """Return when the time of a dossier ends: at its end, or the instant asked."""
    end = course.ended_at if course.ended_at and course.ended_at <= as_of else as_of
    return max(course.received_at, end)


def split_time(course: Course, clock: WorkingClock, as_of: datetime) -> Split:
    """Split the time from receipt to the end (or `as_of`) among its holders."""
    held: dict[Holder, int] = {}
    clock = clock.in_zone(course.zone)
    for stretch in stretches_of(course, clock, as_of):
        seconds = clock.reading(stretch.end) - clock.reading(stretch.start)
        held[stretch.holder] = held.get(stretch.holder, 0) + seconds
    whole = clock.between(course.received_at, end_of(course, as_of))
    parts = [Part(holder, seconds) for holder, seconds in held.items() if seconds]
    parts.sort(key=lambda part: (-part.seconds, part.holder.kind, part.holder.text))
    return Split(whole, tuple(parts))


def stretches_of(course: Course, clock: WorkingClock, as_of: datetime) -> Iterator[Stretch]:
    """Yield the spans from receipt to the end in order, without gap or overlap."""
    clock, start, end = clock.in_zone(course.zone), course.received_at, end_of(course, as_of)
    steps = sorted(course.steps, key=lambda step: (step.started_at, step.serial))
    running: list[tuple[float, int, CourseStep]] = []
    spans = [clock.span_of(wait) for wait in course.waits]
    edges = _edges(course, spans, start, end)
    waits = _Waits(spans)
    place = 0
    for here, there in pairwise(edges):
        while place < len(steps) and steps[place].started_at <= here:
            step = steps[place]
            heapq.heappush(running, (-step.started_at.timestamp(), -step.serial, step))
            place += 1
        while running and (running[0][2].ended_at or FAR) <= here:
            heapq.heappop(running)
        if waits.covers(here):
            yield Stretch(here, there, CITIZEN)
        elif running:
            yield Stretch(here, there, running[0][2].holder, running[0][2].serial)
        else:
            yield Stretch(here, there, UNLOGGED)


Spans = Sequence[tuple[datetime, datetime]]


def _edges(course: Course, spans: Spans, start: datetime, end: datetime) -> Sequence[datetime]:
    edges = {start, end}
    for step in course.steps:
        edges |= {step.started_at, step.ended_at or end}
    for span in spans:
        edges |= set(span)
    return sorted(edge for edge in edges if start <= edge <= end)


class _Waits:
    """Spans of waiting, asked for instants that only rise."""

    def __init__(self, spans: Spans) -> None:
        self._spans = sorted(spans)
        self._place = 0
        self._until: datetime | None = None

    def covers(self, at: datetime) -> bool:
        """Whether a wait has begun at `at` and is not over."""
        while self._place < len(self._spans) and self._spans[self._place][0] <= at:
            over = self._spans[self._place][1]
            self._until = max(self._until, over) if self._until else over
            self._place += 1
        return self._until is not None and at < self._until
