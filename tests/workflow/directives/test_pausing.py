"""Pauses: the clock stands still, a counted date moves by them, a named one never by itself."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from cases import (
    DAY,
    HANDING_CLERK,
    LEAD_CLERK,
    VERIFIER,
    after,
    asked,
    calendar,
    case,
    directive,
    do,
    part_of_district,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.calendar.records import Pause
from workflow.directives.pausing import part_goes_on
from workflow.directives.records import Action, State
from workflow.directives.rules import FAMILY, refusal_of
from workflow.errors import Invalid

ONE = timedelta(days=1)
DUE = date(2021, 9, 29)
running = directive(State.IN_PROGRESS)


def paused(since=DAY, **more):
    return replace(running, suspended_since=since, **more)


@settings(max_examples=200)
@given(
    started=st.dates(date(2021, 1, 4), date(2021, 12, 1)),
    budget=st.integers(1, 60),
    begins=st.integers(0, 90),
    lasts=st.integers(0, 60),
)
def test_a_counted_date_moves_as_if_the_paused_days_had_never_been_counted(
    started, budget, begins, lasts
):
    due = calendar().due_on(started, budget)
    since = started + ONE * (1 + begins % max(1, (due - started).days))
    resumed = since + ONE * lasts
    of = paused(since, due_on=due, counts_days=True)
    moved = after(Action.RESUME, of, VERIFIER, resumed, paper="10/UBND").due_on
    pause = Pause(first_day=since, last_day=resumed - ONE, reason="")
    counted, ledger = calendar().add_working_days(started, budget, (pause,) if lasts else ())
    assert moved == counted
    assert not any(day.counted for day in ledger if lasts and pause.covers(day.date))


def test_a_named_date_stays_where_it_is():
    assert after(Action.RESUME, paused(), VERIFIER, DAY + 7 * ONE, paper="10/UBND").due_on == DUE


def test_a_named_date_that_passed_during_the_pause_is_named_anew():
    later = DUE + ONE
    with pytest.raises(Invalid) as refused:
        do(Action.RESUME, paused(), VERIFIER, later, paper="10/UBND")
    assert refused.value.errors == {"due_on": "passed_while_suspended"}
    now = after(Action.RESUME, paused(), VERIFIER, later, paper="10/UBND", due_on=later + 9 * ONE)
    assert (now.due_on, now.first_due_on) == (later + 9 * ONE, DUE)


def test_a_pause_heals_no_lateness():
    late = paused(DUE + ONE, counts_days=True)
    assert after(Action.RESUME, late, VERIFIER, DUE + 9 * ONE, paper="10/UBND").due_on == DUE


def test_a_pause_of_no_day_moves_nothing():
    of = paused(DAY, counts_days=True)
    assert after(Action.RESUME, of, VERIFIER, DAY, paper="10/UBND").due_on == DUE


@pytest.mark.parametrize(
    ("action", "who"),
    [
        (Action.REPORT, LEAD_CLERK),
        (Action.RECORD_REPORT, VERIFIER),
        (Action.REMIND, VERIFIER),
        (Action.REQUEST_EXTENSION, LEAD_CLERK),
        (Action.REQUEST_INPUT, LEAD_CLERK),
        (Action.SUSPEND, VERIFIER),
    ],
)
def test_while_it_is_paused_it_is_not_reported_urged_or_asked_about(action, who):
    shut = refusal_of(action, case(paused(), who))
    assert (shut.code, shut.params) == ("suspended", {"since": DAY})
    assert refusal_of(action, case(running, who)) is None


@pytest.mark.parametrize(
    ("action", "given"),
    [
        (Action.DIRECT, {"text": "x", "reference": "12/TB"}),
        (Action.AMEND, {"paper": "9/UBND"}),
        (Action.CORRECT, {"reason": "x"}),
    ],
)
def test_no_date_is_set_before_it_goes_on(action, given):
    with pytest.raises(Invalid) as refused:
        do(action, paused(), VERIFIER, **given, due_on=DUE + ONE)
    assert refused.value.errors == {"due_on": "suspended"}
    do(action, running, VERIFIER, **given, due_on=DUE + ONE)


def test_the_same_date_in_a_prefilled_form_is_no_new_one():
    do(Action.AMEND, paused(), VERIFIER, paper="9/UBND", content="Chữ mới", due_on=DUE)


def test_requests_to_other_agencies_wait_with_the_work():
    of = paused(inputs=(asked(50, due_on=DAY + ONE), asked(51, due_on=DAY - ONE)))
    shifts = do(Action.RESUME, of, VERIFIER, DAY + 7 * ONE, paper="10/UBND").change.shifts
    assert [(s.input_id, s.due_on) for s in shifts] == [(50, DAY + 8 * ONE)]


def part(**more):
    return part_of_district(State.IN_PROGRESS, **more)


def below(action, above, of, day=DAY):
    """The step that reaches a part, with the case of the directive above it."""
    one = case(above, VERIFIER, day)
    given = {"paper": "9/UBND"}
    step = do(action, above, VERIFIER, day, **given)
    return FAMILY[action](one, of, step.directive)


def test_a_pause_reaches_the_parts_that_run():
    assert below(Action.SUSPEND, running, part()).directive.suspended_since == DAY
    assert below(Action.SUSPEND, running, part(suspended_since=DAY - ONE)) is None
    assert below(Action.SUSPEND, running, part_of_district(State.REPORTED)) is None


def test_parts_go_on_with_the_work_above_and_not_those_paused_before():
    above = paused(counts_days=True)
    later = DAY + 7 * ONE
    went_on = below(Action.RESUME, above, part(suspended_since=DAY), later).directive
    assert (went_on.suspended_since, went_on.due_on) == (None, date(2021, 9, 27))
    assert below(Action.RESUME, above, part(suspended_since=DAY - ONE), later) is None


def test_a_part_keeps_its_date_where_the_date_above_stays():
    of = part(suspended_since=DAY)
    fields = part_goes_on(case(paused(), VERIFIER, DAY + ONE), of, above=running)
    assert fields == {"suspended_since": None}


def test_a_part_stays_inside_the_date_above_with_its_buffer():
    above = paused()
    named = replace(running, due_on=DUE + ONE)
    of = part(suspended_since=DAY, due_on=date(2021, 9, 22))
    fields = part_goes_on(case(above, VERIFIER, DAY + 14 * ONE), of, above=named)
    assert fields["due_on"] == date(2021, 9, 23)


def test_who_handed_a_part_down_pauses_it():
    assert after(Action.SUSPEND, part(), HANDING_CLERK, paper="9/UBND").suspended_since == DAY


def test_work_that_ends_is_no_longer_paused():
    assert (
        after(Action.WITHDRAW, paused(), VERIFIER, paper="9/UBND", reason="x").is_suspended is False
    )
