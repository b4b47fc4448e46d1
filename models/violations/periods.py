"""V22 of standing work: each reporting period whose due day passed is a violation of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    TextClause,
    and_,
    exists,
    func,
    literal_column,
    select,
    text,
)

from models.base import table_of
from models.directives.rows import DirectiveRow
from models.listing import among
from models.periods.conditions import PAUSED
from models.periods.rows import TO_JUDGE, PeriodRow
from models.violations.adding import VIOLATIONS, day_of, found_by
from models.violations.lateness import CODE, LISTED, NOW, said
from models.violations.missed import Missed
from models.violations.moments import next_day
from workflow.violations.catalogue import LATE_DIRECTIVE

_PERIODS = table_of(PeriodRow)


def _is_missing(day: ColumnElement[date]) -> tuple[TextClause | ColumnElement[bool], ...]:
    """A period that is overdue on a day and was not judged; a paused one is owed by nobody.

    It is `Timeliness.OVERDUE` of `workflow.periods.timing`.
    """
    paused = exists(
        select(DirectiveRow.id).where(DirectiveRow.id == PeriodRow.directive_id, PAUSED)
    ).correlate(_PERIODS)
    waits = PeriodRow.state == literal_column("'reported'")
    return (text(TO_JUDGE), PeriodRow.due_on < day, waits | ~paused)


def _new() -> Select[Any]:
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
        .where(among(PeriodRow.id, LISTED), ~same)
        .order_by(func.coalesce(due, due), PeriodRow.id)
    )


MISSING = Missed(PeriodRow, _is_missing, _new(), CODE)
"""Periods without a report; each due day is a violation of its own."""
