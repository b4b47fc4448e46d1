"""What pages ask of a record by yes or no: each word is a rule, told for every state or day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import desk
import pytest
from cases import directive

from workflow.accounts.records import Actor, Membership, Role, Tie
from workflow.agencies.records import Agency, Tier
from workflow.days import is_over
from workflow.deadlines.records import Deadline, DeadlineKind
from workflow.deadlines.rules import has_moved
from workflow.directives.records import State
from workflow.directives.timing import days_late_at_once
from workflow.documents.records import CarriedState, Clause, Document, DocumentHead, DocumentState
from workflow.documents.rules import may_issue
from workflow.dossiers.timing import has_new_date
from workflow.review.records import EscalationState
from workflow.summaries.records import Span

DAY = date(2021, 9, 30)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
LASTS = (
    Agency(id=1, code="H", name="Sở", tier=Tier.DEPARTMENT, parent_id=None, path="/1/",
           is_office=False, valid_from=date(2020, 1, 1)),
    Membership(role=Role.OFFICE, agency_id=1, valid_from=date(2020, 1, 1)),
    Tie(account_id=1, name="An", valid_from=date(2020, 1, 1), valid_to=DAY),
)  # fmt: skip


@pytest.mark.parametrize(("last", "over"), [(None, False), (BEFORE, True), (DAY, False), (AFTER, False)])  # fmt: skip
def test_what_lasts_is_over_the_day_after_its_last(last, over):
    assert is_over(last, DAY) is over


@pytest.mark.parametrize("one", LASTS, ids=lambda one: type(one).__name__)
def test_what_ended_no_longer_stands(one):
    one = replace(one, valid_to=DAY)
    assert [one.has_ended(day) for day in (BEFORE, DAY, AFTER)] == [False, False, True]
    assert [one.stands_on(day) for day in (BEFORE, DAY, AFTER)] == [True, True, False]


@pytest.mark.parametrize("role", [None, *Role])
def test_somebody_says_as_what_they_act(role):
    one = Actor(account_id=1, name="An", role=role, agency_id=1)
    assert one.is_of_office is (role is Role.OFFICE)
    assert one.is_leader is (role is Role.LEADER)
    assert one.is_head is (role is Role.AGENCY_HEAD)
    assert one.may_submit is (role in {Role.AGENCY_HEAD, Role.AGENCY_CLERK})


@pytest.mark.parametrize("state", State)
def test_a_directive_says_where_it_stands(state):
    asked = directive(state, extension_asked_to=AFTER)
    assert asked.is_verified is (state is State.VERIFIED)
    assert asked.extension_lies_aside is (state is State.REPORTED)
    assert not directive(state, extension_asked_to=None).extension_lies_aside


@pytest.mark.parametrize(
    ("first", "now", "moved"),
    [(None, None, False), (None, DAY, False), (DAY, DAY, False), (DAY, AFTER, True), (DAY, None, True)],
)  # fmt: skip
def test_a_date_has_moved_that_is_no_longer_the_first(first, now, moved):
    assert has_moved(first, now) is moved
    assert directive(first_due_on=first, due_on=now).due_has_moved is moved


def test_a_lead_is_another_where_it_came_later():
    given = directive().assigned_on
    told = [
        directive(lead_since=day).lead_has_changed for day in (None, given, given + timedelta(1))
    ]
    assert told == [False, False, True]


@pytest.mark.parametrize(
    ("due", "other", "readings", "strict", "meant"),
    [
        (None, None, None, False, set()),
        (DAY, None, None, False, {DAY}),
        (BEFORE, DAY, (BEFORE, DAY), True, {BEFORE, DAY}),
        (DAY, BEFORE, (BEFORE, DAY), False, {BEFORE, DAY}),
    ],
)
def test_a_deadline_says_both_its_readings(due, other, readings, strict, meant):
    read = Deadline(text="", kind=DeadlineKind.FIXED, due_on=due, other_due_on=other)
    assert (read.readings, read.is_read_strictly) == (readings, strict)
    assert {day for day in (None, BEFORE, DAY, AFTER) if read.could_mean(day)} == meant


@pytest.mark.parametrize(
    ("due", "paused", "late"),
    [(None, None, 0), (AFTER, None, 0), (DAY, None, 0), (BEFORE, None, 1), (BEFORE, BEFORE, 0)],
)
def test_work_that_goes_on_without_another_date_is_late_at_once(due, paused, late):
    assert days_late_at_once(directive(due_on=due, suspended_since=paused), DAY) == late


DRAFT = Document(
    id=1, state=DocumentState.DRAFT, version=1,
    head=DocumentHead(
        reference="1/UBND", issued_on=DAY, issuer="UBND tỉnh", subject="Rà soát", overseer_id=1,
    ),
    clauses=(Clause(position=1, content="x", deadline=Deadline(text="", kind=DeadlineKind.NONE)),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("draft", "day", "rows_wait", "is_number_taken", "may"),
    [
        (DRAFT, DAY, False, False, True),
        (DRAFT, AFTER, False, False, True),
        (DRAFT, BEFORE, False, False, False),
        (DRAFT, DAY, True, False, False),
        (DRAFT, DAY, False, True, False),
        (replace(DRAFT, clauses=()), DAY, False, False, False),
        (replace(DRAFT, head=replace(DRAFT.head, issuer="")), DAY, False, False, False),
        (replace(DRAFT, head=replace(DRAFT.head, issued_on=None)), DAY, False, False, False),
    ],
)
def test_a_draft_is_issued_when_nothing_stands_in_its_way(
    draft, day, rows_wait, is_number_taken, may
):
    found = may_issue(draft, day, rows_wait=rows_wait, is_number_taken=is_number_taken)
    assert found is may


@pytest.mark.parametrize("state", [None, *CarriedState])
def test_a_clause_says_how_it_was_carried_over(state):
    read = Deadline(text="", kind=DeadlineKind.NONE)
    one = Clause(position=1, content="", deadline=read, carried_state=state)
    assert one.was_done is (state is CarriedState.DONE)
    assert one.was_paused is (state is CarriedState.PAUSED)


@pytest.mark.parametrize(
    ("first", "last", "new"),
    [(None, None, False), (DAY, None, False), (DAY, DAY, False), (DAY, AFTER, True), (None, DAY, True)],
)  # fmt: skip
def test_a_dossier_has_a_new_date_that_is_not_the_first(first, last, new):
    assert has_new_date(first, last) is new


@pytest.mark.parametrize("state", EscalationState)
def test_a_case_says_for_whom_it_waits(state):
    one = desk.escalation(state, holder_id=None)
    ended = state in {EscalationState.CLOSED, EscalationState.RETRACTED}
    assert one.is_ended is ended
    assert one.is_retracted is (state is EscalationState.RETRACTED)
    assert one.is_proposed is (state is EscalationState.PROPOSED)
    assert one.awaits_explanation is (state is EscalationState.EXPLANATION_REQUESTED)
    assert one.is_unheld is not (ended or state is EscalationState.DECIDED)
    assert not desk.escalation(state, holder_id=7).is_unheld


def test_a_span_of_one_day_is_told_apart():
    assert Span(first=DAY, last=DAY).is_one_day
    assert not Span(first=DAY, last=AFTER).is_one_day
