"""The report of the demo equals a count by hand, from the story of its directives.

August's document (20 August 2021): clause 1 for seven leads, due 29 September; clauses 4 and 5
for thirty each and clause 9 for one, due 31 December; clause 8 for one, without a day. Clauses 2,
3, 6 and 7 stand all year and are counted by their periods. Of clause 1, the first and the fifth
reported in time and were verified in September; the second, third and seventh were sent back and
reported again on 6 October, 1 October and 30 September, a day late; the fourth reported on 8
October; the sixth never did. Clause 8 was sent back on 24 September and verified in October.
The conclusion of 18 October: clause 1 (due 8 November) is at work; of the nine districts of clause
2 (due 19 November) four reported in time and wait, four went to work and one asked for another
lead; clause 3 is due 30 November, clause 4 on the 26th.
"""

from __future__ import annotations

from datetime import date

import pytest

from models.directives.filters import Looker
from models.summaries.queries import tallies_of
from models.summaries.standing import Scope
from web.demo.days import DEMO_NOW
from workflow.accounts.records import Actor
from workflow.summaries.records import Figure, Span, Tally

THIRD_QUARTER = Span(first=date(2021, 7, 1), last=date(2021, 9, 30))
SINCE_OCTOBER = Span(first=date(2021, 10, 1), last=date(2021, 11, 22))
NOVEMBER = Span(first=date(2021, 11, 1), last=date(2021, 11, 22))
BY_HAND = [
    # period, documents, carried + new = on time, late, in time, late, suspended; waiting; undated
    (THIRD_QUARTER, (), (0, 69), (2, 0, 62, 5, 0), 1, (0, 1)),
    (SINCE_OCTOBER, (), (67, 12), (1, 4, 67, 7, 0), 4, (1, 0)),
    (SINCE_OCTOBER, ((2021, 2),), (0, 12), (0, 0, 6, 6, 0), 4, (0, 0)),
    (NOVEMBER, ((2021, 2),), (12, 0), (0, 0, 6, 6, 0), 4, (0, 0)),
    (NOVEMBER, ((2021, 1),), (62, 0), (0, 0, 61, 1, 0), 0, (0, 0)),
]
ENVIRONMENT = (3, 1), (1, 0, 2, 1, 0)
"""Sở Tài nguyên và Môi trường since October: clauses 4, 5 and 8 carried over, October's new."""
BECAME = (Figure.DONE_ON_TIME, Figure.DONE_LATE, Figure.OPEN_IN_TIME, Figure.OPEN_LATE,
          Figure.SUSPENDED)  # fmt: skip


def sides(tally):
    given = tuple(tally[one] for one in (Figure.CARRIED, Figure.NEW))
    return given, tuple(tally[one] for one in BECAME)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_the_report_equals_the_count_by_hand(demo):
    system = Actor(account_id=1, name="", role=None, agency_id=None, is_system=True)
    looker = Looker(actor=system, day=DEMO_NOW.date())
    with demo.reading() as unit:
        for span, documents, given, became, waiting, undated in BY_HAND:
            scope = Scope(span=span, documents=documents)
            found = tallies_of(unit.connection, scope, looker)
            whole = sum((one.tally for one in found), Tally())
            assert sides(whole) == (given, became), (span, documents)
            assert whole[Figure.WAITING] == waiting
            assert (whole[Figure.DONE_UNDATED], whole[Figure.OPEN_UNDATED]) == undated
        [land] = [
            one
            for one in tallies_of(unit.connection, Scope(span=SINCE_OCTOBER), looker)
            if one.name == "Sở Tài nguyên và Môi trường"
        ]
    assert sides(land.tally) == ENVIRONMENT
