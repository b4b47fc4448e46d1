"""Standing work that is confirmed as done while some of its periods are not settled.

The work ends by document or with its year (product.md, section 3). Who ends it before says why,
so that no period that was missed is passed over in silence.
"""

from __future__ import annotations

from datetime import date

from workflow.directives.guards import Case
from workflow.directives.matters import OwedPeriod
from workflow.directives.needs import Given, Kind, Need
from workflow.directives.records import Directive

PERIODS_REASON = Need(name="periods_reason", kind=Kind.TEXT, required=False)


def owed_periods(of: Directive, day: date) -> tuple[OwedPeriod, ...]:
    """Return the periods begun by `day` that have no confirmed report, in order.

    What falls due during a pause is owed by nobody.
    """
    paused = of.suspended_since
    return tuple(
        one
        for one in of.unsettled
        if one.from_on <= day and (one.is_reported or paused is None or one.due_on < paused)
    )


def owed_periods_are_named(case: Case, given: Given) -> dict[str, str]:
    """Whoever ends standing work over unsettled periods says why; else there is nothing to say."""
    owes, says = owed_periods(case.directive, case.day), given.has(PERIODS_REASON.name)
    if owes and not says:
        return {PERIODS_REASON.name: "owed_periods"}
    return {PERIODS_REASON.name: "no_owed_periods"} if says and not owes else {}
