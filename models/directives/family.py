"""The directives of one clause: those of several leads, and the parts handed down from them."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, func, select

from models.agencies.rows import AgencyRow
from models.directives.facts import NamedAgency, Relative
from models.directives.figures import FIGURES, reported_figures
from models.directives.rows import DirectiveRow
from models.history.rows import HistoryRow
from workflow.days import local_day
from workflow.directives.records import Action, State
from workflow.history.records import Subject

TELLING = (Action.UPDATE.value, Action.REPORT.value, Action.RECORD_REPORT.value)
"""Acts by which an agency says how far it is."""
_FAMILY = (
    select(
        DirectiveRow.id,
        DirectiveRow.number,
        DirectiveRow.parent_id,
        DirectiveRow.state,
        DirectiveRow.due_on,
        DirectiveRow.completed_on,
        DirectiveRow.suspended_since,
        DirectiveRow.ever_reported,
        AgencyRow.id.label("agency_id"),
        AgencyRow.code,
        AgencyRow.name,
        *reported_figures(),
        select(func.max(HistoryRow.at))
        .where(
            HistoryRow.subject == Subject.DIRECTIVE.value,
            HistoryRow.subject_key == DirectiveRow.number,
            HistoryRow.action.in_(TELLING),
        )
        .scalar_subquery()
        .label("told_at"),
    )
    .join(AgencyRow, AgencyRow.id == DirectiveRow.lead_agency_id)
    .where(DirectiveRow.clause_id == bindparam("clause_id"))
    .order_by(DirectiveRow.number)
)


def family_of(connection: Connection, clause_id: int) -> tuple[Relative, ...]:
    """Return every directive of a clause: those of several leads, and their parts."""
    rows = connection.execute(_FAMILY, {"clause_id": clause_id})
    return tuple(
        Relative(
            id=row.id,
            number=row.number,
            parent_id=row.parent_id,
            state=State(row.state),
            lead=NamedAgency(id=row.agency_id, code=row.code, name=row.name),
            due_on=row.due_on,
            completed_on=row.completed_on,
            suspended_since=row.suspended_since,
            ever_reported=row.ever_reported,
            told_on=local_day(row.told_at) if row.told_at else None,
            **{name: getattr(row, name) for name in FIGURES},
        )
        for row in rows
    )
