"""What each act changes of a period. Pure: a case and what was given go in, fields come out."""

from __future__ import annotations

from workflow.directives.needs import Given
from workflow.periods.guards import PeriodCase

_BACK = {"reported_at": None, "reported_by": None, "completed_on": None, "is_recorded": False}


def report(case: PeriodCase, given: Given) -> dict[str, object]:
    """The lead reports; the period counts on this day once it is confirmed."""
    del given
    return {
        "reported_by": case.actor.account_id,
        "completed_on": case.day,
        "agency_id": _charged(case),
    }


def record(case: PeriodCase, given: Given) -> dict[str, object]:
    """The office records the agency's signed report; it counts on the day it was received."""
    return {
        "reported_by": case.actor.account_id,
        "completed_on": given.day("received_on"),
        "is_recorded": True,
        "agency_id": _charged(case),
    }


def _charged(case: PeriodCase) -> int:
    """What fell due under an earlier lead stays charged to it, whoever makes it good."""
    is_past = case.day > case.period.due_on
    return case.period.agency_id if is_past else case.directive.lead_agency_id


def recall(case: PeriodCase, given: Given) -> dict[str, object]:
    """The lead takes its report back before anyone judged it."""
    del given
    return _BACK | {"agency_id": _charged(case)}


def return_(case: PeriodCase, given: Given) -> dict[str, object]:
    """The judge asks for more; a returned report never stopped the clock."""
    del given
    again = case.period.returned_count + 1
    return _BACK | {"agency_id": _charged(case), "returned_count": again}


def confirm(case: PeriodCase, given: Given) -> dict[str, object]:
    """Somebody independent confirms the period."""
    del given
    return {"confirmed_on": case.day, "confirmed_by": case.actor.account_id}
