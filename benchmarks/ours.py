"""The real step: a unit of work, the person looked up, judged by the table, kept, chained."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy import text

from benchmarks.floors import ROWS, Step
from benchmarks.province import make_app, office_of, people_of
from models.accounts.queries import person
from workflow.directives.records import Action
from workflow.directives.usecases import take_action

GIVEN: dict[Action, dict[str, object]] = {
    Action.ACCEPT: {},
    Action.REPORT: {
        "result": "Đã xử lý xong",
        "report_number": "12/BC",
        "report_date": date(2022, 6, 15),
        "signer": "Võ Đình Khôi",
    },
    Action.VERIFY: {"verdict": "met"},
}


class Ours:
    """A province with its people, and their steps one after the other."""

    def __init__(self, url: str, folder: Path, *, synchronous: str) -> None:
        app = make_app(url, folder, synchronous=synchronous)
        self._office = office_of(app)
        self._people = people_of(app)

    def steps(self, first: int, count: int) -> Iterator[Step]:
        """Accept every directive of the slice, then report every one, then verify."""
        directives = self._slice(first, count)
        for version, action in enumerate(GIVEN, start=1):
            for number, lead in directives:
                verifies = action is Action.VERIFY
                who = self._people.office if verifies else self._people.clerks[lead]
                yield partial(self._step, who, number, action, version)

    def _slice(self, first: int, count: int) -> list[tuple[str, int]]:
        found = text("SELECT number, lead_agency_id FROM directives WHERE id = :id")
        with self._office.reading() as unit:
            rows = [
                unit.connection.execute(found, {"id": 1 + n * 7_919 % ROWS}).one()
                for n in range(first, first + count)
            ]
        return [(row.number, row.lead_agency_id) for row in rows]

    def _step(self, who: int, number: str, action: Action, version: int) -> None:
        office = self._office
        with office.writing() as unit:
            found = person(unit.connection, who)
            assert found is not None
            take_action(
                unit.directives,
                found.acting(found.seats_on(office.today())[0]),
                number,
                action,
                GIVEN[action],
                ground=office.ground(unit),
                version=version,
            )

    def verified(self) -> int:
        """Count what the database holds as verified."""
        told = text("SELECT count(*) FROM directives WHERE state = 'verified'")
        with self._office.reading() as unit:
            return int(unit.connection.execute(told).scalar_one())

    def chain_is_whole(self) -> bool:
        """Walk the history from its first entry to its anchored head."""
        with self._office.reading() as unit:
            return unit.history.verify().ok
