"""Periods that fall due, read by day through the index of what is owed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, literal, select, union_all

from models.directives.rows import DirectiveRow
from models.documents.rows import DocumentRow
from models.periods.conditions import IS_OPEN, IS_WAITING, PAUSED
from models.periods.rows import PeriodRow
from workflow.messages.falling import Fall, Span
from workflow.periods.notices import FallingPeriod, WaitingPeriod


def periods_falling(connection: Connection, spans: Mapping[Fall, Span]) -> Sequence[FallingPeriod]:
    """Return the periods whose due day lies in these spans and whose report is not in."""
    parts = [
        select(
            DirectiveRow.number,
            PeriodRow.serial,
            PeriodRow.agency_id,
            literal(fall.value).label("fall"),
        )
        .join(DirectiveRow, DirectiveRow.id == PeriodRow.directive_id)
        .where(IS_OPEN, ~PAUSED, PeriodRow.due_on >= span.first, PeriodRow.due_on <= span.last)
        for fall, span in spans.items()
    ]
    rows = connection.execute(union_all(*parts)) if parts else ()
    return [
        FallingPeriod(
            number=row.number, serial=row.serial, agency_id=row.agency_id, fall=Fall(row.fall)
        )
        for row in rows
    ]


def periods_unanswered(connection: Connection, came_in: Span) -> Sequence[WaitingPeriod]:
    """Return the reports of these days that wait to be confirmed, with who follows them."""
    rows = connection.execute(
        select(DirectiveRow.number, PeriodRow.serial, DocumentRow.overseer_id)
        .join(DirectiveRow, DirectiveRow.id == PeriodRow.directive_id)
        .join(DocumentRow, DocumentRow.id == DirectiveRow.document_id)
        .where(
            IS_WAITING,
            PeriodRow.completed_on >= came_in.first,
            PeriodRow.completed_on <= came_in.last,
        )
    )
    return [
        WaitingPeriod(number=row.number, serial=row.serial, agency_id=row.overseer_id)
        for row in rows
    ]
