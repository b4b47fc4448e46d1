"""What each action changes. Pure: a case and what was given go in, a change comes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from workflow.accounts.records import Role
from workflow.directives.changes import (
    Change,
    NewPart,
    no_extension_asked,
    nobody_declines,
    nothing_asked,
)
from workflow.directives.dividing import day_for
from workflow.directives.drafts import who_drafted
from workflow.directives.guards import Case
from workflow.directives.instructing import new_clause
from workflow.directives.joining import beside_after
from workflow.directives.needs import Given
from workflow.directives.records import Action, Directive, State
from workflow.directives.rescoping import said_anew


def with_hand(case: Case) -> frozenset[int]:
    """Return who had a hand in the work, and who acts now; both, where one stands in."""
    return case.directive.touched_by | case.actor.hands


def _accepted(case: Case) -> dict[str, object]:
    """An update or a report from `assigned` accepts too."""
    return {} if case.directive.accepted_on else {"accepted_on": case.day}


def accept(case: Case, given: Given) -> Change:
    """The lead takes the work; the duty ran from issue all the same."""
    del given
    return Change(fields={"accepted_on": case.day})


def decline(case: Case, given: Given) -> Change:
    """The lead asks for another assignment; the duty stands until it is answered."""
    del given
    return Change(
        fields={
            "decline_standing": True,
            "declined_on": case.day,
            "touched_by": with_hand(case) | who_drafted(case, Action.DECLINE),
        }
    )


def reassign(case: Case, given: Given) -> Change:
    """Another lead takes over from today; earlier days stay charged to who held them."""
    agency = given.agency("agency")
    assert agency is not None  # noqa: S101 - the need is required
    fields: dict[str, object] = {
        "lead_agency_id": agency.id,
        "lead_since": case.day,
        "awaited_since": case.day,
        "accepted_on": None,
        **nothing_asked(),
    }
    if given.day("due_on"):
        fields["due_on"] = given.day("due_on")
        fields["first_due_on"] = case.directive.first_due_on or given.day("due_on")
    return replace(beside_after(case, given, Change(fields=fields)), told={"to": agency.name})


def insist(case: Case, given: Given) -> Change:
    """The assignment stays as it was; its acceptance is awaited from today."""
    del given
    return Change(fields=nobody_declines() | {"awaited_since": case.day})


def update(case: Case, given: Given) -> Change:
    """What was done so far; the first one from the lead accepts the work."""
    hands = with_hand(case) | who_drafted(case, Action.UPDATE)
    fields = _accepted(case) | {"touched_by": hands}
    if given.whole("progress") is not None:
        fields["progress"] = given.whole("progress")
    if given.text("proposal"):
        fields["proposed_on"] = case.directive.proposed_on or case.day
    if not given.text("proposal"):
        return Change(fields=fields)
    return Change(fields=fields, proposes=True, **_told_at_home(case))


def _told_at_home(case: Case) -> dict[str, Any]:
    """What an officer proposes to those above, clerk and head of their agency are told too."""
    actor = case.actor
    if actor.role is not Role.AGENCY_OFFICER or actor.agency_id is None:
        return {}
    return {"to_agencies": (actor.agency_id,), "told": {"who": actor.name}}


def report(case: Case, given: Given) -> Change:
    """The lead reports the result; completion counts on this day once it is verified.

    A request for a later date is laid by and not dropped: nobody decides it while the report
    is judged, and it waits again once that is recalled or returned. An unanswered request stops
    nothing (product.md, section 3), and so nothing but an answer, or the end, takes it away.
    """
    del given
    return Change(
        fields=_accepted(case)
        | {
            "touched_by": with_hand(case) | who_prepared(case),
            "reported_by": case.actor.account_id,
            "completed_on": case.day,
            "ever_reported": True,
            "judged": False,
        },
        told={"who": case.actor.name},
    )


def who_prepared(case: Case) -> frozenset[int]:
    """Who prepared a report of this work has a hand in it, whoever submitted which one."""
    return frozenset[int]().union(*(one.hands for one in case.directive.prepared))


def record_report(case: Case, given: Given) -> Change:
    """The office records the agency's signed report; it counts on the day it was received.

    Who records it is not the reporter; the file that came with it makes them a hand in it.
    """
    fields = _accepted(case) | {
        "reported_by": case.actor.account_id,
        "report_recorded": True,
        "completed_on": given.day("received_on"),
        "ever_reported": True,
        "judged": False,
    }
    hands = who_prepared(case) | (case.actor.hands if given.files() else frozenset())
    if hands:
        fields["touched_by"] = case.directive.touched_by | hands
    return Change(fields=fields)


def remind(case: Case, given: Given) -> Change:
    """The lead is urged; each time is counted."""
    del given
    return Change(fields={"reminders": case.directive.reminders + 1, "reminded_on": case.day})


def direct(case: Case, given: Given) -> Change:
    """A leader says what is to be done, may set another day, and may give new work."""
    fields: dict[str, object] = {}
    if given.day("due_on"):
        fields["due_on"] = given.day("due_on")
        fields["first_due_on"] = case.directive.first_due_on or given.day("due_on")
    return Change(fields=fields, clause=new_clause(case, given))


def back_to_work(case: Case, due_on: date | None = None) -> dict[str, object]:
    """Return what is cleared when a report no longer stands and the work goes on."""
    return {
        "reported_at": None,
        "reported_by": None,
        "report_recorded": False,
        "completed_on": None,
        "judged": False,
    } | _asked_again(case, due_on)


def _asked_again(case: Case, due_on: date | None) -> dict[str, object]:
    """A request that the report laid by waits anew from today; a date as late answers it."""
    asked = case.directive.extension_asked_to
    if asked is None:
        return {}
    if due_on is not None and due_on >= asked:
        return no_extension_asked()
    return {"extension_asked_on": case.day}


def recall(case: Case, given: Given) -> Change:
    """The lead takes its report back before anyone judged it, the office one it recorded."""
    del given
    return Change(fields=back_to_work(case))


def request_extension(case: Case, given: Given) -> Change:
    """The lead asks for a later date; an unanswered request stops nothing."""
    return Change(
        fields={"extension_asked_to": given.day("due_on"), "extension_asked_on": case.day}
    )


def decide_extension(case: Case, given: Given) -> Change:
    """A granted extension moves the agreed date; the first date is kept for ever."""
    fields = no_extension_asked()
    if given.text("decision") == "granted":
        fields["due_on"] = given.day("due_on") or case.directive.extension_asked_to
        fields["extensions_granted"] = case.directive.extensions_granted + 1
    return Change(fields=fields)


def rewrite(case: Case, given: Given) -> Change:
    """Correct or amend: what was given takes its new words, who joins or leaves coordinates so."""
    fields: dict[str, object] = {}
    for name in ("content", "expected_output"):
        if given.text(name):
            fields[name] = given.text(name)
    if given.day("due_on"):
        fields["due_on"] = given.day("due_on")
        fields["first_due_on"] = case.directive.first_due_on or given.day("due_on")
    return beside_after(case, given, Change(fields=fields | said_anew(case, given)))


def correct(case: Case, given: Given) -> Change:
    """An error of entry: a date that nobody moved since is corrected as the first date too."""
    change = rewrite(case, given)
    if given.day("due_on") and corrects_first(case.directive):
        change.fields["first_due_on"] = given.day("due_on")
    return change


def corrects_first(of: Directive) -> bool:
    """Whether a corrected date is the first date too: nobody moved it since."""
    return of.due_on == of.first_due_on and not of.extensions_granted


def amend(case: Case, given: Given) -> Change:
    """The document changed the work; a report on the old words goes back."""
    change = rewrite(case, given)
    if case.directive.state is State.REPORTED:
        change.fields.update(back_to_work(case, given.day("due_on")))
    return change


def withdraw(case: Case, given: Given) -> Change:
    """The document ends the work; standing requests fall with it."""
    del case, given
    return Change(fields=nothing_waits())


def nothing_waits() -> dict[str, object]:
    """Return what falls when work ends: requests, proposals, and a pause."""
    return nothing_asked() | {"proposed_on": None, "suspended_since": None}


def hand_down(case: Case, given: Given) -> Change:
    """Each unit below takes a part, as a child directive of its own, by its own day or by all's."""
    parts = tuple(
        NewPart(
            agency_id=unit.id,
            content=given.text("content"),
            due_on=day_for(given, unit.id),
            assigned_on=case.day,
        )
        for unit in given.agencies("agency")
    )
    return Change(fields={"touched_by": with_hand(case)}, parts=parts)
