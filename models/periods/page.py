"""Reading the periods of one directive, and the reports of one period, for pages.

Whoever calls has opened the directive's file within the reader's scope.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, select
from sqlalchemy.orm import aliased

from models.accounts.rows import AccountRow
from models.base import table_of
from models.directives.figures import FIGURES
from models.periods.register import period_from, plan_from
from models.periods.rows import PeriodPlanRow, PeriodReportRow, PeriodRow
from models.periods.sums import period_figures
from workflow.periods.records import Period, PeriodState, Plan

_Judge = aliased(AccountRow, name="judge")
_PLAN = ("recurs", "rhythm", "starts_on", "ends_on", "closed_on")
_EVERY = (
    select(table_of(PeriodRow), *(getattr(PeriodPlanRow, name) for name in _PLAN))
    .join(PeriodPlanRow, PeriodPlanRow.directive_id == PeriodRow.directive_id)
    .order_by(PeriodRow.serial)
)
_ALL = _EVERY.add_columns(*period_figures()).where(
    PeriodRow.directive_id == bindparam("directive_id")
)
_SEVERAL = _EVERY.where(PeriodRow.directive_id.in_(bindparam("directive_ids", expanding=True)))
_REPORTS = (
    select(
        table_of(PeriodReportRow),
        AccountRow.name.label("filer"),
        _Judge.name.label("ender"),
    )
    .join(AccountRow, AccountRow.id == PeriodReportRow.filed_by)
    .outerjoin(_Judge, _Judge.id == PeriodReportRow.ended_by)
    .where(PeriodReportRow.period_id == bindparam("period_id"))
    .order_by(PeriodReportRow.serial.desc())
)


class TellingFigures(NamedTuple):
    """The due day of a period and what its standing report tells; None where nothing."""

    due_on: date
    figure: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingWork:
    """The plan of a directive with its periods in order, and what each tells where it was asked."""

    plan: Plan
    periods: tuple[Period, ...]
    told: tuple[TellingFigures, ...] = ()

    def told_by(self, day: date, paused_since: date | None) -> list[TellingFigures]:
        """Return what its periods tell that have begun by a day and are owed."""
        return [
            told
            for period, told in zip(self.periods, self.told, strict=True)
            if period.from_on <= day
            and period.state is not PeriodState.ENDED
            and not (
                period.state is PeriodState.OPEN and paused_since and period.due_on >= paused_since
            )
        ]

    def to_report(self, day: date) -> Period | None:
        """Return the first of its periods that has begun and still waits for a report."""
        begun = (p for p in self.periods if p.state is PeriodState.OPEN and p.from_on <= day)
        return next(begun, None)

    def numbered(self, serial: int) -> Period | None:
        """Return one of its periods."""
        return next((period for period in self.periods if period.serial == serial), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledReport:
    """One report of a period as it came, and how it ended."""

    serial: int
    result: str
    figure: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    report_number: str
    report_date: date | None
    signer: str
    received_on: date | None
    arrival_number: str
    filed_by: str
    filed_at: datetime
    outcome: str
    outcome_reason: str
    ended_by: str
    ended_at: datetime | None


def standing_work(connection: Connection, directive_id: int) -> StandingWork | None:
    """Return the periods of a directive in one statement; None while it has none."""
    rows = connection.execute(_ALL, {"directive_id": directive_id}).all()
    if not rows:
        return None
    return StandingWork(
        plan=plan_from(rows[0]),
        periods=tuple(map(period_from, rows)),
        told=tuple(
            TellingFigures(row.due_on, row.figure, row.numerator, row.denominator) for row in rows
        ),
    )


def standing_works(
    connection: Connection, directive_ids: Collection[int]
) -> dict[int, StandingWork]:
    """Return the periods of several directives by their ids, in one statement; none for none."""
    if not directive_ids:
        return {}
    found: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(_SEVERAL, {"directive_ids": sorted(directive_ids)}):
        found.setdefault(row.directive_id, []).append(row)
    return {
        key: StandingWork(plan=plan_from(rows[0]), periods=tuple(map(period_from, rows)))
        for key, rows in found.items()
    }


def reports_of(connection: Connection, period_id: int) -> tuple[FiledReport, ...]:
    """Return the reports of a period, newest first."""
    return tuple(
        FiledReport(
            serial=row.serial,
            result=row.result,
            **{name: getattr(row, name) for name in FIGURES},
            report_number=row.report_number,
            report_date=row.report_date,
            signer=row.signer,
            received_on=row.received_on,
            arrival_number=row.arrival_number,
            filed_by=row.filer,
            filed_at=row.filed_at,
            outcome=row.outcome,
            outcome_reason=row.outcome_reason,
            ended_by=row.ender or "",
            ended_at=row.ended_at,
        )
        for row in connection.execute(_REPORTS, {"period_id": period_id})
    )


def waiting_words(connection: Connection, period_ids: Collection[int]) -> dict[int, str]:
    """Return what the reports of some periods say that nobody judged yet, in one statement."""
    if not period_ids:
        return {}
    rows = connection.execute(
        select(PeriodReportRow.period_id, PeriodReportRow.result).where(
            PeriodReportRow.period_id.in_(period_ids),
            PeriodReportRow.outcome == "pending",
        )
    )
    return {row.period_id: row.result for row in rows}
