"""The demo's autumn: 2021 carried over, two reforms, and a directive to sixty-five communes."""

from __future__ import annotations

from models.accounts.queries import person_by_login
from models.unit import Unit
from web.demo.agencies import OFFICE_NAME, seed_agencies
from web.demo.autumn.acts import september_acts
from web.demo.autumn.agencies import by_name, merge_departments, put_on_two_tiers
from web.demo.autumn.days import (
    AUTUMN_NOW,
    CARRIED_ON,
    LAST_DAY,
    MERGED_ON,
    SIGNED_ON,
    TWO_TIERS_ON,
)
from web.demo.autumn.document import SEPTEMBER, carried_clauses, september
from web.demo.autumn.people import NAMED, clerk_of
from web.demo.days import instant
from web.demo.document import clauses_of, heads
from web.demo.people import SINCE, Seat, mark, seed_accounts
from web.demo.telling import Settable, actor_of, issue, play
from web.demo.units import seed_units
from web.wiring import Office
from workflow.directives.records import Directive

MARK = "demo-autumn-2025"


def tell_autumn(place: Office, clock: Settable, password: str) -> None:
    """Fill an empty database with the province of 2021, and lead it to the autumn of 2025."""
    clock.at = instant(SINCE)
    with place.writing() as unit:
        seed_agencies(unit, SINCE)
        seed_units(unit, SINCE)
        mark(unit, MARK)
        seed_accounts(unit, password, _first_seats(unit))
    _carry_over(place, clock)
    _reform(place, clock, password)
    made = _issued(place, clock)
    with place.reading() as unit:
        clerks = {agency.id: clerk_of(agency) for agency in unit.agencies.agencies()}
    play(place, clock, september_acts(clerks, made), LAST_DAY)
    clock.at = AUTUMN_NOW


def _first_seats(unit: Unit) -> list[Seat]:
    """Return those who are there from the beginning: nobody of an agency still to come."""
    known = by_name(unit)
    return [
        Seat(login, name, role, known[agency], SINCE)
        for login, name, role, agency in NAMED
        if agency in known
    ]


def _carry_over(place: Office, clock: Settable) -> None:
    """Bring the work of August 2021 over from the office's old sheets."""
    clock.at = instant(CARRIED_ON)
    with place.writing() as unit:
        head = heads(by_name(unit)[OFFICE_NAME], _leader(unit))[0]
        issue(place, unit, head, carried_clauses(unit), CARRIED_ON)


def _reform(place: Office, clock: Settable, password: str) -> None:
    clock.at = instant(MERGED_ON)
    with place.writing() as unit:
        merge_departments(unit, actor_of(unit, "admin", MERGED_ON), unit.now)
    clock.at = instant(TWO_TIERS_ON)
    with place.writing() as unit:
        put_on_two_tiers(unit, actor_of(unit, "admin", TWO_TIERS_ON), unit.now)
        seed_accounts(unit, password, _later_seats(unit))


def _later_seats(unit: Unit) -> list[Seat]:
    """Return those of the agencies of 2025, and a clerk of each that stands."""
    known = by_name(unit)
    named = [
        Seat(login, name, role, known[agency], known[agency].valid_from)
        for login, name, role, agency in NAMED
        if known[agency].valid_from > SINCE
    ]
    there = {seat.login for seat in named}
    standing = [a for a in known.values() if a.stands_on(TWO_TIERS_ON) and a.parent_id is not None]
    return named + [
        Seat.clerk(clerk_of(agency), place, agency, agency.valid_from)
        for place, agency in enumerate(sorted(standing, key=lambda a: a.code))
        if clerk_of(agency) not in there
    ]


def _issued(place: Office, clock: Settable) -> tuple[Directive, ...]:
    clock.at = instant(SIGNED_ON, 16)
    with place.writing() as unit:
        head = september(by_name(unit)[OFFICE_NAME].id, _leader(unit))
        clauses = clauses_of(unit, SEPTEMBER, SIGNED_ON)
        return issue(place, unit, head, clauses, SIGNED_ON)


def _leader(unit: Unit) -> int:
    found = person_by_login(unit.connection, "leader")
    assert found is not None  # noqa: S101 - seeded before
    return found.id
