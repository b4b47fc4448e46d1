"""What must hold between the things given with an act: field by field, with a code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from workflow.agencies.rules import may_lead
from workflow.directives.guards import Case
from workflow.directives.needs import Given
from workflow.evidence.records import EvidenceState

Check = Callable[[Case, Given], dict[str, str]]


def new_lead_can_lead(case: Case, given: Given) -> dict[str, str]:
    """The new lead exists on the day, may be given work, and is another one."""
    agency = given.agency("agency")
    if agency is None:
        return {}
    if not may_lead(agency, case.day):
        return {"agency": "cannot_lead"}
    if agency.id == case.directive.lead_agency_id:
        return {"agency": "same_lead"}
    return {}


def due_date_not_past(case: Case, given: Given) -> dict[str, str]:
    """A date set today cannot lie before today."""
    due_on = given.day("due_on")
    return {"due_on": "date_past"} if due_on and due_on < case.day else {}


def asks_for_later(case: Case, given: Given) -> dict[str, str]:
    """An extension asks for a later date than the one agreed."""
    due_on = given.day("due_on")
    current = case.directive.due_on
    return {"due_on": "not_later"} if due_on and current and due_on <= current else {}


def decision_is_whole(case: Case, given: Given) -> dict[str, str]:
    """A refusal needs its reason, a granted date must be later than the present one."""
    if given.text("decision") == "refused":
        return {} if given.text("reason") else {"reason": "required"}
    return asks_for_later(case, given)


def output_is_shown(case: Case, given: Given) -> dict[str, str]:
    """Where an output is expected, a report comes with evidence, new or standing."""
    directive = case.directive
    if directive.expected_output and not given.files() and not directive.standing_evidence:
        return {"files": "evidence_missing"}
    return {}


def open_parts_are_named(case: Case, given: Given) -> dict[str, str]:
    """A report over parts that still run says why."""
    if case.directive.open_parts and not given.text("open_parts_reason"):
        return {"open_parts_reason": "open_parts"}
    return {}


def report_date_is_possible(case: Case, given: Given) -> dict[str, str]:
    """A report is not dated after the day it is filed."""
    signed_on = given.day("report_date")
    return {"report_date": "date_future"} if signed_on and signed_on > case.day else {}


def period_is_ordered(case: Case, given: Given) -> dict[str, str]:
    """The period that evidence proves begins before it ends, and has begun."""
    start, end = given.day("period_from"), given.day("period_to")
    if start and end and end < start:
        return {"period_to": "period_reversed"}
    if start and start > case.day:
        return {"period_from": "date_future"}
    return {}


def something_changes(case: Case, given: Given) -> dict[str, str]:
    """An amendment or correction changes at least one field."""
    directive = case.directive
    current: dict[str, object] = {
        "content": directive.content,
        "expected_output": directive.expected_output,
        "due_on": directive.due_on,
    }
    new = {
        "content": given.text("content"),
        "expected_output": given.text("expected_output"),
        "due_on": given.day("due_on"),
    }
    if any(value and value != current[name] for name, value in new.items()):
        return {}
    return {"": "no_change"}


def unit_stands_below(case: Case, given: Given) -> dict[str, str]:
    """A part goes to a unit under the lead that exists on the day."""
    unit = given.agency("agency")
    if unit is None:
        return {}
    below = unit.path.startswith(case.directive.lead_path) and unit.path != case.directive.lead_path
    return {} if below and unit.stands_on(case.day) else {"agency": "not_a_unit_below"}


def latest_day_for_part(case: Case) -> date | None:
    """Return the last day a part may have: the parent's date less the buffer in working days."""
    due_on = case.directive.due_on
    if due_on is None:
        return None
    return case.calendar.subtract_working_days(due_on, case.limits.part_buffer_working_days)


def part_fits_inside(case: Case, given: Given) -> dict[str, str]:
    """A part is due inside the parent's time minus the buffer."""
    latest, due_on = latest_day_for_part(case), given.day("due_on")
    if latest is None or due_on is None:
        return {}
    return {"due_on": "outside_parent"} if due_on > latest else {}


def part_has_date_where_parent_has(case: Case, given: Given) -> dict[str, str]:
    """A dated directive hands down dated parts."""
    if case.directive.due_on and given.day("due_on") is None:
        return {"due_on": "required"}
    return {}


def piece_is_pending(case: Case, given: Given) -> dict[str, str]:
    """The piece belongs to this directive, is its current version, and is not judged yet."""
    wanted = given.whole("evidence")
    for piece in case.directive.result_evidence:
        if piece.id == wanted:
            return {} if piece.state is EvidenceState.PENDING else {"evidence": "already_judged"}
    return {"evidence": "not_evidence"}


def judge_of_piece_is_not_its_uploader(case: Case, given: Given) -> dict[str, str]:
    """Nobody judges what they uploaded."""
    wanted = given.whole("evidence")
    mine = {e.id for e in case.directive.evidence if e.uploaded_by == case.actor.account_id}
    return {"evidence": "four_eyes_hand"} if wanted in mine else {}
