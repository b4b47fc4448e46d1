"""What a chair asks of an agency beside the report: what it waits for, and how it went by month."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    and_,
    case,
    cast,
    exists,
    extract,
    func,
    or_,
    select,
)

from models.accounts.rows import MembershipRow
from models.directives.filters import Looker
from models.directives.queries import IS_OPEN, silent_for, visible_to
from models.directives.rows import EXTENSION_WAITS, DirectiveRow
from models.summaries.standing import Scope, led_from, led_within
from workflow.directives.records import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """What stands between an agency and those above it today."""

    reports: int = 0
    extensions: int = 0
    reassigns: int = 0
    proposals: int = 0
    silent: int = 0
    awaited: int = 0

    @property
    def answers(self) -> int:
        """What the agency waits to be answered."""
        return self.extensions + self.reassigns + self.proposals


WAITS = ("reports", "extensions", "reassigns", "proposals", "silent", "awaited")


def counted_waits(scope: Scope, looker: Looker, silent_days: int) -> Select[*tuple[Any, ...]]:
    """Return the count by agency of what waits today among the open directives of a scope.

    A column for each of `WAITS`; `silent`: not accepted for `silent_days` days; `awaited`: of
    these what somebody of the agency could accept. One that has no account works by letter.
    """
    silent = and_(DirectiveRow.state == State.ASSIGNED, silent_for(silent_days, looker.day))
    has_people = exists().where(MembershipRow.agency_id == DirectiveRow.lead_agency_id)
    counted = (
        DirectiveRow.state == State.REPORTED,
        EXTENSION_WAITS,
        DirectiveRow.decline_standing.is_(True),
        DirectiveRow.proposed_on.is_not(None),
        silent,
        and_(silent, has_people),
    )
    return (
        select(
            DirectiveRow.lead_agency_id,
            *(
                func.sum(case((one, 1), else_=0)).label(name)
                for name, one in zip(WAITS, counted, strict=True)
            ),
        )
        .where(
            IS_OPEN,
            or_(*counted),
            func.coalesce(DirectiveRow.parent_id, 0) == 0,
            visible_to(looker.actor, looker.day),
            *led_from(scope),
            *led_within(DirectiveRow.lead_agency_id, scope, looker),
        )
        .group_by(DirectiveRow.lead_agency_id)
    )


class Month(NamedTuple):
    """One month of an agency: how much was done in it, and how much of that late."""

    first: date
    done: int
    late: int


def months_of(
    connection: Connection, scope: Scope, looker: Looker, months: int
) -> dict[int, tuple[Month, ...]]:
    """Return by agency the last months up to the report's, by the day of the report.

    In one statement, of what is verified today and had a due day; every month is there, an
    empty one too.
    """
    firsts = last_months(scope.span.last, months)
    done, due = DirectiveRow.completed_on, DirectiveRow.due_on
    year, month = (cast(extract(part, done), Integer) for part in ("year", "month"))
    rows = connection.execute(
        select(
            DirectiveRow.lead_agency_id,
            year.label("year"),
            month.label("month"),
            func.count(),
            func.sum(case((done > due, 1), else_=0)),
        )
        .where(
            DirectiveRow.state == State.VERIFIED,
            due.is_not(None),
            done >= firsts[0],
            done <= scope.span.last,
            func.coalesce(DirectiveRow.parent_id, 0) == 0,
            visible_to(looker.actor, looker.day),
            *led_within(DirectiveRow.lead_agency_id, scope, looker),
        )
        .group_by(DirectiveRow.lead_agency_id, year, month)
    )
    found: defaultdict[int, dict[date, Month]] = defaultdict(dict)
    for agency, of_year, of_month, count, late in rows:
        first = date(of_year, of_month, 1)
        found[agency][first] = Month(first, count, late)
    return {
        agency: tuple(told.get(first, Month(first, 0, 0)) for first in firsts)
        for agency, told in found.items()
    }


def last_months(day: date, months: int) -> list[date]:
    """Return the first days of the last months up to the one of `day`, oldest first."""
    whole = day.year * 12 + day.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(whole - months + 1, whole + 1)]
