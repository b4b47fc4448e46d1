"""V22: directives whose due day passed without a report, set by set.

A night judges each due day once and notes it beside the work (`missed_on`), so that it looks at
what fell due since, whatever is overdue already. Whether a violation is new, the violations say.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    text,
    update,
)

from models.base import table_of
from models.directives.rows import TO_JUDGE, DirectiveRow
from models.documents.rows import DocumentRow
from models.listing import among
from models.prepared import Prepared
from models.violations.adding import VIOLATIONS, V, adding, change_of, found_by
from models.violations.moments import next_day, province_day
from workflow.violations.catalogue import LATE_DIRECTIVE
from workflow.violations.ports import Change
from workflow.violations.records import Cause, ViolationState
from workflow.violations.scopes import Detected

CODE = LATE_DIRECTIVE.code
LISTED = "listed"
"""The name of the list of ids that a statement is given."""
_DIRECTIVES = table_of(DirectiveRow)
DAY = bindparam("judged_on", type_=_DIRECTIVES.c.due_on.type)
NOW = bindparam("judged_at", type_=V.recorded_at.type)


def detect_late_directives(connection: Connection, day: date, at: datetime) -> Change:
    """Record each due day that passed before `day` without a report; say what is new."""
    missed = _MISS.rows(connection, {"judged_on": day})
    if not missed:
        return Detected(), ()
    added = ADD_LATE.rows(connection, {"judged_at": at, LISTED: [row.id for row in missed]})
    return change_of(connection, CODE, added)


_MISS = Prepared(
    update(_DIRECTIVES)
    .where(text(TO_JUDGE), _DIRECTIVES.c.due_on < DAY)
    .values(missed_on=_DIRECTIVES.c.due_on)
    .returning(_DIRECTIVES.c.id)
)
"""It holds the work that it notes, so that what is added next is judged by the same day."""


def is_late(day: ColumnElement[date]) -> ColumnElement[bool]:
    """Return the condition that a due day passed which no night judged.

    The first of them is asked for and not whether there is one: for that PostgreSQL may walk
    all work, where it believes that many are late.
    """
    first = select(func.min(DirectiveRow.due_on)).where(text(TO_JUDGE)).scalar_subquery()
    return first < day


def fallen(earlier: FromClause) -> ColumnElement[bool]:
    """Whether a violation fell because its paper was recorded: it says nothing of the day anew."""
    return and_(
        earlier.c.state == ViolationState.OVERTURNED,
        earlier.c.cause.is_not(None),
        earlier.c.cause == Cause.MENDED,
    )


def said(earlier: FromClause, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a violation of the day is known already, and did not fall."""
    return exists(select(earlier.c.id).where(*where, ~fallen(earlier)))


def _late() -> Select[Any]:
    """Select those of some missed work that have no violation of their date or a later one.

    They are `Timeliness.OVERDUE` of `workflow.directives.timing`. Work carried over from elsewhere
    whose date had passed when it was entered is not late anew (product.md §4); nor is whoever
    took the lead over after the day: it is charged to who held it (§3, `reassign`).
    """
    due, lead = DirectiveRow.due_on, DirectiveRow.lead_agency_id
    known = _known()
    entered_at = (
        select(DocumentRow.entered_at)
        .where(DocumentRow.id == DirectiveRow.document_id)
        .scalar_subquery()
    )
    serial = func.coalesce(known.c.serial, 0)
    return (
        select(*found_by(LATE_DIRECTIVE, lead, DirectiveRow.id, serial, due, NOW))
        .outerjoin(known, known.c.directive_id == DirectiveRow.id)
        .where(
            among(DirectiveRow.id, LISTED),
            or_(known.c.last_on.is_(None), known.c.last_on < next_day(due)),
            or_(DirectiveRow.carried_over.is_(False), due >= province_day(entered_at)),
            or_(DirectiveRow.lead_since.is_(None), DirectiveRow.lead_since <= due),
        )
        .order_by(func.coalesce(due, due), DirectiveRow.id)  # by due day SQLite would walk an index
    )


def _known() -> Subquery:
    """Return what violations say of the work listed: how many there are, the last due day missed.

    They are read once for all of it: asked for each piece of work, PostgreSQL may walk all there
    are each time, where it was not told of late how many those are.
    """
    earlier = VIOLATIONS.alias("earlier")
    last_on = func.max(case((~fallen(earlier), earlier.c.occurred_on)))
    return (
        select(earlier.c.directive_id, func.count().label("serial"), last_on.label("last_on"))
        .where(among(earlier.c.directive_id, LISTED), earlier.c.type == CODE)
        .group_by(earlier.c.directive_id)
        .subquery("known")
    )


ADD_LATE = Prepared(adding(_late()))
"""Adds those of some missed work that are new."""
