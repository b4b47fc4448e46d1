"""What agencies reported in the latest periods of a clause, to be told together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Label, and_, func, or_, select

from models.directives.figures import FIGURES, STANDS
from models.directives.queries import visible_to
from models.directives.rows import DirectiveRow
from models.periods.conditions import PAUSED
from models.periods.rows import PeriodPlanRow, PeriodReportRow, PeriodRow
from workflow.accounts.records import Actor
from workflow.periods.records import PeriodState

LATEST = 2
"""The period that runs, and the one before it."""
MOST_IN_YEAR = 53
"""As many periods as a year of weeks has."""


class PeriodFigures(NamedTuple):
    """One period of one directive, with what its standing report tells; None where nothing."""

    clause_id: int
    directive_id: int
    serial: int
    due_on: date
    recurs: str
    figure: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None


ByDay = Mapping[date, Sequence[PeriodFigures]]
"""The periods of one clause by their due days."""


def period_figures() -> tuple[Label[Decimal | None], ...]:
    """Return the figures as columns beside a period: those of its report that stands."""
    return tuple(_standing(name).label(name) for name in FIGURES)


def _standing(name: str) -> Any:
    return (
        select(getattr(PeriodReportRow, name))
        .where(PeriodReportRow.period_id == PeriodRow.id, PeriodReportRow.outcome.in_(STANDS))
        .order_by(PeriodReportRow.serial.desc())
        .limit(1)
        .scalar_subquery()
    )


def latest_periods(
    connection: Connection, wanted: ColumnElement[bool], day: date, *, most: int = LATEST
) -> Mapping[int, ByDay]:
    """Return by clause and due day what each directive told of its `most` latest periods.

    Of the directives that are `wanted`, without parts handed down; the latest due day first. What
    nobody owes is left out. One statement.
    """
    place = func.row_number().over(
        partition_by=PeriodRow.directive_id, order_by=PeriodRow.serial.desc()
    )
    latest = (
        select(PeriodRow.id, place.label("place"))
        .join(DirectiveRow, DirectiveRow.id == PeriodRow.directive_id)
        .where(
            wanted,
            DirectiveRow.parent_id.is_(None),
            PeriodRow.from_on <= day,
            PeriodRow.state != PeriodState.ENDED,
            or_(PeriodRow.state != PeriodState.OPEN, ~PAUSED),
        )
        .subquery()
    )
    rows = connection.execute(
        select(
            DirectiveRow.clause_id,
            DirectiveRow.id,
            PeriodRow.serial,
            PeriodRow.due_on,
            PeriodPlanRow.recurs,
            *period_figures(),
        )
        .join(latest, latest.c.id == PeriodRow.id)
        .join(DirectiveRow, DirectiveRow.id == PeriodRow.directive_id)
        .join(PeriodPlanRow, PeriodPlanRow.directive_id == PeriodRow.directive_id)
        .where(latest.c.place <= most)
        .order_by(PeriodRow.due_on.desc(), DirectiveRow.id)
    )
    found: dict[int, dict[date, list[PeriodFigures]]] = {}
    for row in map(PeriodFigures._make, rows):
        found.setdefault(row.clause_id, {}).setdefault(row.due_on, []).append(row)
    return found


def periods_of_document(
    connection: Connection, actor: Actor, document_id: int, day: date
) -> Mapping[int, ByDay]:
    """Return the same of a document's clauses, of a whole year's periods at least.

    As far as the actor reads their directives whole.
    """
    wanted = and_(DirectiveRow.document_id == document_id, visible_to(actor, day))
    return latest_periods(connection, wanted, day, most=MOST_IN_YEAR)


def told_in_year(
    connection: Connection, keys: Collection[int], day: date
) -> Mapping[int, Sequence[PeriodFigures]]:
    """Return the same of some directives, by directive."""
    found: dict[int, list[PeriodFigures]] = {}
    wanted = DirectiveRow.id.in_(sorted(keys))
    for by_day in latest_periods(connection, wanted, day, most=MOST_IN_YEAR).values():
        for row in (row for rows in by_day.values() for row in rows):
            found.setdefault(row.directive_id, []).append(row)
    return found
