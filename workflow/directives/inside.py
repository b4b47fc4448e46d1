"""Inside one agency: an officer prepares a report, hands a task back, gets a report back.

None of it changes the directive or enters a figure of the province (product.md, section 3: an
officer prepares a report, clerk or head submits it).
"""

from __future__ import annotations

from workflow.accounts.records import SUBMITTING_ROLES
from workflow.directives.changes import Change, short_note
from workflow.directives.checks import (
    Check,
    open_parts_are_named,
    period_is_ordered,
    report_date_is_possible,
)
from workflow.directives.drafts import goes_back, waiting_in
from workflow.directives.guards import Case
from workflow.directives.matters import Prepared, PreparedState, Routing
from workflow.directives.needs import Given
from workflow.directives.records import Action
from workflow.directives.summing import figure_is_the_sum, rate_is_whole
from workflow.doors import Refusal
from workflow.history.records import Plain

PREPARED_IS_FIT: tuple[Check, ...] = (
    open_parts_are_named,
    figure_is_the_sum,
    rate_is_whole,
    report_date_is_possible,
    period_is_ordered,
)
"""What holds for a report before it is submitted; the signed file may still be missing."""


def report_is_prepared(case: Case) -> Refusal | None:
    """There is a report that an officer of this agency prepared."""
    return None if case.directive.standing_report else Refusal(code="nothing_prepared")


def something_waits(case: Case) -> Refusal | None:
    """Something that an officer of this agency prepared waits for clerk or head."""
    waits = waiting_in(case.directive, case.actor.agency_id)
    return None if waits else Refusal(code="nothing_prepared")


def what_goes_back_waits(case: Case, given: Given) -> dict[str, str]:
    """What is given back was prepared in this agency, and waits."""
    waits = waiting_in(case.directive, case.actor.agency_id)
    return {} if given.keys("going_back") <= set(waits) else {"going_back": "not_an_item"}


def begun_report(case: Case) -> Prepared | None:
    """Return the report whose files the next one may take over.

    It is the one that waits; for an officer also the last one, where that was given back.
    """
    of = case.directive
    if of.standing_report is not None or case.actor.role in SUBMITTING_ROLES:
        return of.standing_report
    mine = (one for one in of.prepared if one.agency_id == of.lead_agency_id)
    last = next(mine, None)
    return last if last is not None and last.state is PreparedState.RETURNED else None


def officers_prepare_and_others_change(case: Case) -> Refusal | None:
    """Clerk and head submit a report; what an officer prepared for it they may put right first."""
    return report_is_prepared(case) if case.actor.role in SUBMITTING_ROLES else None


def holds_routing(case: Case) -> Refusal | None:
    """The agency routed the task to this person, or to their division alone, and others did it."""
    held = routing_of_actor(case)
    return Refusal(code="not_routed_to_you") if held is None else None


def routing_of_actor(case: Case) -> Routing | None:
    """Return the routing that the actor holds; none that they made themselves."""
    actor = case.actor
    mine = (one for one in case.directive.routings if one.agency_id == actor.agency_id)
    return next((one for one in mine if one.by not in actor.hands and _holds(one, case)), None)


def _holds(routing: Routing, case: Case) -> bool:
    if routing.account_id is not None:
        return routing.account_id == case.actor.principal_id
    actor = case.actor
    held = actor.stands_for.memberships if actor.stands_for else actor.memberships
    return any(
        m.agency_id == actor.agency_id
        and m.division_id == routing.division_id
        and m.stands_on(case.day)
        for m in held
        if m.division_id is not None
    )


def prepare(case: Case, given: Given) -> Change:
    """Clerk and head of the agency are told, or the officer whose report one of them changed."""
    del given
    agency, changed = case.actor.agency_id, case.directive.standing_report
    if case.actor.role in SUBMITTING_ROLES and changed is not None:
        return Change(to_account=changed.by, told={"who": case.actor.name, "changed": True})
    return Change(to_agencies=(agency,) if agency else (), told={"who": case.actor.name})


def give_back(case: Case, given: Given) -> Change:
    """Whoever prepared it is told what is missing; of several each of their own."""
    of, told = case.directive, _told(case, given)
    back = goes_back(of, given, case.actor.agency_id)
    report = of.standing_report
    mine = [(report.by, Action.REPORT.value)] if report and report.id in back else []
    mine += [(one.by, one.act) for one in of.drafts if one.id in back]
    return Change(backs=tuple((who, told | {"act": act}) for who, act in mine))


def hand_back(case: Case, given: Given) -> Change:
    """The task is routed to nobody again: clerk and head, one of whom routed it, are told."""
    agency = case.actor.agency_id
    told = _told(case, given)
    return Change(to_agencies=(agency,) if agency else (), told=told)


def _told(case: Case, given: Given) -> dict[str, Plain]:
    note = given.text("note")
    told: dict[str, Plain] = {"who": case.actor.name}
    if note:
        told["note"] = short_note(note)
    return told
