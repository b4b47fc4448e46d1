"""What must hold between the things given with an act of the desk: field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from workflow.directives.needs import Given
from workflow.errors import Invalid
from workflow.review.guards import Case
from workflow.review.records import Measure

Check = Callable[[Case, Given], dict[str, str]]


def _above_reminder(given: Given) -> bool:
    return given.text("measure") not in {"", Measure.ADMONITION}


def basis_allows(case: Case, given: Given) -> dict[str, str]:
    """Unconfirmed or contested violations allow nothing above a reminder (product.md §6)."""
    if _above_reminder(given) and not case.escalation.basis.is_settled:
        return {"measure": "basis_unsettled"}
    return {}


def agency_was_heard(case: Case, given: Given) -> dict[str, str]:
    """Above a reminder the agency was asked about this raise: it answered, or stayed silent."""
    if _above_reminder(given) and not case.escalation.heard:
        return {"measure": "not_heard"}
    return {}


def measure_within_authority(case: Case, given: Given) -> dict[str, str]:
    """Who may decide a reminder only cannot choose more."""
    from_leader = case.actor.role == "leader"
    if _above_reminder(given) and not from_leader:
        return {"measure": "beyond_authority"}
    return {}


def open_measures(checks: Iterable[Check], case: Case) -> frozenset[str]:
    """Return the measures that none of an act's checks refuses in a case."""
    found = tuple(checks)
    return frozenset(
        one.value
        for one in Measure
        if not any("measure" in check(case, Given({"measure": one.value})) for check in found)
    )


def paper_not_from_future(case: Case, given: Given) -> dict[str, str]:
    """A paper bears no date after the day it is recorded."""
    paper_on = given.day("paper_on")
    return {"paper_on": "date_future"} if paper_on and paper_on > case.day else {}


def answer_day_can_be_counted(case: Case, given: Given) -> dict[str, str]:
    """The calendar knows the answer day of a letter."""
    days = given.whole("working_days")
    if days is None:
        return {}
    try:
        case.calendar.due_on(case.day, days)
    except Invalid:
        return {"working_days": "outside_calendar"}
    return {}


def goes_to_an_able_inspector(case: Case, given: Given) -> dict[str, str]:
    """A case is handed on to an inspector who is here and tied to nobody it concerns."""
    wanted = given.whole("colleague")
    if wanted == case.escalation.holder_id:
        return {"colleague": "holds_it_already"}
    able = case.roster.able(case.organisation, case.escalation.concerned)
    if any(person.account_id == wanted for person in able):
        return {}
    return {"colleague": "cannot_take_it"}


def discipline_is_whole(case: Case, given: Given) -> dict[str, str]:
    """A result of discipline is recorded from its signed paper: number, day, who signed."""
    del case
    names = ("paper", "paper_on", "signer")
    if not any(given.has(name) for name in names):
        return {}
    return {name: "required" for name in names if not given.has(name)}
