"""The rows behind a figure of the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Connection, Select, case, func, select

from models.agencies.rows import AgencyRow
from models.directives.filters import Looker
from models.directives.orders import plainly
from models.directives.rows import CoordinatingRow
from models.documents.rows import DocumentRow
from models.summaries.figures import Condition, any_of, conditions
from models.summaries.standing import Scope, led_within, name_on, stood_then
from workflow.deadlines.rules import has_moved
from workflow.summaries.records import BECAME, Figure

PAGE = 50


class Line(NamedTuple):
    """One directive behind a figure, as it stood; its fields are the statement's columns.

    `state` and `figure` are codes; `figure` is the one of those that add up.
    """

    id: int
    number: str
    content: str
    lead_id: int
    lead_code: str
    lead_name: str
    year: int
    serial: int
    reference: str
    issued_on: date
    assigned_on: date
    state: str
    deadline_text: str
    due_on: date | None
    first_due_on: date | None
    completed_on: date | None
    suspended_since: date | None
    figure: str | None

    @property
    def due_has_moved(self) -> bool:
        """Whether the date agreed then was another than the first one ever set."""
        return has_moved(self.first_due_on, self.due_on)

    def days_late(self, day: date) -> int:
        """By how many calendar days it was late on `day`, or on the day of its report."""
        late = ((self.completed_on or day) - self.due_on).days if self.due_on else 0
        return max(late, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A page of rows; `after` is the number that the next page begins after."""

    rows: tuple[Line, ...]
    after: str | None = None


def lines_of(
    connection: Connection,
    scope: Scope,
    looker: Looker,
    figures: tuple[Figure, ...],
    *,
    leads: tuple[str, ...] = (),
    after: str = "",
    limit: int | None = PAGE,
) -> Lines:
    """Return the directives counted under some figures, by number, in one statement.

    `leads` narrows to some agencies by code, without the units below them; no limit: all of them.
    """
    stood = stood_then(scope, looker)
    of = conditions(stood, scope.span)
    holder = stood.c.lead_before if figures == (Figure.MOVED_OUT,) else stood.c.lead
    shown = led_within(holder, scope, looker)
    named = name_on(scope.span.last)
    statement = _lines(stood, holder, of, named).where(any_of(of, figures), *shown)
    if leads:
        statement = statement.where(AgencyRow.code.in_(leads))
    if after:
        statement = statement.where(plainly(stood.c.number) > after)
    if limit is not None:
        statement = statement.limit(limit + 1)
    rows = tuple(map(Line._make, connection.execute(statement)))
    if limit is None or len(rows) <= limit:
        return Lines(rows=rows)
    return Lines(rows=rows[:limit], after=rows[limit - 1].number)


def count_of(
    connection: Connection,
    scope: Scope,
    looker: Looker,
    figures: tuple[Figure, ...],
    *,
    leads: tuple[str, ...] = (),
) -> int:
    """Return how many directives are counted under some figures, as `lines_of` has them."""
    stood = stood_then(scope, looker)
    of = conditions(stood, scope.span)
    holder = stood.c.lead_before if figures == (Figure.MOVED_OUT,) else stood.c.lead
    statement = (
        select(func.count())
        .select_from(stood)
        .join(AgencyRow, AgencyRow.id == holder)
        .where(any_of(of, figures), *led_within(holder, scope, looker))
    )
    if leads:
        statement = statement.where(AgencyRow.code.in_(leads))
    return int(connection.execute(statement).scalar_one())


def _lines(
    stood: CTE,
    holder: ColumnElement[int],
    of: Mapping[Figure, Condition],
    name: ColumnElement[str],
) -> Select[*tuple[Any, ...]]:
    c = stood.c
    return (
        select(
            c.id,
            c.number,
            c.content,
            AgencyRow.id.label("lead_id"),
            AgencyRow.code,
            name.label("lead_name"),
            DocumentRow.year,
            DocumentRow.serial,
            DocumentRow.reference,
            DocumentRow.issued_on,
            c.assigned_on,
            c.state,
            c.deadline_text,
            c.due_on,
            c.first_due_on,
            c.completed_on,
            c.suspended_since,
            case(*((of[one], one.value) for one in BECAME)).label("figure"),
        )
        .select_from(stood)
        .join(AgencyRow, AgencyRow.id == holder)
        .join(DocumentRow, DocumentRow.id == c.document_id)
        .order_by(plainly(c.number))
    )


def beside_of(connection: Connection, rows: tuple[Line, ...]) -> dict[int, list[str]]:
    """Return the names of the agencies that coordinate some directives, in one statement."""
    found: dict[int, list[str]] = {}
    if not rows:
        return found
    for key, name in connection.execute(
        select(CoordinatingRow.directive_id, AgencyRow.name)
        .join(AgencyRow, AgencyRow.id == CoordinatingRow.agency_id)
        .where(CoordinatingRow.directive_id.in_([row.id for row in rows]))
        .order_by(AgencyRow.sort_key)
    ):
        found.setdefault(key, []).append(name)
    return found
