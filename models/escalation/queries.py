"""Reads for pages: who comes near, where it burns, who comes back, what is suppressed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, extract, func, select, true

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.escalation.loading import group_from
from models.escalation.rows import (
    EscalationRow,
    NearMissRow,
)
from workflow.escalation.records import Group
from workflow.review.records import EscalationState

_E = table_of(EscalationRow).c
_N = table_of(NearMissRow).c
STANDS = _E.state != EscalationState.RETRACTED
A_YEAR = timedelta(days=365)
REPEATED, MOST_REPEATERS = 3, 50
_NAME = func.coalesce(AgencyRow.name, "").label("agency_name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which agencies' figures a reader sees: all, or those at a place in the tree and below."""

    path: str = ""

    def covers(self, agency_id: Any) -> ColumnElement[bool]:
        """Return the condition that an agency lies within."""
        if not self.path:
            return true()
        inside = AgencyRow.path.startswith(self.path, autoescape=True)
        found: ColumnElement[bool] = agency_id.in_(select(AgencyRow.id).where(inside))
        return found


# --- near misses -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A group one violation below its next level: "2 of 3; one more before 14/10 fires"."""

    rule: str
    group: Group
    agency_name: str
    score: int
    need: int
    level: int
    next_level: int
    until: date
    violations: tuple[int, ...]


def near_misses(connection: Connection, scope: Scope, day: date, *, limit: int = 50) -> list[Near]:
    """Return the near misses that stand on a day, the graver next level first, then the nearer end.

    One statement, over what the last evaluation of each group kept.
    """
    rows = connection.execute(
        select(table_of(NearMissRow), func.coalesce(AgencyRow.name, "").label("agency_name"))
        .outerjoin(AgencyRow, AgencyRow.id == _N.agency_id)
        .where(_N.until >= day, scope.covers(_N.agency_id))
        .order_by(_N.next_level.desc(), _N.until, _N.rule_code, _N.group_key)
        .limit(limit)
    )
    return [
        Near(
            rule=row.rule_code,
            group=group_from(row.group_json),
            agency_name=row.agency_name,
            score=row.score,
            need=row.need,
            level=row.level,
            next_level=row.next_level,
            until=row.until,
            violations=tuple(row.violations),
        )
        for row in rows
    ]


# --- heat ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """Escalations of an agency by the month they opened in; `months` has twelve counts."""

    agency_id: int
    code: str
    name: str
    months: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of the year."""
        return sum(self.months)


def heat(connection: Connection, scope: Scope, year: int) -> list[HeatRow]:
    """Return the agencies with escalations opened in a year, the hottest first.

    What was retracted is not counted; what is suppressed is.
    """
    month = extract("month", _E.opened_on).cast(Integer).label("month")
    rows = connection.execute(
        select(AgencyRow.id, AgencyRow.code, AgencyRow.name, month, func.count().label("n"))
        .join(AgencyRow, AgencyRow.id == _E.agency_id)
        .where(
            _E.opened_on.between(date(year, 1, 1), date(year, 12, 31)),
            STANDS,
            scope.covers(_E.agency_id),
        )
        .group_by(AgencyRow.id, AgencyRow.code, AgencyRow.name, AgencyRow.sort_key, month)
        .order_by(AgencyRow.sort_key, AgencyRow.id)
    )
    found: dict[int, tuple[str, str, list[int]]] = {}
    for row in rows:
        months = found.setdefault(row.id, (row.code, row.name, [0] * 12))[2]
        months[row.month - 1] = row.n
    lines = [
        HeatRow(agency_id=key, code=code, name=name, months=tuple(months))
        for key, (code, name, months) in found.items()
    ]
    return sorted(lines, key=lambda line: -line.total)


def years_with_escalations(connection: Connection) -> list[int]:
    """Return the years in which any escalation opened, the newest first."""
    first, last = connection.execute(
        select(func.min(_E.opened_on), func.max(_E.opened_on)).where(STANDS)
    ).one()
    return list(range(last.year, first.year - 1, -1)) if first and last else []


# --- those who come back ---------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeater:
    """A group that came to the desk again and again from `since` on; `last` is its latest case."""

    rule: str
    group: Group
    agency_name: str
    escalations: int
    highest: int
    last_on: date
    last: str
    since: date


def repeaters(connection: Connection, scope: Scope, day: date) -> list[Repeater]:
    """Return the groups with at least `REPEATED` escalations within the year before a day."""
    since = day - A_YEAR + timedelta(days=1)
    groups = (
        select(
            _E.rule_code,
            _E.group_key,
            func.count().label("escalations"),
            func.max(_E.level).label("highest"),
            func.max(_E.opened_on).label("last_on"),
            func.max(_E.id).label("last_id"),
        )
        .where(STANDS, _E.opened_on.between(since, day), scope.covers(_E.agency_id))
        .group_by(_E.rule_code, _E.group_key)
        .having(func.count() >= REPEATED)
        .subquery()
    )
    rows = connection.execute(
        select(groups, _E.number, _E.group_json, _NAME)
        .join(table_of(EscalationRow), _E.id == groups.c.last_id)
        .outerjoin(AgencyRow, AgencyRow.id == _E.agency_id)
        .order_by(groups.c.escalations.desc(), groups.c.highest.desc(), groups.c.last_id)
        .limit(MOST_REPEATERS)
    )
    return [_repeater(row, since) for row in rows]


def _repeater(row: Any, since: date) -> Repeater:
    return Repeater(
        rule=row.rule_code,
        group=group_from(row.group_json),
        agency_name=row.agency_name,
        escalations=row.escalations,
        highest=row.highest,
        last_on=row.last_on,
        last=row.number,
        since=since,
    )
