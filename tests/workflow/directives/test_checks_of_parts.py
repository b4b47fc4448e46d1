"""What must hold of a part that is handed down: to whom, and until when."""

from datetime import date, timedelta

import pytest
from cases import (
    BRANCH,
    DAY,
    DISTRICT,
    FAR_COMMUNE,
    FAR_DISTRICT,
    HAMLET,
    HANDING_CLERK,
    LEAD,
    LEAD_CLERK,
    OTHER_COMMUNE,
    PROVINCE,
    STRANGER,
    actor,
    agency,
    case,
    changed,
    directive,
    errors,
    part_of_district,
    path_of,
)

from workflow.accounts.records import Role
from workflow.agencies.records import Tier
from workflow.directives.checks import latest_day_for_part
from workflow.directives.limits import Limits
from workflow.directives.records import Action, State

ONE = timedelta(days=1)
DUE = date(2021, 9, 29)


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [
        (agency(BRANCH), {}),
        (agency(LEAD), {"agency": "not_a_unit_below"}),
        (agency(STRANGER), {"agency": "not_a_unit_below"}),
        (agency(PROVINCE), {"agency": "not_a_unit_below"}),
        (agency(BRANCH, valid_to=DAY - ONE), {"agency": "not_a_unit_below"}),
        (agency(BRANCH, valid_to=DAY), {}),
        (agency(BRANCH, tier=Tier.VERTICAL), {"agency": "not_a_unit_below"}),
        (agency(BRANCH, path="/1/44/10/"), {"agency": "not_a_unit_below"}),
    ],
)
def test_a_part_goes_to_a_unit_under_the_lead(unit, wanted):
    of = directive(State.IN_PROGRESS)
    given = {"agency": unit, "content": "x", "due_on": DAY}
    assert errors(Action.HAND_DOWN, of, LEAD_CLERK, **given) == wanted


def test_a_unit_two_steps_below_is_below():
    of = directive(State.IN_PROGRESS, lead_agency_id=DISTRICT, lead_path=path_of(DISTRICT))
    given = {"agency": agency(HAMLET), "content": "x", "due_on": DAY}
    assert errors(Action.HAND_DOWN, of, actor(Role.AGENCY_HEAD, DISTRICT), **given) == {}


@pytest.mark.parametrize(
    ("buffer", "latest"),
    [
        (5, date(2021, 9, 22)),  # 23, 24, 27, 28, 29 September are left for the parent
        (1, date(2021, 9, 28)),
        (0, date(2021, 9, 29)),
    ],
)
def test_a_part_is_due_inside_the_parent_s_time_minus_the_buffer(buffer, latest):
    of = directive(State.IN_PROGRESS)
    limits = Limits(part_buffer_working_days=buffer)
    assert latest_day_for_part(case(of, LEAD_CLERK, limits=limits)) == latest
    for due, wanted in [(latest, {}), (latest + ONE, {"due_on": "outside_parent"})]:
        given = {"agency": agency(BRANCH), "content": "x", "due_on": due}
        assert errors(Action.HAND_DOWN, of, LEAD_CLERK, limits=limits, **given) == wanted


def test_a_dated_directive_hands_down_dated_parts():
    given = {"agency": agency(BRANCH), "content": "x"}
    dated, undated = directive(State.IN_PROGRESS), directive(State.IN_PROGRESS, due_on=None)
    assert errors(Action.HAND_DOWN, dated, LEAD_CLERK, **given) == {"due_on": "required"}
    assert errors(Action.HAND_DOWN, undated, LEAD_CLERK, **given) == {}
    assert errors(Action.HAND_DOWN, undated, LEAD_CLERK, due_on=DAY, **given) == {}
    assert latest_day_for_part(case(undated, LEAD_CLERK)) is None
    past = errors(Action.HAND_DOWN, undated, LEAD_CLERK, due_on=DAY - ONE, **given)
    assert past == {"due_on": "date_past"}


def test_a_date_beyond_the_calendar_bounds_a_part_by_itself():
    far = date(2099, 1, 1)
    of = directive(State.IN_PROGRESS, due_on=far)
    assert latest_day_for_part(case(of, LEAD_CLERK)) == far


@pytest.mark.parametrize(
    ("action", "state", "given"),
    [
        (Action.REASSIGN, State.ASSIGNED, {"agency": agency(OTHER_COMMUNE), "reason": "x"}),
        (Action.RETURN, State.REPORTED, {"reason": "x"}),
        (Action.CORRECT, State.ASSIGNED, {"reason": "x"}),
        (Action.AMEND, State.IN_PROGRESS, {"paper": "1/A"}),
        (Action.DECIDE_EXTENSION, State.IN_PROGRESS, {"decision": "granted"}),
    ],
)
@pytest.mark.parametrize(
    ("due", "wanted"),
    [(date(2021, 9, 22), {}), (date(2021, 9, 23), {"due_on": "outside_parent"})],
)
def test_a_part_s_date_stays_inside_the_parent_s_whoever_moves_it(
    action, state, given, due, wanted
):
    asked = {"extension_asked_to": due} if action is Action.DECIDE_EXTENSION else {}
    of = part_of_district(state, parent_due_on=DUE, **asked)
    assert errors(action, of, HANDING_CLERK, due_on=due, **given) == wanted
    free = changed(of, parent_due_on=None)
    assert errors(action, free, HANDING_CLERK, due_on=due, **given) == {}


def test_far_units_stay_far():
    of = directive(State.IN_PROGRESS, lead_agency_id=DISTRICT, lead_path=path_of(DISTRICT))
    for key in (FAR_COMMUNE, FAR_DISTRICT):
        given = {"agency": agency(key), "content": "x", "due_on": DAY}
        found = errors(Action.HAND_DOWN, of, actor(Role.AGENCY_HEAD, DISTRICT), **given)
        assert found == {"agency": "not_a_unit_below"}
