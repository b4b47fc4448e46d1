"""Whatever the server's own zone, and at the turn of years, leap days and Tết, days are Vietnam's."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from world import csrf_of

from workflow.calendar.vietnam import vietnam_calendar
from workflow.days import local_day
from workflow.directives.records import Action

ZONES = ("UTC", "Asia/Ho_Chi_Minh", "America/New_York", "Pacific/Kiritimati")
INSTANTS = {
    # the instant, the day and the minute in the province
    "the last second of a year": (datetime(2021, 12, 31, 16, 59, 59, tzinfo=UTC), "31/12/2021 23:59"),
    "the first of the next": (datetime(2021, 12, 31, 17, 0, tzinfo=UTC), "01/01/2022 00:00"),
    "a leap day begins": (datetime(2024, 2, 28, 17, 0, tzinfo=UTC), "29/02/2024 00:00"),
    "a leap day ends": (datetime(2024, 2, 29, 16, 59, 59, tzinfo=UTC), "29/02/2024 23:59"),
    "New York leaves summer time": (datetime(2021, 11, 7, 6, 30, tzinfo=UTC), "07/11/2021 13:30"),
    "the eve of Tết": (datetime(2022, 1, 31, 16, 59, tzinfo=UTC), "31/01/2022 23:59"),
}  # fmt: skip


@pytest.fixture(params=ZONES)
def zone(request):
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.parametrize("when", INSTANTS)
def test_an_act_falls_on_the_provinces_day(world, zone, when):
    instant, shown = INSTANTS[when]
    [made] = world.issue(world.clause(deadline="Trong 10 ngày làm việc kể từ ngày ký"))
    world.clock.at = instant
    world.act("clerk", made.number, Action.ACCEPT)
    reported = world.report(made.number)
    assert reported.reported_at == instant
    found = world.act("office", made.number, Action.VERIFY, verdict="met")
    day = shown.partition(" ")[0]
    assert f"{found.completed_on:%d/%m/%Y}" == day
    assert f"{local_day(instant):%d/%m/%Y}" == day
    assert made.due_on == date(2021, 9, 8)
    page = world.sign_in("office").get(f"/directives/{made.number}").text
    assert shown in page
    assert shown in world.sign_in("admin").get("/history/").text


@pytest.mark.parametrize("when", INSTANTS)
def test_signing_in_and_its_lock_do_not_depend_on_the_zone(world, zone, when):
    world.clock.at = INSTANTS[when][0]

    def attempt():
        client = world.app.test_client()
        token = csrf_of(client.get("/sign-in").text)
        data = {"login": "clerk", "password": "không phải", "csrf_token": token}
        return client.post("/sign-in", data=data).status_code

    assert [attempt() for _ in range(6)] == [422] * 5 + [429]
    world.clock.at += timedelta(minutes=1)
    assert attempt() == 422
    world.clock.at += timedelta(hours=25)
    assert world.sign_in("clerk").get("/").status_code == 200


def test_a_clock_that_steps_back_an_hour_breaks_no_chain_and_no_order(world):
    [made] = world.issue()
    world.act("clerk", made.number, Action.ACCEPT)
    world.clock.at -= timedelta(hours=1)
    world.act("officer", made.number, Action.UPDATE, done="sau khi đồng hồ lùi lại")
    with world.office.reading() as unit:
        assert unit.history.verify().ok
        assert [link.entry.action for link in unit.history.walk()][-2:] == ["accept", "update"]
    assert world.sign_in("clerk").get(f"/directives/{made.number}").status_code == 200


SWAPPED = {
    # off by a plan of its own year, or worked for it; `holidays` knows them otherwise
    date(2026, 1, 2), date(2026, 1, 10), date(2026, 8, 22), date(2026, 8, 31),
}  # fmt: skip


@pytest.mark.parametrize("year", range(2020, 2036))
def test_working_days_agree_with_the_holiday_package_but_for_what_a_decree_or_nobody_says(year):
    calendar, known = vietnam_calendar(), holidays.country_holidays("VN", years=year)
    days = [date(year, 1, 1) + timedelta(n) for n in range(365 + (year % 4 == 0))]
    differ = {
        day
        for day in days
        if calendar.is_working(day) is not (day.weekday() < 5 and day not in known)
    }
    worked = {day for day in differ if day.weekday() >= 5}
    assert worked <= set(known.weekend_workdays) | SWAPPED
    assert (differ - worked) - SWAPPED - pending(year) == set()


def pending(year):
    """The culture day of 24 November, and the Monday for it: no act known, so both are worked."""
    day = date(year, 11, 24)
    return {day, day + timedelta(days=1), day + timedelta(days=2)} if year >= 2026 else set()
