"""V23: requests to coordinating agencies that were not answered by their day."""

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
    or_,
    select,
    text,
    update,
)

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.directives.matter_rows import TO_JUDGE, InputRequestRow
from models.directives.queries import RUNS
from models.directives.rows import DirectiveRow
from models.listed import among, listed
from models.prepared import Prepared
from models.violations.adding import VIOLATIONS, adding, change_of, day_of, found_by
from models.violations.holding import hold_work
from models.violations.lateness import DAY, NOW
from models.violations.moments import next_day
from workflow.violations.catalogue import LATE_INPUT
from workflow.violations.ports import Change
from workflow.violations.records import Detected

CODE = LATE_INPUT.code
_R = InputRequestRow
_REQUESTS = table_of(InputRequestRow)


def detect_late_inputs(connection: Connection, day: date, at: datetime) -> Change:
    """Record each day before `day` by which an agency owed an answer and gave none."""
    judged = {"judged_on": day}
    owed = _OWED.rows(connection, judged)
    if not owed:
        return Detected(), ()
    dialect = connection.dialect.name
    hold_work(connection, (row.directive_id for row in owed))
    asked = judged | listed(dialect, (row.id for row in owed))
    these = listed(dialect, (row.id for row in _miss(dialect).rows(connection, asked)))
    added = add_owed(dialect).rows(connection, {"judged_at": at, **these})
    return change_of(connection, CODE, added)


def _is_owed(day: ColumnElement[date]) -> tuple[TextClause | ColumnElement[bool], ...]:
    """A request that was not answered in time and not judged.

    An answer that came late, or a request that lapsed unanswered after its day, is late as well;
    paused work asks nobody, and an agency owes nothing for days after its own end.
    """
    runs = exists(
        select(DirectiveRow.id).where(DirectiveRow.id == _R.directive_id, RUNS)
    ).correlate(_REQUESTS)
    answered = or_(_R.state != literal_column("'open'"), _R.answered_on > _R.due_on)
    stood = exists(
        select(AgencyRow.id).where(
            AgencyRow.id == _R.agency_id,
            or_(AgencyRow.valid_to.is_(None), AgencyRow.valid_to > _R.due_on),
        )
    ).correlate(_REQUESTS)
    return (text(TO_JUDGE), _R.due_on < day, or_(answered, runs), stood)


_OWED = Prepared(select(_R.id, _R.directive_id).where(*_is_owed(DAY)))


def is_owed(day: ColumnElement[date]) -> ColumnElement[bool]:
    """Return the condition that the day of a request passed which no night judged."""
    return select(_R.id).where(*_is_owed(day)).exists()


@lru_cache(maxsize=2)
def _miss(dialect: str) -> Prepared:
    return Prepared(
        update(_REQUESTS)
        .where(among(_REQUESTS.c.id, dialect), *_is_owed(DAY))
        .values(missed_on=_REQUESTS.c.due_on)
        .returning(_REQUESTS.c.id)
    )


@lru_cache(maxsize=2)
def add_owed(dialect: str) -> Prepared:
    """Return what adds those of some missed requests that are new."""
    return Prepared(adding(_new(dialect)))


def _new(dialect: str) -> Select[Any]:
    """Select those of some missed requests that have no violation of their agency and day.

    Several requests to one agency for one day are one violation.
    """
    late = (
        select(_R.directive_id, _R.agency_id, _R.due_on)
        .where(among(_R.id, dialect))
        .group_by(_R.directive_id, _R.agency_id, _R.due_on)
        .subquery("late")
    )
    due, of, agency = late.c.due_on, late.c.directive_id, late.c.agency_id
    earlier = VIOLATIONS.alias("earlier")
    of_this = and_(earlier.c.directive_id == of, earlier.c.type == CODE)
    same = exists(
        select(earlier.c.id).where(
            of_this, earlier.c.agency_id == agency, day_of(earlier) == next_day(due)
        )
    )
    known = select(func.count()).select_from(earlier).where(of_this).scalar_subquery()
    place = func.row_number().over(partition_by=of, order_by=(due, agency))
    return (
        select(*found_by(LATE_INPUT, agency, of, known + place - 1, due, NOW))
        .where(~same)
        .order_by(due, of)
    )
