"""What falls due when, up to a day: counted day by day, and directive by directive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from models.directives.dated import DueLine, lines_of
from models.directives.filters import Looker
from models.directives.queries import IS_OPEN, visible_to
from models.directives.rows import DirectiveRow
from models.summaries.standing import Scope, led_from, led_within
from workflow.directives.records import State

_DUE, _DONE, _STATE = DirectiveRow.due_on, DirectiveRow.completed_on, DirectiveRow.state


class DueDay(NamedTuple):
    """One due day: how many were done in time, done late, wait, run in time, run late."""

    due_on: date
    done_on_time: int
    done_late: int
    open_in_time: int
    open_late: int

    @property
    def total(self) -> int:
        """All that fall due on the day."""
        return self.done_on_time + self.done_late + self.open_in_time + self.open_late


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """The conditions of each part of a day, as of today."""

    done_on_time: ColumnElement[bool]
    done_late: ColumnElement[bool]
    open_in_time: ColumnElement[bool]
    open_late: ColumnElement[bool]


def _kinds(today: date) -> Kinds:
    verified, reported = _STATE == State.VERIFIED, _STATE == State.REPORTED
    runs = and_(_STATE != State.REPORTED, DirectiveRow.suspended_since.is_(None))
    late = or_(and_(reported, _DONE > _DUE), and_(runs, today > _DUE))
    done_late = func.coalesce(_DONE > _DUE, False)
    return Kinds(
        done_on_time=and_(verified, ~done_late),
        done_late=and_(verified, done_late),
        open_in_time=and_(IS_OPEN, ~late),
        open_late=and_(IS_OPEN, late),
    )


def due_days(connection: Connection, scope: Scope, looker: Looker) -> tuple[DueDay, ...]:
    """Count what falls due in a scope's days by due day, as it stands today, in one statement."""
    kinds = _kinds(looker.day)
    rows = connection.execute(
        select(
            _DUE,
            *(
                func.sum(case((getattr(kinds, name), 1), else_=0))
                for name in ("done_on_time", "done_late", "open_in_time", "open_late")
            ),
        )
        .where(*_within(scope, looker))
        .group_by(_DUE)
        .order_by(_DUE)
    )
    return tuple(map(DueDay._make, rows))


def due_lines(
    connection: Connection, scope: Scope, looker: Looker, *, limit: int
) -> tuple[DueLine, ...]:
    """Return what falls due in a scope's days: what runs first, the earliest due before others."""
    runs_first = case((IS_OPEN, 0), else_=1)
    return lines_of(connection, *_within(scope, looker), first=(runs_first,), limit=limit)


def _within(scope: Scope, looker: Looker) -> list[ColumnElement[bool]]:
    return [
        _STATE != State.WITHDRAWN,
        scope.span.first <= _DUE,
        scope.span.last >= _DUE,
        func.coalesce(DirectiveRow.parent_id, 0) == 0,
        visible_to(looker.actor, looker.day),
        *led_from(scope),
        *led_within(DirectiveRow.lead_agency_id, scope, looker),
    ]
