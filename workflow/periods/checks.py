"""What must hold between the things given with a report of a period, field by field."""

from __future__ import annotations

from collections.abc import Callable

from workflow.directives.needs import Given
from workflow.evidence.records import EvidenceState
from workflow.periods.guards import PeriodCase

Check = Callable[[PeriodCase, Given], dict[str, str]]


def figure_where_there_is_a_target(case: PeriodCase, given: Given) -> dict[str, str]:
    """A directive with a target hears its figure in every period."""
    if case.directive.target_value is not None and given.number("figure") is None:
        return {"figure": "required"}
    return {}


def output_is_shown(case: PeriodCase, given: Given) -> dict[str, str]:
    """Where an output is expected, the period comes with evidence, new or standing."""
    if not case.directive.expected_output or given.files() or _stands(case):
        return {}
    return {"files": "evidence_missing"}


def _stands(case: PeriodCase) -> bool:
    days = (case.period.from_on, case.period.to_on)
    return any(
        (piece.period_from, piece.period_to) == days and piece.state is not EvidenceState.REJECTED
        for piece in case.directive.result_evidence
    )


def report_date_is_possible(case: PeriodCase, given: Given) -> dict[str, str]:
    """A report is not dated after the day it is filed."""
    signed_on = given.day("report_date")
    return {"report_date": "date_future"} if signed_on and signed_on > case.day else {}


def received_day_is_possible(case: PeriodCase, given: Given) -> dict[str, str]:
    """A paper comes on or after the day it bears, once its period began, not after today."""
    received, signed = given.day("received_on"), given.day("report_date")
    if received is None:
        return {}
    if received > case.day:
        return {"received_on": "date_future"}
    if signed and received < signed:
        return {"received_on": "before_report_date"}
    return {"received_on": "before_period"} if received < case.period.from_on else {}


REPORT_IS_WHOLE: tuple[Check, ...] = (
    figure_where_there_is_a_target,
    output_is_shown,
    report_date_is_possible,
)
"""What holds for every report of a period, filed or recorded."""
