"""What a report's days changed of the work itself: extensions asked and decided, new leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, and_, case, distinct, func, select

from models.directives.filters import Looker
from models.directives.queries import visible_to
from models.directives.rows import DirectiveRow
from models.history.rows import HistoryRow
from models.summaries.standing import Scope, led_from, led_within, start_of
from workflow.directives.records import Action
from workflow.history.records import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """How many directives were asked a later day for, were given or refused it, changed lead."""

    asked: int = 0
    granted: int = 0
    refused: int = 0
    reassigned: int = 0


def moves_of(connection: Connection, scope: Scope, looker: Looker) -> Moves:
    """Count what the days of a report changed, each directive once a kind, in one statement.

    By who leads the directive now; parts handed down are none of it.
    """
    first, after = start_of(scope.span.first), start_of(scope.span.last + timedelta(days=1))
    decided = HistoryRow.given["decision"].as_string()
    decides = HistoryRow.action == Action.DECIDE_EXTENSION.value
    kinds = {
        "asked": HistoryRow.action == Action.REQUEST_EXTENSION.value,
        "granted": and_(decides, decided == "granted"),
        "refused": and_(decides, decided == "refused"),
        "reassigned": HistoryRow.action == Action.REASSIGN.value,
    }
    counted = (
        func.count(distinct(case((one, HistoryRow.subject_key)))).label(name)
        for name, one in kinds.items()
    )
    row = connection.execute(
        select(*counted)
        .select_from(HistoryRow)
        .join(DirectiveRow, DirectiveRow.number == HistoryRow.subject_key)
        .where(
            HistoryRow.subject == Subject.DIRECTIVE.value,
            HistoryRow.at >= first,
            HistoryRow.at < after,
            func.coalesce(DirectiveRow.parent_id, 0) == 0,
            visible_to(looker.actor, looker.day),
            *led_from(scope),
            *led_within(DirectiveRow.lead_agency_id, scope, looker),
        )
    ).one()
    return Moves(**{name: int(getattr(row, name)) for name in kinds})
