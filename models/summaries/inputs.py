"""What coordinating agencies owed at the end of a report's days: asked, due, and not answered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, or_, select
from sqlalchemy.orm import aliased

from models.agencies.rows import AgencyRow
from models.directives.filters import Looker
from models.directives.matter_rows import InputRequestRow
from models.directives.queries import RUNS, visible_to
from models.directives.rows import DirectiveRow
from models.summaries.standing import Scope, led_from, led_within, start_of
from workflow.days import local_day
from workflow.directives.matters import InputState

_ASKED = InputRequestRow


class LateInput(NamedTuple):
    """One request that its day went by without an answer."""

    agency_code: str
    agency_name: str
    number: str
    lead_name: str
    what: str
    asked_on: date
    due_on: date

    def days_late(self, day: date) -> int:
        """By how many calendar days it was late on `day`."""
        return (day - self.due_on).days


def owed(scope: Scope, looker: Looker) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of requests that were late at the end of a scope's last day.

    Over requests joined with their directives. A request that nobody has to answer any more is
    none of them, whenever that came about; paused work asks nobody.
    """
    last = scope.span.last
    waits = and_(_ASKED.state == InputState.OPEN, RUNS)
    answered_after = and_(_ASKED.state == InputState.ANSWERED, _ASKED.answered_on > last)
    return (
        _ASKED.asked_at < start_of(last + timedelta(days=1)),
        last > _ASKED.due_on,
        or_(waits, answered_after),
        visible_to(looker.actor, looker.day),
        *led_from(scope),
        *led_within(_ASKED.agency_id, scope, looker),
    )


def late_inputs_of(
    connection: Connection, scope: Scope, looker: Looker, *, limit: int
) -> tuple[LateInput, ...]:
    """Return the late requests of a scope by agency, the oldest first, in one statement."""
    lead = aliased(AgencyRow, name="lead")
    rows = connection.execute(
        select(
            AgencyRow.code,
            AgencyRow.name,
            DirectiveRow.number,
            lead.name,
            _ASKED.what,
            _ASKED.asked_at,
            _ASKED.due_on,
        )
        .join(AgencyRow, AgencyRow.id == _ASKED.agency_id)
        .join(DirectiveRow, DirectiveRow.id == _ASKED.directive_id)
        .join(lead, lead.id == DirectiveRow.lead_agency_id)
        .where(*owed(scope, looker))
        .order_by(AgencyRow.sort_key, AgencyRow.id, _ASKED.due_on, _ASKED.id)
        .limit(limit)
    )
    return tuple(
        LateInput(code, name, number, leads, what, local_day(asked), due)
        for code, name, number, leads, what, asked, due in rows
    )
