"""V22: directives and reporting periods whose due day passed without a report, set by set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.sql.dml import ReturningInsert

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.directives.queries import IS_OPEN, RUNS
from models.directives.rows import DirectiveRow
from models.documents.rows import DocumentRow
from models.periods.conditions import IS_OPEN as PERIOD_IS_OPEN
from models.periods.conditions import OWED, PAUSED
from models.periods.rows import PeriodRow
from models.violations.moments import morning_after, next_day, province_day
from models.violations.rows import ViolationRow
from workflow.directives.records import State
from workflow.escalation.evaluating import Touched
from workflow.periods.records import PeriodState
from workflow.violations.catalogue import LATE_DIRECTIVE
from workflow.violations.ports import Change
from workflow.violations.records import Cause, Detected, ViolationSource, ViolationState

VIOLATIONS = table_of(ViolationRow)
V = VIOLATIONS.c
CODE = LATE_DIRECTIVE.code


def detect_late_directives(connection: Connection, day: date, at: datetime) -> Change:
    """Record each due day that passed before `day` without a report; say what is new.

    Of standing work it is the days of its periods, each its own violation (product.md §5).
    """
    judged = {"judged_on": day, "judged_at": at}
    added = [*connection.execute(_add_late(), judged), *connection.execute(_add_missing(), judged)]
    return change_of(connection, CODE, added)


def change_of(connection: Connection, code: str, added: Iterable[Any]) -> Change:
    """Return what is new of a type, and each agency it touches with its first day."""
    rows = list(added)
    if not rows:
        return Detected(), ()
    first: dict[int, date] = {}
    for row in rows:
        first[row.agency_id] = min(row.occurred_on, first.get(row.agency_id, row.occurred_on))
    touched = tuple(
        Touched(type=code, agency=agency, since=first[key], grew=True)
        for key, agency in codes_of(connection, first)
    )
    return Detected(found={code: len(rows)}), touched


def codes_of(connection: Connection, ids: Iterable[int]) -> Sequence[tuple[int, str]]:
    """Return the codes of some agencies; one statement whatever their number, made once."""
    asked = list(ids)
    if connection.dialect.name == "postgresql":
        rows = connection.execute(_CODES_IN_ARRAY, {"listed": asked})
    else:
        rows = connection.execute(_CODES_LISTED, {"listed": str(asked)})
    return [(row.id, row.code) for row in rows]


_CODES = select(AgencyRow.id, AgencyRow.code)
_CODES_LISTED = _CODES.where(
    AgencyRow.id.in_(
        select(func.json_each(bindparam("listed", type_=String())).table_valued("value").c.value)
    )
)
_CODES_IN_ARRAY = _CODES.where(
    AgencyRow.id == func.any(bindparam("listed", type_=ARRAY(Integer())))
)


@cache
def _add_late() -> ReturningInsert[int | None, date]:
    """Return the statement, made once: making it takes longer than finding nothing."""
    return adding(_late())


@cache
def _add_missing() -> ReturningInsert[int | None, date]:
    """Return the statement for reporting periods, made once as well."""
    return adding(_missing())


def is_late() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions that something is late anew: whole work, or a period.

    The latest day is looked at first: what is new lies there, and what is known before it.
    """
    due = DirectiveRow.due_on
    work = _late().with_only_columns(DirectiveRow.id).order_by(None).order_by(due.desc()).limit(1)
    period = _missing().with_only_columns(PeriodRow.id).order_by(None)
    return work.exists(), period.exists()


def adding(found: Select[object]) -> ReturningInsert[int | None, date]:
    """Return the statement that records what a select found, and returns whom and when."""
    names = [
        "type", "agency_id", "directive_id", "serial", "occurred_at", "occurred_on", "source",
        "severity", "state", "recorded_at", "known_from",
    ]  # fmt: skip
    added = insert(VIOLATIONS).from_select(names, found, include_defaults=False)
    return added.returning(V.agency_id, V.occurred_on)


def day_of(earlier: FromClause) -> ColumnElement[date]:
    """Return the day of a violation as no index knows it, so that it is found by what it is of.

    By its type and day SQLite would walk every violation since that day, for each piece of work.
    """
    return func.coalesce(earlier.c.occurred_on, earlier.c.occurred_on, type_=V.occurred_on.type)


def _said(earlier: FromClause, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a violation of the day is known already.

    One that fell because its paper was recorded says nothing of the day, if it is missed anew.
    """
    fallen = and_(
        earlier.c.state == ViolationState.OVERTURNED,
        earlier.c.cause.is_not(None),
        earlier.c.cause == Cause.MENDED,
    )
    return exists(select(earlier.c.id).where(*where, ~fallen))


def _late() -> Select[object]:
    """Select what is overdue on a day by the date agreed now and has no violation of that date.

    It is `Timeliness.OVERDUE` of `workflow.directives.timing`. Work carried over from elsewhere
    whose date had passed when it was entered is not late anew (product.md §4). The document is
    asked for each row and not joined: a join lets the database begin there and walk all work.
    """
    due, done = DirectiveRow.due_on, DirectiveRow.completed_on
    day = bindparam("judged_on", type_=due.type)
    now = bindparam("judged_at", type_=V.recorded_at.type)
    earlier = VIOLATIONS.alias("earlier")
    of_this = and_(earlier.c.directive_id == DirectiveRow.id, earlier.c.type == CODE)
    same_or_later = _said(earlier, of_this, day_of(earlier) >= next_day(due))
    entered_at = (
        select(DocumentRow.entered_at)
        .where(DocumentRow.id == DirectiveRow.document_id)
        .scalar_subquery()
    )
    serial = select(func.count()).select_from(earlier).where(of_this).scalar_subquery()
    late_report = and_(DirectiveRow.state == State.REPORTED, done > due)
    return (
        select(
            literal(CODE),
            DirectiveRow.lead_agency_id,
            DirectiveRow.id,
            serial,
            morning_after(due),
            next_day(due),
            literal(ViolationSource.DETECTED.value),
            literal(LATE_DIRECTIVE.severity.value),
            literal(ViolationState.RECORDED.value),
            now,
            now,
        )
        .where(
            IS_OPEN,
            RUNS,
            due < day,
            or_(DirectiveRow.state != State.REPORTED, late_report),
            ~same_or_later,
            or_(DirectiveRow.carried_over.is_(False), due >= province_day(entered_at)),
        )
        .order_by(due, DirectiveRow.id)
    )


def _missing() -> Select[object]:
    """Select the periods that are overdue on a day and have no violation of that due day.

    It is `Timeliness.OVERDUE` of `workflow.periods.timing`; a paused one is owed by nobody. The
    due days of a directive's periods differ, so the day tells which period a violation is of.
    """
    due, done = PeriodRow.due_on, PeriodRow.completed_on
    day = bindparam("judged_on", type_=due.type)
    now = bindparam("judged_at", type_=V.recorded_at.type)
    earlier = VIOLATIONS.alias("earlier")
    of_this = and_(earlier.c.directive_id == PeriodRow.directive_id, earlier.c.type == CODE)
    same = _said(earlier, of_this, day_of(earlier) == next_day(due))
    known = select(func.count()).select_from(earlier).where(of_this).scalar_subquery()
    place = func.row_number().over(
        partition_by=PeriodRow.directive_id, order_by=(due, PeriodRow.id)
    )
    late_report = and_(PeriodRow.state == PeriodState.REPORTED, done > due)
    return (
        select(
            literal(CODE),
            PeriodRow.agency_id,
            PeriodRow.directive_id,
            known + place - 1,
            morning_after(due),
            next_day(due),
            literal(ViolationSource.DETECTED.value),
            literal(LATE_DIRECTIVE.severity.value),
            literal(ViolationState.RECORDED.value),
            now,
            now,
        )
        .join(DirectiveRow, DirectiveRow.id == PeriodRow.directive_id)
        .where(OWED, due < day, or_(and_(PERIOD_IS_OPEN, ~PAUSED), late_report), ~same)
        .order_by(due, PeriodRow.id)
    )
