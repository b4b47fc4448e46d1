"""What a report's days changed of the work itself: extensions asked and decided, new leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from models.agencies.rows import AgencyRow
from models.directives.filters import Looker
from models.directives.queries import visible_to
from models.directives.rows import DirectiveRow
from models.history.rows import HistoryRow
from models.summaries.standing import Scope, led_from, led_within, start_of
from workflow.directives.records import Action
from workflow.history.records import Subject

_DECISION = HistoryRow.given["decision"].as_string()
_DECIDES = HistoryRow.action == Action.DECIDE_EXTENSION.value


class MoveKind(StrEnum):
    """What happened to a due day or a lead."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    REASSIGNED = "reassigned"


_KINDS: Mapping[MoveKind, ColumnElement[bool]] = {
    MoveKind.ASKED: HistoryRow.action == Action.REQUEST_EXTENSION.value,
    MoveKind.GRANTED: and_(_DECIDES, _DECISION == "granted"),
    MoveKind.REFUSED: and_(_DECIDES, _DECISION == "refused"),
    MoveKind.REASSIGNED: HistoryRow.action == Action.REASSIGN.value,
}
_ACTIONS = (
    Action.REQUEST_EXTENSION.value, Action.DECIDE_EXTENSION.value, Action.REASSIGN.value,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """How often a later day was asked for, given or refused, and a lead changed.

    Each act counts: one directive may ask twice, be given one day and refused the other.
    """

    asked: int = 0
    granted: int = 0
    refused: int = 0
    reassigned: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One move of a directive: from which day or lead to which, who said why.

    `before` and `after` are what the act changed, `given` what was said, as the history has it.
    """

    number: str
    content: str
    lead_name: str
    at: datetime
    who: str
    reason: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    given: Mapping[str, Any]


def moves_of(connection: Connection, scope: Scope, looker: Looker) -> Moves:
    """Count what the days of a report changed, act by act, in one statement.

    By who leads the directive now; parts handed down are none of it.
    """
    counted = (
        func.count(case((one, HistoryRow.serial))).label(kind.value) for kind, one in _KINDS.items()
    )
    row = connection.execute(
        select(*counted)
        .select_from(HistoryRow)
        .join(DirectiveRow, DirectiveRow.number == HistoryRow.subject_key)
        .where(*_within(scope, looker))
    ).one()
    return Moves(**{kind.value: int(getattr(row, kind.value)) for kind in _KINDS})


def move_rows(
    connection: Connection, scope: Scope, looker: Looker, kind: MoveKind, *, limit: int
) -> tuple[Move, ...]:
    """Return the acts behind one of the counts, the newest first, in one statement."""
    rows = connection.execute(
        select(
            DirectiveRow.number,
            DirectiveRow.content,
            AgencyRow.name.label("lead_name"),
            HistoryRow.at,
            HistoryRow.actor_name.label("who"),
            HistoryRow.reason,
            HistoryRow.before,
            HistoryRow.after,
            HistoryRow.given,
        )
        .join(DirectiveRow, DirectiveRow.number == HistoryRow.subject_key)
        .join(AgencyRow, AgencyRow.id == DirectiveRow.lead_agency_id)
        .where(*_within(scope, looker), _KINDS[kind])
        .order_by(HistoryRow.serial.desc())
        .limit(limit)
    )
    return tuple(Move(**row._mapping) for row in rows)  # noqa: SLF001 - SQLAlchemy's own


def _within(scope: Scope, looker: Looker) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a move is of a report's days, and its directive of the scope."""
    first, after = start_of(scope.span.first), start_of(_day_after(scope.span.last))
    return (
        HistoryRow.subject == Subject.DIRECTIVE.value,
        HistoryRow.action.in_(_ACTIONS),
        HistoryRow.at >= first,
        HistoryRow.at < after,
        func.coalesce(DirectiveRow.parent_id, 0) == 0,
        visible_to(looker.actor, looker.day),
        *led_from(scope),
        *led_within(DirectiveRow.lead_agency_id, scope, looker),
    )


def _day_after(day: date) -> date:
    return day + timedelta(days=1)
