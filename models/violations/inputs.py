"""V23: requests to coordinating agencies that were not answered by their day."""

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
    or_,
    select,
    text,
)

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.directives.matter_rows import TO_JUDGE, InputRequestRow
from models.directives.queries import RUNS
from models.directives.rows import DirectiveRow
from models.listing import among
from models.violations.adding import VIOLATIONS, day_of, found_by
from models.violations.lateness import LISTED, NOW
from models.violations.missed import Missed
from models.violations.moments import next_day
from workflow.violations.catalogue import LATE_INPUT

_R = InputRequestRow
_REQUESTS = table_of(InputRequestRow)


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


def _new() -> Select[Any]:
    """Select those of some missed requests that have no violation of their agency and day.

    Several requests to one agency for one day are one violation.
    """
    late = (
        select(_R.directive_id, _R.agency_id, _R.due_on)
        .where(among(_R.id, LISTED))
        .group_by(_R.directive_id, _R.agency_id, _R.due_on)
        .subquery("late")
    )
    due, of, agency = late.c.due_on, late.c.directive_id, late.c.agency_id
    earlier = VIOLATIONS.alias("earlier")
    of_this = and_(earlier.c.directive_id == of, earlier.c.type == LATE_INPUT.code)
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


OWED = Missed(InputRequestRow, _is_owed, _new(), LATE_INPUT.code)
"""Requests without an answer."""
