"""The one table of a period's life: engine, buttons, forms and tests read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workflow.directives.asked import FILES, PREPARED_FILES, REASON
from workflow.directives.needs import Given, Kind, Need
from workflow.directives.standing import Standing
from workflow.periods import checks, effects, guards
from workflow.periods.checks import Check
from workflow.periods.guards import Guard, PeriodCase
from workflow.periods.records import PeriodAction, PeriodState

OPEN, REPORTED, CONFIRMED = PeriodState.OPEN, PeriodState.REPORTED, PeriodState.CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One act: from where to where, by whom, behind which guards, with what."""

    action: PeriodAction
    source: PeriodState
    target: PeriodState
    by: Standing
    effect: Callable[[PeriodCase, Given], dict[str, object]]
    guards: tuple[Guard, ...] = ()
    needs: tuple[Need, ...] = ()
    checks: tuple[Check, ...] = ()


FIGURES = tuple(
    Need(name=name, kind=Kind.NUMBER, required=False)
    for name in ("figure", "numerator", "denominator")
)
RUNS = (guards.directive_runs, guards.no_decline_standing, guards.has_begun)

TABLE: tuple[Row, ...] = (
    Row(
        action=PeriodAction.REPORT,
        source=OPEN,
        target=REPORTED,
        by=Standing.LEAD_SUBMITTER,
        guards=RUNS,
        needs=(
            Need(name="result", kind=Kind.TEXT),
            *FIGURES,
            Need(name="report_number", kind=Kind.LINE, required=False),
            Need(name="report_date", kind=Kind.DAY, required=False),
            Need(name="signer", kind=Kind.LINE, required=False),
            FILES,
            PREPARED_FILES,
        ),
        checks=checks.REPORT_IS_WHOLE,
        effect=effects.report,
    ),
    Row(
        action=PeriodAction.RECORD,
        source=OPEN,
        target=REPORTED,
        by=Standing.OVERSEER,
        guards=RUNS,
        needs=(
            Need(name="result", kind=Kind.TEXT),
            *FIGURES,
            Need(name="report_number", kind=Kind.LINE),
            Need(name="report_date", kind=Kind.DAY),
            Need(name="received_on", kind=Kind.DAY),
            Need(name="arrival_number", kind=Kind.LINE, required=False),
            Need(name="signer", kind=Kind.LINE),
            FILES,
        ),
        checks=(*checks.REPORT_IS_WHOLE, checks.received_day_is_possible),
        effect=effects.record,
    ),
    Row(
        action=PeriodAction.RECALL,
        source=REPORTED,
        target=OPEN,
        by=Standing.LEAD_SUBMITTER,
        guards=(guards.directive_runs,),
        needs=(REASON,),
        effect=effects.recall,
    ),
    Row(
        action=PeriodAction.CONFIRM,
        source=REPORTED,
        target=CONFIRMED,
        by=Standing.JUDGE,
        guards=(guards.independent,),
        needs=(Need(name="comment", kind=Kind.TEXT, required=False),),
        effect=effects.confirm,
    ),
    Row(
        action=PeriodAction.RETURN,
        source=REPORTED,
        target=OPEN,
        by=Standing.JUDGE,
        guards=(guards.directive_runs, guards.independent),
        needs=(REASON,),
        effect=effects.return_,
    ),
)
BY_ACTION: dict[PeriodAction, Row] = {row.action: row for row in TABLE}
