"""What must hold between the things given with a report of a period, field by field."""

from __future__ import annotations

from collections.abc import Callable

from workflow.directives.needs import Given
from workflow.directives.summing import makes_rate, whole_of, without_its_rate
from workflow.evidence.records import EvidenceState
from workflow.periods.guards import PeriodCase

Check = Callable[[PeriodCase, Given], dict[str, str]]


def figure_where_there_is_a_target(case: PeriodCase, given: Given) -> dict[str, str]:
    """A directive with a target hears its figure in every period."""
    if case.directive.target_value is not None and given.number("figure") is None:
        return {"figure": "required"}
    return {}


def rate_is_whole(case: PeriodCase, given: Given) -> dict[str, str]:
    """A rate comes with both its numbers or with neither, and they make it.

    Only with both can it be put together with those of other agencies (product.md, section 3).
    """
    whole, figure = whole_of(case.directive.target_unit), given.number("figure")
    named = {name: given.number(name) for name in ("numerator", "denominator")}
    above, below = named.values()
    if whole is None:
        return {}
    if figure is None:
        return without_its_rate(above, below)
    if above is None and below is None:
        return {}
    if above is None or below is None:
        return {name: "required" for name, value in named.items() if value is None}
    return makes_rate(figure, above, below, whole)


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
    rate_is_whole,
    output_is_shown,
    report_date_is_possible,
)
"""What holds for every report of a period, filed or recorded."""
