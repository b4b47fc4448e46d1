"""The demo's months: what each agency did with its directives, through the use cases.

Nothing is written past the rules: every act goes through the same use case as a click, on
the day it tells of. What an agency does follows from its number alone, so that every demo
tells the same story.
"""

from __future__ import annotations

from datetime import date

from models.accounts.queries import person_by_login
from web.demo.acts import august_acts, october_acts
from web.demo.agencies import seed_agencies
from web.demo.between import between_acts
from web.demo.days import DEMO_NOW, LAST_DAY, instant
from web.demo.document import (
    AUGUST,
    MEETING_ON,
    OCTOBER,
    SIGNED_ON,
    clauses_of,
    heads,
)
from web.demo.people import OFFICE, SINCE, seed_people
from web.demo.telling import Settable, issue, play
from web.demo.units import seed_units
from web.wiring import Office
from workflow.directives.records import Directive


def tell_story(place: Office, clock: Settable, password: str) -> None:
    """Fill an empty database: agencies, people, two documents, and the months after them."""
    clock.at = instant(SINCE)
    with place.writing() as unit:
        seed_agencies(unit, SINCE)
        seed_units(unit, SINCE)
        seed_people(unit, password)
    august = _issued(place, clock, SIGNED_ON, 0)
    october = _issued(place, clock, MEETING_ON, 1)
    acts = [
        *august_acts(place, august),
        *october_acts(place, october),
        *between_acts(place, october),
    ]
    play(place, clock, acts, LAST_DAY)
    clock.at = DEMO_NOW


def _issued(place: Office, clock: Settable, day: date, which: int) -> tuple[Directive, ...]:
    clock.at = instant(day, 16)
    with place.writing() as unit:
        overseer = next(a for a in unit.agencies.agencies() if a.name == OFFICE)
        leader = person_by_login(unit.connection, "leader")
        assert leader is not None  # noqa: S101 - seeded just before
        clauses = clauses_of(unit, (AUGUST, OCTOBER)[which], day)
        return issue(place, unit, heads(overseer, leader.id)[which], clauses, day)
