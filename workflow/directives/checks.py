"""What must hold between the things given with an act: field by field, with a code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from workflow.accounts.records import Role
from workflow.agencies.records import Agency
from workflow.agencies.rules import may_lead
from workflow.directives.guards import Case
from workflow.directives.joining import JOINING, LEAVING
from workflow.directives.needs import Given
from workflow.directives.rescoping import said_anew
from workflow.directives.summing import figure_is_the_sum, rate_is_whole
from workflow.errors import Invalid
from workflow.evidence.records import EvidenceState

Check = Callable[[Case, Given], dict[str, str]]


def new_lead_can_lead(case: Case, given: Given) -> dict[str, str]:
    """The lead that is named, or wished for, exists on the day, may lead, and is another one."""
    agency = given.agency("agency")
    if agency is None:
        return {}
    if not may_lead(agency, case.day):
        return {"agency": "cannot_lead"}
    if agency.id == case.directive.lead_agency_id:
        return {"agency": "same_lead"}
    return {} if _may_take_over(case, agency) else {"agency": "not_a_unit_below"}


def _may_take_over(case: Case, agency: Agency) -> bool:
    """A part stays among the units of the agency that handed it down."""
    return case.directive.parent_id is None or _below(agency, case.directive.handed_by_path)


def _below(agency: Agency, path: str) -> bool:
    return agency.is_under(path) and agency.path != path


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
    """A refusal needs its reason; the date granted is later than the present one."""
    if given.text("decision") == "refused":
        return {} if given.text("reason") else {"reason": "required"}
    current = case.directive.due_on
    granted = given.day("due_on") or case.directive.extension_asked_to
    if granted and current and granted <= current:
        return {"due_on": "not_later"}
    return _outside_parent(case, granted)


def output_is_shown(case: Case, given: Given) -> dict[str, str]:
    """Where an output is expected, a report comes with evidence, new or standing."""
    directive, aside = case.directive, given.keys("set_aside")
    stands = any(piece.id not in aside for piece in directive.standing_evidence)
    if directive.expected_output and not given.files() and not stands:
        return {"files": "evidence_missing"}
    return {}


def only_loose_pieces_are_set_aside(case: Case, given: Given) -> dict[str, str]:
    """A new report may go without files brought before, as long as nobody accepted them."""
    loose = {piece.id for piece in case.directive.loose_evidence}
    return {} if given.keys("set_aside") <= loose else {"set_aside": "not_loose"}


def open_parts_are_named(case: Case, given: Given) -> dict[str, str]:
    """A report over parts that still run says why."""
    if case.directive.open_parts and not given.text("open_parts_reason"):
        return {"open_parts_reason": "open_parts"}
    return {}


def report_date_is_possible(case: Case, given: Given) -> dict[str, str]:
    """A report is not dated after the day it is filed."""
    signed_on = given.day("report_date")
    return {"report_date": "date_future"} if signed_on and signed_on > case.day else {}


def paper_date_is_possible(case: Case, given: Given) -> dict[str, str]:
    """The paper an act rests on is not dated after the day of the act."""
    dated = given.day("paper_date")
    return {"paper_date": "date_future"} if dated and dated > case.day else {}


def received_day_is_possible(case: Case, given: Given) -> dict[str, str]:
    """A signed report is received on or after the day it bears, and not after today."""
    received, signed = given.day("received_on"), given.day("report_date")
    if received and received > case.day:
        return {"received_on": "date_future"}
    if received and signed and received < signed:
        return {"received_on": "before_report_date"}
    if received and received < case.directive.assigned_on:
        return {"received_on": "before_assignment"}
    return {}


def recorder_says_where(case: Case, given: Given) -> dict[str, str]:
    """Who records what a leader said names the meeting or the document it stands in."""
    if case.actor.role is Role.LEADER or given.text("reference"):
        return {}
    return {"reference": "required"}


def recorder_names_the_decision(case: Case, given: Given) -> dict[str, str]:
    """The office records what the person who gave the task decided, and says where it stands.

    Who gave it decides in their own name; so does the agency that handed a part down.
    """
    records = case.actor.role is Role.OFFICE and given.text("decision")
    return {"paper": "decision_unnamed"} if records and not given.text("paper") else {}


def decider_speaks_for_nobody(case: Case, given: Given) -> dict[str, str]:
    """Only who records a decision names whose it is."""
    own = case.actor.role is not Role.OFFICE and given.has("said_by")
    return {"said_by": "unknown_field"} if own else {}


def spoken_by_now(case: Case, given: Given) -> dict[str, str]:
    """What is recorded was said already; a leader speaks for nobody else."""
    if case.actor.role is Role.LEADER:
        return {name: "unknown_field" for name in ("said_by", "said_on") if given.has(name)}
    said_on = given.day("said_on")
    return {"said_on": "date_future"} if said_on and said_on > case.day else {}


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
    beside = given.has(JOINING.name) or given.has(LEAVING.name)
    if (
        beside
        or said_anew(case, given)
        or any(value and value != current[name] for name, value in new.items())
    ):
        return {}
    return {"": "no_change"}


def units_stand_below(case: Case, given: Given) -> dict[str, str]:
    """Parts go to units under the lead that exist on the day."""
    path = case.directive.lead_path
    below = all(
        _below(unit, path) and may_lead(unit, case.day) for unit in given.agencies("agency")
    )
    return {} if below else {"agency": "not_a_unit_below"}


def latest_day_for_part(case: Case) -> date | None:
    """Return the last day a part may have: the parent's date less the buffer in working days."""
    return less_buffer(case, case.directive.due_on)


def less_buffer(case: Case, due_on: date | None) -> date | None:
    """Return the last day for a part under work due on `due_on`.

    Beyond the days the calendar knows nothing is counted, so nothing is taken off.
    """
    if due_on is None:
        return None
    try:
        return case.calendar.subtract_working_days(due_on, case.limits.part_buffer_working_days)
    except Invalid:
        return due_on


def part_fits_inside(case: Case, given: Given) -> dict[str, str]:
    """A part is due inside the parent's time minus the buffer."""
    latest, due_on = latest_day_for_part(case), given.day("due_on")
    if latest is None or due_on is None:
        return {}
    return {"due_on": "outside_parent"} if due_on > latest else {}


def stays_inside_parent(case: Case, given: Given) -> dict[str, str]:
    """Whoever moves the date of a part keeps it inside the parent's time minus the buffer."""
    return _outside_parent(case, given.day("due_on"))


def _outside_parent(case: Case, due_on: date | None) -> dict[str, str]:
    latest = less_buffer(case, case.directive.parent_due_on)
    return {"due_on": "outside_parent"} if latest and due_on and due_on > latest else {}


def part_has_date_where_parent_has(case: Case, given: Given) -> dict[str, str]:
    """A dated directive hands down dated parts: by one day for all, or each by its own."""
    if case.directive.due_on is None or given.day("due_on"):
        return {}
    own = given.unit_days("unit_days")
    dated = all(unit.id in own for unit in given.agencies("agency"))
    return {} if own and dated else {"due_on": "required"}


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
    people = case.actor.people_on(case.day)
    mine = {e.id for e in case.directive.evidence if e.uploaded_by in people}
    return {"evidence": "four_eyes_hand"} if wanted in mine else {}


REPORT_IS_WHOLE: tuple[Check, ...] = (
    output_is_shown,
    open_parts_are_named,
    figure_is_the_sum,
    rate_is_whole,
    report_date_is_possible,
    period_is_ordered,
)
"""What holds for every report, filed or recorded."""
