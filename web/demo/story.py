"""The demo's months: what each agency did with its directives, through the use cases.

Nothing is written past the rules: every act below goes through the same use case as a
click, on the day it tells of. What an agency does follows from its number alone, so that
every demo tells the same story.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Protocol

from models.accounts.queries import person_by_login
from models.unit import Unit
from web.demo.acts import Act, august_acts, dice, october_acts
from web.demo.agencies import seed_agencies
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
from web.demo.units import seed_units
from web.exports.tables import xlsx
from web.wiring import Office
from workflow.accounts.records import Actor
from workflow.directives.records import Directive
from workflow.directives.usecases import take_action
from workflow.documents.usecases import issue_document, save_draft
from workflow.errors import WorkflowError
from workflow.evidence.records import StoredFile

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Settable(Protocol):
    """A clock that can be set."""

    at: datetime


def tell_story(place: Office, clock: Settable, password: str) -> None:
    """Fill an empty database: agencies, people, two documents, and the months after them."""
    clock.at = instant(SINCE)
    with place.writing() as unit:
        seed_agencies(unit, SINCE)
        seed_units(unit, SINCE)
        seed_people(unit, password)
    august = _issue(place, clock, SIGNED_ON, 0)
    october = _issue(place, clock, MEETING_ON, 1)
    people = _People(place)
    acts = [*august_acts(place, august), *october_acts(place, october)]
    for act in sorted(acts, key=lambda a: (a.day, a.hour)):
        _do(place, clock, people, act)
    clock.at = DEMO_NOW


def _issue(place: Office, clock: Settable, day: date, which: int) -> tuple[Directive, ...]:
    clock.at = instant(day, 16)
    with place.writing() as unit:
        ground = place.ground(unit)
        overseer = next(a for a in unit.agencies.agencies() if a.name == OFFICE)
        leader = person_by_login(unit.connection, "leader")
        actor = _actor(unit, "office", day)
        assert leader is not None  # noqa: S101 - seeded just before
        head = heads(overseer, leader.id)[which]
        clauses = clauses_of(unit, (AUGUST, OCTOBER)[which], day)
        key = save_draft(unit.documents, actor, head, clauses, ground=ground)
        return issue_document(unit.documents, actor, key, ground=ground)


def _actor(unit: Unit, login: str, day: date) -> Actor:
    found = person_by_login(unit.connection, login)
    assert found is not None  # noqa: S101 - seeded before the story
    return found.acting(found.seats_on(day)[0])


class _People:
    """The story's actors, looked up once."""

    def __init__(self, place: Office) -> None:
        self._place = place
        self._known: dict[str, Actor] = {}

    def __getitem__(self, login: str) -> Actor:
        if login not in self._known:
            with self._place.reading() as unit:
                self._known[login] = _actor(unit, login, LAST_DAY)
        return self._known[login]


def _do(place: Office, clock: Settable, people: _People, act: Act) -> None:
    """Carry out one act on its day; what the rules refuse simply did not happen."""
    clock.at = instant(act.day, act.hour)
    given = dict(act.given)
    if "table" in given:
        given["files"] = (_evidence(place, act, str(given.pop("table"))),)
    try:
        with place.writing() as unit:
            if given.get("evidence") == "first":
                given["evidence"] = _first_piece(unit, act.number)
            take_action(
                unit.directives, people[act.who], act.number, act.action, given,
                ground=place.ground(unit),
            )  # fmt: skip
    except WorkflowError as error:
        message = f"{act.day} {act.who} {act.action} {act.number}: {error}"
        raise RuntimeError(message) from error


def _first_piece(unit: Unit, number: str) -> int:
    directive = unit.directives.directive(number)
    assert directive is not None  # noqa: S101 - the story knows its directives
    return directive.result_evidence[0].id


def _evidence(place: Office, act: Act, title: str) -> StoredFile:
    columns = ["Tháng", "Số hồ sơ", "Đúng và trước hạn", "Trễ hạn"]
    base = dice(act.number, "evidence", 400) + 120
    rows: list[Sequence[str | int]] = [
        [f"{month:02d}/2021", base + month, base + month - month % 5, month % 5]
        for month in (7, 8, 9)
    ]
    body = xlsx(columns, rows, title, {})
    digest = sha256(body).hexdigest()
    place.files.keep(digest, io.BytesIO(body))
    name = f"so-lieu-{act.number.replace('.', '-')}.xlsx"
    return StoredFile(name=name, media_type=XLSX_TYPE, size=len(body), sha256=digest)
