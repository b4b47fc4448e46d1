"""How long something took and will take, as the pages say it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from web.spans import iso_told, lasted, ran, time_left, vn_moment

NOW = datetime(2025, 11, 22, 2, tzinfo=UTC)


@dataclass
class Job:
    started_at: datetime | None
    done: int | None
    total: int | None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 giây"),
        (59, "59 giây"),
        (60, "1 phút"),
        (200, "3 phút"),
        (3600, "1 giờ 0 phút"),
        (5460, "1 giờ 31 phút"),
    ],
)
def test_a_span_is_told_to_the_minute(app, seconds, words):
    with app.test_request_context():
        assert lasted(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("ago", "done", "total", "words"),
    [
        (60, 1000, 4000, "3 phút"),
        (2, 1000, 4000, ""),
        (60, 0, 4000, ""),
        (60, 4000, 4000, ""),
        (None, 5, 9, ""),
        (60, None, None, ""),
    ],
)
def test_what_is_left_goes_by_the_pace_so_far(app, ago, done, total, words):
    started = None if ago is None else NOW - timedelta(seconds=ago)
    with app.test_request_context():
        assert time_left(Job(started, done, total), NOW) == words


def test_a_day_as_iso_text_is_told_as_a_day(app):
    with app.test_request_context():
        assert (iso_told("2025-07-01"), iso_told(None)) == ("01/07/2025", "")


def test_a_day_told_without_a_time_is_shown_without_one(app):
    midnight = datetime(2021, 8, 22, 17, tzinfo=UTC)
    with app.test_request_context():
        assert vn_moment(midnight) == "23/08/2021"
        assert vn_moment(midnight + timedelta(minutes=5)) == "23/08/2021 00:05"
        assert vn_moment(midnight, ZoneInfo("UTC")) == "22/08/2021 17:00"


@pytest.mark.parametrize(
    ("closed_on", "words"),
    [
        (None, "từ 12/11/2021"),
        (date(2021, 11, 20), "từ 12/11/2021 đến 19/11/2021"),
        (date(2021, 11, 13), "từ 12/11/2021 đến 12/11/2021"),
        (date(2022, 1, 1), "từ 12/11/2021 đến 31/12/2021"),
    ],
)
def test_an_episode_is_told_with_its_last_day_and_not_the_one_after(closed_on, words):
    assert ran(date(2021, 11, 12), closed_on) == words
