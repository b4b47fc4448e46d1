"""No letter leaves at night or on a day off: office hours over weekends, holidays and Tết."""

from datetime import date, datetime, time

import pytest

from workflow.calendar.records import DayKind, Override
from workflow.calendar.vietnam import vietnam_calendar
from workflow.days import PROVINCE_ZONE
from workflow.errors import Invalid
from workflow.messages.hours import OfficeHours
from workflow.messages.records import Choices, Urgency

CALENDAR = vietnam_calendar()
HOURS = OfficeHours()


def local(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=PROVINCE_ZONE)


@pytest.mark.parametrize(
    ("posted", "leaves"),
    [
        pytest.param("2021-08-23 10:00", "2021-08-23 10:00", id="in office hours at once"),
        pytest.param("2021-08-23 07:30", "2021-08-23 07:30", id="opening counts as open"),
        pytest.param("2021-08-23 17:00", "2021-08-24 07:30", id="closing counts as closed"),
        pytest.param("2021-08-23 00:30", "2021-08-23 07:30", id="the night waits for morning"),
        pytest.param("2021-08-20 18:00", "2021-08-23 07:30", id="Friday evening to Monday"),
        pytest.param("2021-08-22 10:00", "2021-08-23 07:30", id="Sunday to Monday"),
        pytest.param("2021-09-01 18:00", "2021-09-06 07:30", id="National Day and a weekend"),
        pytest.param("2022-01-28 18:00", "2022-02-07 07:30", id="over the whole of Tết 2022"),
        pytest.param("2022-02-01 00:00", "2022-02-07 07:30", id="on the first of Tết"),
        pytest.param("2024-05-04 09:00", "2024-05-04 09:00", id="a Saturday that is made up"),
        pytest.param("2021-12-31 23:59", "2022-01-04 07:30", id="the new year, made up Monday"),
    ],
)
def test_an_urgent_letter_leaves_at_the_next_office_hour(posted, leaves):
    assert HOURS.next_open(local(posted), CALENDAR) == local(leaves)


@pytest.mark.parametrize(
    ("posted", "hour", "leaves"),
    [
        pytest.param("2021-08-23 00:30", None, "2021-08-23 08:00", id="the night's at eight"),
        pytest.param("2021-08-23 08:00", None, "2021-08-23 08:00", id="on the hour still today"),
        pytest.param("2021-08-23 08:01", None, "2021-08-24 08:00", id="after it tomorrow"),
        pytest.param("2021-08-23 10:00", 14, "2021-08-23 14:00", id="one's own hour"),
        pytest.param("2021-08-23 01:00", 3, "2021-08-23 07:30", id="an hour of night: opening"),
        pytest.param("2021-08-23 10:00", 22, "2021-08-23 16:59", id="an evening hour: closing"),
        pytest.param("2022-01-28 09:00", None, "2022-02-07 08:00", id="over Tết"),
    ],
)
def test_a_digest_leaves_at_its_hour_of_a_working_day(posted, hour, leaves):
    assert HOURS.next_digest(local(posted), CALENDAR, hour) == local(leaves)


def test_a_day_off_by_decree_is_a_day_off_for_letters_too():
    decree = Override(day=date(2021, 8, 24), kind=DayKind.OFF, reason="bão", act="1/QĐ")
    closed = vietnam_calendar((decree,))
    assert HOURS.next_open(local("2021-08-23 20:00"), closed) == local("2021-08-25 07:30")


def test_who_wants_no_letters_gets_none():
    at = local("2021-08-23 10:00")
    for urgency in Urgency:
        assert HOURS.mail_moment(at, CALENDAR, urgency, Choices(by_email=False)) is None


def test_urgent_leaves_at_once_and_normal_with_the_digest():
    at = local("2021-08-23 10:00")
    assert HOURS.mail_moment(at, CALENDAR, Urgency.URGENT, Choices()) == at
    digest = HOURS.mail_moment(at, CALENDAR, Urgency.NORMAL, Choices(digest_hour=14))
    assert digest == local("2021-08-23 14:00")


def test_offices_that_close_before_they_open_are_refused():
    with pytest.raises(Invalid):
        OfficeHours(opens=time(17), closes=time(7, 30))
