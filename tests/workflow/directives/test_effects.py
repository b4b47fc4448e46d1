"""What each action changes, and what it leaves alone."""

from datetime import date, timedelta

import pytest
from cases import (
    AT,
    BRANCH,
    COMMUNE,
    DAY,
    DISTRICT,
    LEAD,
    LEAD_CLERK,
    LEAD_HEAD,
    LEAD_OFFICER,
    PEER,
    PEER_CLERK,
    STRANGER,
    VERIFIER,
    actor,
    after,
    agency,
    asked,
    changed,
    directive,
    do,
    file,
    part_of_district,
    piece,
    prepared,
    proposal,
    routed,
)

from workflow.accounts.records import Role
from workflow.directives.changes import NewPart
from workflow.directives.matters import Colleague
from workflow.directives.notices import notices_of
from workflow.directives.records import (
    TRACKED,
    Action,
    Directive,
    Grade,
    State,
    Verdict,
)
from workflow.directives.rules import ended, snapshot
from workflow.evidence.records import EvidenceState

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


@pytest.mark.parametrize(
    ("action", "state"),
    [
        (Action.ACCEPT_EVIDENCE, EvidenceState.ACCEPTED),
        (Action.REJECT_EVIDENCE, EvidenceState.REJECTED),
    ],
)
def test_judging_a_piece_names_the_piece_and_the_judgement(action, state):
    of = directive(State.REPORTED, evidence=(piece(),))
    given = {"evidence": 70} | ({"reason": "x"} if action is Action.REJECT_EVIDENCE else {})
    change = do(action, of, VERIFIER, **given).change
    assert (change.evidence_id, change.evidence_state) == (70, state)


def test_completion_counts_on_the_day_of_the_report_and_no_other():
    of = do(
        Action.REPORT,
        directive(State.IN_PROGRESS),
        LEAD_CLERK,
        DUE,
        result="x",
        report_date=date(2021, 9, 1),
    ).directive
    assert of.completed_on == DUE
    verified = after(Action.VERIFY, of, VERIFIER, DUE + 30 * ONE, verdict="met")
    assert verified.completed_on == DUE
    assert verified.verified_on == DUE + 30 * ONE


def test_a_second_report_counts_on_its_own_day():
    first = after(Action.REPORT, directive(State.IN_PROGRESS), LEAD_CLERK, DAY, result="x")
    back = after(Action.RETURN, first, VERIFIER, DAY + ONE, reason="x")
    again = after(Action.REPORT, back, LEAD_CLERK, DAY + 2 * ONE, result="x")
    assert again.completed_on == DAY + 2 * ONE


def test_the_first_date_is_kept_for_ever():
    of = directive(State.IN_PROGRESS)
    for granted in range(2):
        asked = after(
            Action.REQUEST_EXTENSION, of, LEAD_CLERK, due_on=of.due_on + 10 * ONE, reason="x"
        )
        of = after(Action.DECIDE_EXTENSION, asked, VERIFIER, decision="granted", paper="5/UBND")
        assert of.extensions_granted == granted + 1
    of = after(Action.AMEND, of, VERIFIER, paper="1/A", due_on=of.due_on + 10 * ONE)
    of = after(
        Action.REASSIGN, of, VERIFIER, agency=agency(STRANGER), reason="x", due_on=DUE + 90 * ONE
    )
    assert of.first_due_on == DUE
    assert of.due_on == DUE + 90 * ONE


@pytest.mark.parametrize(
    "moved",
    [
        lambda of: after(Action.AMEND, of, VERIFIER, paper="1/A", due_on=DUE + 10 * ONE),
        lambda of: after(
            Action.REASSIGN,
            of,
            VERIFIER,
            agency=agency(STRANGER),
            reason="x",
            due_on=DUE + 10 * ONE,
        ),
        lambda of: after(
            Action.DECIDE_EXTENSION,
            changed(of, extension_asked_to=DUE + 10 * ONE),
            VERIFIER,
            decision="granted",
            paper="5/UBND",
        ),
    ],
    ids=["amended", "reassigned", "extended"],
)
def test_a_correction_after_the_date_moved_leaves_the_first_date(moved):
    of = moved(directive(State.IN_PROGRESS))
    corrected = after(Action.CORRECT, of, VERIFIER, due_on=DUE + 12 * ONE, reason="Gõ nhầm")
    assert corrected.due_on == DUE + 12 * ONE
    assert corrected.first_due_on == DUE


def test_a_first_date_is_the_first_one_ever_set():
    of = directive(State.IN_PROGRESS, due_on=None, first_due_on=None)
    dated = after(Action.AMEND, of, VERIFIER, paper="1/A", due_on=DUE)
    assert dated.first_due_on == DUE
    moved = after(Action.AMEND, dated, VERIFIER, paper="2/A", due_on=DUE + ONE)
    assert moved.first_due_on == DUE


def test_a_new_lead_starts_afresh_but_what_was_done_is_remembered():
    of = directive(
        State.IN_PROGRESS, touched_by=frozenset({100}), ever_reported=True, returned_count=1
    )
    moved = after(Action.REASSIGN, of, VERIFIER, agency=agency(STRANGER), reason="x")
    assert (moved.state, moved.accepted_on, moved.lead_since) == (State.ASSIGNED, None, DAY)
    assert (moved.touched_by, moved.ever_reported, moved.returned_count) == (
        frozenset({100}),
        True,
        1,
    )
    assert moved.first_due_on == DUE


def test_lead_and_coordinating_agency_change_roles_and_each_is_told_its_own():
    of = directive(State.ASSIGNED, coordinating=frozenset({PEER}))
    given = {"agency": agency(PEER), "coordinating": (agency(LEAD),), "reason": "x"}
    step = do(Action.REASSIGN, of, VERIFIER, **given)
    assert (step.directive.lead_agency_id, step.directive.coordinating) == (PEER, {LEAD})
    assert step.before["coordinating"] != step.after["coordinating"]
    told = {(n.kind, n.to_agency) for n in notices_of(Action.REASSIGN, step, AT)}
    assert told == {
        ("directive.reassign", PEER), ("directive.moved", LEAD), ("directive.joined", LEAD)
    }  # fmt: skip


@pytest.mark.parametrize("action", [Action.AMEND, Action.CORRECT])
def test_a_document_changes_who_coordinates(action):
    of = directive(State.IN_PROGRESS, coordinating=frozenset({PEER}))
    given = {"no_longer": (agency(PEER),), "coordinating": (agency(STRANGER),),
             "paper": "9/UBND", "reason": "x"}  # fmt: skip
    if action is Action.CORRECT:
        del given["paper"]
    step = do(action, of, VERIFIER, **given)
    assert step.directive.coordinating == {STRANGER}
    assert (step.change.joined, step.change.left) == ((STRANGER,), (PEER,))


def test_a_part_acts_like_any_directive():
    who = actor(Role.AGENCY_CLERK, COMMUNE, account=301)
    handing = actor(Role.AGENCY_HEAD, DISTRICT, account=300)
    of = after(Action.REPORT, part_of_district(), who, result="x")
    verified = after(Action.VERIFY, of, handing, verdict="met")
    assert verified.state is State.VERIFIED


@pytest.mark.parametrize("state", [State.ASSIGNED, State.IN_PROGRESS, State.REPORTED])
def test_a_part_ends_with_the_directive_above_it(state):
    of = part_of_district(state, decline_standing=True, extension_asked_to=DUE)
    step = ended(of)
    assert step.directive.state is State.WITHDRAWN
    assert step.directive.version == of.version + 1
    assert not step.directive.decline_standing
    assert step.directive.extension_asked_to is None
    assert snapshot(of) | step.after == snapshot(step.directive)


def test_a_step_never_touches_the_directive_it_began_with():
    of = directive(State.IN_PROGRESS)
    before = snapshot(of)
    do(Action.REPORT, of, LEAD_CLERK, result="x")
    assert snapshot(of) == before
    assert of.version == 3


def test_a_snapshot_holds_every_tracked_field_and_only_plain_values():
    found = snapshot(directive(State.VERIFIED, grade=Grade.GOOD))
    assert tuple(found) == TRACKED
    plain = (type(None), bool, int, str, list)
    assert all(isinstance(value, plain) for value in found.values())


def test_every_fact_of_a_directive_is_tracked_or_known_not_to_move():
    """A new column that an action may change must stand in the history too."""
    still = {
        "id", "number", "document_id", "clause_id", "version", "lead_path", "lead_name",
        "overseer_id", "assigned_on", "coordinating_paths", "parent_id", "parent_due_on",
        "parent_state", "parent_lead_id", "handed_by_id", "handed_by_path", "assigner_id",
        "evidence", "parts", "inputs", "proposals", "counts_days", "has_periods",
        "unsettled", "target_scope", "routings", "prepared",
    }  # fmt: skip
    assert set(Directive.__dataclass_fields__) == still | set(TRACKED)
