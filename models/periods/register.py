"""What the use cases of reporting periods ask of memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from models.base import table_of
from models.directives.figures import FIGURES
from models.directives.register import DirectiveRegister
from models.directives.rows import DirectiveRow
from models.documents.codec import deadline_from
from models.documents.rows import ClauseRow, DocumentRow
from models.evidence.register import prepared_of_report
from models.evidence.rows import EvidenceRow
from models.periods.keeping import PERIODS, add_plans, forget_plan
from models.periods.rows import PeriodPlanRow, PeriodReportRow, PeriodRow
from workflow.accounts.records import Actor
from workflow.days import local_day
from workflow.directives.matters import PreparedState
from workflow.directives.needs import Given
from workflow.directives.records import Directive
from workflow.evidence.records import EvidenceState, Purpose, StoredFile
from workflow.periods.ports import StandingFacts
from workflow.periods.records import (
    NewPlan,
    Period,
    PeriodAction,
    PeriodState,
    Plan,
    Rhythm,
    Span,
)
from workflow.periods.rules import PeriodStep

_REPORTS, _EVIDENCE = table_of(PeriodReportRow), table_of(EvidenceRow)
_COPIED = (
    "id", "directive_id", "serial", "from_on", "to_on", "due_on", "agency_id", "reported_at",
    "reported_by", "completed_on", "is_recorded", "confirmed_on", "confirmed_by",
    "returned_count",
)  # fmt: skip
_PERIODS = (
    select(table_of(PeriodRow))
    .where(PeriodRow.directive_id == bindparam("directive_id"))
    .order_by(PeriodRow.serial)
)
_PERIOD = _PERIODS.where(PeriodRow.serial == bindparam("serial"))
_PLAN = select(table_of(PeriodPlanRow)).where(
    PeriodPlanRow.directive_id == bindparam("directive_id")
)
_FACTS = (
    select(ClauseRow.deadline, DocumentRow.issued_at)
    .join(DocumentRow, DocumentRow.id == ClauseRow.document_id)
    .where(ClauseRow.id == bindparam("clause_id"))
)
_TIED = (
    select(DirectiveRow.number)
    .where(DirectiveRow.clause_id == bindparam("clause_id"), DirectiveRow.parent_id.is_(None))
    .order_by(DirectiveRow.id)
)
_OUTCOMES = {
    PeriodAction.RECALL: "recalled",
    PeriodAction.RETURN: "returned",
    PeriodAction.CONFIRM: "verified",
}
_FILE = ("name", "media_type", "size", "sha256")


def period_from(row: Row[Any]) -> Period:
    """Return the period a row holds."""
    values = {name: getattr(row, name) for name in _COPIED}
    return Period(**values, state=PeriodState(row.state))


def plan_from(row: Row[Any]) -> Plan:
    """Return the plan a row holds."""
    return Plan(
        recurs=row.recurs,
        rhythm=Rhythm(row.rhythm) if row.rhythm else None,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        closed_on=row.closed_on,
    )


class PeriodRegister:
    """Periods within one transaction; each is held by holding its directive."""

    def __init__(self, connection: Connection, directives: DirectiveRegister) -> None:
        self._connection = connection
        self.directives = directives

    def period(self, directive: Directive, serial: int) -> Period | None:
        """Return one period of a directive."""
        wanted = {"directive_id": directive.id, "serial": serial}
        row = self._connection.execute(_PERIOD, wanted).one_or_none()
        return period_from(row) if row is not None else None

    def periods(self, directive: Directive) -> tuple[Period, ...]:
        """Return all periods of a directive in order."""
        rows = self._connection.execute(_PERIODS, {"directive_id": directive.id})
        return tuple(map(period_from, rows))

    def plan(self, directive: Directive) -> Plan | None:
        """Return what the periods of a directive follow from; None while it has none."""
        row = self._connection.execute(_PLAN, {"directive_id": directive.id}).one_or_none()
        return plan_from(row) if row is not None else None

    def facts(self, directive: Directive) -> StandingFacts:
        """Return what a plan would be made from."""
        row = self._connection.execute(_FACTS, {"clause_id": directive.clause_id}).one()
        return StandingFacts(
            deadline=deadline_from(row.deadline), entered_on=local_day(row.issued_at)
        )

    def tied(self, directive: Directive) -> tuple[str, ...]:
        """Return the numbers of all directives of the same clause at its top, in order."""
        rows = self._connection.execute(_TIED, {"clause_id": directive.clause_id})
        return tuple(rows.scalars())

    def put_plan(
        self,
        directive: Directive,
        plan: Plan,
        spans: Sequence[Span],
        actor: Actor,
        at: datetime,
    ) -> None:
        """Keep a plan with its periods in the place of what stood."""
        forget_plan(self._connection, directive.id)
        new = NewPlan(
            directive_id=directive.id,
            agency_id=directive.lead_agency_id,
            plan=plan,
            spans=tuple(spans),
        )
        add_plans(self._connection, [new], actor.account_id, at)

    def save(self, step: PeriodStep) -> None:
        """Keep what a step changed of its period."""
        if step.fields:
            self._connection.execute(
                update(PERIODS).where(PERIODS.c.id == step.period.id).values(step.fields)
            )

    def add_report(self, period: Period, given: Given, actor: Actor, at: datetime) -> None:
        """Keep a report as it was filed."""
        serial = select(func.count() + 1).where(_REPORTS.c.period_id == period.id)
        self._connection.execute(
            insert(_REPORTS).values(
                period_id=period.id,
                serial=serial.scalar_subquery(),
                result=given.text("result"),
                **{name: given.number(name) for name in FIGURES},
                report_number=given.text("report_number"),
                report_date=given.day("report_date"),
                signer=given.text("signer"),
                received_on=given.day("received_on"),
                arrival_number=given.text("arrival_number"),
                filed_by=actor.account_id,
                filed_at=at,
                outcome="pending",
            )
        )

    def end_report(
        self, period: Period, action: PeriodAction, given: Given, actor: Actor, at: datetime
    ) -> None:
        """Keep how the standing report of a period ended."""
        self._connection.execute(
            update(_REPORTS)
            .where(_REPORTS.c.period_id == period.id, _REPORTS.c.outcome == "pending")
            .values(
                outcome=_OUTCOMES[action],
                outcome_reason=given.text("reason") or given.text("comment"),
                ended_by=actor.account_id,
                ended_at=at,
            )
        )

    def end_prepared(
        self, directive: Directive, action: PeriodAction, actor: Actor, at: datetime
    ) -> None:
        """Keep that a report an officer prepared was submitted, or came another way."""
        is_theirs = action is PeriodAction.REPORT
        state = PreparedState.SUBMITTED if is_theirs else PreparedState.LAPSED
        self.directives.inside.end_standing(directive, state, actor, at)

    def add_files(
        self,
        directive: Directive,
        period: Period,
        action: PeriodAction,
        given: Given,
        actor: Actor,
        at: datetime,
    ) -> tuple[str, ...]:
        """Keep files as evidence for the days of a period; return their hashes.

        The same name used again within the period is its next version; the same name in
        another period is another piece, and both stay current. A file of the report that stands
        prepared is its officer's, whoever submits it.
        """
        prepared = prepared_of_report(directive) if action is PeriodAction.REPORT else {}
        for file in given.files():
            self._connection.execute(
                insert(_EVIDENCE).values(
                    **{name: getattr(file, name) for name in _FILE},
                    directive_id=directive.id,
                    purpose=Purpose.RESULT,
                    version=self._next_version(directive, period, file),
                    is_current=True,
                    period_from=period.from_on,
                    period_to=period.to_on,
                    action=action.value,
                    uploaded_by=prepared.get(file.sha256, actor.account_id),
                    agency_id=actor.agency_id,
                    uploaded_at=at,
                    state=EvidenceState.PENDING,
                )
            )
        return tuple(file.sha256 for file in given.files())

    def _next_version(self, directive: Directive, period: Period, file: StoredFile) -> int:
        named = (
            _EVIDENCE.c.directive_id == directive.id,
            _EVIDENCE.c.purpose == Purpose.RESULT,
            _EVIDENCE.c.name == file.name,
        )
        of_period = (
            _EVIDENCE.c.period_from == period.from_on,
            _EVIDENCE.c.period_to == period.to_on,
        )
        last = self._connection.execute(
            select(func.coalesce(func.max(_EVIDENCE.c.version), 0)).where(*named)
        ).scalar_one()
        older = update(_EVIDENCE).where(*named, *of_period)
        self._connection.execute(older.values(is_current=False))
        return int(last) + 1
