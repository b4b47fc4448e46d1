"""Which periods of standing work a report tells of: each rule as a line of a table."""

from datetime import date

import pytest

from workflow.periods.records import Outcome, Period, PeriodState
from workflow.summaries.owing import is_owed_after, outcome_in
from workflow.summaries.records import Span

OCTOBER = Span(first=date(2021, 10, 1), last=date(2021, 10, 31))
EVE, FIRST, IN_IT, LAST = (
    date(2021, 9, 30),
    OCTOBER.first,
    date(2021, 10, 19),
    OCTOBER.last,
)
AFTER = date(2021, 11, 1)
OPEN, CAME, SETTLED, NOBODYS = (
    PeriodState.OPEN,
    PeriodState.REPORTED,
    PeriodState.CONFIRMED,
    PeriodState.ENDED,
)

LINES = [
    # what happened; due, state, day of the report; counts in the days as; is owed after them
    ("fell due in it and nothing came", IN_IT, OPEN, None, Outcome.MISSING, True),
    ("fell due on the first day and nothing came", FIRST, OPEN, None, Outcome.MISSING, True),
    ("falls due on the last day, which is not over", LAST, OPEN, None, None, False),
    ("was reported on its day", IN_IT, CAME, IN_IT, Outcome.ON_TIME, False),
    ("was confirmed after a report before its days", IN_IT, SETTLED, EVE, Outcome.ON_TIME, False),
    ("was reported late, on the last day", IN_IT, CAME, LAST, Outcome.LATE, False),
    ("was reported only afterwards", IN_IT, SETTLED, AFTER, Outcome.MISSING, True),
    ("fell due on the eve and nothing came", EVE, OPEN, None, None, True),
    ("fell due on the eve and was reported afterwards", EVE, CAME, AFTER, None, True),
    ("fell due on the eve and was reported in it", EVE, CAME, IN_IT, None, False),
    ("fell due on the eve and was reported in time", EVE, SETTLED, EVE, None, False),
    ("falls due afterwards", AFTER, OPEN, None, None, False),
    ("falls due afterwards and was reported in it", AFTER, CAME, IN_IT, None, False),
    ("is owed by nobody", IN_IT, NOBODYS, None, None, False),
    ("was owed by nobody before", EVE, NOBODYS, None, None, False),
]


@pytest.mark.parametrize(
    ("due_on", "state", "came_on", "counted", "owed"),
    [line[1:] for line in LINES],
    ids=[line[0] for line in LINES],
)
def test_what_a_report_tells_of_a_period(due_on, state, came_on, counted, owed):
    period = Period(
        id=1, directive_id=1, serial=1, from_on=EVE, to_on=due_on, due_on=due_on, agency_id=3,
        state=state, completed_on=came_on,
    )  # fmt: skip
    assert outcome_in(period, OCTOBER) is counted
    assert is_owed_after(period, OCTOBER) is owed
