"""What each act changes: the clock of every step, who holds the case, the paper it leaves."""

from datetime import date

import pytest
from cases import AT, DAY, LEAD, OFFICE, PROVINCE, STRANGER, actor, calendar
from desk import desk_case, do, escalation

from workflow.accounts.records import Role
from workflow.review.clocks import answer_by, days_of
from workflow.review.records import (
    EscalationState,
    Measure,
    PaperKind,
    ReviewAction,
    ReviewLimits,
)

INSPECTOR = actor(Role.INSPECTOR, STRANGER)
LEADER = actor(Role.LEADER, PROVINCE)


@pytest.mark.parametrize(("level", "days"), [(0, 5), (1, 5), (2, 3), (3, 2), (4, 2), (9, 2)])
def test_each_level_has_its_days_and_levels_beyond_the_last_share_them(level, days):
    assert days_of(ReviewLimits(), level) == days


@pytest.mark.parametrize(
    ("start", "level", "wanted"),
    [
        (date(2021, 9, 6), 1, date(2021, 9, 13)),
        (date(2021, 9, 6), 3, date(2021, 9, 8)),
        (date(2021, 9, 1), 3, date(2021, 9, 7)),  # 2 and 3 September are holidays, then a weekend
    ],
)
def test_a_clock_counts_working_days_and_not_its_first(start, level, wanted):
    assert answer_by(calendar(), ReviewLimits(), level, start) == wanted


def test_no_days_allowed_is_the_day_itself_and_so_is_what_cannot_be_counted():
    none = ReviewLimits(level_1_days=0)
    assert answer_by(calendar(), none, 1, DAY) == DAY
    last = calendar().last_day
    assert answer_by(calendar(), ReviewLimits(), 1, last) == last


def test_acknowledging_stops_the_first_clock_and_starts_the_next():
    of = escalation(answer_by=DAY, level=2)
    step = do(ReviewAction.ACKNOWLEDGE, desk_case(of, INSPECTOR))
    assert step.escalation.answer_by == date(2021, 9, 9)
    assert step.change.paper is None


def test_whoever_acknowledges_a_case_that_nobody_holds_gets_it():
    step = do(ReviewAction.ACKNOWLEDGE, desk_case(escalation(holder_id=None), INSPECTOR))
    assert (step.escalation.holder_id, step.escalation.holder_since) == (500, AT)
    assert step.before["holder_id"] is None


def test_a_letter_names_its_answer_day_and_the_clock_runs_after_it():
    case = desk_case(escalation(EscalationState.ACKNOWLEDGED), INSPECTOR)
    step = do(
        ReviewAction.REQUEST_EXPLANATION,
        case,
        paper="15/UBND",
        paper_on=DAY,
        text="Đề nghị giải trình",
        working_days=3,
    )
    assert step.change.answer_on == date(2021, 9, 9)
    assert step.escalation.answer_by == date(2021, 9, 16)
    assert step.change.paper is PaperKind.LETTER


@pytest.mark.parametrize(
    ("action", "state", "who", "given", "paper", "clock"),
    [
        (
            ReviewAction.EXPLAIN,
            EscalationState.EXPLANATION_REQUESTED,
            actor(Role.AGENCY_HEAD, LEAD),
            {"text": "Thiếu người"},
            PaperKind.EXPLANATION,
            date(2021, 9, 13),
        ),
        (
            ReviewAction.RECORD_EXPLANATION,
            EscalationState.EXPLANATION_REQUESTED,
            INSPECTOR,
            {"text": "Thiếu người", "paper": "88/UBND", "paper_on": DAY},
            PaperKind.EXPLANATION,
            date(2021, 9, 13),
        ),
        (
            ReviewAction.NOTE_NO_EXPLANATION,
            EscalationState.EXPLANATION_REQUESTED,
            INSPECTOR,
            {},
            PaperKind.SILENCE,
            date(2021, 9, 13),
        ),
        (
            ReviewAction.PROPOSE,
            EscalationState.EXPLAINED,
            INSPECTOR,
            {"measure": "criticism", "reason": "Lặp lại"},
            PaperKind.PROPOSAL,
            date(2021, 9, 13),
        ),
        (
            ReviewAction.SEND_BACK,
            EscalationState.PROPOSED,
            LEADER,
            {"reason": "Chưa rõ"},
            PaperKind.SENT_BACK,
            date(2021, 9, 13),
        ),
        (
            ReviewAction.DECIDE,
            EscalationState.PROPOSED,
            LEADER,
            {"measure": "self_review", "reason": "Đồng ý"},
            PaperKind.DECISION,
            None,
        ),
        (
            ReviewAction.CLOSE,
            EscalationState.DECIDED,
            LEADER,
            {"result": "Đã kiểm điểm"},
            PaperKind.CLOSING,
            None,
        ),
    ],
)
def test_each_act_leaves_its_paper_and_its_clock(action, state, who, given, paper, clock):
    step = do(action, desk_case(escalation(state), who), **given)
    assert step.change.paper is paper
    assert step.escalation.answer_by == clock


def test_the_measure_of_a_decision_is_the_one_chosen_not_the_one_proposed():
    of = escalation(EscalationState.PROPOSED, proposed_measure=Measure.CRITICISM)
    given = {"measure": "self_review", "reason": "Nặng hơn"}
    assert do(ReviewAction.DECIDE, desk_case(of, LEADER), **given).change.measure is (
        Measure.SELF_REVIEW
    )


def test_the_clock_runs_on_when_an_inspector_hands_on_and_begins_anew_from_the_leader():
    of = escalation(answer_by=DAY, holder_id=500)
    given = {"colleague": 602, "reason": "Bận"}
    mine = do(ReviewAction.HAND_ON, desk_case(of, INSPECTOR), **given)
    theirs = do(ReviewAction.HAND_ON, desk_case(of, LEADER), **given)
    assert mine.escalation.answer_by == DAY
    assert theirs.escalation.answer_by == date(2021, 9, 13)


def test_a_decided_case_handed_on_gets_no_clock():
    of = escalation(EscalationState.DECIDED, answer_by=None)
    step = do(ReviewAction.HAND_ON, desk_case(of, LEADER), colleague=602, reason="Bận")
    assert step.escalation.answer_by is None


def test_history_tells_only_what_really_changed():
    case = desk_case(
        escalation(EscalationState.DECIDED, answer_by=None), actor(Role.OFFICE, OFFICE)
    )
    step = do(ReviewAction.CLOSE, case, result="Xong")
    assert step.before == {"state": "decided"}
    assert step.after == {"state": "closed"}
    assert step.escalation.version == case.escalation.version + 1
