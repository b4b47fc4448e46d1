"""How a demo's story is told: each act through its use case, on the day it tells of."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Protocol

from models.accounts.queries import person_by_login
from models.unit import Unit
from web.demo.acts import Act, dice
from web.demo.days import instant
from web.exports.files import XLSX_TYPE
from web.exports.tables import xlsx
from web.wiring import Office
from workflow.accounts.records import Actor
from workflow.directives.records import Directive
from workflow.directives.usecases import Ground, take_action
from workflow.documents.records import Clause, DocumentHead
from workflow.documents.usecases import issue_document, save_draft
from workflow.errors import WorkflowError
from workflow.evidence.records import StoredFile
from workflow.periods.records import PeriodAction
from workflow.periods.usecases import act_on_period


class Settable(Protocol):
    """A clock that can be set."""

    at: datetime


def actor_of(unit: Unit, login: str, day: date) -> Actor:
    """Return a person of the demo in the first role they hold on a day."""
    found = person_by_login(unit.connection, login)
    assert found is not None  # noqa: S101 - seeded before the story
    return found.acting(found.seats_on(day)[0])


def issue(
    place: Office,
    unit: Unit,
    head: DocumentHead,
    clauses: tuple[Clause, ...],
    day: date,
) -> tuple[Directive, ...]:
    """Enter a document as the office's person and issue it."""
    ground, actor = place.ground(unit), actor_of(unit, "office", day)
    key = save_draft(unit.documents, actor, head, clauses, ground=ground)
    return issue_document(unit.documents, actor, key, ground=ground)


def play(place: Office, clock: Settable, acts: Iterable[Act], last_day: date) -> None:
    """Carry out every act on its day, in the order of days and hours."""
    people = _People(place, last_day)
    for act in sorted(acts, key=lambda a: (a.day, a.hour)):
        _do(place, clock, people, act)


class _People:
    """The story's actors, looked up once."""

    def __init__(self, place: Office, day: date) -> None:
        self._place, self._day = place, day
        self._known: dict[str, Actor] = {}

    def __getitem__(self, login: str) -> Actor:
        if login not in self._known:
            with self._place.reading() as unit:
                self._known[login] = actor_of(unit, login, self._day)
        return self._known[login]


def _do(place: Office, clock: Settable, people: _People, act: Act) -> None:
    """Carry out one act on its day; a story that the rules refuse is wrong and is not told."""
    clock.at = instant(act.day, act.hour)
    given = dict(act.given)
    if "table" in given:
        given["files"] = (_evidence(place, act, str(given.pop("table"))),)
    try:
        with place.writing() as unit:
            actor = people[act.who]
            _name_what_stands(unit, actor, act.number, given)
            _act(unit, actor, act, given, place.ground(unit))
    except WorkflowError as error:
        message = f"{act.day} {act.who} {act.action} {act.number}: {error}"
        raise RuntimeError(message) from error


def _act(unit: Unit, actor: Actor, act: Act, given: dict[str, object], ground: Ground) -> None:
    if isinstance(act.action, PeriodAction):
        number, serial = act.number, act.period
        act_on_period(unit.periods, actor, number, serial, act.action, given, ground=ground)
        return
    take_action(unit.directives, actor, act.number, act.action, given, ground=ground)


def _name_what_stands(unit: Unit, actor: Actor, number: str, given: dict[str, object]) -> None:
    """Put ids where the story speaks of what stands: the first file, what is open."""
    if given.keys().isdisjoint({"evidence", "request", "proposed"}):
        return
    directive = unit.directives.directive(number)
    assert directive is not None  # noqa: S101 - the story knows its directives
    if given.get("evidence") == "first":
        given["evidence"] = directive.result_evidence[0].id
    if given.get("request") == "ours":
        given["request"] = next(i.id for i in directive.inputs if i.agency_id == actor.agency_id)
    if given.get("proposed") == "open":
        given["proposed"] = next(p.id for p in directive.proposals if p.is_open)


def _evidence(place: Office, act: Act, title: str) -> StoredFile:
    columns = ["Tháng", "Số hồ sơ", "Đúng và trước hạn", "Trễ hạn"]
    base, year = dice(act.number, "evidence", 400) + 120, act.day.year
    rows: list[Sequence[str | int]] = [
        [f"{month:02d}/{year}", base + month, base + month - month % 5, month % 5]
        for month in (7, 8, 9)
    ]
    body = xlsx(columns, rows, title, {})
    digest = sha256(body).hexdigest()
    place.files.keep(digest, io.BytesIO(body))
    name = f"so-lieu-{act.number.replace('.', '-')}.xlsx"
    return StoredFile(name=name, media_type=XLSX_TYPE, size=len(body), sha256=digest)
