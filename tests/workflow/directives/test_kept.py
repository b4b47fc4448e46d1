"""What an act keeps, whatever else it changes: the first date, the day that counts, the part below."""

from datetime import date, timedelta

import pytest
from cases import (
    AT,
    COMMUNE,
    DAY,
    DISTRICT,
    LEAD,
    LEAD_CLERK,
    PEER,
    STRANGER,
    VERIFIER,
    actor,
    after,
    agency,
    changed,
    directive,
    do,
    part_of_district,
    piece,
)

from workflow.accounts.records import Role
from workflow.directives.notices import notices_of
from workflow.directives.records import (
    Action,
    Directive,
    Grade,
    State,
)
from workflow.directives.rules import ended, snapshot
from workflow.directives.tracked import TRACKED
from workflow.evidence.records import EvidenceState

ONE = timedelta(days=1)
DUE = date(2021, 9, 29)
NO_REPORT = {"reported_at": None, "reported_by": None, "completed_on": None, "judged": False}


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
        "unsettled", "routings", "prepared", "drafts",
    }  # fmt: skip
    assert set(Directive.__dataclass_fields__) == still | set(TRACKED)
