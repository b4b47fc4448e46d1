"""V22 that no longer holds: the report had come in time on paper, and was recorded afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    func,
    null,
    or_,
    select,
    text,
    true,
    update,
)

from models.base import table_of
from models.directives.rows import CAME_IN_TIME, DirectiveRow
from models.listing import among
from models.periods.rows import CAME_IN_TIME as PERIOD_CAME_IN_TIME
from models.periods.rows import PeriodPlanRow, PeriodRow
from models.prepared import Prepared
from models.violations.adding import VIOLATIONS, V, touched_by
from models.violations.detecting import keep_as_known
from models.violations.holding import hold_work
from models.violations.lateness import CODE
from models.violations.moments import next_day
from workflow.violations.detection import RECORDED_IN_TIME
from workflow.violations.ports import Change
from workflow.violations.records import Cause, ViolationSource, ViolationState
from workflow.violations.scopes import Detected

LOOKS_BACK = timedelta(days=366)
"""A paper that is recorded later than this changes nothing by itself; an inspector can."""
_ONE_DAY = timedelta(days=1)
_WORK, _PERIODS = table_of(DirectiveRow), table_of(PeriodRow)
_SINCE = bindparam("looks_back_to", type_=V.occurred_on.type)
_WORK_IN_TIME = (text(CAME_IN_TIME), _WORK.c.missed_on >= _SINCE)
_PERIOD_IN_TIME = (text(PERIOD_CAME_IN_TIME), _PERIODS.c.missed_on >= _SINCE)


def right_recorded(connection: Connection, day: date, at: datetime) -> Change:
    """Overturn what was recorded as late though its paper had come in time; say what changed.

    Like a dossier that is mended: with the reason, after the fact, and nothing is deleted. It is
    the day the paper was received that counts (product.md §3), not the day it was recorded.
    """
    since = {"looks_back_to": day - LOOKS_BACK}
    seen = {row.of for row in _came_in_time(connection, since)}
    if not seen:
        return Detected(), ()
    hold_work(connection, seen)
    rows = connection.execute(_held(), since | {"ids": sorted(seen)}).all()
    if rows:
        _overturn(connection, [row.id for row in rows], at)
    now = [row for row in _came_in_time(connection, since) if row.of in seen]
    _forget_missed(connection, now)
    if not rows:
        return Detected(), ()
    touched = touched_by(connection, CODE, rows, grew=False)
    return Detected(overturned={CODE: len(rows)}), touched


_FOUND_WORK = Prepared(select(_WORK.c.id.label("of"), null().label("period")).where(*_WORK_IN_TIME))
_FOUND_PERIODS = Prepared(
    select(_PERIODS.c.directive_id.label("of"), _PERIODS.c.id.label("period")).where(
        *_PERIOD_IN_TIME
    )
)


def _came_in_time(connection: Connection, since: Mapping[str, date]) -> list[Any]:
    return [*_FOUND_WORK.rows(connection, since), *_FOUND_PERIODS.rows(connection, since)]


def is_righted() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions that something recorded no longer holds: of whole work, of a period."""
    work = select(func.max(_WORK.c.missed_on)).where(text(CAME_IN_TIME))
    period = select(func.max(_PERIODS.c.missed_on)).where(text(PERIOD_CAME_IN_TIME))
    return work.scalar_subquery() >= _SINCE, period.scalar_subquery() >= _SINCE


@cache
def _held() -> Select[Any]:
    return (
        select(V.id, V.agency_id, V.occurred_on)
        .where(
            among(V.directive_id, "ids"),
            V.type == CODE,
            V.occurred_on > _SINCE,
            V.source == ViolationSource.DETECTED,
            V.state != ViolationState.OVERTURNED,
            or_(_period_came_in_time(), _report_came_in_time()),
        )
        .with_for_update(of=VIOLATIONS)
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


def _forget_missed(connection: Connection, found: Sequence[Any]) -> None:
    """Leave as missed only days before the report came: what follows may be judged anew."""
    work = [row.of for row in found if row.period is None]
    periods = [row.period for row in found if row.period is not None]
    if periods:
        these = update(_PERIODS).where(_PERIODS.c.id.in_(periods))
        connection.execute(these.values(missed_on=None))
    if not work:
        return
    before = and_(V.type == CODE, V.state != ViolationState.OVERTURNED)
    last = connection.execute(
        select(_WORK.c.id, func.max(V.occurred_on).label("last"))
        .outerjoin(
            VIOLATIONS,
            and_(V.directive_id == _WORK.c.id, V.occurred_on <= _WORK.c.completed_on, before),
        )
        .where(_WORK.c.id.in_(work))
        .group_by(_WORK.c.id)
    )
    days = [{"of": row.id, "day": row.last and row.last - _ONE_DAY} for row in last]
    missed = update(_WORK).where(_WORK.c.id == bindparam("of"))
    connection.execute(missed.values(missed_on=bindparam("day")), days)


def missed_again(connection: Connection, violation_id: int) -> None:
    """Note the due day of a violation that stands again beside its work, as a night would."""
    row = connection.execute(
        select(V.directive_id, V.occurred_on).where(V.id == violation_id, V.type == CODE)
    ).one_or_none()
    if row is None or row.directive_id is None:
        return
    due = row.occurred_on - _ONE_DAY
    before = or_(_WORK.c.missed_on.is_(None), _WORK.c.missed_on < due)
    mine = (_WORK.c.id == row.directive_id, before)
    connection.execute(update(_WORK).where(*mine).values(missed_on=due))
    same = (_PERIODS.c.directive_id == row.directive_id, _PERIODS.c.due_on == due)
    connection.execute(update(_PERIODS).where(*same).values(missed_on=due))
