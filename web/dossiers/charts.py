"""The time line of a dossier's steps, as places between 0 and 1000 that a page draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from workflow.causes.breaking import Break
from workflow.causes.clock import WorkingClock
from workflow.causes.records import Course, CourseStep
from workflow.causes.splitting import Split, end_of
from workflow.days import PROVINCE_ZONE

WIDTH = 1000
LEAST = 4
DRAWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One step as a bar: where it begins, how long it is, where its limit stands."""

    step: CourseStep
    start: int
    width: int
    limit: int | None
    over_from: int
    over_width: int
    days: float
    broken: Break | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The steps on one axis from receipt to the end; `waits` are spans of the citizen's."""

    first: datetime
    last: datetime
    lanes: tuple[Lane, ...]
    waits: tuple[tuple[int, int], ...]
    due: int | None
    left_out: int
    zone: ZoneInfo = PROVINCE_ZONE

    @property
    def is_elsewhere(self) -> bool:
        """Whether its moments are told in another zone than the province's."""
        return self.zone != PROVINCE_ZONE


def drawing_of(
    course: Course,
    clock: WorkingClock,
    as_of: datetime,
    breaks: Sequence[Break],
    due: datetime | None,
) -> Drawing:
    """Draw the steps of a dossier from its receipt to its end, or the instant asked.

    `due` is the last instant in time, drawn where it lies on the axis.
    """
    first = min([course.received_at, *(step.started_at for step in course.steps)])
    last = max(
        [end_of(course, as_of), *(step.ended_at for step in course.steps if step.ended_at)]
        + ([due] if due is not None and due <= as_of else [])
    )
    span = max((last - first).total_seconds(), 1.0)

    def place(at: datetime) -> int:
        share = (at - first).total_seconds() / span
        return round(WIDTH * min(max(share, 0.0), 1.0))

    broken = {one.serial: one for one in breaks}
    lanes = [
        _lane(step, clock, min(as_of, last), place, broken.get(step.serial))
        for step in course.steps[:DRAWN]
    ]
    spans = [clock.span_of(wait) for wait in course.waits]
    return Drawing(
        first=first,
        last=last,
        lanes=tuple(lanes),
        waits=tuple(
            (place(begun), max(place(min(over, last)) - place(begun), LEAST))
            for begun, over in spans
            if begun < last
        ),
        due=place(due) if due is not None and first <= due <= last else None,
        left_out=max(0, len(course.steps) - DRAWN),
        zone=clock.zone,
    )


def _lane(
    step: CourseStep, clock: WorkingClock, now: datetime, place: object, broken: Break | None
) -> Lane:
    assert callable(place)  # noqa: S101 - made just above
    end = step.ended_at or max(now, step.started_at)
    start, limit = place(step.started_at), place(step.limit_at) if step.limit_at else None
    over_from = max(limit, start) if broken and limit is not None else 0
    return Lane(
        step=step,
        start=start,
        width=max(place(end) - start, LEAST),
        limit=limit,
        over_from=over_from,
        over_width=max(place(end) - over_from, LEAST) if broken else 0,
        days=clock.days_in(clock.between(step.started_at, end)),
        broken=broken,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one holder had of the whole time, for a bar and its words."""

    holder: object
    days: float
    percent: int


def shares_of(split: Split, clock: WorkingClock) -> tuple[Share, ...]:
    """Return who held the dossier how long, in working days and in hundredths of the whole."""
    return tuple(
        Share(
            holder=part.holder,
            days=clock.days_in(part.seconds),
            percent=round(100 * part.seconds / split.whole) if split.whole else 0,
        )
        for part in split.parts
    )
