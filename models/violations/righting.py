"""V22 that no longer holds: the report had come in time on paper, and was recorded afterwards."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    exists,
    null,
    or_,
    select,
    true,
    update,
)

from models.directives.rows import DirectiveRow
from models.periods.rows import PeriodPlanRow, PeriodRow
from models.violations.detecting import keep_as_known
from models.violations.lateness import CODE, VIOLATIONS, V, codes_of
from models.violations.moments import next_day
from workflow.escalation.evaluating import Touched
from workflow.violations.detection import RECORDED_IN_TIME
from workflow.violations.ports import Change
from workflow.violations.records import Cause, Detected, ViolationSource, ViolationState

LOOKS_BACK = timedelta(days=366)
"""A paper that is recorded later than this changes nothing by itself; an inspector can."""


def right_recorded(connection: Connection, day: date, at: datetime) -> Change:
    """Overturn what was recorded as late though its paper had come in time; say what changed.

    Like a dossier that is mended: with the reason, after the fact, and nothing is deleted. It is
    the day the paper was received that counts (product.md §3), not the day it was recorded.
    """
    rows = connection.execute(_held(), {"looks_back_to": day - LOOKS_BACK}).all()
    if not rows:
        return Detected(), ()
    _overturn(connection, [row.id for row in rows], at)
    first: dict[int, date] = {}
    for row in rows:
        first[row.agency_id] = min(row.occurred_on, first.get(row.agency_id, row.occurred_on))
    touched = tuple(
        Touched(type=CODE, agency=agency, since=first[key], grew=False)
        for key, agency in codes_of(connection, first)
    )
    return Detected(overturned={CODE: len(rows)}), touched


@cache
def _held() -> Select[*tuple[Any, ...]]:
    """Return the statement, made once: making it takes longer than finding nothing."""
    return _found().with_for_update(of=VIOLATIONS)


def is_righted() -> ColumnElement[bool]:
    """Return the condition that something recorded no longer holds."""
    return _found().exists()


def _found() -> Select[*tuple[Any, ...]]:
    return select(V.id, V.agency_id, V.occurred_on).where(
        V.type == CODE,
        V.occurred_on > bindparam("looks_back_to", type_=V.occurred_on.type),
        V.source == ViolationSource.DETECTED,
        V.state != ViolationState.OVERTURNED,
        or_(_period_came_in_time(), _report_came_in_time()),
    )


def _period_came_in_time() -> ColumnElement[bool]:
    return exists(
        select(PeriodRow.id).where(
            PeriodRow.directive_id == V.directive_id,
            next_day(PeriodRow.due_on) == V.occurred_on,
            PeriodRow.is_recorded,
            PeriodRow.completed_on <= PeriodRow.due_on,
        )
    )


def _report_came_in_time() -> ColumnElement[bool]:
    """The report of the whole; of standing work it says nothing about any one period."""
    plan = select(PeriodPlanRow.directive_id).where(PeriodPlanRow.directive_id == V.directive_id)
    return and_(
        exists(
            select(DirectiveRow.id).where(
                DirectiveRow.id == V.directive_id,
                DirectiveRow.report_recorded,
                DirectiveRow.completed_on < V.occurred_on,
            )
        ),
        ~plan.exists(),
    )


def _overturn(connection: Connection, ids: list[int], at: datetime) -> None:
    keep_as_known(connection, at, select(V.id).where(V.id.in_(ids)))
    connection.execute(
        update(VIOLATIONS)
        .where(V.id.in_(ids))
        .values(
            version=V.version + 1,
            known_from=at,
            known_by=null(),
            state=ViolationState.OVERTURNED,
            state_before=V.state,
            cause=Cause.MENDED,
            reason=RECORDED_IN_TIME,
            after_the_fact=true(),
        )
    )
