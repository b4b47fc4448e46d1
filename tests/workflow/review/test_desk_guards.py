"""Why a door of the desk is shut, one guard at a time, and what a measure needs."""

from datetime import date, timedelta

import pytest
from cases import BRANCH, DAY, OFFICE, PROVINCE, STRANGER, actor, file, member
from desk import HOME, desk_case, do, escalation, given_for, inspector, organisation

from workflow.accounts.records import Role
from workflow.errors import Forbidden, Invalid, Refused
from workflow.review.records import Basis, EscalationState, Measure, ReviewAction, ReviewLimits
from workflow.review.roster import Place, Roster
from workflow.review.rules import refusal_of

INSPECTOR = actor(Role.INSPECTOR, STRANGER)
OFFICER = actor(Role.OFFICE, OFFICE)
LEADER = actor(Role.LEADER, PROVINCE)
UNSETTLED = (Basis(confirmed=2, unconfirmed=1), Basis(confirmed=2, contested=1))
ABOVE = tuple(m for m in Measure if m is not Measure.ADMONITION)


def code_of(action, of, who, day=DAY, **more):
    refusal = refusal_of(action, desk_case(of, who, day, **more))
    return refusal.code if refusal else None


def errors_of(action, of, who, **given):
    with pytest.raises(Invalid) as error:
        do(action, desk_case(of, who), **given)
    return error.value.errors


@pytest.mark.parametrize(
    ("holder", "agencies", "wanted"),
    [
        (500, (), None),
        (None, (), None),
        (601, (STRANGER,), None),
        (601, (HOME,), "held_by_other"),
    ],
)
def test_a_case_is_acknowledged_by_who_holds_it_or_a_colleague(holder, agencies, wanted):
    of = escalation(holder_id=holder, holder_agencies=frozenset(agencies), holder_name="Hòa")
    assert code_of(ReviewAction.ACKNOWLEDGE, of, INSPECTOR) == wanted


@pytest.mark.parametrize(
    ("action", "state"),
    [
        (ReviewAction.REQUEST_EXPLANATION, EscalationState.ACKNOWLEDGED),
        (ReviewAction.NOTE_NO_EXPLANATION, EscalationState.EXPLANATION_REQUESTED),
        (ReviewAction.PROPOSE, EscalationState.EXPLAINED),
        (ReviewAction.HAND_ON, EscalationState.EXPLAINED),
        (ReviewAction.CLOSE, EscalationState.DECIDED),
    ],
)
def test_only_who_holds_a_case_works_on_it(action, state):
    of = escalation(state, holder_id=601, holder_name="Hòa")
    assert code_of(action, of, INSPECTOR) == "held_by_other"
    assert code_of(action, escalation(state), INSPECTOR) is None


def test_the_leader_hands_on_and_closes_what_others_hold():
    for action, state in (
        (ReviewAction.HAND_ON, EscalationState.RAISED),
        (ReviewAction.CLOSE, EscalationState.DECIDED),
    ):
        assert code_of(action, escalation(state, holder_id=601), LEADER) is None


def test_whoever_proposed_neither_decides_nor_records():
    of = escalation(EscalationState.PROPOSED, proposed_by=500)
    home = actor(Role.INSPECTOR, HOME)
    assert code_of(ReviewAction.DECIDE, of, home) == "four_eyes_proposer"
    assert code_of(ReviewAction.SEND_BACK, of, LEADER) == "four_eyes_proposer"
    assert code_of(ReviewAction.RECORD_DECISION, of, OFFICER) == "four_eyes_proposer"


@pytest.mark.parametrize("measure", Measure)
def test_above_a_reminder_the_leader_decides_or_signs(measure):
    of = escalation(EscalationState.PROPOSED, proposed_measure=measure)
    wanted = None if measure is Measure.ADMONITION else "beyond_authority"
    for who in (OFFICER, actor(Role.OFFICE, HOME), actor(Role.INSPECTOR, HOME)):
        assert code_of(ReviewAction.DECIDE, of, who) == wanted
    assert code_of(ReviewAction.DECIDE, of, LEADER) is None
    assert code_of(ReviewAction.RECORD_DECISION, of, OFFICER) is None


@pytest.mark.parametrize("measure", ABOVE)
def test_who_decides_a_reminder_cannot_choose_more(measure):
    of = escalation(EscalationState.PROPOSED)
    found = errors_of(ReviewAction.DECIDE, of, OFFICER, measure=measure, reason="Nặng hơn")
    assert found == {"measure": "beyond_authority"}


PAPER = {"paper": "9/QĐ-UBND", "paper_on": DAY, "signer": "Chủ tịch", "files": (file(),)}
WITH_MEASURE = (
    (ReviewAction.PROPOSE, EscalationState.EXPLAINED, INSPECTOR, {"reason": "x"}),
    (ReviewAction.DECIDE, EscalationState.PROPOSED, LEADER, {"reason": "x"}),
    (ReviewAction.RECORD_DECISION, EscalationState.PROPOSED, OFFICER, PAPER),
)


@pytest.mark.parametrize(("action", "state", "who", "given"), WITH_MEASURE)
@pytest.mark.parametrize("basis", UNSETTLED)
def test_unconfirmed_or_contested_violations_allow_a_reminder_only(
    action, state, who, given, basis
):
    of = escalation(state, basis=basis)
    for measure in ABOVE:
        found = errors_of(action, of, who, measure=measure, **given)
        assert found == {"measure": "basis_unsettled"}
    assert do(action, desk_case(of, who), measure="admonition", **given).change.measure


@pytest.mark.parametrize(("action", "state", "who", "given"), WITH_MEASURE)
def test_above_a_reminder_the_agency_was_heard_about_this_raise(action, state, who, given):
    unheard = escalation(state, heard=False)
    for measure in ABOVE:
        assert errors_of(action, unheard, who, measure=measure, **given) == {"measure": "not_heard"}
        do(action, desk_case(escalation(state), who), measure=measure, **given)
    do(action, desk_case(unheard, who), measure="admonition", **given)


@pytest.mark.parametrize(("days", "wanted"), [(-1, None), (0, "explanation_day_not_over")])
def test_silence_is_noted_once_the_answer_day_is_over(days, wanted):
    due_on = DAY + timedelta(days=days)
    of = escalation(EscalationState.EXPLANATION_REQUESTED, letter_due_on=due_on)
    assert code_of(ReviewAction.NOTE_NO_EXPLANATION, of, INSPECTOR) == wanted


def test_a_case_goes_to_somebody_who_is_here_and_has_no_tie():
    of = escalation()
    roster = Roster(
        inspectors=(
            inspector(500, STRANGER),
            inspector(601, BRANCH),
            inspector(602, is_here=False),
            inspector(603),
        )
    )
    case = desk_case(of, INSPECTOR, roster=roster)
    for wrong, code in (
        (500, "holds_it_already"),
        (601, "cannot_take_it"),
        (602, "cannot_take_it"),
    ):
        with pytest.raises(Invalid) as error:
            do(ReviewAction.HAND_ON, case, colleague=wrong, reason="x")
        assert error.value.errors == {"colleague": code}
    step = do(ReviewAction.HAND_ON, case, colleague=603, reason="Nghỉ phép")
    assert step.escalation.holder_id == 603
    assert step.escalation.answer_by == of.answer_by


def test_nobody_to_hand_on_to_is_said_before_the_click():
    alone = Roster(inspectors=(inspector(500, STRANGER),))
    found = refusal_of(ReviewAction.HAND_ON, desk_case(escalation(), INSPECTOR, roster=alone))
    assert found is not None
    assert found.code == "no_eligible_inspector"


def test_a_tie_is_judged_by_every_agency_of_the_day():
    beside = member(Role.AGENCY_OFFICER, BRANCH)
    ended = member(Role.AGENCY_OFFICER, BRANCH, until=DAY - timedelta(days=1))
    of = escalation()
    tied = actor(Role.INSPECTOR, STRANGER, beside)
    free = actor(Role.INSPECTOR, STRANGER, ended)
    assert code_of(ReviewAction.ACKNOWLEDGE, of, tied) == "conflict_of_interest"
    assert code_of(ReviewAction.ACKNOWLEDGE, of, free) is None


@pytest.mark.parametrize(("months", "refused"), [(0, False), (2, False), (3, True)])
def test_whoever_left_an_agency_stays_tied_for_the_months_that_the_province_sets(months, refused):
    left = DAY - timedelta(days=85)
    former = actor(Role.INSPECTOR, STRANGER, member(Role.AGENCY_OFFICER, BRANCH, until=left))
    limits = ReviewLimits(cool_down_months=months)
    found = code_of(ReviewAction.ACKNOWLEDGE, escalation(), former, limits=limits)
    assert found == ("conflict_of_interest" if refused else None)


def test_a_tie_to_any_violation_of_the_case_counts():
    of = escalation(agency_id=None, concerned=frozenset({BRANCH, STRANGER}))
    assert code_of(ReviewAction.ACKNOWLEDGE, of, INSPECTOR) == "conflict_of_interest"


def test_where_no_home_affairs_is_known_the_offices_own_unit_waits_for_nobody_special():
    of = escalation(about=OFFICE)
    nowhere = organisation(home_affairs=None)
    assert code_of(ReviewAction.ACKNOWLEDGE, of, INSPECTOR, organisation=nowhere) is None


def test_a_conflict_is_forbidden_and_names_the_agency():
    own = actor(Role.INSPECTOR, BRANCH)
    with pytest.raises(Forbidden) as error:
        do(ReviewAction.ACKNOWLEDGE, desk_case(escalation(), own))
    assert error.value.code == "conflict_of_interest"
    assert error.value.params["agency"] == "Chi cục Quản lý đất đai"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"paper_on": DAY + timedelta(days=1)}, {"paper_on": "date_future"}),
        ({"working_days": 999}, {}),
        ({"working_days": 0}, {"working_days": "not_a_count"}),
        ({"working_days": 1000}, {"working_days": "not_a_count"}),
    ],
)
def test_what_a_letter_may_say(given, wanted):
    letter = {"paper": "1/UBND", "paper_on": DAY, "text": "x", "working_days": 3} | given
    case = desk_case(escalation(EscalationState.ACKNOWLEDGED), INSPECTOR)
    if wanted:
        with pytest.raises(Invalid) as error:
            do(ReviewAction.REQUEST_EXPLANATION, case, **letter)
        assert error.value.errors == wanted
    else:
        assert do(ReviewAction.REQUEST_EXPLANATION, case, **letter).change.answer_on


def test_an_answer_day_beyond_the_calendar_is_refused():
    late = date(2049, 12, 1)
    of = escalation(EscalationState.ACKNOWLEDGED)
    who = actor(Role.INSPECTOR, STRANGER, memberships=(member(Role.INSPECTOR, STRANGER),))
    case = desk_case(of, who, late)
    assert case.calendar.last_day < date(2053, 1, 1)
    with pytest.raises(Invalid) as error:
        do(
            ReviewAction.REQUEST_EXPLANATION,
            case,
            paper="1/UBND",
            paper_on=DAY,
            text="x",
            working_days=999,
        )
    assert error.value.errors == {"working_days": "outside_calendar"}


def test_the_result_of_discipline_is_recorded_from_its_whole_paper():
    of = escalation(EscalationState.DECIDED)
    found = errors_of(ReviewAction.CLOSE, of, LEADER, result="Khiển trách", paper="7/QĐ-SNV")
    assert found == {"paper_on": "required", "signer": "required"}
    given = {"paper": "7/QĐ-SNV", "paper_on": DAY, "signer": "Giám đốc Sở"}
    do(ReviewAction.CLOSE, desk_case(of, LEADER), result="Khiển trách", **given)


def test_an_act_takes_no_field_it_does_not_ask_for():
    with pytest.raises(Invalid) as error:
        given_for(ReviewAction.ACKNOWLEDGE, measure="criticism")
    assert error.value.errors == {"measure": "unknown_field"}


def test_an_absence_holds_from_its_first_day_to_its_last():
    place = Place(account_id=1, away_from=DAY, away_to=DAY + timedelta(days=2))
    told = [place.is_away_on(DAY + timedelta(days=n)) for n in (-1, 0, 2, 3)]
    assert told == [False, True, True, False]
    assert Place(account_id=1, away_from=DAY).is_away_on(DAY + timedelta(days=900))
    assert not Place(account_id=1).is_away_on(DAY)


def test_a_refusal_of_the_state_can_pass_and_is_no_prohibition():
    with pytest.raises(Refused) as error:
        do(ReviewAction.ACKNOWLEDGE, desk_case(escalation(EscalationState.CLOSED), INSPECTOR))
    assert not isinstance(error.value, Forbidden)
    assert error.value.params["state"] is EscalationState.CLOSED
