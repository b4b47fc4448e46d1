"""Standing work ends over unsettled periods only with a reason, which stays in the history."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from cases import VERIFIER, case, directive, ready

from workflow.directives.matters import OwedPeriod
from workflow.directives.records import Action, State
from workflow.directives.rules import take
from workflow.errors import Invalid

DAY = date(2021, 11, 1)
MISSED = OwedPeriod(
    serial=2, from_on=date(2021, 9, 20), due_on=date(2021, 10, 19), is_reported=False
)
WAITS = replace(
    MISSED, serial=1, from_on=date(2021, 8, 23), due_on=date(2021, 9, 19), is_reported=True
)
RUNS = replace(MISSED, serial=3, from_on=date(2021, 10, 20), due_on=date(2021, 11, 19))
AHEAD = replace(MISSED, serial=4, from_on=date(2021, 11, 20), due_on=date(2021, 12, 19))


def finish(unsettled, **given):
    of = directive(State.REPORTED, has_periods=True, unsettled=unsettled, **given.pop("of", {}))
    asked = ready(Action.VERIFY, verdict="met", **given)
    try:
        take(Action.VERIFY, case(of, VERIFIER, DAY), asked, datetime(2021, 11, 1, tzinfo=UTC))
    except Invalid as error:
        return error.errors
    return {}


@pytest.mark.parametrize("one", [MISSED, WAITS, RUNS])
def test_a_period_that_is_not_settled_asks_for_a_reason(one):
    assert finish((one,)) == {"periods_reason": "owed_periods"}
    assert finish((one,), periods_reason="Nhiệm vụ đã thay bằng kế hoạch mới") == {}


def test_where_nothing_is_owed_no_reason_is_asked_or_taken():
    assert finish(()) == finish((AHEAD,)) == {}
    assert finish((AHEAD,), periods_reason="Thừa") == {"periods_reason": "no_owed_periods"}


def test_what_falls_due_in_a_pause_is_owed_by_nobody():
    paused = {"suspended_since": date(2021, 10, 1)}
    assert finish((MISSED, RUNS), of=paused) == {}
    assert finish((WAITS,), of=paused) == {"periods_reason": "owed_periods"}
