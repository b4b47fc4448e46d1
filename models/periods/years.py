"""How the agencies of a clause answered each period of a year, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Integer, cast, func, select

from models.directives.rows import DirectiveRow
from models.periods.conditions import outcome_is
from models.periods.rows import PeriodPlanRow, PeriodRow
from workflow.periods.records import Outcome, PeriodState


class PeriodDay(NamedTuple):
    """One period of a clause: its due day, how many agencies it asks, how many answered how."""

    clause_id: int
    due_on: date
    serial: int
    recurs: str
    asked: int
    on_time: int
    late: int
    missing: int


def year_of_clauses(
    connection: Connection, wanted: ColumnElement[bool], day: date
) -> Mapping[int, Sequence[PeriodDay]]:
    """Return by clause the periods that fall due in the year of `day`, in their order.

    Of the directives that are `wanted`, without parts handed down. One statement.
    """
    rows = connection.execute(
        select(
            DirectiveRow.clause_id,
            PeriodRow.due_on,
            func.min(PeriodRow.serial),
            func.min(PeriodPlanRow.recurs),
            func.count(),
            *(_counted(outcome, day) for outcome in (Outcome.ON_TIME, Outcome.LATE)),
            _counted(Outcome.MISSING, day),
        )
        .join(DirectiveRow, DirectiveRow.id == PeriodRow.directive_id)
        .join(PeriodPlanRow, PeriodPlanRow.directive_id == PeriodRow.directive_id)
        .where(
            wanted,
            DirectiveRow.parent_id.is_(None),
            PeriodRow.state != PeriodState.ENDED,
            PeriodRow.due_on.between(date(day.year, 1, 1), date(day.year, 12, 31)),
        )
        .group_by(DirectiveRow.clause_id, PeriodRow.due_on)
        .order_by(DirectiveRow.clause_id, PeriodRow.due_on)
    )
    found: dict[int, list[PeriodDay]] = {}
    for row in rows:
        one = PeriodDay._make(row)
        found.setdefault(one.clause_id, []).append(one)
    return found


def _counted(outcome: Outcome, day: date) -> ColumnElement[int]:
    return func.coalesce(func.sum(cast(outcome_is(outcome, day), Integer)), 0)
