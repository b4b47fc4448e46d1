"""Each guard on both sides of its edge."""

from datetime import date, timedelta

import pytest
from cases import (
    AT,
    BRANCH,
    DAY,
    DISTRICT,
    FOLLOWER,
    HANDING_CLERK,
    INSPECTOR,
    LEAD,
    LEAD_CLERK,
    LEAD_HEAD,
    OFFICE,
    PART_CLERK,
    PEER,
    PEER_CLERK,
    PROVINCE,
    STRANGER,
    VERIFIER,
    actor,
    after,
    agency,
    case,
    changed,
    directive,
    file,
    member,
    part,
    part_of_district,
    piece,
)

from workflow.accounts.records import Role
from workflow.directives.limits import Limits
from workflow.directives.records import Action, State
from workflow.directives.rules import refusal_of
from workflow.evidence.records import EvidenceState, Purpose

ONE = timedelta(days=1)


def code(action, of, who, day=DAY, **more):
    refusal = refusal_of(action, case(of, who, day, **more))
    return refusal.code if refusal else None


def params(action, of, who, day=DAY, **more):
    return dict(refusal_of(action, case(of, who, day, **more)).params)


# --- declining -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("assigned", "working_days", "last"),
    [
        (date(2021, 8, 23), 5, date(2021, 8, 30)),  # Monday; a weekend lies between
        (date(2021, 8, 27), 1, date(2021, 8, 30)),  # Friday; the next working day is Monday
        (date(2021, 8, 31), 3, date(2021, 9, 7)),  # 2 and 3 September are the national day
        (date(2021, 8, 28), 5, date(2021, 9, 7)),  # a Saturday begins nothing
    ],
)
def test_declining_is_open_to_the_last_working_day_and_shut_the_day_after(
    assigned, working_days, last
):
    of = directive(assigned_on=assigned, lead_since=assigned)
    limits = Limits(decline_within_working_days=working_days)
    assert code(Action.DECLINE, of, LEAD_CLERK, last, limits=limits) is None
    assert code(Action.DECLINE, of, LEAD_CLERK, last + ONE, limits=limits) == "decline_time_over"
    assert params(Action.DECLINE, of, LEAD_CLERK, last + ONE, limits=limits) == {"until": last}


def test_the_time_to_decline_starts_anew_for_the_next_lead():
    of = directive(lead_since=date(2021, 9, 6))
    assert code(Action.DECLINE, of, LEAD_CLERK, date(2021, 9, 13)) is None
    assert code(Action.DECLINE, of, LEAD_CLERK, date(2021, 9, 14)) == "decline_time_over"


def test_an_older_row_without_the_day_of_its_lead_counts_from_assignment():
    of = directive(lead_since=None)
    assert code(Action.DECLINE, of, LEAD_CLERK, date(2021, 8, 30)) is None
    assert code(Action.DECLINE, of, LEAD_CLERK, date(2021, 8, 31)) == "decline_time_over"


def test_work_assigned_before_the_calendar_begins_still_shows_its_doors():
    of = directive(assigned_on=date(1999, 5, 3), lead_since=date(1999, 5, 3))
    assert code(Action.DECLINE, of, LEAD_CLERK) == "decline_time_over"
    assert code(Action.ACCEPT, of, LEAD_CLERK) is None


def test_a_province_that_gives_no_days_to_decline_still_has_its_doors():
    limits = Limits(decline_within_working_days=0)
    of = directive(lead_since=DAY)
    assert code(Action.DECLINE, of, LEAD_CLERK, DAY, limits=limits) is None
    assert code(Action.DECLINE, of, LEAD_CLERK, DAY + ONE, limits=limits) == "decline_time_over"


@pytest.mark.parametrize("action", [Action.ACCEPT, Action.UPDATE, Action.REPORT, Action.DECLINE])
def test_a_standing_decline_blocks_the_lead_until_it_is_answered(action):
    of = directive(decline_standing=True, lead_since=DAY)
    assert code(action, of, LEAD_CLERK) == "decline_standing"
    assert code(action, changed(of, decline_standing=False), LEAD_CLERK) is None


def test_the_duty_runs_while_a_decline_stands():
    of = after(
        Action.DECLINE,
        directive(lead_since=DAY),
        LEAD_CLERK,
        paper="12/STNMT",
        ask="part",
        reason="Không đủ người",
        files=(file(),),
    )
    assert of.state is State.ASSIGNED
    assert of.due_on == of.first_due_on == date(2021, 9, 29)


def test_there_is_nothing_to_insist_on_without_a_decline():
    assert code(Action.INSIST, directive(), VERIFIER) == "no_decline_standing"
    assert code(Action.INSIST, directive(decline_standing=True), VERIFIER) is None


# --- extensions ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lead_days", "day", "wanted"),
    [
        (0, date(2021, 9, 28), None),
        (0, date(2021, 9, 29), "past_due_date"),
        (1, date(2021, 9, 28), None),
        (1, date(2021, 9, 29), "past_due_date"),
        (5, date(2021, 9, 24), None),
        (5, date(2021, 9, 25), "past_due_date"),
    ],
)
def test_an_extension_is_asked_for_in_time(lead_days, day, wanted):
    limits = Limits(extension_lead_days=lead_days)
    of = directive(State.IN_PROGRESS)
    assert code(Action.REQUEST_EXTENSION, of, LEAD_CLERK, day, limits=limits) == wanted
    if wanted:
        until = date(2021, 9, 29) - timedelta(days=max(1, lead_days))
        found = params(Action.REQUEST_EXTENSION, of, LEAD_CLERK, day, limits=limits)
        assert found == {"until": until}


@pytest.mark.parametrize(
    ("granted", "allowed", "wanted"),
    [
        (0, 0, "extensions_used_up"),
        (0, 1, None),
        (1, 1, "extensions_used_up"),
        (1, 2, None),
        (2, 2, "extensions_used_up"),
        (3, 2, "extensions_used_up"),
    ],
)
def test_extensions_are_counted(granted, allowed, wanted):
    of = directive(State.IN_PROGRESS, extensions_granted=granted)
    limits = Limits(extensions_allowed=allowed)
    assert code(Action.REQUEST_EXTENSION, of, LEAD_CLERK, limits=limits) == wanted
    if wanted:
        found = params(Action.REQUEST_EXTENSION, of, LEAD_CLERK, limits=limits)
        assert found == {"allowed": allowed}


def test_one_request_for_an_extension_stands_at_a_time():
    asked = date(2021, 10, 15)
    of = directive(State.IN_PROGRESS, extension_asked_to=asked)
    assert code(Action.REQUEST_EXTENSION, of, LEAD_CLERK) == "extension_standing"
    assert params(Action.REQUEST_EXTENSION, of, LEAD_CLERK) == {"until": asked}
    assert code(Action.DECIDE_EXTENSION, of, VERIFIER) is None
    none_asked = changed(of, extension_asked_to=None)
    assert code(Action.DECIDE_EXTENSION, none_asked, VERIFIER) == "no_extension_standing"


def test_without_a_date_there_is_nothing_to_extend():
    of = directive(State.IN_PROGRESS, due_on=None, first_due_on=None)
    assert code(Action.REQUEST_EXTENSION, of, LEAD_CLERK) == "no_due_date"
    standing = changed(of, has_periods=True)
    assert code(Action.REQUEST_EXTENSION, standing, LEAD_CLERK) == "periods_not_extended"


def test_a_request_that_nobody_answered_stops_nothing():
    of = directive(State.IN_PROGRESS, extension_asked_to=date(2021, 10, 15))
    for action in (Action.UPDATE, Action.REPORT, Action.HAND_DOWN):
        assert code(action, of, LEAD_CLERK) is None
    assert code(Action.UPDATE, of, PEER_CLERK) is None


# --- judging ---------------------------------------------------------------------------


def test_a_report_can_be_recalled_until_somebody_began_to_judge_it():
    of = directive(State.REPORTED)
    assert code(Action.RECALL, of, LEAD_CLERK) is None
    assert code(Action.RECALL, changed(of, judged=True), LEAD_CLERK) == "already_judged"


def test_the_office_takes_back_a_report_it_recorded_and_no_other():
    filed = directive(State.REPORTED)
    recorded = changed(filed, report_recorded=True)
    assert code(Action.RECALL, recorded, VERIFIER) is None
    assert code(Action.RECALL, changed(recorded, judged=True), VERIFIER) == "already_judged"
    assert code(Action.RECALL, filed, VERIFIER) == "not_yours"
    assert code(Action.RECALL, recorded, INSPECTOR) == "not_yours"
    assert code(Action.RECALL, recorded, LEAD_CLERK) is None


def test_a_report_without_standing_evidence_is_not_verified_where_an_output_is_expected():
    rejected = piece(1, state=EvidenceState.REJECTED)
    accepted = piece(2, state=EvidenceState.ACCEPTED)
    pending = piece(3)
    of = directive(State.REPORTED, expected_output="Báo cáo")
    for evidence, wanted in [
        ((), "no_standing_evidence"),
        ((rejected,), "no_standing_evidence"),
        ((rejected, pending), None),
        ((rejected, accepted), None),
        ((piece(4, is_current=False),), "no_standing_evidence"),
        ((piece(5, purpose=Purpose.PAPER),), "no_standing_evidence"),
    ]:
        assert code(Action.VERIFY, changed(of, evidence=evidence), VERIFIER) == wanted
    no_output = changed(of, expected_output="", evidence=(rejected,))
    assert code(Action.VERIFY, no_output, VERIFIER) is None


def test_evidence_is_judged_while_a_piece_is_pending():
    of = directive(State.REPORTED)
    for evidence, wanted in [
        ((), "no_pending_evidence"),
        ((piece(1, state=EvidenceState.ACCEPTED),), "no_pending_evidence"),
        ((piece(2, is_current=False),), "no_pending_evidence"),
        ((piece(3, purpose=Purpose.PAPER),), "no_pending_evidence"),
        ((piece(4, state=EvidenceState.REJECTED), piece(5)), None),
    ]:
        for action in (Action.ACCEPT_EVIDENCE, Action.REJECT_EVIDENCE):
            assert code(action, changed(of, evidence=evidence), VERIFIER) == wanted


@pytest.mark.parametrize(
    ("limit", "after_days", "wanted"),
    [
        (90, 0, None),
        (90, 89, None),
        (90, 90, None),
        (90, 91, "reopening_time_over"),
        (0, 0, None),
        (0, 1, "reopening_time_over"),
    ],
)
def test_reopening_has_its_time(limit, after_days, wanted):
    verified = date(2021, 9, 3)
    of = directive(State.VERIFIED, verified_on=verified)
    day = verified + timedelta(days=after_days)
    limits = Limits(reopen_within_days=limit)
    assert code(Action.REOPEN, of, VERIFIER, day, limits=limits) == wanted
    if wanted:
        until = verified + timedelta(days=limit)
        assert params(Action.REOPEN, of, VERIFIER, day, limits=limits) == {"until": until}


def test_work_carried_over_as_done_without_a_day_can_be_reopened():
    of = directive(State.VERIFIED, verified_on=None, carried_over=True, reported_by=None)
    assert code(Action.REOPEN, of, VERIFIER) is None


@pytest.mark.parametrize("state", State)
def test_a_part_runs_again_only_under_work_that_runs(state):
    of = part_of_district(State.VERIFIED, parent_state=state)
    runs = state not in {State.VERIFIED, State.WITHDRAWN}
    wanted = None if runs else "parent_changed"
    assert code(Action.REOPEN, of, HANDING_CLERK) == wanted


def test_a_part_runs_again_only_for_the_agency_that_still_leads_the_work_above():
    of = part_of_district(State.VERIFIED, parent_lead_id=STRANGER)
    assert code(Action.REOPEN, of, HANDING_CLERK) == "parent_changed"


# --- the office's own acts ---------------------------------------------------------------


def test_errors_of_entry_are_corrected_only_before_any_report():
    of = directive(State.IN_PROGRESS)
    assert code(Action.CORRECT, of, VERIFIER) is None
    assert code(Action.CORRECT, changed(of, ever_reported=True), VERIFIER) == "already_reported"
    assert code(Action.AMEND, changed(of, ever_reported=True), VERIFIER) is None


@pytest.mark.parametrize(
    ("states", "numbers"),
    [
        ([], None),
        ([State.VERIFIED, State.WITHDRAWN], None),
        ([State.ASSIGNED], ["n0"]),
        ([State.VERIFIED, State.IN_PROGRESS, State.REPORTED], ["n1", "n2"]),
    ],
)
def test_work_does_not_change_hands_over_open_parts(states, numbers):
    parts = tuple(part(f"n{i}", state) for i, state in enumerate(states))
    of = directive(State.IN_PROGRESS, parts=parts)
    refusal = refusal_of(Action.REASSIGN, case(of, VERIFIER))
    if numbers is None:
        assert refusal is None
    else:
        assert (refusal.code, dict(refusal.params)) == ("open_parts", {"numbers": numbers})


def test_only_the_lead_accepts_by_a_first_update():
    assert code(Action.UPDATE, directive(), PEER_CLERK) == "not_accepted_yet"
    assert code(Action.UPDATE, directive(), LEAD_CLERK) is None
    assert code(Action.UPDATE, directive(State.IN_PROGRESS), PEER_CLERK) is None


# --- four eyes -------------------------------------------------------------------------

JUDGING = {
    Action.VERIFY: directive(State.REPORTED),
    Action.RETURN: directive(State.REPORTED),
    Action.REOPEN: directive(State.VERIFIED),
    Action.ACCEPT_EVIDENCE: directive(State.REPORTED, evidence=(piece(),)),
    Action.REJECT_EVIDENCE: directive(State.REPORTED, evidence=(piece(),)),
}
LEAD_PAST = [
    (date(2020, 1, 1), DAY - ONE, None),
    (date(2020, 1, 1), DAY, "four_eyes_agency"),
    (DAY, None, "four_eyes_agency"),
    (DAY + ONE, None, None),
    (date(2020, 1, 1), None, "four_eyes_agency"),
]


@pytest.mark.parametrize("action", JUDGING)
def test_the_reporter_never_judges_their_own_report(action):
    reporter = actor(Role.OFFICE, OFFICE, account=100)
    of = changed(JUDGING[action], touched_by=frozenset())
    assert code(action, of, reporter) == "four_eyes_reporter"
    assert code(action, of, VERIFIER) is None


@pytest.mark.parametrize("action", JUDGING)
def test_who_had_a_hand_in_the_work_never_judges_it(action):
    hand = actor(Role.INSPECTOR, STRANGER, account=777)
    of = JUDGING[action]
    assert code(action, of, hand) is None
    assert code(action, changed(of, touched_by=of.touched_by | {777}), hand) == "four_eyes_hand"


@pytest.mark.parametrize("action", JUDGING)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("since", "until", "wanted"), LEAD_PAST)
def test_a_member_of_the_lead_agency_that_day_never_judges_in_whatever_role(
    action, role, since, until, wanted
):
    judge = actor(Role.OFFICE, OFFICE, member(role, LEAD, since, until))
    assert code(action, JUDGING[action], judge) == wanted


@pytest.mark.parametrize("action", JUDGING)
def test_a_role_in_a_unit_below_or_above_the_lead_is_not_the_lead(action):
    for where in (BRANCH, PROVINCE, PEER, FOLLOWER):
        judge = actor(Role.OFFICE, OFFICE, member(Role.AGENCY_HEAD, where))
        assert code(action, JUDGING[action], judge) is None


def test_four_eyes_is_told_with_the_name_of_the_agency():
    judge = actor(Role.OFFICE, OFFICE, member(Role.AGENCY_OFFICER, LEAD))
    assert params(Action.VERIFY, JUDGING[Action.VERIFY], judge) == {
        "agency": "Sở Tài nguyên và Môi trường"
    }


def test_the_agency_that_handed_a_part_down_is_held_to_four_eyes_too():
    of = part_of_district(State.REPORTED)
    assert code(Action.VERIFY, of, HANDING_CLERK) is None
    both = actor(Role.AGENCY_CLERK, DISTRICT, member(Role.AGENCY_OFFICER, of.lead_agency_id))
    assert code(Action.VERIFY, of, both) == "four_eyes_agency"
    reporter = actor(Role.AGENCY_CLERK, DISTRICT, account=100)
    assert code(Action.VERIFY, of, reporter) == "four_eyes_reporter"


def test_a_new_lead_is_not_bound_by_the_old_one_but_its_people_s_hands_are_remembered():
    moved = directive(State.REPORTED, lead_agency_id=STRANGER, touched_by=frozenset({100, 101}))
    of_the_old = actor(Role.OFFICE, OFFICE, member(Role.AGENCY_HEAD, LEAD), account=102)
    assert code(Action.VERIFY, moved, of_the_old) is None
    had_a_hand = actor(Role.OFFICE, OFFICE, account=101)
    assert code(Action.VERIFY, moved, had_a_hand) == "four_eyes_hand"


@pytest.mark.parametrize(
    ("action", "given", "who"),
    [
        (Action.UPDATE, {"done": "x"}, LEAD_CLERK),
        (Action.UPDATE, {"done": "x"}, PEER_CLERK),
        (Action.UPDATE, {"done": "x", "files": (file(),)}, LEAD_CLERK),
        (Action.REPORT, {"result": "x"}, LEAD_HEAD),
        (Action.HAND_DOWN, {"agency": agency(BRANCH), "content": "x", "due_on": DAY}, LEAD_CLERK),
    ],
)
def test_an_act_on_the_work_leaves_its_hand_on_it_for_ever(action, given, who):
    of = after(action, directive(State.IN_PROGRESS), who, **given)
    assert who.account_id in of.touched_by
    for back in (Action.RECALL, Action.RETURN):
        if of.state is State.REPORTED:
            by = LEAD_CLERK if back is Action.RECALL else VERIFIER
            assert who.account_id in after(back, of, by, reason="x").touched_by


def test_declining_with_a_paper_leaves_a_hand_too():
    of = directive(lead_since=DAY)
    given = {"paper": "1/A", "ask": "part", "reason": "x", "files": (file(),)}
    assert LEAD_CLERK.account_id in after(Action.DECLINE, of, LEAD_CLERK, **given).touched_by


def test_a_returned_report_does_not_free_its_reporter():
    reported = after(Action.REPORT, directive(State.IN_PROGRESS), LEAD_CLERK, result="x")
    returned = after(Action.RETURN, reported, VERIFIER, reason="x")
    again = after(Action.REPORT, returned, LEAD_HEAD, result="x")
    moved_to_office = actor(Role.OFFICE, OFFICE, account=LEAD_CLERK.account_id)
    assert code(Action.VERIFY, again, moved_to_office) == "four_eyes_hand"


def test_judging_leaves_no_hand_so_the_same_verifier_may_judge_again():
    of = directive(State.REPORTED, evidence=(piece(),))
    seen = after(Action.ACCEPT_EVIDENCE, of, VERIFIER, evidence=70)
    assert VERIFIER.account_id not in seen.touched_by
    assert code(Action.VERIFY, seen, VERIFIER) is None
    assert code(Action.VERIFY, seen, INSPECTOR) is None


# --- who gave the task -------------------------------------------------------------------


@pytest.mark.parametrize(("assigner", "wanted"), [(None, None), (900, None), (901, "not_yours")])
def test_an_extension_is_decided_by_the_leader_who_gave_the_task(assigner, wanted):
    leader = actor(Role.LEADER, PROVINCE, account=900)
    of = directive(State.IN_PROGRESS, assigner_id=assigner, extension_asked_to=date(2021, 10, 15))
    assert code(Action.DECIDE_EXTENSION, of, leader) == wanted
    assert code(Action.DECIDE_EXTENSION, of, VERIFIER) is None


def test_the_refusal_of_a_stranger_names_who_could():
    found = params(Action.VERIFY, directive(State.REPORTED), PART_CLERK)
    assert found == {"who": ["judge"]}
    assert params(Action.UPDATE, directive(), VERIFIER) == {"who": ["lead", "coordinator"]}


def test_the_refusal_in_a_wrong_state_names_the_state():
    assert params(Action.VERIFY, directive(), VERIFIER) == {"state": State.ASSIGNED}


def test_the_instant_of_a_report_is_the_act_s():
    of = after(Action.REPORT, directive(State.IN_PROGRESS), LEAD_CLERK, result="x")
    assert of.reported_at == AT
