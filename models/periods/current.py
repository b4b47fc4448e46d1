"""Where several standing works stand with their periods now: one row for each, for lists."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, case, func, select

from models.directives.rows import DirectiveRow
from models.periods.conditions import IS_OPEN, IS_WAITING, OWED, PAUSED, outcome_is
from models.periods.rows import PeriodPlanRow, PeriodRow
from workflow.periods.records import Outcome


class Current(NamedTuple):
    """The first period without a report, how many are overdue, how many wait to be confirmed.

    `due_on` is None where every period that is owed was reported, or the work is paused.
    """

    due_on: date | None
    serial: int
    missing: int
    waiting: int
    recurs: str


def current_periods(
    connection: Connection, directive_ids: Collection[int], day: date
) -> dict[int, Current]:
    """Return by directive where its periods stand on `day`, in one statement; none for none.

    Whoever asks has read the directives within their scope. One that nothing is owed of, and
    that has no periods, has no row.
    """
    if not directive_ids:
        return {}
    owed = case((IS_OPEN & ~PAUSED, PeriodRow.due_on))
    serial = case((IS_OPEN & ~PAUSED, PeriodRow.serial))
    missing = case((outcome_is(Outcome.MISSING, day), 1))
    rows = connection.execute(
        select(
            PeriodRow.directive_id,
            func.min(owed).label("due_on"),
            func.min(serial).label("serial"),
            func.count(missing).label("missing"),
            func.count(case((IS_WAITING, 1))).label("waiting"),
            PeriodPlanRow.recurs,
        )
        .join(DirectiveRow, DirectiveRow.id == PeriodRow.directive_id)
        .join(PeriodPlanRow, PeriodPlanRow.directive_id == PeriodRow.directive_id)
        .where(PeriodRow.directive_id.in_(sorted(directive_ids)), OWED)
        .group_by(PeriodRow.directive_id, PeriodPlanRow.recurs)
    )
    return {
        row.directive_id: Current(
            due_on=row.due_on,
            serial=row.serial or 0,
            missing=row.missing,
            waiting=row.waiting,
            recurs=row.recurs,
        )
        for row in rows
    }
