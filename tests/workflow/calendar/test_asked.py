"""A calendar read when it is first asked for answers as the one that is read."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.calendar.asked import CalendarWhenAsked
from workflow.calendar.records import DayKind, Override
from workflow.calendar.vietnam import vietnam_calendar
from workflow.calendar.working import WorkingCalendar

MONDAY, NEXT = date(2021, 8, 23), date(2021, 8, 30)
STORM = Override(day=date(2021, 8, 25), kind=DayKind.OFF, reason="Bão")


class Reading:
    """Counts how often the table of days is read."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> WorkingCalendar:
        self.times += 1
        return vietnam_calendar((STORM,))


def test_nothing_is_read_until_a_day_is_asked_for() -> None:
    reading = Reading()
    asked = CalendarWhenAsked(reading)
    assert isinstance(asked, WorkingCalendar)
    assert reading.times == 0
    assert not asked.is_working(STORM.day)
    assert reading.times == 1


def test_it_is_read_once_and_answers_the_same() -> None:
    reading, plain = Reading(), vietnam_calendar((STORM,))
    asked = CalendarWhenAsked(reading)
    assert asked.version == plain.version
    assert asked.overrides == plain.overrides
    assert STORM in asked.overrides
    assert asked.due_on(MONDAY, 5) == plain.due_on(MONDAY, 5)
    assert asked.working_days_between(MONDAY, NEXT) == plain.working_days_between(MONDAY, NEXT)
    assert (asked.first_day, asked.last_day) == (plain.first_day, plain.last_day)
    assert reading.times == 1


def test_what_no_calendar_has_is_missed_as_ever() -> None:
    asked = CalendarWhenAsked(Reading())
    with pytest.raises(AttributeError, match="holidays"):
        asked.holidays  # noqa: B018 - asking is the point
