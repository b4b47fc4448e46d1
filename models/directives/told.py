"""What each of several directives reports: on the whole, or in its last period."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from models.directives.figures import FIGURES, STANDS, reported_figures
from models.directives.rows import DirectiveRow
from models.documents.rows import ClauseRow
from models.periods.rows import PeriodReportRow, PeriodRow
from workflow.directives.targets import TargetBasis, TargetScope


class ToldFigures(NamedTuple):
    """A target and what was reported against it; `due_on` is the due day of its period, if any."""

    target_indicator: str
    target_value: Decimal | None
    target_unit: str
    target_scope: TargetScope | None
    target_basis: TargetBasis
    figure: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    due_on: date | None


def told_by(connection: Connection, keys: Collection[int]) -> dict[int, ToldFigures]:
    """Return it by directive, in one statement; a report on the whole goes before a period's."""
    rows = connection.execute(
        select(
            DirectiveRow.id,
            DirectiveRow.target_indicator,
            DirectiveRow.target_value,
            DirectiveRow.target_unit,
            ClauseRow.target_scope,
            ClauseRow.target_basis,
            *reported_figures(),
            *(
                _of_last_period(getattr(PeriodReportRow, name)).label(f"period_{name}")
                for name in FIGURES
            ),
            _of_last_period(PeriodRow.due_on).label("due_on"),
        )
        .join(ClauseRow, ClauseRow.id == DirectiveRow.clause_id)
        .where(DirectiveRow.id.in_(sorted(keys)))
    )
    return {row.id: _told(row) for row in rows}


def _of_last_period(column: Any) -> Any:
    return (
        select(column)
        .select_from(PeriodReportRow)
        .join(PeriodRow, PeriodRow.id == PeriodReportRow.period_id)
        .where(
            PeriodRow.directive_id == DirectiveRow.id,
            PeriodReportRow.outcome.in_(STANDS),
            PeriodReportRow.figure.is_not(None),
        )
        .order_by(PeriodRow.serial.desc(), PeriodReportRow.serial.desc())
        .limit(1)
        .scalar_subquery()
    )


def _told(row: Any) -> ToldFigures:
    whole = row.figure is not None
    prefix = "" if whole else "period_"
    return ToldFigures(
        target_indicator=row.target_indicator,
        target_value=row.target_value,
        target_unit=row.target_unit,
        target_scope=row.target_scope,
        target_basis=row.target_basis,
        due_on=None if whole else row.due_on,
        **{name: getattr(row, prefix + name) for name in FIGURES},
    )
