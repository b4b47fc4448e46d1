"""Counting: the Civil Code's rule, the ledger, pauses, and the same answer as a slow loop."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.calendar.records import BaseCalendar, DayCode, DayKind, Override, Pause
from workflow.calendar.vietnam import base_calendar, vietnam_calendar
from workflow.calendar.working import WorkingCalendar, due_after
from workflow.errors import Invalid

CALENDAR = vietnam_calendar()
ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(2015, 1, 1), date(2034, 12, 31))
COUNTS = st.integers(1, 200)


def slow_due_on(start, working_days):
    day = start
    while working_days:
        day += ONE_DAY
        working_days -= CALENDAR.is_working(day)
    return day


@pytest.mark.parametrize(
    ("start", "working_days", "due_on"),
    [
        (date(2021, 8, 20), 1, date(2021, 8, 23)),
        (date(2021, 8, 22), 1, date(2021, 8, 23)),
        (date(2021, 9, 1), 1, date(2021, 9, 6)),
        (date(2021, 8, 18), 10, date(2021, 9, 1)),
        (date(2021, 8, 18), 11, date(2021, 9, 6)),
        (date(2024, 5, 3), 1, date(2024, 5, 4)),
        (date(2025, 4, 25), 1, date(2025, 4, 26)),
        (date(2026, 8, 21), 1, date(2026, 8, 22)),
        (date(2026, 8, 21), 2, date(2026, 8, 24)),
        (date(2026, 1, 1), 1, date(2026, 1, 5)),
        (date(2026, 1, 9), 1, date(2026, 1, 10)),
        (date(2026, 2, 13), 1, date(2026, 2, 23)),
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
    ],
)
def test_the_first_day_is_not_counted_and_the_period_ends_on_its_last_working_day(
    start, working_days, due_on
):
    assert CALENDAR.due_on(start, working_days) == due_on
    assert CALENDAR.add_working_days(start, working_days)[0] == due_on


@given(DAYS, COUNTS)
def test_counting_equals_walking_day_by_day(start, working_days):
    assert CALENDAR.due_on(start, working_days) == slow_due_on(start, working_days)
    assert CALENDAR.add_working_days(start, working_days)[0] == slow_due_on(start, working_days)


@given(DAYS, DAYS, COUNTS, COUNTS)
def test_a_later_start_or_a_longer_period_never_ends_earlier(first, second, fewer, more):
    first, second = sorted((first, second))
    fewer, more = sorted((fewer, more))
    assert CALENDAR.due_on(first, fewer) <= CALENDAR.due_on(second, more)


@given(DAYS, COUNTS)
def test_the_ledger_counts_exactly_its_budget_and_names_every_day_once(start, working_days):
    due_on, ledger = CALENDAR.add_working_days(start, working_days)
    assert sum(entry.counted for entry in ledger) == working_days
    assert [entry.date for entry in ledger] == [
        start + n * ONE_DAY for n in range((due_on - start).days + 1)
    ]
    assert ledger[0].code is DayCode.FIRST_DAY
    assert not ledger[0].counted
    assert ledger[-1].counted
    assert all(entry.reason for entry in ledger)


@given(DAYS, COUNTS)
def test_counting_back_from_the_end_of_a_period_leaves_the_period(start, working_days):
    due_on = CALENDAR.due_on(start, working_days)
    back = CALENDAR.subtract_working_days(due_on, working_days)
    assert CALENDAR.is_working(back)
    assert CALENDAR.working_days_between(back, due_on) == working_days
    assert back <= start or not CALENDAR.is_working(start)


@given(DAYS, DAYS)
def test_days_between_equal_a_slow_count_and_reverse_their_sign(start, end):
    start, end = sorted((start, end))
    end = min(end, start + 400 * ONE_DAY)
    days = [start + n * ONE_DAY for n in range(1, (end - start).days + 1)]
    slow = sum(CALENDAR.is_working(day) for day in days)
    assert CALENDAR.working_days_between(start, end) == slow
    assert CALENDAR.working_days_between(end, start) == -slow
    assert CALENDAR.working_days_in(start, end) == slow + CALENDAR.is_working(start)


@pytest.mark.parametrize(
    ("due_on", "buffer", "latest"),
    [
        (date(2021, 9, 30), 5, date(2021, 9, 23)),
        (date(2021, 9, 6), 1, date(2021, 9, 1)),
        (date(2021, 9, 5), 5, date(2021, 8, 25)),
        (date(2021, 9, 5), 0, date(2021, 9, 5)),
    ],
)
def test_a_buffer_leaves_that_many_working_days_before_the_end(due_on, buffer, latest):
    assert CALENDAR.subtract_working_days(due_on, buffer) == latest


@given(DAYS, st.integers(1, 30), st.integers(0, 20), st.integers(0, 20))
def test_days_of_a_pause_are_never_counted_and_never_counted_twice(start, n, offset, length):
    pause = Pause(
        first_day=start + offset * ONE_DAY,
        last_day=start + (offset + length) * ONE_DAY,
        reason="chờ ý kiến Bộ",
    )
    due_on, ledger = CALENDAR.add_working_days(start, n, (pause,))
    twice = CALENDAR.add_working_days(start, n, (pause, pause))[0]
    assert due_on == twice
    assert sum(entry.counted for entry in ledger) == n
    assert not any(entry.counted and pause.covers(entry.date) for entry in ledger)
    lost = sum(pause.covers(entry.date) and CALENDAR.is_working(entry.date) for entry in ledger[1:])
    assert due_on == CALENDAR.due_on(start, n + lost)


def test_a_pause_over_a_weekend_costs_only_its_working_days():
    pause = Pause(first_day=date(2021, 8, 20), last_day=date(2021, 8, 23), reason="tạm dừng")
    due_on, ledger = CALENDAR.add_working_days(date(2021, 8, 18), 3, (pause,))
    assert due_on == date(2021, 8, 25)
    assert [entry.code for entry in ledger if entry.code is DayCode.PAUSED] == [DayCode.PAUSED] * 2


def test_a_pause_that_has_not_ended_has_no_due_day():
    pause = Pause(first_day=date(2021, 8, 20), last_day=None, reason="tạm dừng")
    with pytest.raises(Invalid) as caught:
        CALENDAR.add_working_days(date(2021, 8, 18), 3, (pause,))
    assert caught.value.errors == {"working_days": "pause_open"}


@pytest.mark.parametrize("working_days", [0, -1, -10_000])
def test_a_period_of_no_days_is_refused(working_days):
    for count in (CALENDAR.due_on, CALENDAR.add_working_days):
        with pytest.raises(Invalid) as caught:
            count(date(2021, 8, 18), working_days)
        assert caught.value.errors == {"working_days": "not_positive"}


@pytest.mark.parametrize("working_days", [20_000, 10**30])
def test_a_period_that_leaves_the_calendar_is_refused(working_days):
    for count in (CALENDAR.due_on, CALENDAR.add_working_days):
        with pytest.raises(Invalid) as caught:
            count(date(2021, 8, 18), working_days)
        assert caught.value.errors == {"working_days": "outside_calendar"}
    with pytest.raises(Invalid):
        CALENDAR.subtract_working_days(date(2021, 8, 18), working_days)


def test_a_negative_buffer_is_refused():
    with pytest.raises(Invalid) as caught:
        CALENDAR.subtract_working_days(date(2021, 8, 18), -1)
    assert caught.value.errors == {"working_days": "negative"}


@pytest.mark.parametrize(
    ("start", "first_day"),
    [
        (date(2021, 8, 18), date(2021, 8, 18)),
        (datetime(2021, 8, 18, 23, 59), date(2021, 8, 18)),  # noqa: DTZ001 - a local time
        (datetime(2021, 8, 18, 16, 59, tzinfo=UTC), date(2021, 8, 18)),
        (datetime(2021, 8, 18, 17, 0, tzinfo=UTC), date(2021, 8, 19)),
        (datetime(2021, 8, 18, 0, 30, tzinfo=timezone(timedelta(hours=9))), date(2021, 8, 17)),
    ],
)
def test_an_instant_falls_on_its_day_in_the_province(start, first_day):
    counted = due_after(CALENDAR, start, 10)
    assert counted.ledger[0].date == first_day
    assert counted.due_on == CALENDAR.due_on(first_day, 10)


@pytest.mark.parametrize(
    "start",
    [
        datetime.max.replace(tzinfo=UTC),
        datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
        date(1, 1, 1),
        date(9999, 12, 31),
    ],
)
def test_an_instant_at_the_end_of_time_is_refused_not_an_error(start):
    with pytest.raises(Invalid) as caught:
        due_after(CALENDAR, start, 1)
    assert caught.value.errors == {"start": "outside_calendar"}


def test_the_json_has_exactly_the_keys_that_others_rely_on():
    counted = due_after(CALENDAR, date(2021, 9, 1), 1)
    assert counted.as_json() == {
        "due_on": "2021-09-06",
        "ledger": [
            {
                "date": "2021-09-01",
                "counted": False,
                "reason": "ngày đầu, không tính vào thời hạn",
            },
            {"date": "2021-09-02", "counted": False, "reason": "Quốc khánh"},
            {"date": "2021-09-03", "counted": False, "reason": "Quốc khánh"},
            {"date": "2021-09-04", "counted": False, "reason": "Thứ Bảy, nghỉ hằng tuần"},
            {"date": "2021-09-05", "counted": False, "reason": "Chủ nhật, nghỉ hằng tuần"},
            {"date": "2021-09-06", "counted": True, "reason": "ngày làm việc"},
        ],
    }


def test_the_same_contents_have_the_same_version_in_any_order():
    rows = [
        Override(day=date(2027, 3, day), kind=DayKind.OFF, reason="nghỉ", act="1/X")
        for day in (1, 2, 3)
    ]
    base = base_calendar()
    one, other = WorkingCalendar(base, rows), WorkingCalendar(base, reversed(rows))
    assert one.version == other.version
    assert len({one.version.identifier, WorkingCalendar(base, rows[:2]).version.identifier}) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"kind": DayKind.WORKING},
        {"reason": "khác"},
        {"act": "2/X"},
        {"confirmed": False},
        {"day": date(2027, 3, 2)},
    ],
)
def test_any_change_of_a_row_makes_another_version(change):
    facts = {"day": date(2027, 3, 1), "kind": DayKind.OFF, "reason": "nghỉ", "act": "1/X"}
    one = WorkingCalendar(base_calendar(), [Override(**facts)])
    other = WorkingCalendar(base_calendar(), [Override(**(facts | change))])
    assert one.version.identifier != other.version.identifier


def test_two_rows_that_disagree_about_a_day_are_refused():
    rows = [
        Override(day=date(2027, 3, 1), kind=kind, reason="x", act="1/X")
        for kind in (DayKind.OFF, DayKind.WORKING)
    ]
    with pytest.raises(Invalid) as caught:
        WorkingCalendar(base_calendar(), rows)
    assert caught.value.errors == {"day": "day_twice"}


def test_a_row_outside_the_span_is_refused():
    row = Override(day=date(1990, 1, 1), kind=DayKind.OFF, reason="x", act="1/X")
    with pytest.raises(Invalid) as caught:
        WorkingCalendar(base_calendar(), [row])
    assert caught.value.errors == {"day": "outside_calendar"}


def test_a_pending_working_saturday_stays_a_weekend():
    day = date(2027, 3, 6)
    row = Override(day=day, kind=DayKind.WORKING, reason="làm bù", confirmed=False)
    calendar = WorkingCalendar(base_calendar(), [row])
    assert not calendar.is_working(day)
    assert calendar.pending == (row,)


def test_a_holiday_whose_act_is_doubted_is_worked_while_it_is_pending():
    row = Override(day=date(2027, 9, 2), kind=DayKind.OFF, reason="Quốc khánh", confirmed=False)
    assert WorkingCalendar(base_calendar(), [row]).is_working(row.day)


def test_a_calendar_without_days_off_knows_only_weekends():
    base = BaseCalendar(name="bare", first_day=date(2021, 1, 1), last_day=date(2021, 12, 31))
    calendar = WorkingCalendar(base)
    assert calendar.working_days_in(base.first_day, base.last_day) == 261
    assert [mark.day for mark in calendar.marks(date(2021, 9, 1), date(2021, 9, 3))] == [
        date(2021, 9, day) for day in (1, 2, 3)
    ]
