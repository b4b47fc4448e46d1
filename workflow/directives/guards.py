"""Why a door is shut: each guard returns a refusal or None, before anyone clicks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from workflow.accounts.records import Actor
from workflow.calendar.working import WorkingCalendar
from workflow.directives.limits import Limits
from workflow.directives.records import Directive, State
from workflow.doors import Refusal
from workflow.errors import Invalid
from workflow.evidence.records import EvidenceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that a guard may look at: the directive, who acts, on which day."""

    directive: Directive
    actor: Actor
    day: date
    calendar: WorkingCalendar
    limits: Limits = field(default_factory=Limits)


Guard = Callable[[Case], Refusal | None]


def no_decline_standing(case: Case) -> Refusal | None:
    """While the lead asks for another assignment, the work cannot be accepted."""
    return Refusal(code="decline_standing") if case.directive.decline_standing else None


def decline_stands(case: Case) -> Refusal | None:
    """There is something to answer."""
    return None if case.directive.decline_standing else Refusal(code="no_decline_standing")


def within_decline_time(case: Case) -> Refusal | None:
    """Declining is for the first working days after assignment (a province's setting)."""
    until = _last_day_to_decline(case)
    if case.day <= until:
        return None
    return Refusal(code="decline_time_over", params={"until": until})


def _last_day_to_decline(case: Case) -> date:
    """No days allowed, or none the calendar can count: the day of assignment alone."""
    start = case.directive.lead_since or case.directive.assigned_on
    allowed = case.limits.decline_within_working_days
    try:
        return case.calendar.due_on(start, allowed) if allowed else start
    except Invalid:
        return start


def independent(case: Case) -> Refusal | None:
    """Four eyes: never the reporter, the lead agency's people, or who had a hand in it.

    Judged as of the day of the act: every agency the person belongs to that day counts,
    in whatever role. While one stands in for another both are judged as one person.
    """
    directive, actor = case.directive, case.actor
    if actor.account_id == directive.reported_by and not directive.report_recorded:
        return Refusal(code="four_eyes_reporter")
    if actor.account_id in directive.touched_by:
        return Refusal(code="four_eyes_hand")
    if tied := _tied_hand(case):
        return Refusal(code="four_eyes_stand_in", params={"name": tied})
    if directive.lead_agency_id in actor.agencies_on(case.day):
        return Refusal(code="four_eyes_agency", params={"agency": directive.lead_name})
    return None


def _tied_hand(case: Case) -> str:
    """Return the name of somebody judged as one with the actor who had a hand in it, or none."""
    directive = case.directive
    hands = directive.touched_by
    if directive.reported_by is not None and not directive.report_recorded:
        hands |= {directive.reported_by}
    ties = (tie for tie in case.actor.ties if tie.stands_on(case.day))
    return next((tie.name for tie in ties if tie.account_id in hands), "")


def not_yet_judged(case: Case) -> Refusal | None:
    """A report can be recalled until somebody began to judge it."""
    return Refusal(code="already_judged") if case.directive.judged else None


def evidence_not_all_rejected(case: Case) -> Refusal | None:
    """Where an output is expected, a report whose every piece was rejected is not verified."""
    directive = case.directive
    if directive.expected_output and not directive.standing_evidence:
        return Refusal(code="no_standing_evidence")
    return None


def within_reopening_time(case: Case) -> Refusal | None:
    """Reopening has its time (a province's setting), counted from verification."""
    verified_on = case.directive.verified_on
    if verified_on is None:
        return None
    until = verified_on + timedelta(days=case.limits.reopen_within_days)
    if case.day <= until:
        return None
    return Refusal(code="reopening_time_over", params={"until": until})


def parent_goes_on(case: Case) -> Refusal | None:
    """A part runs again only under work that runs, for the agency that still leads it."""
    part = case.directive
    if part.parent_id is None:
        return None
    ended = part.parent_state in {State.VERIFIED, State.WITHDRAWN}
    moved = part.parent_lead_id != part.handed_by_id
    return Refusal(code="parent_changed") if ended or moved else None


def has_due_date(case: Case) -> Refusal | None:
    """Only a date can be extended; periods have theirs by their rule and are reported late."""
    if case.directive.due_on:
        return None
    code = "periods_not_extended" if case.directive.has_periods else "no_due_date"
    return Refusal(code=code)


def before_due_date(case: Case) -> Refusal | None:
    """An extension is asked for before the due date, strictly, or by a lead time that is set."""
    due_on = case.directive.due_on
    if due_on is None:
        return None
    until = due_on - timedelta(days=max(1, case.limits.extension_lead_days))
    return None if case.day <= until else Refusal(code="past_due_date", params={"until": until})


def extensions_left(case: Case) -> Refusal | None:
    """The number of extensions is a province's setting."""
    if case.directive.extensions_granted < case.limits.extensions_allowed:
        return None
    return Refusal(code="extensions_used_up", params={"allowed": case.limits.extensions_allowed})


def no_extension_standing(case: Case) -> Refusal | None:
    """One request at a time."""
    asked = case.directive.extension_asked_to
    return Refusal(code="extension_standing", params={"until": asked}) if asked else None


def extension_stands(case: Case) -> Refusal | None:
    """There is a request to decide."""
    return None if case.directive.extension_asked_to else Refusal(code="no_extension_standing")


def never_reported(case: Case) -> Refusal | None:
    """Errors of entry are corrected before any report; later the document must say so."""
    return Refusal(code="already_reported") if case.directive.ever_reported else None


def no_open_parts(case: Case) -> Refusal | None:
    """Parts handed down must end before the work changes hands."""
    parts = case.directive.open_parts
    if not parts:
        return None
    return Refusal(code="open_parts", params={"numbers": [part.number for part in parts]})


def only_lead_from_assigned(case: Case) -> Refusal | None:
    """A first update accepts the work, so only the lead can make it."""
    directive = case.directive
    if directive.state is not State.ASSIGNED or case.actor.agency_id == directive.lead_agency_id:
        return None
    return Refusal(code="not_accepted_yet", params={"agency": directive.lead_name})


def has_pending_evidence(case: Case) -> Refusal | None:
    """There is a piece that nobody judged yet."""
    if any(e.state is EvidenceState.PENDING for e in case.directive.result_evidence):
        return None
    return Refusal(code="no_pending_evidence")
