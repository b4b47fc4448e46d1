"""Every act on a period, for every state, place and role: who may, and why the others may not."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from cases import (
    COMMUNE,
    DAY,
    FOLLOWER,
    LEAD,
    OFFICE,
    PEER,
    PROVINCE,
    STRANGER,
    actor,
    calendar,
    directive,
)  # fmt: skip

from workflow.accounts.records import Role
from workflow.directives.needs import Given
from workflow.directives.records import State
from workflow.periods.following import Following, following
from workflow.periods.guards import PeriodCase
from workflow.periods.records import Period, PeriodAction, PeriodState
from workflow.periods.rules import doors, left_on_directive, refusal_of
from workflow.periods.timing import days_early, is_paused

LAW = """
report_period   open      reported   agency_head agency_clerk  @ lead
record_period   open      reported   office                    @ office follower
recall_period   reported  open       agency_head agency_clerk  @ lead
confirm_period  reported  confirmed  office inspector          @ office follower anywhere
return_period   reported  open       office inspector          @ office follower anywhere
"""
"""Each act: from, to, the roles, and where they sit; an inspector sits anywhere but in the lead."""
PLACES = {
    "lead": LEAD, "peer": PEER, "office": OFFICE, "follower": FOLLOWER, "stranger": STRANGER,
    "commune": COMMUNE, "province": PROVINCE,
}  # fmt: skip
ONE_DAY = timedelta(days=1)


def law():
    for line in LAW.strip().splitlines():
        words, _, places = line.partition("@")
        action, source, target, *roles = words.split()
        yield action, source, target, set(roles), set(places.split())


def period(state="open", **more):
    """A period that has begun and is due in a fortnight, reported by somebody else."""
    answered = {"reported_by": 100, "completed_on": DAY} if state != "open" else {}
    values = {
        "id": 1, "directive_id": 1, "serial": 1, "agency_id": LEAD, "state": PeriodState(state),
        "from_on": date(2021, 8, 23), "to_on": date(2021, 9, 19), "due_on": date(2021, 9, 19),
    }  # fmt: skip
    return Period(**(values | answered | more))


def case(of, who, **more):
    held = directive(State.IN_PROGRESS, **more)
    return PeriodCase(period=of, directive=held, actor=who, day=DAY, calendar=calendar())


def allowed(action, state, role, place):
    for name, source, _, roles, places in law():
        if name != action or source != state or role.value not in roles:
            continue
        if role is Role.INSPECTOR:
            return "anywhere" in places and place != "lead"
        return place in places
    return False


def test_the_law_and_the_table_name_the_same_acts():
    found = [(d.action.value) for d in doors(case(period(), actor(Role.OFFICE, OFFICE)))]
    assert sorted(found) == sorted(name for name, *_ in law())


@pytest.mark.parametrize("action", PeriodAction)
def test_who_may_do_what_in_which_state(action):
    for state, role, (name, place) in product(PeriodState, Role, PLACES.items()):
        if role is Role.OFFICE and name not in {"office", "follower"}:
            continue
        shut = refusal_of(action, case(period(state.value), actor(role, place)))
        assert (shut is None) == allowed(action, state.value, role, name), (state, role, name, shut)


@pytest.mark.parametrize(
    ("action", "who", "more", "of", "code"),
    [
        ("report_period", "clerk", {"state": State.VERIFIED}, {}, "directive_ended"),
        ("report_period", "clerk", {"state": State.WITHDRAWN}, {}, "directive_ended"),
        ("report_period", "clerk", {"decline_standing": True}, {}, "decline_standing"),
        ("report_period", "clerk", {}, {"from_on": DAY + ONE_DAY}, "period_not_begun"),
        ("record_period", "office", {}, {"from_on": DAY + ONE_DAY}, "period_not_begun"),
        ("confirm_period", "office", {"touched_by": frozenset({500})}, {}, "four_eyes_hand"),
        ("confirm_period", "office", {}, {"reported_by": 500}, "four_eyes_reporter"),
        ("confirm_period", "office", {}, {"agency_id": OFFICE}, "four_eyes_agency"),
        ("return_period", "office", {"state": State.WITHDRAWN}, {}, "directive_ended"),
        ("confirm_period", "office", {"state": State.WITHDRAWN}, {}, None),
        ("confirm_period", "office", {}, {"reported_by": 500, "is_recorded": True}, None),
    ],
)  # fmt: skip
def test_why_a_door_is_shut(action, who, more, of, code):
    people = {"clerk": actor(Role.AGENCY_CLERK, LEAD), "office": actor(Role.OFFICE, OFFICE)}
    state = "reported" if action.startswith(("confirm", "return")) else "open"
    held = directive(more.pop("state", State.IN_PROGRESS), **more)
    found = refusal_of(
        PeriodAction(action),
        PeriodCase(
            period=period(state, **of),
            directive=held,
            actor=people[who],
            day=DAY,
            calendar=calendar(),
        ),
    )
    assert (found and found.code) == code


def test_a_report_accepts_what_nobody_accepted_yet():
    given = Given({})
    who = actor(Role.AGENCY_CLERK, LEAD)
    new = replace(case(period(), who), directive=directive())
    left = left_on_directive(PeriodAction.REPORT, new, given)
    assert (left["state"], left["accepted_on"]) == (State.IN_PROGRESS, DAY)
    assert left["touched_by"] == frozenset({who.account_id})
    assert left_on_directive(PeriodAction.CONFIRM, new, given) == {}


def moved(before, **after):
    held = replace(directive(State.IN_PROGRESS, **before), has_periods=True)
    return following(held, replace(held, **after), DAY)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({}, {"lead_agency_id": PEER}, Following(day=DAY, to_agency=PEER)),
        ({}, {"state": State.WITHDRAWN}, Following(day=DAY, ends=True)),
        ({}, {"state": State.REPORTED}, None),
        ({}, {"progress": 50}, None),
        (
            {"suspended_since": DAY - ONE_DAY},
            {"suspended_since": None},
            Following(day=DAY, paused_from=DAY - ONE_DAY),
        ),
        ({}, {"suspended_since": DAY}, None),
    ],
)
def test_what_follows_for_the_periods_of_a_directive(before, after, found):
    assert moved(before, **after) == found


def test_work_that_was_verified_runs_again_with_its_periods():
    held = replace(directive(State.VERIFIED), has_periods=True)
    again = replace(held, state=State.IN_PROGRESS)
    assert following(held, again, DAY) == Following(day=DAY, runs_again=True)


def test_a_directive_without_periods_has_nothing_to_follow():
    held = directive(State.IN_PROGRESS)
    assert following(held, replace(held, state=State.WITHDRAWN), DAY) is None


@pytest.mark.parametrize(
    ("since", "state", "paused"),
    [
        (None, "open", False),
        (date(2021, 9, 19), "open", True),
        (date(2021, 9, 20), "open", False),
        (date(2021, 9, 1), "reported", False),
    ],
)
def test_a_pause_holds_what_falls_due_in_it_and_is_not_reported(since, state, paused):
    assert is_paused(period(state), since) is paused


@pytest.mark.parametrize(("done", "days"), [(None, 0), (9, 10), (19, 0), (21, 0)])
def test_how_early_a_report_came(done, days):
    of = period("reported", completed_on=date(2021, 9, done)) if done else period()
    assert days_early(of) == days
