"""The report adds up, whatever happened; each rule of it as a line of a table."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summarizing import some_life, some_span

from workflow.directives.records import State
from workflow.errors import Invalid
from workflow.summaries.records import BECAME, BESIDE, Charge, Figure, Span, Stood, Tally
from workflow.summaries.rules import charges, tallies
from workflow.summaries.spans import Stretch, chosen, span_before, span_of

SEPTEMBER = Span(first=date(2021, 9, 1), last=date(2021, 9, 30))
IN_IT, BEFORE, AFTER = date(2021, 9, 10), date(2021, 8, 20), date(2021, 10, 4)
OWN, OTHER = 3, 4
RUNNING = Stood(
    number="2021-0001-01",
    lead_id=OWN,
    lead_before=OWN,
    state=State.IN_PROGRESS,
    state_before=State.IN_PROGRESS,
    assigned_on=BEFORE,
    due_on=date(2021, 9, 29),
    first_due_on=date(2021, 9, 29),
)
DONE = {"state": State.VERIFIED, "completed_on": IN_IT, "verified_on": date(2021, 9, 20)}
LONG_DONE = {"state": State.VERIFIED, "state_before": State.VERIFIED, "completed_on": BEFORE,
             "verified_on": BEFORE}  # fmt: skip

F = Figure
LINES = [
    # what happened, what it is counted under
    ("runs past its day", {}, {F.CARRIED, F.OPEN_LATE, F.OPEN_LATE_FIRST}),
    ("is due on the last day", {"due_on": SEPTEMBER.last, "first_due_on": SEPTEMBER.last},
     {F.CARRIED, F.OPEN_IN_TIME}),
    ("was extended", {"due_on": AFTER}, {F.CARRIED, F.OPEN_IN_TIME, F.OPEN_LATE_FIRST}),
    ("has no day", {"due_on": None, "first_due_on": None},
     {F.CARRIED, F.OPEN_IN_TIME, F.OPEN_UNDATED}),
    ("was given on the first day", {"assigned_on": SEPTEMBER.first, "due_on": AFTER},
     {F.NEW, F.OPEN_IN_TIME, F.OPEN_LATE_FIRST}),
    ("was given later", {"assigned_on": AFTER}, set()),
    ("was done in time", DONE, {F.CARRIED, F.DONE_ON_TIME}),
    ("was done late", DONE | {"completed_on": date(2021, 9, 30)},
     {F.CARRIED, F.DONE_LATE, F.DONE_LATE_FIRST}),
    ("was done on its day", DONE | {"completed_on": date(2021, 9, 29)},
     {F.CARRIED, F.DONE_ON_TIME}),
    ("was done in time by an extension only",
     DONE | {"completed_on": date(2021, 9, 30), "due_on": AFTER},
     {F.CARRIED, F.DONE_ON_TIME, F.DONE_LATE_FIRST}),
    ("was reported before and verified in it", DONE | {"completed_on": BEFORE},
     {F.CARRIED, F.DONE_ON_TIME}),
    ("was done before", LONG_DONE, set()),
    ("was reopened", {"state_before": State.VERIFIED},
     {F.CARRIED, F.OPEN_LATE, F.OPEN_LATE_FIRST, F.REOPENED}),
    ("was reopened and done again", DONE | {"state_before": State.VERIFIED},
     {F.CARRIED, F.DONE_ON_TIME, F.REOPENED}),
    ("waits, reported in time", {"state": State.REPORTED, "completed_on": IN_IT},
     {F.CARRIED, F.OPEN_IN_TIME, F.WAITING}),
    ("waits, reported late", {"state": State.REPORTED, "completed_on": date(2021, 9, 30)},
     {F.CARRIED, F.OPEN_LATE, F.OPEN_LATE_FIRST, F.WAITING}),
    ("is paused", {"suspended": True}, {F.CARRIED, F.SUSPENDED}),
    ("was paused once and is done", DONE | {"suspended": True}, {F.CARRIED, F.DONE_ON_TIME}),
    ("was withdrawn in it", {"state": State.WITHDRAWN}, {F.STOPPED}),
    ("was withdrawn before", {"state": State.WITHDRAWN, "state_before": State.WITHDRAWN}, set()),
    ("was given and withdrawn in it",
     {"state": State.WITHDRAWN, "assigned_on": IN_IT, "known_before": False}, {F.STOPPED_NEW}),
    ("was entered in it, given before", {"known_before": False},
     {F.CARRIED, F.OPEN_LATE, F.OPEN_LATE_FIRST, F.ENTERED_LATE}),
    ("was entered after it", {"known": False, "known_before": False}, {F.ENTERED_AFTER}),
    ("was done before, entered after it", LONG_DONE | {"known": False, "known_before": False},
     set()),
    ("stands", {"is_standing": True}, {F.STANDING}),
    ("stood and ended", {"is_standing": True, "state": State.WITHDRAWN}, set()),
    ("was done elsewhere, nobody knows when",
     {"state": State.VERIFIED, "state_before": State.VERIFIED, "assigned_on": IN_IT},
     {F.NEW, F.DONE_ON_TIME, F.DONE_UNDATED}),
    ("was done elsewhere long ago, nobody knows when",
     {"state": State.VERIFIED, "state_before": State.VERIFIED}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), [line[1:] for line in LINES],
                         ids=[line[0] for line in LINES])  # fmt: skip
def test_what_happened_is_counted_so(changes, expected):
    stood = replace(RUNNING, **changes)
    assert set(charges(stood, SEPTEMBER)) == {Charge(OWN, figure) for figure in expected}


def test_what_moved_is_counted_where_it_is_and_told_of_both():
    moved = replace(RUNNING, lead_before=OTHER)
    assert set(charges(moved, SEPTEMBER)) == {
        Charge(OWN, F.CARRIED),
        Charge(OWN, F.OPEN_LATE),
        Charge(OWN, F.OPEN_LATE_FIRST),
        Charge(OWN, F.MOVED_IN),
        Charge(OTHER, F.MOVED_OUT),
    }


def test_rates_are_of_what_can_be_judged_by_both_dates():
    tally = Tally(counts={F.DONE_ON_TIME: 7, F.DONE_LATE: 2, F.DONE_UNDATED: 1,
                          F.DONE_LATE_FIRST: 4})  # fmt: skip
    assert (tally.rate, tally.first_rate) == (6 / 8, 4 / 8)
    assert Tally().rate is None


lives = st.integers(0, 2**32 - 1)


@given(lives)
def test_for_every_agency_and_any_period_both_sides_are_one_sum(seed):
    dice = random.Random(seed)
    span = some_span(dice)
    made = [some_life(dice, str(n), [1, 2, 3]) for n in range(30)]
    for later in (False, True):
        for tally in tallies((one.stood(span, entered_later=later) for one in made), span).values():
            assert tally.given == tally.became
            assert tally[F.WAITING] + tally[F.OPEN_UNDATED] <= 2 * tally.open
            assert tally[F.DONE_LATE] <= tally[F.DONE_LATE_FIRST] + tally[F.DONE_LATE]
            assert tally[F.DONE_UNDATED] <= tally[F.DONE_ON_TIME]


@given(lives)
def test_each_directive_is_counted_once_on_each_side(seed):
    dice = random.Random(seed)
    span = some_span(dice)
    for n in range(20):
        figures = [c.figure for c in charges(some_life(dice, str(n), [1, 2]).stood(span), span)]
        assert len(figures) == len(set(figures))
        assert sum(f in {F.CARRIED, F.NEW} for f in figures) <= 1
        assert sum(f in BECAME for f in figures) == sum(f in {F.CARRIED, F.NEW} for f in figures)


@given(lives)
def test_one_period_hands_over_to_the_next_agency_by_agency(seed):
    """What was in progress or suspended is carried over, but for what is told beside."""
    dice = random.Random(seed)
    first = some_span(dice)
    begins = first.last + timedelta(days=1)
    then = Span(first=begins, last=begins + timedelta(days=dice.choice([0, 6, 30])))
    made = [some_life(dice, str(n), [1, 2, 3]) for n in range(30)]
    before = tallies((one.stood(first) for one in made), first)
    after = tallies((one.stood(then) for one in made), then)
    for agency in (1, 2, 3):
        was, now = before.get(agency, Tally()), after.get(agency, Tally())
        left = was.open + was[F.SUSPENDED] - now[F.MOVED_OUT] - now[F.STOPPED]
        came = now.sum_of(F.MOVED_IN, F.REOPENED, F.ENTERED_LATE)
        assert now[F.CARRIED] == left + came


def test_figures_beside_enter_neither_side():
    whole = Tally(counts=dict.fromkeys(BESIDE, 5))
    assert (whole.given, whole.became, whole.done, whole.open) == (0, 0, 0, 0)


PERIODS = [
    # of which day: this week, month, quarter, year, each up to the day; and the ones before
    (Stretch.WEEK, "2021-11-22 2021-11-26", "2021-11-15 2021-11-21"),
    (Stretch.MONTH, "2021-11-01 2021-11-26", "2021-10-01 2021-10-31"),
    (Stretch.QUARTER, "2021-10-01 2021-11-26", "2021-07-01 2021-09-30"),
    (Stretch.YEAR, "2021-01-01 2021-11-26", "2020-01-01 2020-12-31"),
]


@pytest.mark.parametrize(("stretch", "this", "before"), PERIODS)
def test_periods_of_the_calendar_end_today(stretch, this, before):
    today = date(2021, 11, 26)
    for span, days in ((span_of(stretch, today), this), (span_before(stretch, today), before)):
        assert f"{span.first} {span.last}" == days


def test_a_chosen_period_ends_today_at_the_latest():
    today = date(2021, 9, 10)
    assert chosen(date(2021, 9, 1), date(2021, 9, 30), today).last == today
    assert chosen(today, today, today) == Span(first=today, last=today)
    for first, last, errors in (
        (date(2021, 9, 11), date(2021, 9, 30), {"from": "date_future"}),
        (date(2021, 9, 5), date(2021, 9, 4), {"to": "period_reversed"}),
    ):
        with pytest.raises(Invalid) as refused:
            chosen(first, last, today)
        assert refused.value.errors == errors
