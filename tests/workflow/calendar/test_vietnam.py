"""The official days off of 2021-2026, day by day, and what stands above the package."""

from datetime import date, timedelta

import pytest

from workflow.calendar.records import DayCode, DayKind, Override
from workflow.calendar.vietnam import base_calendar, shipped_overrides, vietnam_calendar
from workflow.errors import Invalid

WEEKDAYS_OFF = {
    2021: "01/01 10/02 11/02 12/02 15/02 16/02 21/04 30/04 03/05 02/09 03/09",
    2022: "03/01 31/01 01/02 02/02 03/02 04/02 11/04 02/05 03/05 01/09 02/09",
    2023: "02/01 20/01 23/01 24/01 25/01 26/01 01/05 02/05 03/05 01/09 04/09",
    2024: "01/01 08/02 09/02 12/02 13/02 14/02 18/04 29/04 30/04 01/05 02/09 03/09",
    2025: "01/01 27/01 28/01 29/01 30/01 31/01 07/04 30/04 01/05 02/05 01/09 02/09",
    2026: "01/01 02/01 16/02 17/02 18/02 19/02 20/02 27/04 30/04 01/05 31/08 01/09 02/09",
    2027: "01/01 04/02 05/02 08/02 09/02 10/02 16/04 30/04 03/05 02/09 03/09",
}
WEEKEND_DAYS_WORKED = {
    2021: "",
    2022: "",
    2023: "",
    2024: "04/05",
    2025: "26/04",
    2026: "10/01 22/08",
    2027: "",
}
CALENDAR = vietnam_calendar()


def days_of(year):
    return [date(year, 1, 1) + timedelta(n) for n in range(366 if year % 4 == 0 else 365)]


def as_table(days):
    return " ".join(f"{day:%d/%m}" for day in days)


@pytest.mark.parametrize("year", WEEKDAYS_OFF)
def test_the_weekdays_off_of_a_year_are_the_official_ones(year):
    off = [day for day in days_of(year) if day.weekday() < 5 and not CALENDAR.is_working(day)]
    assert as_table(off) == WEEKDAYS_OFF[year]


@pytest.mark.parametrize("year", WEEKEND_DAYS_WORKED)
def test_only_the_swapped_saturdays_are_worked(year):
    worked = [day for day in days_of(year) if day.weekday() >= 5 and CALENDAR.is_working(day)]
    assert as_table(worked) == WEEKEND_DAYS_WORKED[year]


@pytest.mark.parametrize(("day", "working"), [(date(2026, 1, 2), False), (date(2026, 1, 10), True)])
def test_the_new_year_swap_of_2026_names_its_act(day, working):
    mark = CALENDAR.mark(day)
    assert mark.working is working
    assert mark.act == "12729/VPCP-KGVX"
    assert "12729/VPCP-KGVX" in CALENDAR.reason(day)


@pytest.mark.parametrize("year", range(2026, 2046))
def test_culture_day_is_pending_and_worked_until_somebody_enters_the_act(year):
    day = date(year, 11, 24)
    assert CALENDAR.is_working(day) is (day.weekday() < 5)
    assert day in {row.day for row in CALENDAR.pending}
    if day.weekday() < 5:
        assert CALENDAR.mark(day).code is DayCode.PENDING
        assert "chờ văn bản" in CALENDAR.reason(day)


def test_the_monday_after_an_unenacted_culture_day_is_worked():
    assert CALENDAR.is_working(date(2029, 11, 26))


def test_entering_the_act_makes_the_pending_day_a_day_off():
    row = Override(
        day=date(2026, 11, 24), kind=DayKind.OFF, reason="Ngày Văn hóa Việt Nam", act="01/2026/QH"
    )
    calendar = vietnam_calendar([row])
    assert not calendar.is_working(row.day)
    assert calendar.mark(row.day).code is DayCode.DAY_OFF
    assert "01/2026/QH" in calendar.reason(row.day)
    assert row.day not in {pending.day for pending in calendar.pending}
    assert calendar.version != CALENDAR.version


def test_a_row_for_a_shipped_day_replaces_the_shipped_row():
    undone = Override(day=date(2026, 1, 2), kind=DayKind.WORKING, reason="hủy hoán đổi", act="1/X")
    assert vietnam_calendar([undone]).is_working(date(2026, 1, 2))


def test_the_shipped_swap_stands_only_where_the_span_reaches():
    assert shipped_overrides(2020, 2025) == ()
    assert len(shipped_overrides(2026, 2026)) == 3


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2021, 9, 2), "Quốc khánh"),
        (date(2021, 5, 3), "Ngày Quốc tế Lao động (nghỉ bù)"),
        (date(2021, 5, 1), "Thứ Bảy, nghỉ hằng tuần; Ngày Quốc tế Lao động"),
        (date(2021, 9, 5), "Chủ nhật, nghỉ hằng tuần"),
        (date(2024, 4, 29), "Ngày nghỉ (thay cho ngày 04/05/2024)"),
        (date(2024, 5, 4), "ngày làm việc, làm bù cho ngày 29/04/2024"),
        (date(2021, 9, 6), "ngày làm việc"),
    ],
)
def test_each_day_says_why_it_counts_or_not(day, words):
    assert CALENDAR.reason(day) == words


def test_a_day_off_without_an_official_plan_says_that_it_is_an_estimate():
    assert CALENDAR.mark(date(2027, 9, 2)).estimated
    assert "dự kiến" in CALENDAR.reason(date(2027, 9, 2))
    assert not CALENDAR.mark(date(2026, 9, 2)).estimated


def test_the_span_reaches_back_to_the_oldest_dossiers_and_forward_beyond_2035():
    assert CALENDAR.first_day <= date(2010, 1, 1)
    assert CALENDAR.last_day >= date(2035, 12, 31)
    with pytest.raises(Invalid) as caught:
        CALENDAR.is_working(date(1999, 12, 31))
    assert caught.value.errors == {"day": "outside_calendar"}


def test_the_base_names_the_package_version_it_came_from():
    assert base_calendar().name.startswith("holidays 0.")
    assert CALENDAR.version.base == base_calendar().name
