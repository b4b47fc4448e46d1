"""V22 of standing work: each reporting period whose due day passed is a violation of its own."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    TextClause,
    and_,
    exists,
    func,
    literal_column,
    select,
    text,
    update,
)

from models.base import table_of
from models.directives.rows import DirectiveRow
from models.listed import among, listed
from models.periods.conditions import PAUSED
from models.periods.rows import TO_JUDGE, PeriodRow
from models.prepared import Prepared
from models.violations.adding import VIOLATIONS, adding, change_of, day_of, found_by
from models.violations.holding import hold_work
from models.violations.lateness import CODE, DAY, NOW, said
from models.violations.moments import next_day
from workflow.violations.catalogue import LATE_DIRECTIVE
from workflow.violations.ports import Change
from workflow.violations.records import Detected

_PERIODS = table_of(PeriodRow)


def detect_missing_periods(connection: Connection, day: date, at: datetime) -> Change:
    """Record each due day of a period that passed before `day` without a report."""
    judged = {"judged_on": day}
    missing = _MISSING.rows(connection, judged)
    if not missing:
        return Detected(), ()
    dialect = connection.dialect.name
    hold_work(connection, (row.directive_id for row in missing))
    asked = judged | listed(dialect, (row.id for row in missing))
    these = listed(dialect, (row.id for row in _miss(dialect).rows(connection, asked)))
    added = add_missing(dialect).rows(connection, {"judged_at": at, **these})
    return change_of(connection, CODE, added)


def _is_missing(day: ColumnElement[date]) -> tuple[TextClause | ColumnElement[bool], ...]:
    """A period that is overdue on a day and was not judged; a paused one is owed by nobody.

    It is `Timeliness.OVERDUE` of `workflow.periods.timing`.
    """
    paused = exists(
        select(DirectiveRow.id).where(DirectiveRow.id == PeriodRow.directive_id, PAUSED)
    ).correlate(_PERIODS)
    waits = PeriodRow.state == literal_column("'reported'")
    return (text(TO_JUDGE), PeriodRow.due_on < day, waits | ~paused)


_MISSING = Prepared(select(PeriodRow.id, PeriodRow.directive_id).where(*_is_missing(DAY)))


def is_missing(day: ColumnElement[date]) -> ColumnElement[bool]:
    """Return the condition that the due day of a period passed which no night judged."""
    return select(PeriodRow.id).where(*_is_missing(day)).exists()


@lru_cache(maxsize=2)
def _miss(dialect: str) -> Prepared:
    return Prepared(
        update(_PERIODS)
        .where(among(_PERIODS.c.id, dialect), *_is_missing(DAY))
        .values(missed_on=_PERIODS.c.due_on)
        .returning(_PERIODS.c.id)
    )


@lru_cache(maxsize=2)
def add_missing(dialect: str) -> Prepared:
    """Return what adds those of some missed periods that are new."""
    return Prepared(adding(_new(dialect)))


def _new(dialect: str) -> Select[Any]:
    """Select those of some missed periods that have no violation of their due day.

    The due days of a directive's periods differ, so the day tells which period it is of.
    """
    due, of = PeriodRow.due_on, PeriodRow.directive_id
    earlier = VIOLATIONS.alias("earlier")
    of_this = and_(earlier.c.directive_id == of, earlier.c.type == CODE)
    same = said(earlier, of_this, day_of(earlier) == next_day(due))
    known = select(func.count()).select_from(earlier).where(of_this).scalar_subquery()
    place = func.row_number().over(partition_by=of, order_by=(due, PeriodRow.id))
    serial = known + place - 1
    return (
        select(*found_by(LATE_DIRECTIVE, PeriodRow.agency_id, of, serial, due, NOW))
        .where(among(PeriodRow.id, dialect), ~same)
        .order_by(func.coalesce(due, due), PeriodRow.id)
    )
