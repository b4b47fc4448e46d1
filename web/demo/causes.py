"""What the demo's year says of its late dossiers: the causes, given quarter by quarter.

The home affairs department reads the log of each and confirms the cause that stands out; what
the steps leave open waits for a person, as it would in an office.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from sqlalchemy import and_

from models.causes.courses import courses_of
from models.dossiers.rows import DossierRow
from models.unit import Unit
from web.demo.desk import actor_of
from web.demo.events import Event
from web.dossiers.zones import zones_of
from web.wiring import Office
from workflow.causes.breaking import worst_break
from workflow.causes.clock import WorkingClock
from workflow.causes.records import Course
from workflow.causes.suggesting import likeliest, suggestions
from workflow.causes.usecases import Assignment, assign_causes

STUDENT = "inspector2"
STUDIES = tuple(
    (date(2021, first, 1), date(2021, first + 3, 1), date(2021, first + 3, 12))
    for first in (1, 4, 7)
)
"""Of which quarter's ends, from and before, and the day on which they are studied."""
MOST = 1_000


def studies(place: Office) -> list[Event]:
    """Return the three times that somebody sat down and read why dossiers ran late."""
    return [
        Event(day, 14, partial(_study, place, since, before, day)) for since, before, day in STUDIES
    ]


def _study(place: Office, since: date, before: date, day: date) -> None:
    with place.writing() as unit:
        clock = WorkingClock(place.calendar(unit), place.settings.analysis.hours)
        student, at = actor_of(unit, STUDENT, day), place.clock()
        for key, given in _read(_late(unit, since, before), clock, place):
            assign_causes(unit.causes, student, [key], given, at=at)


def _late(unit: Unit, since: date, before: date) -> Sequence[Course]:
    late = and_(
        DossierRow.ended_on >= since,
        DossierRow.ended_on < before,
        DossierRow.due_on < DossierRow.ended_on,
    )
    zones = zones_of(unit)
    return [course for _, course in courses_of(unit.connection, (late,), zones, most=MOST)]


def _read(
    courses: Sequence[Course], clock: WorkingClock, place: Office
) -> Iterator[tuple[int, Assignment]]:
    for course in courses:
        found = suggestions(course, clock, place.clock())
        first, worst = likeliest(found), worst_break(course, clock, place.clock())
        if first is None or worst is None:
            continue
        others = tuple(one.code for one in found if one.code is not first.code)[:1]
        yield (
            course.dossier_id,
            Assignment(
                primary=first.code,
                secondary=others,
                suggested=frozenset({first.code, *others}),
                agency_id=worst.holder.agency_id,
                step=worst.name,
                days_lost=worst.days_over,
            ),
        )
