"""The figures of the report of a directive that stands: filed, and not taken or sent back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Label, select

from models.directives.rows import DirectiveRow, ReportRow

STANDS = ("pending", "verified")
FIGURES = ("figure", "numerator", "denominator")


def reported_figures() -> tuple[Label[Decimal | None], ...]:
    """Return the figures as columns beside a directive: those of its latest report that stands."""
    return tuple(_latest(name).label(name) for name in FIGURES)


def _latest(name: str) -> Any:
    column = getattr(ReportRow, name)
    return (
        select(column)
        .where(ReportRow.directive_id == DirectiveRow.id, ReportRow.outcome.in_(STANDS))
        .order_by(ReportRow.serial.desc())
        .limit(1)
        .scalar_subquery()
    )
