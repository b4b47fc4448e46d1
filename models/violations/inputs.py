"""V23: requests to coordinating agencies that were not answered by their day."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.sql.dml import ReturningInsert

from models.directives.matter_rows import InputRequestRow
from models.directives.queries import RUNS
from models.directives.rows import DirectiveRow
from models.violations.lateness import VIOLATIONS, adding, change_of, day_of
from models.violations.moments import morning_after, next_day
from workflow.directives.matters import InputState
from workflow.violations.catalogue import LATE_INPUT
from workflow.violations.ports import Change
from workflow.violations.records import ViolationSource, ViolationState

V = VIOLATIONS.c
CODE = LATE_INPUT.code


def detect_late_inputs(connection: Connection, day: date, at: datetime) -> Change:
    """Record each day before `day` by which an agency owed an answer and gave none."""
    added = connection.execute(_add(), {"judged_on": day, "judged_at": at}).all()
    return change_of(connection, CODE, added)


@cache
def _add() -> ReturningInsert[int | None, date]:
    """Return the statement, made once: making it takes longer than finding nothing."""
    return adding(_unanswered())


def is_owed() -> ColumnElement[bool]:
    """Return the condition that an answer is owed anew."""
    found = _unanswered().with_only_columns(literal(1), maintain_column_froms=True)
    return found.order_by(None).exists()


def _unanswered() -> Select[object]:
    """Select what was not answered in time and has no violation of that agency and day.

    An answer that came late, or a request that lapsed unanswered after its day, is late as well;
    paused work asks nobody. Several requests to one agency for one day are one violation.
    """
    late = _late().subquery()
    due = late.c.due_on
    earlier = VIOLATIONS.alias("earlier")
    of_this = and_(earlier.c.directive_id == late.c.directive_id, earlier.c.type == CODE)
    same = exists(
        select(earlier.c.id).where(
            of_this,
            earlier.c.agency_id == late.c.agency_id,
            day_of(earlier) == next_day(due),
        )
    )
    known = select(func.count()).select_from(earlier).where(of_this).scalar_subquery()
    place = func.row_number().over(
        partition_by=late.c.directive_id, order_by=(due, late.c.agency_id)
    )
    now = bindparam("judged_at", type_=V.recorded_at.type)
    return (
        select(
            literal(CODE),
            late.c.agency_id,
            late.c.directive_id,
            known + place - 1,
            morning_after(due),
            next_day(due),
            literal(ViolationSource.DETECTED.value),
            literal(LATE_INPUT.severity.value),
            literal(ViolationState.RECORDED.value),
            now,
            now,
        )
        .where(~same)
        .order_by(due, late.c.directive_id)
    )


def _late() -> Select[*tuple[int, int, date]]:
    """Select the requests; work is asked for each: a join lets SQLite begin there and walk all."""
    of = InputRequestRow
    runs = select(DirectiveRow.id).where(DirectiveRow.id == of.directive_id, RUNS).exists()
    waits = and_(of.state == InputState.OPEN, runs)
    return (
        select(of.directive_id, of.agency_id, of.due_on)
        .where(
            of.due_on < bindparam("judged_on", type_=VIOLATIONS.c.occurred_on.type),
            or_(waits, of.answered_on > of.due_on),
        )
        .group_by(of.directive_id, of.agency_id, of.due_on)
    )
