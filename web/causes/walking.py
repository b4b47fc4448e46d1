"""Logs of late dossiers walked once for all pages: after an import, by night (ADR 0030)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from models.causes.walks import NewWalk, unwalked_on
from models.unit import Unit
from web.dossiers.zones import zones_of
from web.jobs.held import Figures
from web.jobs.steps import Night, Step
from web.wiring import Office
from workflow.causes.clock import WorkingClock
from workflow.causes.records import Course
from workflow.causes.walking import settled_at, version_of, walk
from workflow.days import PROVINCE_ZONE

AT_ONCE = 500


def clock_of(office: Office, unit: Unit) -> WorkingClock:
    """Return the clock of working time, outside a request."""
    return WorkingClock(office.calendar(unit), office.settings.analysis.hours)


def walk_late(office: Office, hold: Callable[[Unit], None]) -> int:
    """Walk what ended late and was not walked yet, some in each transaction; say how many."""
    with office.reading() as unit:
        clock = clock_of(office, unit)
        counted_on = clock.calendar.version.identifier
        months = unit.causes.months_unwalked(counted_on, version_of(clock))
    return sum(_walk_month(office, hold, month, clock) for month in months)


def _walk_month(
    office: Office, hold: Callable[[Unit], None], month: str, clock: WorkingClock
) -> int:
    """Walk a month: as long as it takes without holding the database, then keep it."""
    version, walked, after = version_of(clock), 0, 0
    while True:
        with office.reading() as unit:
            keys, courses = unit.causes.courses_unwalked(
                month, version, zones_of(unit), after=after, most=AT_ONCE
            )
        walks = list(_walks(courses, clock))
        with office.writing() as unit:
            hold(unit)
            unit.causes.keep_walks(walks, version)
            if len(keys) < AT_ONCE:
                unit.causes.mark_walked(month, version)
        walked += len(walks)
        if len(keys) < AT_ONCE:
            return walked
        after = keys[-1]


def _walks(courses: Sequence[tuple[Any, Course]], clock: WorkingClock) -> Iterator[NewWalk]:
    """Walk logs of the province's own zone that move no more; note of the others that they do."""
    for row, course in courses:
        settled = settled_at(course) if course.zone == PROVINCE_ZONE else None
        yield NewWalk(
            dossier_id=course.dossier_id,
            import_id=row.last_import_id,
            settled_at=settled,
            walked=walk(course, clock, settled) if settled else None,
        )


def walk_by_night(office: Office, night: Night) -> Figures:
    """Walk what an import left, and all of it after the calendar or the office hours changed."""
    return {"walked": walk_late(office, night.hold)}


WALK = Step(
    "causes.walk",
    run=walk_by_night,
    look=lambda office, unit, _: unwalked_on(version_of(clock_of(office, unit))),
    idle={"walked": 0},
)
