"""The day on which time alone ends a case: the day before it runs still, on it no more.

Evaluation reads no overturned violations, so none are given here.
"""

from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from streams import random_day, random_rule, random_stream

from workflow.days import local_day
from workflow.escalation.columns import columns_of
from workflow.escalation.deriving import next_changes
from workflow.escalation.engine import episodes_of
from workflow.escalation.groups import shape_of
from workflow.escalation.planning import Judging
from workflow.escalation.records import Version

DAY = timedelta(days=1)


def running(rule, columns, day):
    return {one.group for one in episodes_of(rule, columns, day) if one.closed_on is None}


@given(st.integers(0, 2**32))
def test_a_case_ends_on_the_day_that_is_kept_for_its_next_look_if_nothing_comes(seed):
    chance = Random(seed)
    rule, stream, day = random_rule(chance), random_stream(chance), random_day(chance)
    came = [one for one in stream if local_day(one.occurred_at) <= day]
    columns = columns_of([one for one in came if not one.overturned])
    version = Version(rule=rule)
    judging = Judging(code=rule.code, shape=shape_of(version), versions=(version,))
    runs = running(rule, columns, day)
    ends = next_changes(judging, runs, columns, day)
    assert set(ends) == runs
    for group, end in ends.items():
        assert end > day
        assert group in running(rule, columns, end - DAY)
        assert group not in running(rule, columns, end)
