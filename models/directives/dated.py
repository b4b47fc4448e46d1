"""Dated directives as a drawing of time shows them: each with its days, as it stands."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from models.agencies.rows import AgencyRow
from models.directives.rows import DirectiveRow
from workflow.directives.records import State


class DueLine(NamedTuple):
    """One directive with its dates, as it stands today."""

    number: str
    content: str
    lead_name: str
    state: State
    assigned_on: date
    due_on: date
    completed_on: date | None
    suspended_since: date | None


LINES = (
    select(
        DirectiveRow.number,
        DirectiveRow.content,
        AgencyRow.name,
        DirectiveRow.state,
        DirectiveRow.assigned_on,
        DirectiveRow.due_on,
        DirectiveRow.completed_on,
        DirectiveRow.suspended_since,
    )
    .join(AgencyRow, AgencyRow.id == DirectiveRow.lead_agency_id)
    .where(DirectiveRow.due_on.is_not(None))
)


def lines_of(
    connection: Connection,
    *which: ColumnElement[bool],
    first: tuple[ColumnElement[int], ...] = (),
    limit: int,
) -> tuple[DueLine, ...]:
    """Return what meets the conditions, `first` before the rest, then the earliest due.

    The conditions hold the reader's scope: nothing here asks who looks.
    """
    order = (*first, DirectiveRow.due_on, DirectiveRow.id)
    rows = connection.execute(LINES.where(*which).order_by(*order).limit(limit))
    return tuple(map(DueLine._make, rows))
