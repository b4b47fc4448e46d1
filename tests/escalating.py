"""Violations and rules put straight into the tables, and what is stored beside a second reading."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from second_reading import read_again
from sqlalchemy import Connection, insert, select, update

from models.base import table_of
from models.escalation.loading import group_from, stored_of_ids
from models.escalation.rows import EscalationRow, NearMissRow, RuleVersionRow
from models.escalation.versions import body_of
from models.violations.rows import ViolationRow
from workflow.agencies.successors import Merging, Passing, Successors
from workflow.days import local_day
from workflow.escalation.near import near_misses
from workflow.escalation.records import Episode, Occurrence, Touched, Version
from workflow.review.records import EscalationState
from workflow.violations.records import engine_id

VIOLATIONS = table_of(ViolationRow)
ESCALATIONS = table_of(EscalationRow)
VERSIONS = table_of(RuleVersionRow)
NEAR = table_of(NearMissRow)
NOBODY = "Sở Không Tên"
"""Words for an agency that the database does not know."""


@dataclass
class Truth:
    """What really stands in the tables, kept beside them: violations by id, rules, mergers."""

    connection: Connection
    agencies: dict[str, int]
    by: tuple[int, int]
    at: datetime
    occurrences: dict[int, Occurrence] = field(default_factory=dict)
    versions: list[Version] = field(default_factory=list)
    passings: list[Passing] = field(default_factory=list)
    merging: Merging = Merging.SUM

    def add(self, one: Occurrence) -> list[Touched]:
        """Put a violation into the table; its id there is its engine id from now on."""
        key = self.connection.execute(
            insert(VIOLATIONS).returning(VIOLATIONS.c.id), self._values(one)
        ).scalar_one()
        self.occurrences[key] = replace(one, id=engine_id(key))
        return [self.touched(key, grew=not one.overturned)]

    def _values(self, one: Occurrence) -> dict[str, Any]:
        known = one.agency in self.agencies
        return {
            "type": one.type,
            "agency_id": self.agencies[one.agency] if known else None,
            "agency_text": "" if known else one.agency,
            "field_text": one.field,
            "procedure_code": one.procedure,
            "officer": one.officer,
            "occurred_at": one.occurred_at,
            "occurred_on": local_day(one.occurred_at),
            "recorded_at": self.at,
            "source": "manual",
            "severity": "minor",
            "known_from": self.at,
            **_state(overturned=one.overturned),
        }

    def turn(self, key: int, *, overturned: bool) -> list[Touched]:
        """Overturn a violation, or let it stand again."""
        self._update(key, _state(overturned=overturned))
        self.occurrences[key] = replace(self.occurrences[key], overturned=overturned)
        return [self.touched(key, grew=not overturned)]

    def move(self, key: int, **values: str) -> list[Touched]:
        """Correct what was entered of a violation: both its groups are touched."""
        old = self.touched(key)
        moved = replace(self.occurrences[key], **values)
        self.occurrences[key] = moved
        self._update(key, {k: v for k, v in self._values(moved).items() if k != "recorded_at"})
        return [old, self.touched(key)]

    def _update(self, key: int, values: dict[str, Any]) -> None:
        self.connection.execute(update(VIOLATIONS).where(VIOLATIONS.c.id == key).values(values))

    def touched(self, key: int, *, grew: bool = False) -> Touched:
        one = self.occurrences[key]
        return Touched(
            type=one.type,
            agency=one.agency,
            field=one.field,
            procedure=one.procedure,
            officer=one.officer,
            since=local_day(one.occurred_at),
            grew=grew,
        )

    def enact(self, version: Version, **values: Any) -> None:
        """Put a version in force, approved by a second person on the day it begins."""
        row = {
            "code": version.rule.code,
            "number": version.number,
            "state": "approved",
            "body": body_of(version.rule),
            "from_on": version.from_on,
            "to_on": version.to_on,
            "act": "01/QĐ-UBND",
            "drafted_by": self.by[0],
            "drafted_at": self.at,
            "approved_by": self.by[1],
            "approved_at": self.at,
        }
        self.connection.execute(insert(VERSIONS), row | values)
        self.versions.append(version)

    def expected(self, day: date) -> list[Episode]:
        """Return what product.md §6 says of all this, read day by day."""
        successors = Successors(self.passings, day, self.merging)
        stream = [
            replace(one, agency=successors.code(one.agency)) for one in self.occurrences.values()
        ]
        found = []
        for code in sorted({version.rule.code for version in self.versions}):
            versions = [version for version in self.versions if version.rule.code == code]
            found += read_again(versions, stream, day)
        return sorted(found, key=_place)

    def near(self, day: date) -> list[Any]:
        """Return the near misses of a day, as a walk over everything finds them."""
        successors = Successors(self.passings, day, self.merging)
        stream = [
            replace(one, agency=successors.code(one.agency)) for one in self.occurrences.values()
        ]
        found = []
        for code in sorted({version.rule.code for version in self.versions}):
            versions = [version for version in self.versions if version.rule.code == code]
            found += [
                (one.rule, one.group, one.score, one.need, one.level)
                for one in near_misses(versions, stream, day)
                if one.until is not None
            ]
        return sorted(found)


def _state(*, overturned: bool) -> dict[str, Any]:
    if not overturned:
        return {"state": "recorded", "cause": None, "state_before": None}
    return {"state": "overturned", "cause": "judged", "state_before": "recorded"}


def _place(one: Episode) -> tuple[Any, ...]:
    return one.rule, one.group, one.opened_on


def stored(connection: Connection, *, retracted: bool = False) -> list[Any]:
    """Return the escalations that stand (or those retracted), as they are kept."""
    ids = connection.scalars(
        select(ESCALATIONS.c.id)
        .where((ESCALATIONS.c.state == EscalationState.RETRACTED).is_(retracted))
        .order_by(ESCALATIONS.c.id)
    ).all()
    return list(stored_of_ids(connection, ids).values())


def near_told(connection: Connection, day: date) -> list[Any]:
    """Return the near misses that are kept and still stand on a day."""
    rows = connection.execute(select(NEAR).where(NEAR.c.until >= day))
    return sorted(
        (row.rule_code, group_from(row.group_json), row.score, row.need, row.level) for row in rows
    )


def stored_episodes(connection: Connection) -> list[Episode]:
    """Return the episodes that the standing escalations tell of."""
    found = [
        Episode(
            rule=one.rule,
            group=one.group,
            opened_on=one.opened_on,
            closed_on=one.closed_on,
            level=one.level,
            raises=one.raises,
        )
        for one in stored(connection)
    ]
    return sorted(found, key=_place)
