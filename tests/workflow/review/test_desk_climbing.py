"""Who gets a case whose clock ran out, and a case that nobody holds yet."""

from datetime import date, timedelta

import pytest
from cases import AT, BRANCH, DAY, STRANGER, calendar
from desk import HOME, OFFICE_UNIT, inspector, leader, organisation

from workflow.review.climbing import Waiting, climbs
from workflow.review.records import EscalationState, ReviewLimits
from workflow.review.roster import Roster

FIRST, SECOND, THIRD, CHAIR, DEPUTY = 601, 602, 603, 700, 701
PEOPLE = (inspector(FIRST), inspector(SECOND, STRANGER), inspector(THIRD))
ROSTER = Roster(inspectors=PEOPLE, leaders=(leader(CHAIR), leader(DEPUTY)))


def waiting(**more):
    values = {
        "id": 1,
        "number": "VPNL-2021-0001",
        "state": EscalationState.RAISED,
        "version": 2,
        "level": 1,
        "concerned": frozenset({BRANCH}),
        "holder_id": FIRST,
        "holder_since": AT,
        "answer_by": DAY - timedelta(days=1),
        "raised_on": DAY - timedelta(days=8),
    }
    return Waiting(**(values | more))


def moved(one, roster=ROSTER, day=DAY):
    return list(
        climbs(
            [one],
            organisation(),
            roster,
            calendar=calendar(),
            limits=ReviewLimits(),
            day=day,
        )
    )


def roster(*people, leaders=ROSTER.leaders):
    return Roster(inspectors=people, leaders=leaders)


@pytest.mark.parametrize(
    ("holder", "following"),
    [(FIRST, SECOND), (SECOND, THIRD), (THIRD, CHAIR), (999, FIRST), (None, FIRST)],
)
def test_past_its_time_a_case_goes_to_the_next_in_the_order_then_to_the_leader(holder, following):
    (climb,) = moved(waiting(holder_id=holder))
    assert climb.holder_id == following
    assert climb.to_leader is (following == CHAIR)
    assert climb.answer_by == date(2021, 9, 13)


def test_one_clock_moves_a_case_one_place_however_late_the_night():
    (climb,) = moved(waiting(answer_by=DAY - timedelta(days=300)))
    assert climb.holder_id == SECOND


@pytest.mark.parametrize(
    "second",
    [
        inspector(SECOND, BRANCH),
        inspector(SECOND, STRANGER, is_here=False),
    ],
    ids=["tied", "away"],
)
def test_a_tie_and_an_absence_are_passed_over(second):
    (climb,) = moved(waiting(), roster(PEOPLE[0], second, PEOPLE[2]))
    assert climb.holder_id == THIRD


def test_a_case_about_the_offices_own_unit_goes_to_home_affairs_only():
    about = frozenset({OFFICE_UNIT})
    (climb,) = moved(waiting(concerned=about))
    assert climb.holder_id == THIRD
    assert HOME in PEOPLE[2].inspects_in


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_case_just_raised_comes_to_the_first_with_the_clock_of_its_level(level):
    one = waiting(holder_id=None, holder_since=None, answer_by=None, raised_on=DAY, level=level)
    (climb,) = moved(one)
    assert (climb.holder_id, climb.is_first) == (FIRST, True)
    assert climb.answer_by == [date(2021, 9, 13), date(2021, 9, 9), date(2021, 9, 8)][level - 1]


def test_the_first_clock_never_ends_before_anybody_had_the_case():
    one = waiting(holder_id=None, answer_by=None, raised_on=DAY - timedelta(days=90))
    (climb,) = moved(one)
    assert climb.answer_by == DAY


def test_a_new_raise_leaves_a_case_with_who_has_it():
    (climb,) = moved(waiting(holder_id=SECOND, answer_by=None, raised_on=DAY))
    assert (climb.holder_id, climb.is_first) == (SECOND, True)
    (climb,) = moved(waiting(holder_id=CHAIR, answer_by=None, raised_on=DAY))
    assert climb.holder_id == CHAIR


def test_a_new_raise_leaves_no_case_with_somebody_who_is_away():
    away = inspector(SECOND, STRANGER, is_here=False)
    one = waiting(holder_id=SECOND, answer_by=None, raised_on=DAY)
    (climb,) = moved(one, roster(PEOPLE[0], away, PEOPLE[2]))
    assert climb.holder_id == THIRD


def test_a_proposal_waits_for_its_decision_and_goes_to_the_leader_at_once():
    (climb,) = moved(waiting(state=EscalationState.PROPOSED))
    assert (climb.holder_id, climb.to_leader) == (CHAIR, True)


def test_what_a_leader_holds_goes_nowhere_while_they_are_here():
    assert moved(waiting(holder_id=CHAIR)) == []
    gone = roster(*PEOPLE, leaders=(leader(CHAIR, is_here=False), leader(DEPUTY)))
    (climb,) = moved(waiting(holder_id=CHAIR), gone)
    assert climb.holder_id == FIRST


def test_a_leader_without_a_tie_comes_first_and_one_with_a_tie_before_nobody():
    tied = leader(CHAIR, agencies=frozenset({BRANCH}))
    (climb,) = moved(waiting(), roster(leaders=(tied, leader(DEPUTY))))
    assert climb.holder_id == DEPUTY
    (climb,) = moved(waiting(), roster(leaders=(tied,)))
    assert climb.holder_id == CHAIR


def test_where_there_is_nobody_a_new_case_says_so_and_an_old_one_stays():
    nobody = Roster()
    (climb,) = moved(waiting(holder_id=None, answer_by=None, raised_on=DAY), nobody)
    assert (climb.holder_id, climb.is_first, climb.to_leader) == (None, True, False)
    assert moved(waiting(holder_id=None), nobody) == []
    (climb,) = moved(waiting(holder_id=None), ROSTER)
    assert climb.holder_id == FIRST
