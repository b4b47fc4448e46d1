"""What each action changes, and what it leaves alone."""

from datetime import date, timedelta

import pytest
from cases import (
    AT,
    BRANCH,
    DAY,
    LEAD_CLERK,
    LEAD_HEAD,
    LEAD_OFFICER,
    PEER,
    PEER_CLERK,
    STRANGER,
    VERIFIER,
    agency,
    asked,
    directive,
    do,
    file,
    piece,
    prepared,
    proposal,
    routed,
)

from workflow.directives.changes import NewPart
from workflow.directives.matters import Colleague
from workflow.directives.records import (
    Action,
    Directive,
    Grade,
    State,
    Verdict,
)
from workflow.directives.rules import snapshot
from workflow.directives.tracked import TRACKED

ONE = timedelta(days=1)
DUE = date(2021, 9, 29)
NO_REPORT = {"reported_at": None, "reported_by": None, "completed_on": None, "judged": False}

CHANGES = {
    "accept": (directive(), LEAD_CLERK, {}, {"state": State.IN_PROGRESS, "accepted_on": DAY}),
    "decline": (
        directive(lead_since=DAY),
        LEAD_CLERK,
        {"paper": "1/A", "ask": "part", "reason": "x", "files": (file(),)},
        {"decline_standing": True, "declined_on": DAY, "touched_by": frozenset({100})},
    ),
    "insist": (
        directive(decline_standing=True, declined_on=DAY - ONE),
        VERIFIER,
        {"reason": "x"},
        {"decline_standing": False, "declined_on": None, "awaited_since": DAY},
    ),
    "reassign": (
        directive(
            State.IN_PROGRESS,
            coordinating=frozenset({PEER, STRANGER}),
            extension_asked_to=DUE + ONE,
            touched_by=frozenset({100}),
        ),
        VERIFIER,
        {"agency": agency(PEER), "reason": "x"},
        {
            "state": State.ASSIGNED,
            "lead_agency_id": PEER,
            "lead_since": DAY,
            "awaited_since": DAY,
            "accepted_on": None,
            "extension_asked_to": None,
            "coordinating": frozenset({STRANGER}),
        },
    ),
    "update from assigned": (
        directive(),
        LEAD_CLERK,
        {"done": "x", "progress": 40},
        {
            "state": State.IN_PROGRESS,
            "accepted_on": DAY,
            "progress": 40,
            "touched_by": frozenset({100}),
        },
    ),
    "update by a coordinating agency": (
        directive(State.IN_PROGRESS, touched_by=frozenset({100}), progress=40),
        PEER_CLERK,
        {"done": "x"},
        {"touched_by": frozenset({100, 103})},
    ),
    "report from assigned": (
        directive(extension_asked_to=DUE + ONE),
        LEAD_HEAD,
        {"result": "x"},
        {
            "state": State.REPORTED,
            "accepted_on": DAY,
            "reported_at": AT,
            "reported_by": 101,
            "completed_on": DAY,
            "ever_reported": True,
            "touched_by": frozenset({101}),
        },
    ),
    "record_report": (
        directive(extension_asked_to=DUE + ONE, assigned_on=DAY - 9 * ONE),
        VERIFIER,
        {
            "result": "x",
            "report_number": "88/BC",
            "report_date": DAY - 3 * ONE,
            "signer": "x",
            "received_on": DAY - 2 * ONE,
        },
        {
            "state": State.REPORTED,
            "accepted_on": DAY,
            "reported_at": AT,
            "reported_by": VERIFIER.account_id,
            "report_recorded": True,
            "completed_on": DAY - 2 * ONE,
            "ever_reported": True,
        },
    ),
    "record_report with its file": (
        directive(State.IN_PROGRESS, assigned_on=DAY - 9 * ONE),
        VERIFIER,
        {
            "result": "x",
            "report_number": "88/BC",
            "report_date": DAY,
            "signer": "x",
            "received_on": DAY,
            "files": (file(),),
        },
        {
            "state": State.REPORTED,
            "reported_at": AT,
            "reported_by": VERIFIER.account_id,
            "report_recorded": True,
            "completed_on": DAY,
            "ever_reported": True,
            "touched_by": frozenset({VERIFIER.account_id}),
        },
    ),
    "remind": (
        directive(reminders=2, reminded_on=DAY - ONE),
        VERIFIER,
        {"text": "x", "paper": "3/UBND"},
        {"reminders": 3, "reminded_on": DAY},
    ),
    "direct": (
        directive(State.IN_PROGRESS),
        VERIFIER,
        {"text": "x", "reference": "12/TB"},
        {},
    ),
    "direct with a new date": (
        directive(State.REPORTED),
        VERIFIER,
        {"text": "x", "reference": "12/TB", "due_on": DUE + ONE},
        {"due_on": DUE + ONE},
    ),
    "recall what was recorded": (
        directive(State.REPORTED, report_recorded=True),
        LEAD_CLERK,
        {"reason": "x"},
        {
            "state": State.IN_PROGRESS,
            "reported_at": None,
            "reported_by": None,
            "report_recorded": False,
            "completed_on": None,
        },
    ),
    "recall": (
        directive(State.REPORTED),
        LEAD_CLERK,
        {"reason": "x"},
        {
            "state": State.IN_PROGRESS,
            "reported_at": None,
            "reported_by": None,
            "completed_on": None,
        },
    ),
    "return": (
        directive(State.REPORTED, judged=True, returned_count=2),
        VERIFIER,
        {"reason": "x"},
        {"state": State.IN_PROGRESS, "returned_count": 3} | NO_REPORT,
    ),
    "recall of a report that laid a request by": (
        directive(State.REPORTED, extension_asked_to=DUE + ONE, extension_asked_on=DAY - 3 * ONE),
        LEAD_CLERK,
        {"reason": "x"},
        {
            "state": State.IN_PROGRESS,
            "reported_at": None,
            "reported_by": None,
            "completed_on": None,
            "extension_asked_on": DAY,
        },
    ),
    "return with a date as late as the one asked for": (
        directive(
            State.REPORTED,
            judged=True,
            extension_asked_to=DUE + ONE,
            extension_asked_on=DAY - ONE,
        ),
        VERIFIER,
        {"reason": "x", "due_on": DUE + ONE},
        {
            "state": State.IN_PROGRESS,
            "returned_count": 1,
            "due_on": DUE + ONE,
            "extension_asked_to": None,
            "extension_asked_on": None,
        }
        | NO_REPORT,
    ),
    "return with a new date": (
        directive(State.REPORTED, due_on=None, first_due_on=None),
        VERIFIER,
        {"reason": "x", "due_on": DAY},
        {
            "state": State.IN_PROGRESS,
            "returned_count": 1,
            "due_on": DAY,
            "first_due_on": DAY,
            "reported_at": None,
            "reported_by": None,
            "completed_on": None,
        },
    ),
    "verify": (
        directive(State.REPORTED),
        VERIFIER,
        {"verdict": "partly_met"},
        {
            "state": State.VERIFIED,
            "verified_on": DAY,
            "verdict": Verdict.PARTLY_MET,
            "judged": True,
        },
    ),
    "verify with a grade": (
        directive(State.REPORTED, judged=True),
        VERIFIER,
        {"verdict": "met", "grade": "good", "comment": "x"},
        {
            "state": State.VERIFIED,
            "verified_on": DAY,
            "verdict": Verdict.MET,
            "grade": Grade.GOOD,
        },
    ),
    "reopen": (
        directive(State.VERIFIED, grade=Grade.GOOD),
        VERIFIER,
        {"reason": "x"},
        {"state": State.IN_PROGRESS, "verified_on": None, "verdict": None, "grade": None}
        | NO_REPORT,
    ),
    "request_extension": (
        directive(State.IN_PROGRESS),
        LEAD_CLERK,
        {"due_on": DUE + ONE, "reason": "x"},
        {"extension_asked_to": DUE + ONE, "extension_asked_on": DAY},
    ),
    "decide_extension, granted": (
        directive(
            State.IN_PROGRESS,
            extension_asked_to=DUE + ONE,
            extension_asked_on=DAY - ONE,
            extensions_granted=1,
        ),
        VERIFIER,
        {"decision": "granted", "due_on": DUE + 2 * ONE, "paper": "5/UBND"},
        {
            "extension_asked_to": None,
            "extension_asked_on": None,
            "due_on": DUE + 2 * ONE,
            "extensions_granted": 2,
        },
    ),
    "decide_extension, refused": (
        directive(State.IN_PROGRESS, extension_asked_to=DUE + ONE),
        VERIFIER,
        {"decision": "refused", "reason": "x", "due_on": DUE + 2 * ONE, "paper": "5/UBND"},
        {"extension_asked_to": None},
    ),
    "correct": (
        directive(State.IN_PROGRESS),
        VERIFIER,
        {"content": "Chữ đúng", "due_on": DUE - ONE, "reason": "x"},
        {"content": "Chữ đúng", "due_on": DUE - ONE, "first_due_on": DUE - ONE},
    ),
    "amend": (
        directive(State.IN_PROGRESS),
        VERIFIER,
        {"paper": "1/A", "expected_output": "Đề án", "due_on": DUE + ONE},
        {"expected_output": "Đề án", "due_on": DUE + ONE},
    ),
    "amend what is reported": (
        directive(State.REPORTED, judged=True),
        VERIFIER,
        {"paper": "1/A", "content": "Chữ mới"},
        {"state": State.IN_PROGRESS, "content": "Chữ mới"} | NO_REPORT,
    ),
    "withdraw": (
        directive(decline_standing=True, extension_asked_to=DUE + ONE),
        VERIFIER,
        {"paper": "1/A", "reason": "x"},
        {"state": State.WITHDRAWN, "decline_standing": False, "extension_asked_to": None},
    ),
    "hand_down": (
        directive(State.IN_PROGRESS),
        LEAD_CLERK,
        {"agency": agency(BRANCH), "content": "x", "due_on": DAY},
        {"touched_by": frozenset({100})},
    ),
    "route": (directive(), LEAD_CLERK, {"person": Colleague(id=9, name="x")}, {}),
    "prepare": (directive(), LEAD_OFFICER, {"result": "x", "files": (file(),)}, {}),
    "give_back": (directive(prepared=(prepared(),)), LEAD_CLERK, {"note": "x"}, {}),
    "hand_back": (directive(routings=(routed(to=102),)), LEAD_OFFICER, {"note": "x"}, {}),
    "report of what an officer prepared": (
        directive(State.IN_PROGRESS, prepared=(prepared(),), touched_by=frozenset({100})),
        LEAD_CLERK,
        {"result": "x"},
        {
            "state": State.REPORTED,
            "reported_at": AT,
            "reported_by": 100,
            "completed_on": DAY,
            "ever_reported": True,
            "touched_by": frozenset({100, 502}),
        },
    ),
    "take_back of an extension": (
        directive(extension_asked_to=DUE + ONE, extension_asked_on=DAY),
        LEAD_CLERK,
        {"taken_back": "extension", "reason": "x"},
        {"extension_asked_to": None, "extension_asked_on": None},
    ),
    "take_back of a decline": (
        directive(decline_standing=True, declined_on=DAY),
        LEAD_CLERK,
        {"taken_back": "decline", "reason": "x"},
        {"decline_standing": False, "declined_on": None},
    ),
    "take_back_input": (
        directive(State.IN_PROGRESS, inputs=(asked(),)),
        LEAD_CLERK,
        {"asked_input": 50, "reason": "x"},
        {},
    ),
    "request_input": (
        directive(State.IN_PROGRESS),
        LEAD_CLERK,
        {"agencies": (agency(PEER),), "what": "x", "needed_on": DAY},
        {},
    ),
    "give_input": (
        directive(State.IN_PROGRESS, inputs=(asked(),)),
        PEER_CLERK,
        {"request": 50, "answer": "x"},
        {"touched_by": frozenset({103})},
    ),
    "update with a proposal": (
        directive(State.IN_PROGRESS, touched_by=frozenset({100})),
        LEAD_CLERK,
        {"done": "x", "proposal": "Thêm người"},
        {"proposed_on": DAY},
    ),
    "answer": (
        directive(State.IN_PROGRESS, proposals=(proposal(),), proposed_on=DAY - ONE),
        VERIFIER,
        {"proposed": 60, "answer": "x"},
        {"proposed_on": None},
    ),
    "suspend": (
        directive(State.IN_PROGRESS),
        VERIFIER,
        {"paper": "9/UBND"},
        {"suspended_since": DAY},
    ),
    "resume": (
        directive(State.IN_PROGRESS, suspended_since=DAY - 7 * ONE, counts_days=True),
        VERIFIER,
        {"paper": "10/UBND"},
        {"suspended_since": None, "due_on": date(2021, 10, 4)},
    ),
    "accept_evidence of a report": (
        directive(State.REPORTED, evidence=(piece(),)),
        VERIFIER,
        {"evidence": 70},
        {"judged": True},
    ),
    "reject_evidence while the work runs": (
        directive(State.IN_PROGRESS, evidence=(piece(),)),
        VERIFIER,
        {"evidence": 70, "reason": "x"},
        {},
    ),
}


def action_of(name):
    return Action(name.replace(",", " ").split()[0])


def test_every_action_s_change_is_written_down_here():
    assert {action_of(name) for name in CHANGES} == set(Action)


@pytest.mark.parametrize("name", CHANGES)
def test_an_action_changes_what_it_says_and_nothing_else(name):
    of, who, given, wanted = CHANGES[name]
    step = do(action_of(name), of, who, **given)
    assert step.change.fields == wanted
    for field in Directive.__dataclass_fields__:
        expected = {"version": of.version + 1, **wanted}.get(field, getattr(of, field))
        assert getattr(step.directive, field) == expected, field


@pytest.mark.parametrize("name", CHANGES)
def test_the_history_of_a_step_leads_from_the_row_before_to_the_row_after(name):
    of, who, given, wanted = CHANGES[name]
    step = do(action_of(name), of, who, **given)
    assert set(step.before) == set(step.after) == set(wanted)
    assert snapshot(of) | step.after == snapshot(step.directive)
    assert snapshot(step.directive) | step.before == snapshot(of)


@pytest.mark.parametrize("name", CHANGES)
def test_only_fields_that_the_history_follows_are_ever_changed(name):
    of, who, given, _ = CHANGES[name]
    assert set(do(action_of(name), of, who, **given).change.fields) <= set(TRACKED)


def test_handing_down_makes_a_part():
    of, who, given, _ = CHANGES["hand_down"]
    step = do(Action.HAND_DOWN, of, who, **given)
    assert step.change.parts == (
        NewPart(agency_id=BRANCH, content="x", due_on=DAY, assigned_on=DAY),
    )
