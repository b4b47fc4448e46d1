"""Every act, from every state, for every role in every place, against the law kept by hand."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from cases import (
    BRANCH,
    COMMUNE,
    DAY,
    DISTRICT,
    FOLLOWER,
    LEAD,
    OFFICE,
    PEER,
    PROVINCE,
    STRANGER,
    actor,
    member,
    path_of,
)

from workflow.accounts.records import Role
from workflow.errors import Forbidden, Refused
from workflow.review.conflict import Organisation
from workflow.review.records import ReviewLimits
from workflow.violations.guards import Case
from workflow.violations.records import (
    Cause,
    Severity,
    Violation,
    ViolationAction,
    ViolationSource,
    ViolationState,
)
from workflow.violations.rules import LIFECYCLE, doors, refusal_of, stepped
from workflow.violations.standing import sees
from workflow.violations.table import TABLE

STATES = """
action       recorded    confirmed   contested   upheld      overturned
contest      contested   contested   .           .           .
confirm      confirmed   .           .           .           .
uphold       .           .           upheld      .           .
overturn     overturned  overturned  overturned  overturned  .
count_again  .           .           .           .           upheld
"""
"""Where each act leads from each state; a dot: it cannot be done there."""

PLACES = {
    "own": DISTRICT,
    "above": PROVINCE,
    "below": COMMUNE,
    "foreign": STRANGER,
    "office": OFFICE,
    "follower": FOLLOWER,
}
WHO = """
action       own  above  below  foreign  office  follower
contest      HC   HC     -      -        -       -
confirm      c    FI     c      FI       FI      FI
uphold       c    FI     c      FI       FI      FI
overturn     c    FI     c      FI       FI      FI
count_again  c    FI     c      FI       FI      FI
"""
"""Who may act on a violation of the district, by role and place.

H head, C clerk, F office, I inspector; c: office and inspector of that agency are refused for
their conflict of interest. Nobody else may: leaders, officers and the admin never.
"""
LETTERS = {
    Role.AGENCY_HEAD: "H",
    Role.AGENCY_CLERK: "C",
    Role.AGENCY_OFFICER: "O",
    Role.OFFICE: "F",
    Role.INSPECTOR: "I",
    Role.LEADER: "L",
    Role.ADMIN: "A",
}
AGENCIES = (PROVINCE, OFFICE, FOLLOWER, LEAD, PEER, STRANGER, DISTRICT, COMMUNE, BRANCH)
TREE = Organisation(
    paths={key: path_of(key) for key in AGENCIES},
    names={DISTRICT: "UBND huyện Cam Lâm"},
)


def read(table):
    head, *lines = table.split("\n")[1:-1]
    columns = head.split()[1:]
    rows = [line.split() for line in lines]
    return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}


def violation(state=ViolationState.RECORDED, **more):
    overturned = state is ViolationState.OVERTURNED
    values = {
        "id": 1204,
        "type": "V01",
        "state": state,
        "version": 3,
        "source": ViolationSource.INSPECTION,
        "severity": Severity.GRAVE,
        "occurred_at": datetime(2021, 9, 1, 3, tzinfo=UTC),
        "occurred_on": date(2021, 9, 1),
        "recorded_at": datetime(2021, 9, 2, 3, tzinfo=UTC),
        "agency_id": DISTRICT,
        "agency_name": "UBND huyện Cam Lâm",
        "agency_path": path_of(DISTRICT),
        "cause": Cause.JUDGED if overturned else None,
        "state_before": ViolationState.CONTESTED if overturned else None,
        "recorded_by": 700,
    }
    return Violation(**(values | more))


def case(who, state=ViolationState.RECORDED, **more):
    return Case(violation=violation(state, **more), actor=who, day=DAY, organisation=TREE)


def test_the_tables_speak_of_every_act_state_and_place():
    acts = {action.value for action in ViolationAction} - {"record"}
    assert set(read(STATES)) == set(read(WHO)) == acts == {row.action.value for row in TABLE}
    assert all(set(row) == {s.value for s in ViolationState} for row in read(STATES).values())
    assert all(set(row) == set(PLACES) for row in read(WHO).values())


@pytest.mark.parametrize("action", list(read(STATES)))
@pytest.mark.parametrize("state", list(ViolationState), ids=str)
def test_who_may_do_what_from_where(action, state):
    for role, place in itertools.product(Role, PLACES):
        judged(ViolationAction(action), state, role, place)


def judged(act, state, role, place):
    """One cell of the tables: all actions × all states × all roles × all places."""
    allowed, target = read(WHO)[act.value][place], read(STATES)[act.value][state.value]
    asked = case(actor(role, PLACES[place]), state)
    assessor = role in {Role.OFFICE, Role.INSPECTOR}
    tied = allowed == "c" and assessor
    mine = LETTERS[role] in allowed or tied
    refusal = refusal_of(act, asked)
    if not mine:
        assert refusal.code == "not_yours"
        with pytest.raises(Forbidden):
            stepped(act, asked, "lý do")
    elif target == ".":
        assert refusal.code == "violation_wrong_state"
        with pytest.raises(Refused):
            stepped(act, asked, "lý do")
    elif tied:
        assert refusal.code == "conflict_of_interest"
        assert refusal.params == {"agency": "UBND huyện Cam Lâm"}
    else:
        assert refusal is None
        assert stepped(act, asked, "lý do").state == target


def test_the_doors_judge_as_the_click_does():
    for state in ViolationState:
        asked = case(actor(Role.INSPECTOR, FOLLOWER), state)
        for door in doors(asked):
            assert door.refusal == refusal_of(door.action, asked)


def test_the_machine_draws_what_the_table_says():
    drawn = {(path.action, path.source, path.target) for path in LIFECYCLE.paths}
    expected = {
        (action, source, target)
        for action, row in read(STATES).items()
        for source, target in row.items()
        if target != "."
    }
    assert drawn == expected


def test_a_role_no_longer_held_does_nothing():
    ended = actor(Role.INSPECTOR, FOLLOWER, memberships=())
    assert {door.refusal.code for door in doors(case(ended))} == {"role_not_held"}


@pytest.mark.parametrize("action", ["confirm", "overturn"])
def test_who_entered_it_by_hand_does_not_judge_it(action):
    asked = case(actor(Role.INSPECTOR, FOLLOWER, account=700))
    assert refusal_of(ViolationAction(action), asked).code == "four_eyes_recorder"


@pytest.mark.parametrize("action", ["uphold", "overturn"])
def test_who_contested_it_does_not_judge_it_in_another_role(action):
    both = actor(Role.INSPECTOR, FOLLOWER, account=800)
    asked = case(both, ViolationState.CONTESTED, contested_by=800)
    assert refusal_of(ViolationAction(action), asked).code == "four_eyes_contester"


def test_a_person_who_also_works_for_the_agency_does_not_judge_it():
    both = actor(Role.INSPECTOR, FOLLOWER, member(Role.AGENCY_OFFICER, COMMUNE))
    assert refusal_of(ViolationAction.CONFIRM, case(both)).code == "conflict_of_interest"


@pytest.mark.parametrize(("months", "refused"), [(0, False), (2, False), (3, True)])
def test_whoever_left_the_agency_stays_tied_for_the_months_that_the_province_sets(months, refused):
    left = member(Role.AGENCY_OFFICER, COMMUNE, until=DAY - timedelta(days=85))
    asked = case(actor(Role.INSPECTOR, FOLLOWER, left))
    asked = replace(asked, limits=ReviewLimits(cool_down_months=months))
    found = refusal_of(ViolationAction.CONFIRM, asked)
    assert (found.code if found else None) == ("conflict_of_interest" if refused else None)


def test_nobody_judges_an_agency_that_theirs_came_from():
    merged = Organisation(
        paths=TREE.paths, came_from={FOLLOWER: frozenset({PEER}), PEER: frozenset({DISTRICT})}
    )
    asked = Case(
        violation=violation(), actor=actor(Role.INSPECTOR, FOLLOWER), day=DAY, organisation=merged
    )
    assert refusal_of(ViolationAction.CONFIRM, asked).code == "conflict_of_interest"


def test_a_violation_of_an_unknown_agency_ties_nobody_and_belongs_to_nobody():
    unknown = {"agency_id": None, "agency_path": "", "agency_text": "Phòng lạ"}
    assert refusal_of(ViolationAction.CONFIRM, case(actor(Role.OFFICE, OFFICE), **unknown)) is None
    head = case(actor(Role.AGENCY_HEAD, PROVINCE), **unknown)
    assert refusal_of(ViolationAction.CONTEST, head).code == "not_yours"


def test_what_the_facts_mended_no_click_brings_back():
    asked = case(actor(Role.INSPECTOR, FOLLOWER), ViolationState.OVERTURNED, cause=Cause.MENDED)
    assert refusal_of(ViolationAction.REINSTATE, asked).code == "mended_by_facts"


def test_overturning_remembers_where_it_stood_and_counting_again_forgets():
    judge = actor(Role.INSPECTOR, FOLLOWER)
    gone = stepped(ViolationAction.OVERTURN, case(judge, ViolationState.UPHELD), "nhầm")
    assert (gone.cause, gone.state_before) == (Cause.JUDGED, ViolationState.UPHELD)
    assert (gone.version, gone.reason) == (4, "nhầm")
    asked = Case(violation=gone, actor=judge, day=DAY, organisation=TREE)
    back = stepped(ViolationAction.REINSTATE, asked, "đúng")
    assert (back.cause, back.state_before, back.state) == (None, None, ViolationState.UPHELD)


def test_contesting_remembers_who_did():
    head = actor(Role.AGENCY_HEAD, DISTRICT, account=55)
    assert stepped(ViolationAction.CONTEST, case(head), "giải trình").contested_by == 55


SIGHT = """
role            own  above  below  foreign
agency_head     yes  yes    -      -
agency_clerk    yes  yes    -      -
agency_officer  yes  yes    -      -
office          yes  yes    yes    yes
leader          yes  yes    yes    yes
inspector       yes  yes    yes    yes
admin           -    -      -      -
"""
"""Who reads a violation of the district: an agency its own and its units', the desk all."""


@pytest.mark.parametrize("role", list(read(SIGHT)))
@pytest.mark.parametrize("place", ["own", "above", "below", "foreign"])
def test_who_reads_it(role, place):
    who = actor(Role(role), PLACES[place])
    assert sees(who, violation(), DAY) is (read(SIGHT)[role][place] == "yes")


def test_a_role_no_longer_held_reads_nothing_and_the_system_everything():
    ended = actor(Role.LEADER, PROVINCE, memberships=())
    assert not sees(ended, violation(), DAY)
    assert sees(actor(Role.ADMIN, OFFICE, is_system=True), violation(), DAY)


@pytest.mark.parametrize(
    ("state", "sign"),
    [("recorded", True), ("contested", True), ("confirmed", False), ("upheld", False)],
)
def test_until_it_is_confirmed_it_is_a_sign_only(state, sign):
    assert violation(ViolationState(state)).is_sign is sign
