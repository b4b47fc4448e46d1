"""Which agencies are latest, by overdue directives and by periods nobody reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, literal, select, union_all

from models.agencies.rows import AgencyRow
from models.directives.filters import ListFilter, Looker, wanted
from models.directives.rows import DirectiveRow
from models.periods.conditions import outcome_is, readable_by
from models.periods.rows import PeriodRow
from workflow.periods.records import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class SlowAgency:
    """An agency with what of its work is late, and the oldest of the days it missed."""

    code: str
    name: str
    tasks: int
    periods: int
    since: date


def slowest(
    connection: Connection, looker: Looker, view: ListFilter, *, limit: int
) -> tuple[tuple[SlowAgency, ...], int]:
    """Return the agencies late the longest, and how many have late work at all; one statement.

    `view` says which directives are late; beside them stand the reporting periods that fell
    due before `looker.day` without a report. All within what the looker may read.
    """
    tasks = select(
        DirectiveRow.lead_agency_id.label("agency_id"),
        DirectiveRow.due_on.label("due_on"),
        literal(0).label("is_period"),
    ).where(wanted(view, looker))
    periods = (
        select(PeriodRow.agency_id, PeriodRow.due_on, literal(1))
        .join(DirectiveRow, DirectiveRow.id == PeriodRow.directive_id)
        .where(outcome_is(Outcome.MISSING, looker.day), readable_by(looker.actor, looker.day))
    )
    late = union_all(tasks, periods).subquery("late")
    oldest, count = func.min(late.c.due_on), func.count()
    rows = connection.execute(
        select(
            AgencyRow.code,
            AgencyRow.name,
            count.label("late"),
            func.sum(late.c.is_period).label("periods"),
            oldest.label("since"),
            func.count().over().label("agencies"),
        )
        .join(late, late.c.agency_id == AgencyRow.id)
        .group_by(AgencyRow.id, AgencyRow.code, AgencyRow.name, AgencyRow.sort_key)
        .order_by(oldest, count.desc(), AgencyRow.sort_key)
        .limit(limit)
    ).all()
    found = tuple(
        SlowAgency(
            code=row.code,
            name=row.name,
            tasks=row.late - row.periods,
            periods=row.periods,
            since=row.since,
        )
        for row in rows
    )
    return found, rows[0].agencies if rows else 0
