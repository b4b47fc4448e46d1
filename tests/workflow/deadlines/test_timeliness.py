"""Timeliness is worked out from three days; the due day itself is in time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.calendar.vietnam import vietnam_calendar
from workflow.deadlines.rules import (
    Timeliness,
    days_over,
    soon_band,
    standing,
    timeliness,
    working_days_left,
)

DUE = date(2021, 9, 30)
CALENDAR = vietnam_calendar()
DAYS = st.dates(date(2021, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(
    ("due_on", "completed_on", "today", "expected"),
    [
        (None, None, DUE, "no_deadline"),
        (None, DUE, DUE, "no_deadline"),
        (DUE, None, date(2021, 9, 22), "on_track"),
        (DUE, None, date(2021, 9, 23), "due_soon"),
        (DUE, None, date(2021, 9, 27), "due_soon"),
        (DUE, None, DUE, "due_soon"),
        (DUE, None, date(2021, 10, 1), "overdue"),
        (DUE, date(2021, 9, 29), date(2022, 1, 1), "done_on_time"),
        (DUE, DUE, date(2022, 1, 1), "done_on_time"),
        (DUE, date(2021, 10, 1), date(2022, 1, 1), "done_late"),
    ],
)
def test_a_directive_is_judged_by_its_due_day_and_today(due_on, completed_on, today, expected):
    assert timeliness(due_on, completed_on, today) == expected


@pytest.mark.parametrize(
    ("today", "band"),
    [
        (date(2021, 9, 22), None),
        (date(2021, 9, 23), 7),
        (date(2021, 9, 26), 7),
        (date(2021, 9, 27), 3),
        (DUE, 3),
        (date(2021, 10, 1), None),
    ],
)
def test_the_band_is_the_narrowest_one_reached(today, band):
    assert soon_band(DUE, None, today) == band


def test_finished_work_and_work_without_a_date_are_never_due_soon():
    assert soon_band(DUE, DUE, DUE) is None
    assert soon_band(None, None, DUE) is None


def test_the_bands_are_a_setting():
    assert timeliness(DUE, None, date(2021, 9, 16), bands=(14,)) is Timeliness.DUE_SOON
    assert timeliness(DUE, None, DUE, bands=()) is Timeliness.ON_TRACK


def test_lateness_is_in_calendar_days_and_time_left_in_working_days():
    open_late = standing(CALENDAR, DUE, None, date(2021, 10, 4))
    assert (open_late.timeliness, open_late.days_over) == (Timeliness.OVERDUE, 4)
    assert open_late.working_days_left is None
    running = standing(CALENDAR, DUE, None, date(2021, 9, 24))
    assert (running.working_days_left, running.band, running.days_over) == (4, 7, 0)
    done_late = standing(CALENDAR, DUE, date(2021, 10, 2), date(2022, 1, 1))
    assert (done_late.timeliness, done_late.days_over) == (Timeliness.DONE_LATE, 2)
    assert standing(CALENDAR, None, None, DUE).days_over == 0


@given(DAYS, st.none() | DAYS, DAYS)
def test_the_figures_never_contradict_the_word(due_on, completed_on, today):
    found = standing(CALENDAR, due_on, completed_on, today)
    late = found.timeliness in {Timeliness.OVERDUE, Timeliness.DONE_LATE}
    assert (found.days_over > 0) is late
    assert (found.band is not None) is (found.timeliness is Timeliness.DUE_SOON)
    assert found.days_over == days_over(due_on, completed_on, today)
    assert found.working_days_left == working_days_left(CALENDAR, due_on, completed_on, today)


@given(DAYS, DAYS)
def test_open_work_only_grows_later(due_on, today):
    order = [Timeliness.ON_TRACK, Timeliness.DUE_SOON, Timeliness.OVERDUE]
    tomorrow = today + timedelta(days=1)
    assert order.index(timeliness(due_on, None, today)) <= order.index(
        timeliness(due_on, None, tomorrow)
    )
