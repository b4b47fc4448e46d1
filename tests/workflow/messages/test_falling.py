"""Which due days a night tells: seven and three days before, the day after, missed nights too."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workflow.accounts.records import Role
from workflow.calendar.vietnam import vietnam_calendar
from workflow.messages.falling import (
    Fall,
    Falling,
    Request,
    Span,
    Unanswered,
    notices_of_falls,
    notices_of_unanswered,
    span_unanswered,
    spans_of_night,
)
from workflow.messages.records import Urgency

CALENDAR = vietnam_calendar()
D = date(2021, 9, 22)
ONE = timedelta(days=1)
AT = datetime(2021, 9, 22, 0, 30, tzinfo=UTC)


def days(span):
    return [span.first + n * ONE for n in range((span.last - span.first).days + 1)] if span else []


def told_on(day, since=None):
    spans = spans_of_night(day, since, (7, 3))
    return {due: fall for fall, span in spans.items() for due in days(span)}


def test_a_usual_night_tells_three_due_days():
    told = {D - ONE: Fall.OVERDUE, D + 3 * ONE: Fall.VERY_SOON, D + 7 * ONE: Fall.SOON}
    assert told_on(D, D - ONE) == told
    assert told_on(D) == told


def test_after_missed_nights_everything_they_would_have_told_is_told_by_its_standing_now():
    told = told_on(D, D - 5 * ONE)
    assert [due for due, fall in told.items() if fall is Fall.OVERDUE] == [
        D - n * ONE for n in (5, 4, 3, 2, 1)
    ]
    assert [due for due, fall in told.items() if fall is Fall.VERY_SOON] == [
        D + n * ONE for n in (0, 1, 2, 3)
    ]
    assert [due for due, fall in told.items() if fall is Fall.SOON] == [
        D + n * ONE for n in (4, 5, 6, 7)
    ]


@given(st.lists(st.booleans(), min_size=20, max_size=40), st.integers(0, 60))
def test_whatever_nights_are_missed_each_due_day_is_told_and_none_twice_for_one_reason(ran, due):
    """Only overdue and the last reason before it must come; a soon may be skipped, not doubled."""
    due_on = D + due * ONE
    since, told = None, []
    for n, is_run in enumerate(ran):
        if is_run:
            fall = told_on(D + n * ONE, since).get(due_on)
            told += [fall] if fall else []
            since = D + n * ONE
    assert len(told) == len(set(told))
    order = [Fall.SOON, Fall.VERY_SOON, Fall.OVERDUE]
    assert told == sorted(told, key=order.index)
    first = next((D + n * ONE for n, is_run in enumerate(ran) if is_run), None)
    if first is not None and since is not None and first <= due_on < since:
        assert told[-1:] == [Fall.OVERDUE]


def test_a_request_is_told_the_night_after_its_answer_was_due():
    """Asked on Monday the 13th, five working days end on Monday the 20th, told on the 21st."""
    asked = date(2021, 9, 13)
    night = date(2021, 9, 21)
    assert asked in days(span_unanswered(night, night - ONE, 5, CALENDAR))
    assert asked not in days(span_unanswered(night - ONE, night - 2 * ONE, 5, CALENDAR))
    assert asked not in days(span_unanswered(night + ONE, night, 5, CALENDAR))


@given(st.lists(st.booleans(), min_size=30, max_size=60), st.integers(0, 30), st.integers(1, 10))
def test_every_unanswered_request_is_told_once(ran, offset, limit):
    asked = D + offset * ONE
    told, since = [], None
    for n, is_run in enumerate(ran):
        if is_run:
            night = D + n * ONE
            told += [night] if asked in days(span_unanswered(night, since, limit, CALENDAR)) else []
            since = night
    over = CALENDAR.due_on(asked, limit) + ONE
    nights = [D + n * ONE for n, is_run in enumerate(ran) if is_run]
    expected = [night for night in nights if night >= over][:1]
    if nights and over > nights[0]:
        assert told == expected


def falling(number, fall, agency=1):
    return Falling(number=number, agency_id=agency, fall=fall)


def test_each_agency_gets_one_notice_with_all_its_directives_counted():
    falls = [falling(f"2021-0001-{n:02}", Fall.OVERDUE) for n in range(3)]
    falls += [falling("2021-0002-01", Fall.SOON), falling("2021-0003-01", Fall.SOON, agency=2)]
    mine, theirs = notices_of_falls(falls, D, AT, (7, 3))
    assert (mine.to_agency, mine.params["count"]) == (1, 4)
    assert mine.params["counts"] == {"overdue": 3, "very_soon": 0, "soon": 1}
    assert (mine.urgency, theirs.urgency) == (Urgency.URGENT, Urgency.NORMAL)
    assert mine.key != theirs.key


def test_a_notice_counts_all_and_names_the_first():
    falls = [falling(f"{n:04}", Fall.OVERDUE) for n in range(120)]
    [notice] = notices_of_falls(falls, D, AT, (7, 3))
    assert notice.params["count"] == 120
    assert len(notice.params["numbers"]["overdue"]) == 50


def test_what_the_office_left_unanswered_goes_to_the_office_and_parts_to_who_handed_them_down():
    waits = [
        Unanswered(number="1", agency_id=5, request=Request.REPORT, is_part=False),
        Unanswered(number="2", agency_id=5, request=Request.DECLINE, is_part=False),
        Unanswered(number="3", agency_id=9, request=Request.REPORT, is_part=True),
        Unanswered(number="4", agency_id=None, request=Request.EXTENSION, is_part=False),
    ]
    nobodys, offices, parts = notices_of_unanswered(waits, D, AT)
    assert (nobodys.to_agency, nobodys.to_role) == (None, Role.OFFICE)
    assert (offices.to_agency, offices.to_role, offices.params["count"]) == (5, Role.OFFICE, 2)
    assert (parts.to_agency, parts.to_role) == (9, None)


def test_where_no_request_can_be_over_there_is_no_span():
    """The first working day after a long holiday: nothing was due on the days off."""
    assert span_unanswered(date(2022, 2, 3), date(2022, 2, 2), 1, CALENDAR) is None
    assert isinstance(span_unanswered(D, D - ONE, 5, CALENDAR), Span)
