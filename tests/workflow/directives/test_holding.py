"""Days that those above hold beyond their answer time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from cases import calendar, proposal
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.directives.holding import (
    Charge,
    Held,
    Wait,
    answer_by,
    asked_before,
    charge,
    days_held,
    held_beyond,
    waits_of,
)
from workflow.directives.limits import Limits
from workflow.directives.matters import Matter
from workflow.history.records import Entry, Subject

MON = date(2021, 9, 6)
ONE = timedelta(days=1)
LIMITS = Limits(answer_within_working_days=5, report_answer_working_days=3)


def entry(action, day, **given):
    at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    return Entry(
        at=at, actor_id=1, actor_name="x", role=None, agency_id=None, agency_name="",
        subject=Subject.DIRECTIVE, subject_key="2021-0001-01", action=action, given=given,
    )  # fmt: skip


def waits(*acts, proposals=()):
    return [(w.matter, w.asked_on, w.answered_on) for w in waits_of(acts, proposals)]


TABLE = {
    "a report verified": (
        [("report", 0), ("verify", 4)], [(Matter.REPORT, 0, 4)]),
    "a report returned, and the next one waits": (
        [("report", 0), ("return", 2), ("report", 5)],
        [(Matter.REPORT, 0, 2), (Matter.REPORT, 5, None)]),
    "a report recalled": ([("report", 0), ("recall", 1)], [(Matter.REPORT, 0, 1)]),
    "an extension decided": (
        [("request_extension", 0), ("decide_extension", 9)], [(Matter.EXTENSION, 0, 9)]),
    "an extension that a report made needless": (
        [("request_extension", 0), ("report", 3)],
        [(Matter.EXTENSION, 0, 3), (Matter.REPORT, 3, None)]),
    "an extension that waits again once the report goes back": (
        [("request_extension", 0), ("report", 3), ("recall", 4), ("decide_extension", 9)],
        [(Matter.EXTENSION, 0, 3), (Matter.REPORT, 3, 4), (Matter.EXTENSION, 4, 9)]),
    "a decline insisted on": ([("decline", 0), ("insist", 6)], [(Matter.DECLINE, 0, 6)]),
    "a decline answered by another lead": (
        [("decline", 0), ("reassign", 6)], [(Matter.DECLINE, 0, 6)]),
    "what falls with the work": (
        [("decline", 0), ("withdraw", 1)], [(Matter.DECLINE, 0, 1)]),
    "what nobody asked": ([("accept", 0), ("update", 1), ("remind", 2)], []),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_the_history_tells_what_waited_and_how_long(name):
    acts, expected = TABLE[name]
    found = waits(*(entry(action, MON + n * ONE) for action, n in acts))
    days = [(m, MON + a * ONE, None if b is None else MON + b * ONE) for m, a, b in expected]
    assert found == days


def test_a_report_on_paper_waits_since_it_was_received():
    [found] = waits(entry("record_report", MON + 4 * ONE, received_on=MON.isoformat()))
    assert found == (Matter.REPORT, MON, None)


def test_each_proposal_waits_by_itself_and_one_that_lapsed_no_more():
    three = (
        proposal(1, proposed_on=MON),
        proposal(2, proposed_on=MON, answered_on=MON + ONE),
        proposal(3, proposed_on=MON, lapsed=True),
    )
    assert waits(proposals=three) == [
        (Matter.PROPOSAL, MON, None),
        (Matter.PROPOSAL, MON, MON + ONE),
    ]


def test_days_beyond_the_answer_time_are_counted_and_those_within_are_not():
    def held(answered, today):
        wait = Wait(matter=Matter.REPORT, asked_on=MON, answered_on=answered)
        return held_beyond([wait], calendar(), LIMITS, today)

    by = MON + 3 * ONE
    assert held(by, by) == ()
    assert held(None, by) == ()
    [late] = held(by + ONE, by + 9 * ONE)
    assert (late.answer_by, late.days) == (by, 1)
    [waiting] = held(None, by + 9 * ONE)
    assert (waiting.answered_on, waiting.days) == (None, 9)


def test_each_matter_has_its_own_time_and_else_the_common_one():
    assert [LIMITS.answer_time(matter) for matter in Matter] == [3, 5, 5, 5]


def over(asked, days, until=None):
    return Held(
        matter=Matter.DECLINE, asked_on=asked, answer_by=asked, answered_on=until, days=days
    )


def test_a_day_on_which_two_things_were_held_counts_once():
    two = (over(MON, 4), over(MON + 2 * ONE, 4))
    assert days_held(two, MON + 30 * ONE) == 6
    assert days_held(two, MON + 3 * ONE) == 3


@pytest.mark.parametrize(
    ("late", "held", "until", "own"),
    [(10, 4, 30, 6), (3, 4, 30, 0), (0, 4, 30, 0), (10, 4, 2, 8), (10, 0, 30, 10)],
)
def test_what_those_above_held_is_not_the_leads_and_what_came_after_its_report_is_no_matter(
    late, held, until, own
):
    assert charge(late, (over(MON, held),), MON + until * ONE).lead == own


@pytest.mark.parametrize(
    ("late", "since", "held", "whose"),
    [
        (10, None, 0, Charge(lead=10, above=0, before=0)),
        (10, 30, 0, Charge(lead=0, above=0, before=10)),  # taken over on the very day
        (10, 26, 0, Charge(lead=4, above=0, before=6)),
        (10, 20, 0, Charge(lead=10, above=0, before=0)),  # before it fell late
        (10, 26, 28, Charge(lead=2, above=2, before=6)),  # held for two days after it went over
        (10, 29, 28, Charge(lead=1, above=0, before=9)),  # answered before it went over
        (10, 40, 0, Charge(lead=0, above=0, before=10)),  # its paper is older than the new lead
    ],
)
def test_days_before_another_took_over_are_charged_to_who_led_it(late, since, held, whose):
    day = None if since is None else MON + since * ONE
    assert charge(late, (over(MON, held),), MON + 30 * ONE, since=day) == whose
    assert sum(whose) == late


@settings(max_examples=100)
@given(
    today=st.dates(date(2021, 2, 1), date(2021, 12, 20)),
    asked=st.integers(0, 40),
    days=st.integers(0, 15),
)
def test_the_list_takes_exactly_what_the_page_calls_held(today, asked, days):
    limits = Limits(answer_within_working_days=days)
    asked_on = today - asked * ONE
    wait = Wait(matter=Matter.DECLINE, asked_on=asked_on)
    on_page = bool(held_beyond([wait], calendar(), limits, today))
    assert (asked_on <= asked_before(calendar(), limits, today).decline) == on_page


def test_beyond_the_calendar_nothing_is_held():
    assert answer_by(calendar(), calendar().last_day, 5) is None
