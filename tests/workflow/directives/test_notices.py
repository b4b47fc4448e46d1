"""Who is told what was done to a directive."""

from datetime import timedelta

import pytest
from cases import (
    AT,
    DISTRICT,
    LEAD,
    OFFICE,
    PEER,
    STRANGER,
    directive,
    part_of_district,
    prepared,
    routed,
)

from workflow.accounts.records import Role
from workflow.directives.changes import Change
from workflow.directives.doing import TO_DOERS, who_does
from workflow.directives.matters import PreparedState
from workflow.directives.notices import TO_LEAD, TO_NAMED, TO_OVERSEER, issued, notices_of
from workflow.directives.records import Action
from workflow.directives.rules import Step

SECOND = timedelta(seconds=1)
INSIDE = {Action.ACCEPT, Action.UPDATE, Action.HAND_DOWN, Action.ACCEPT_EVIDENCE}
"""Seen on the pages; nobody is told of them."""


def told(action, of):
    return list(notices_of(action, Step(directive=of, change=Change()), AT))


def test_every_action_is_told_to_somebody_or_known_to_stay_inside():
    assert set(Action) == TO_LEAD | TO_OVERSEER | TO_NAMED | INSIDE
    assert not TO_LEAD & TO_OVERSEER


@pytest.mark.parametrize("action", sorted(TO_LEAD))
def test_the_lead_is_told_what_those_above_did(action):
    [notice] = told(action, directive())
    assert (notice.to_agency, notice.to_role) == (LEAD, None)
    assert notice.subject_key == directive().number


@pytest.mark.parametrize("action", sorted(TO_OVERSEER))
def test_those_who_follow_it_are_told_what_the_lead_did(action):
    of = directive()
    notice, *_ = told(action, of)
    assert (notice.to_agency, notice.to_role) == (of.overseer_id, Role.OFFICE)
    [notice] = told(action, part_of_district())
    assert (notice.to_agency, notice.to_role) == (DISTRICT, None)


@pytest.mark.parametrize(("giver", "role"), [(7, None), (None, Role.LEADER)])
def test_who_gave_the_task_is_told_that_a_later_date_is_asked_for(giver, role):
    """Where nobody is named, every leader may decide it."""
    _office, decider = told(Action.REQUEST_EXTENSION, directive(assigner_id=giver))
    assert (decider.to_account, decider.to_agency, decider.to_role) == (giver, None, role)


def test_two_acts_are_two_notices_and_one_act_is_one():
    once, again = directive(version=3), directive(version=4)
    keys = {notice.key for of in (once, once, again) for notice in told(Action.REMIND, of)}
    assert len(keys) == 2


def test_a_document_tells_each_lead_once_with_how_much_it_was_given():
    several = [directive(), directive(), directive(lead_agency_id=OFFICE)]
    notices = issued(several, "12/UBND", "2021-0001", AT)
    assert [(n.to_agency, n.params["count"]) for n in notices] == sorted(
        [(LEAD, 2), (OFFICE, 1)], key=lambda pair: pair[0]
    )


def test_whom_work_is_routed_to_gets_it_in_their_inbox_each_time():
    step = Step(directive=directive(), change=Change(to_account=502))
    [once], [again] = (list(notices_of(Action.ROUTE, step, at)) for at in (AT, AT + SECOND))
    assert (once.to_account, once.to_agency, once.kind) == (502, None, "directive.route")
    assert once.key != again.key
    division_only = Step(directive=directive(), change=Change())
    assert list(notices_of(Action.ROUTE, division_only, AT)) == []


def test_each_agency_that_is_asked_is_told_and_nobody_else():
    step = Step(directive=directive(), change=Change(to_agencies=(PEER, STRANGER)))
    notices = list(notices_of(Action.REQUEST_INPUT, step, AT))
    assert [n.to_agency for n in notices] == [PEER, STRANGER]
    assert len({n.key for n in notices}) == 2


def test_an_answer_is_told_to_the_lead_and_to_who_proposed():
    step = Step(directive=directive(), change=Change(to_agencies=(PEER,)))
    assert [n.to_agency for n in notices_of(Action.ANSWER, step, AT)] == [LEAD, PEER]


def test_a_proposal_is_told_to_who_has_to_answer_it():
    proposes = Change(proposes=True)
    [notice] = notices_of(Action.UPDATE, Step(directive=directive(), change=proposes), AT)
    assert (notice.to_agency, notice.to_role) == (directive().overseer_id, Role.OFFICE)
    [notice] = notices_of(Action.UPDATE, Step(directive=part_of_district(), change=proposes), AT)
    assert (notice.to_agency, notice.kind) == (DISTRICT, "directive.propose")


def test_where_work_went_is_told_to_who_led_it_and_to_who_did_it_there_by_name():
    """A division that had it has no inbox of its own; who did it in another agency has not lost it."""
    of = directive(
        lead_agency_id=PEER,
        routings=(routed(account_id=501), routed(account_id=None), routed(PEER, account_id=502)),
    )
    step = Step(directive=of, change=Change(), before={"lead_agency_id": LEAD})
    gone = [n for n in notices_of(Action.REASSIGN, step, AT) if n.kind == "directive.moved"]
    assert [(n.to_agency, n.to_account) for n in gone] == [(LEAD, None), (None, 501)]


def test_a_record_taken_back_is_told_to_the_lead_whose_paper_it_was():
    step = Step(directive=directive(), change=Change(), before={"report_recorded": True})
    assert LEAD in {notice.to_agency for notice in notices_of(Action.RECALL, step, AT)}


@pytest.mark.parametrize("action", sorted(TO_DOERS))
def test_who_does_the_work_inside_the_lead_hears_what_becomes_of_it(action):
    step = Step(directive=directive(), change=Change())
    own = [n for n in notices_of(action, step, AT, doers=(502, 503)) if n.to_account]
    assert [n.to_account for n in own] == [502, 503]
    assert len({n.key for n in own}) == 2


def test_that_a_report_went_out_is_told_in_other_words_inside_than_above():
    step = Step(directive=directive(), change=Change(told={"who": "Hồ Thị Ngọc Diệp"}))
    above, inside = notices_of(Action.REPORT, step, AT, doers=(502,))
    assert (above.kind, inside.kind) == ("directive.report", "directive.submitted")
    assert inside.params["who"] == "Hồ Thị Ngọc Diệp"


def test_the_work_is_done_by_who_has_it_and_who_wrote_its_last_report():
    mine = {"id": 3, "by": 502}
    old = prepared(id=2, by=504, state=PreparedState.SUBMITTED)
    of = directive(routings=(routed(to=503), routed(PEER, 507), routed(to=None)))
    assert who_does(of) == {503}
    last = prepared(**mine, state=PreparedState.SUBMITTED)
    assert who_does(directive(prepared=(last, old))) == {502}
    given_back = prepared(**mine, state=PreparedState.RETURNED)
    assert who_does(directive(prepared=(given_back, old))) == {504}
    assert who_does(directive(prepared=(prepared(PEER, by=508), prepared(by=502)))) == {502}
