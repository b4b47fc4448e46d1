"""Random lives of directives, told forward from their acts: what a report of any day must say.

The oracle folds what happened up to a day; the product undoes what happened after it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select

from models.directives.filters import Looker
from models.directives.rows import DirectiveRow
from models.history.rows import HistoryRow
from models.summaries.queries import tallies_of
from models.summaries.standing import STANDING_KINDS, Scope
from workflow.accounts.records import Actor
from workflow.days import PROVINCE_ZONE, local_day
from workflow.directives.records import State, Verdict
from workflow.history.rules import plain
from workflow.summaries.records import Span, Stood
from workflow.summaries.rules import tallies

FIRST = date(2021, 6, 1)
DAYS = 150
DATES = ("due_on", "first_due_on", "completed_on", "verified_on", "suspended_since")


@dataclass
class Life:
    """One directive: the day it was given, and each act with the fields it changed."""

    number: str
    assigned_on: date
    is_standing: bool
    acts: list[tuple[date, str, dict[str, Any], dict[str, Any]]] = field(default_factory=list)

    @property
    def entered_on(self) -> date:
        return self.acts[0][0]

    def at(self, day: date) -> dict[str, Any]:
        """Return the fields as they stood at the end of a day; those of its entry before it."""
        found = dict(self.acts[0][3])
        for on, _action, _before, after in self.acts[1:]:
            if on <= day:
                found |= after
        return found

    def stood(self, span: Span, *, entered_later: bool = False) -> Stood:
        end, eve = self.at(span.last), self.at(span.eve)
        seen = self.assigned_on if entered_later else self.entered_on
        return Stood(
            number=self.number,
            lead_id=end["lead_agency_id"],
            lead_before=eve["lead_agency_id"],
            state=end["state"],
            state_before=eve["state"],
            assigned_on=self.assigned_on,
            known=seen <= span.last,
            known_before=seen <= span.eve,
            suspended=end["suspended_since"] is not None,
            is_standing=self.is_standing,
            **{name: end[name] for name in DATES if name != "suspended_since"},
        )


def some_life(dice: random.Random, number: str, agencies: list[int]) -> Life:
    """Return a directive that was given, worked on, moved, paused, done, ended, in any order."""
    given = FIRST + timedelta(days=dice.randrange(DAYS - 30))
    life = Life(number=number, assigned_on=given, is_standing=dice.random() < 0.1)
    due = given + timedelta(days=dice.randrange(0, 60)) if dice.random() < 0.8 else None
    entered = given + timedelta(days=dice.choice([0, 0, 0, 1, 12, 40]))
    now: dict[str, Any] = {
        "state": State.ASSIGNED,
        "lead_agency_id": dice.choice(agencies),
        "due_on": due,
        "first_due_on": due,
        "completed_on": None,
        "verified_on": None,
        "suspended_since": None,
    }
    if dice.random() < 0.1:
        told = given + timedelta(days=dice.randrange((entered - given).days + 1))
        done = dice.choice([None, told])
        now |= {"state": State.VERIFIED, "completed_on": done, "verified_on": done}
    life.acts.append((entered, "assign", {}, dict(now)))
    day = entered
    for _ in range(dice.randrange(9)):
        day += timedelta(days=dice.choice([0, 0, 1, 3, 8, 20]))
        name, change = _some_act(dice, now, day, agencies)
        changed = {k: v for k, v in change.items() if now[k] != v}
        life.acts.append((day, name, {k: now[k] for k in changed}, changed))
        now |= changed
    return life


def _some_act(
    dice: random.Random, now: dict[str, Any], day: date, agencies: list[int]
) -> tuple[str, dict[str, Any]]:
    later = day + timedelta(days=dice.randrange(1, 40))
    back = {"state": State.IN_PROGRESS, "completed_on": None, "verified_on": None}
    ways: dict[State, list[tuple[str, dict[str, Any]]]] = {
        State.ASSIGNED: [
            ("accept", {"state": State.IN_PROGRESS}),
            ("reassign", {"lead_agency_id": dice.choice(agencies), "due_on": later}),
        ],
        State.IN_PROGRESS: [
            ("report", {"state": State.REPORTED, "completed_on": day}),
            ("report", {"state": State.REPORTED, "completed_on": day - timedelta(days=4)}),
            ("reassign", {"state": State.ASSIGNED, "lead_agency_id": dice.choice(agencies)}),
            ("update", {}),
        ],
        State.REPORTED: [
            ("verify", {"state": State.VERIFIED, "verified_on": day}),
            ("verify", {"state": State.VERIFIED, "verified_on": day}),
            ("return", back),
        ],
        State.VERIFIED: [("reopen", back), ("update", {})],
        State.WITHDRAWN: [("update", {})],
    }
    found = list(ways[now["state"]])
    if now["state"] not in {State.VERIFIED, State.WITHDRAWN}:
        paused = now["suspended_since"] is not None
        found += [
            ("decide_extension", {"due_on": later, "first_due_on": now["first_due_on"] or later}),
            ("withdraw", {"state": State.WITHDRAWN}),
            ("resume" if paused else "suspend", {"suspended_since": None if paused else day}),
        ]
    return dice.choice(found)


def some_span(dice: random.Random) -> Span:
    first = FIRST + timedelta(days=dice.randrange(-10, DAYS))
    return Span(first=first, last=first + timedelta(days=dice.choice([0, 6, 30, 91])))


def keep(connection: Any, lives: list[Life], document_id: int, clause_id: int) -> None:
    """Store lives as the product would have left them: rows as they stand, and the history."""
    rows, entries = [], []
    for life in lives:
        rows.append(_row(life, document_id, clause_id))
        entries += [(life.number, *act) for act in life.acts]
    entries.sort(key=lambda one: one[1])
    connection.execute(insert(DirectiveRow), rows)
    last = connection.exec_driver_sql("SELECT coalesce(max(serial), 0) FROM history").scalar_one()
    connection.execute(
        insert(HistoryRow),
        [_entry(serial, *entry) for serial, entry in enumerate(entries, start=last + 1)],
    )


def _row(life: Life, document_id: int, clause_id: int) -> dict[str, Any]:
    now = life.at(date.max)
    verified = now["state"] is State.VERIFIED
    reported = now["state"] is State.REPORTED
    return {
        **now,
        "number": life.number,
        "document_id": document_id,
        "clause_id": clause_id,
        "content": f"Nhiệm vụ {life.number}",
        "priority": "normal",
        "deadline_kind": "ongoing" if life.is_standing else "fixed",
        "assigned_on": life.assigned_on,
        "verdict": Verdict.MET if verified else None,
        "carried_over": verified and now["completed_on"] is None,
        "reported_at": datetime(2021, 6, 1, tzinfo=UTC) if reported else None,
        "reported_by": 1 if reported else None,
        "touched_by": [],
        "search": "",
        "updated_at": datetime(2021, 6, 1, tzinfo=UTC),
    }


def _entry(
    serial: int, number: str, day: date, action: str, before: dict[str, Any], after: dict[str, Any]
) -> dict[str, Any]:
    hour = time(0) if serial % 3 == 0 else time(23, 59, 59)
    return {
        "serial": serial,
        "at": datetime.combine(day, hour, PROVINCE_ZONE),
        "actor_id": 1,
        "subject": "directive",
        "subject_key": number,
        "action": action,
        "before": plain(before),
        "after": plain(after),
        "given": {},
        "reason": "",
        "evidence": [],
        "previous": "",
        "digest": "",
    }


def adds_up(province: Any, dice: random.Random) -> int:
    """Check that the report of a life lived through the use cases is what its entries tell.

    For some days of that life, for every agency: both sides are one sum, and SQL counts what the
    rule counts of entries folded forward. Returns how many directives were counted.
    """
    lives, looker = _lives_of(province), _everybody(province)
    days = sorted({act[0] for life in lives for act in life.acts})
    first, last = sorted(dice.choice([days[0] - timedelta(days=1), *days]) for _ in range(2))
    span = Span(first=first, last=last)
    expected = tallies((life.stood(span) for life in lives), span)
    with province.world.office.reading() as unit:
        told = tallies_of(unit.connection, Scope(span=span), looker)
    found = {one.id: one.tally.counts for one in told if one.tally.counts}
    assert found == {agency: tally.counts for agency, tally in expected.items()}
    assert all(one.tally.given == one.tally.became for one in told)
    return sum(one.tally.given for one in told)


def _everybody(province: Any) -> Looker:
    system = Actor(account_id=1, name="", role=None, agency_id=None, is_system=True)
    return Looker(actor=system, day=province.today)


def _lives_of(province: Any) -> list[Life]:
    with province.world.office.reading() as unit:
        rows = unit.connection.execute(
            select(DirectiveRow.number, DirectiveRow.assigned_on, DirectiveRow.deadline_kind)
            .where(DirectiveRow.parent_id.is_(None))
        ).all()  # fmt: skip
    return [
        Life(
            number=row.number,
            assigned_on=row.assigned_on,
            is_standing=row.deadline_kind in STANDING_KINDS,
            acts=[
                (local_day(e.at), str(e.action), _read(e.before), _read(e.after))
                for e in province.books[row.number].entries
            ],
        )
        for row in rows
    ]


def _read(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields a report reads of what an entry tells, as their own kinds."""
    found = {
        name: date.fromisoformat(told[name]) if told[name] else None
        for name in DATES
        if name in told
    }
    if "state" in told:
        found["state"] = State(told["state"])
    if "lead_agency_id" in told:
        found["lead_agency_id"] = told["lead_agency_id"]
    return found
