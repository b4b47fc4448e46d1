"""Routing inside an agency, input between agencies, proposals and their answers."""

from datetime import date, timedelta

import pytest
from cases import (
    AT,
    DAY,
    LEAD,
    LEAD_CLERK,
    LEAD_HEAD,
    PEER,
    PEER_CLERK,
    STRANGER,
    VERIFIER,
    after,
    agency,
    asked,
    case,
    directive,
    do,
    file,
    proposal,
)

from workflow.agencies.records import Division
from workflow.directives.matters import Colleague, InputState
from workflow.directives.records import Action, State
from workflow.directives.rules import refusal_of
from workflow.errors import Invalid

ONE = timedelta(days=1)
OFFICER = Colleague(id=502, name="Đặng Chuyên Viên")
running = directive(State.IN_PROGRESS)


def division(first=date(2020, 1, 1), last=None):
    return Division(id=9, name="Phòng Quản lý đất đai", valid_from=first, valid_to=last)


def errors_of(action, of, who, **given):
    with pytest.raises(Invalid) as refused:
        do(action, of, who, **given)
    return refused.value.errors


@pytest.mark.parametrize("named", [{"division": division()}, {"person": OFFICER}])
def test_work_is_routed_to_a_division_or_a_person_and_nothing_of_it_changes(named):
    step = do(Action.ROUTE, running, LEAD_HEAD, **named)
    assert step.change.fields == {}
    assert step.change.to_account == (502 if "person" in named else None)


ROUTES = {
    "nobody": ({}, {"person": "division_or_colleague"}),
    "a division that ended": (
        {"division": division(last=DAY - ONE)},
        {"division": "not_a_division"},
    ),
    "one to come": ({"division": division(first=DAY + ONE)}, {"division": "not_a_division"}),
    "yesterday": ({"internal_due_on": DAY - ONE}, {"internal_due_on": "date_past"}),
    "after the due date": (
        {"internal_due_on": date(2021, 9, 30)},
        {"internal_due_on": "after_due_date"},
    ),
}


@pytest.mark.parametrize("name", ROUTES)
def test_routing_that_leads_nowhere_is_refused(name):
    given, errors = ROUTES[name]
    person = {} if "division" in given or not given else {"person": OFFICER}
    assert errors_of(Action.ROUTE, running, LEAD_CLERK, **person, **given) == errors


def test_late_work_is_routed_with_whatever_day_is_left():
    late = directive(State.IN_PROGRESS, due_on=DAY - ONE)
    do(Action.ROUTE, late, LEAD_CLERK, person=OFFICER, internal_due_on=DAY + ONE)


def ask(of, *agencies, day=DAY + ONE):
    given = {"agencies": tuple(map(agency, agencies)), "what": "Số liệu", "needed_on": day}
    return do(Action.REQUEST_INPUT, of, LEAD_CLERK, **given)


def test_the_lead_asks_several_that_coordinate_and_each_once():
    both = directive(State.IN_PROGRESS, coordinating=frozenset({PEER, STRANGER}))
    assert ask(both, PEER, STRANGER, PEER).change.to_agencies == (PEER, STRANGER)


def test_it_asks_nobody_else_and_for_no_day_gone_by():
    with pytest.raises(Invalid) as refused:
        ask(running, STRANGER, day=DAY - ONE)
    assert refused.value.errors == {"agencies": "not_coordinating", "needed_on": "date_past"}


def test_without_coordinating_agencies_there_is_nobody_to_ask():
    alone = directive(State.IN_PROGRESS, coordinating=frozenset())
    assert refusal_of(Action.REQUEST_INPUT, case(alone, LEAD_CLERK)).code == "no_coordinators"


def test_an_agency_answers_what_it_was_asked_and_its_writer_has_a_hand_in_it():
    of = directive(State.IN_PROGRESS, inputs=(asked(50), asked(51, agency_id=STRANGER)))
    now = after(Action.GIVE_INPUT, of, PEER_CLERK, request=50, answer="Gửi", files=(file(),))
    assert PEER_CLERK.account_id in now.touched_by
    assert errors_of(Action.GIVE_INPUT, of, PEER_CLERK, request=51, answer="x") == {
        "request": "not_an_item"
    }


@pytest.mark.parametrize("state", [InputState.ANSWERED, InputState.LAPSED])
def test_what_was_answered_or_lapsed_waits_for_nobody(state):
    of = directive(State.IN_PROGRESS, inputs=(asked(50, state=state),))
    assert refusal_of(Action.GIVE_INPUT, case(of, PEER_CLERK)).code == "nothing_asked"


@pytest.mark.parametrize(
    ("state", "answered", "days"),
    [
        (InputState.OPEN, None, 6),
        (InputState.ANSWERED, date(2021, 9, 12), 2),
        (InputState.ANSWERED, date(2021, 9, 10), 0),
        (InputState.LAPSED, date(2021, 9, 20), 0),
    ],
)
def test_days_late_run_to_the_answer_or_to_today(state, answered, days):
    one = asked(due_on=date(2021, 9, 10), state=state, answered_on=answered)
    assert one.days_late(date(2021, 9, 16)) == days


def test_an_update_that_proposes_waits_for_those_above_from_its_day():
    plain = do(Action.UPDATE, running, LEAD_CLERK, done="x")
    assert (plain.directive.proposed_on, plain.change.proposes) == (None, False)
    first = do(Action.UPDATE, running, LEAD_CLERK, done="x", proposal="Thêm người")
    assert (first.directive.proposed_on, first.change.proposes) == (DAY, True)
    waiting = directive(State.IN_PROGRESS, proposed_on=DAY - ONE)
    again = do(Action.UPDATE, waiting, LEAD_CLERK, done="x", proposal="Thêm máy")
    assert (again.directive.proposed_on, again.change.proposes) == (DAY - ONE, True)


def test_an_answer_leaves_the_oldest_of_the_others_waiting():
    waits = (proposal(60), proposal(61, proposed_on=DAY - ONE), proposal(62, proposed_on=DAY))
    of = directive(State.IN_PROGRESS, proposals=waits, proposed_on=waits[0].proposed_on)
    assert after(Action.ANSWER, of, VERIFIER, proposed=60, answer="x").proposed_on == DAY - ONE
    one = directive(State.IN_PROGRESS, proposals=waits[:1], proposed_on=waits[0].proposed_on)
    assert after(Action.ANSWER, one, VERIFIER, proposed=60, answer="x").proposed_on is None


@pytest.mark.parametrize(("by", "told"), [(LEAD, ()), (PEER, (PEER,)), (None, ())])
def test_an_agency_beside_that_proposed_is_told_the_answer_too(by, told):
    of = directive(State.IN_PROGRESS, proposals=(proposal(agency_id=by),), proposed_on=DAY)
    step = do(Action.ANSWER, of, VERIFIER, proposed=60, answer="x")
    assert step.change.to_agencies == told


def test_what_was_answered_is_not_answered_again():
    answered = proposal(60, answered_on=DAY)
    of = directive(State.IN_PROGRESS, proposals=(answered, proposal(61)), proposed_on=DAY)
    assert errors_of(Action.ANSWER, of, VERIFIER, proposed=60, answer="x") == {
        "proposed": "not_an_item"
    }


@pytest.mark.parametrize("action", [Action.VERIFY, Action.WITHDRAW])
def test_work_that_ends_leaves_no_proposal_waiting(action):
    of = directive(State.REPORTED, proposals=(proposal(),), proposed_on=DAY - ONE)
    given = {"verdict": "met"} if action is Action.VERIFY else {"paper": "9/UBND", "reason": "x"}
    assert after(action, of, VERIFIER, **given).proposed_on is None


def test_requests_of_the_lead_say_since_when_they_wait_and_no_longer_once_answered():
    declined = directive(decline_standing=True, declined_on=DAY)
    assert after(Action.INSIST, declined, VERIFIER, reason="x").declined_on is None
    step = do(Action.REQUEST_EXTENSION, running, LEAD_CLERK, due_on=date(2021, 10, 9), reason="x")
    assert step.directive.extension_asked_on == DAY
    decided = after(
        Action.DECIDE_EXTENSION, step.directive, VERIFIER, decision="granted", paper="5/UBND"
    )
    assert decided.extension_asked_on is None
    assert AT.date() == DAY
