"""The dates of a file: which forms are read, on which day of the file they fall."""

from zoneinfo import ZoneInfo

import pytest

from workflow.dossiers.instants import Days, Moments, known_format
from workflow.dossiers.misread import Misread

HERE, AMSTERDAM = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Europe/Amsterdam")
FORMATS = ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%H:%M %d-%m-%Y", "%d.%m.%Y%z")


def moments(zone=HERE, **more):
    return Moments(zone, FORMATS, empty=lambda text: text == "NULL", **more)


READ = [
    # text, the instant in UTC, the day of the file
    ("01/09/2021 23:30:15", "2021-09-01 16:30:15.000000", "2021-09-01"),
    ("01/09/2021 00:10", "2021-08-31 17:10:00.000000", "2021-09-01"),
    ("1/9/2021", "2021-08-31 17:00:00.000000", "2021-09-01"),
    (" 01/09/2021\u00a0 ", "2021-08-31 17:00:00.000000", "2021-09-01"),
    ("07:05 01-09-2021", "2021-09-01 00:05:00.000000", "2021-09-01"),
    ("29/02/2020", "2020-02-28 17:00:00.000000", "2020-02-29"),
    ("2021-09-01", "2021-08-31 17:00:00.000000", "2021-09-01"),
    ("2021-09-01T08:00:00", "2021-09-01 01:00:00.000000", "2021-09-01"),
    ("2021-09-01 08:00:00.125", "2021-09-01 01:00:00.125000", "2021-09-01"),
    ("2021-09-01T20:00:00Z", "2021-09-01 20:00:00.000000", "2021-09-02"),
    ("2021-09-01 08:00+02:00", "2021-09-01 06:00:00.000000", "2021-09-01"),
    ("01.09.2021+0900", "2021-08-31 15:00:00.000000", "2021-08-31"),
]


@pytest.mark.parametrize(("text", "instant", "day"), READ)
def test_a_text_is_an_instant_and_a_day_of_the_file(text, instant, day):
    assert moments()[text] == (instant, day)
    assert Days(moments())[text] == day


@pytest.mark.parametrize("text", ["", "  ", "NULL", "\u200b"])
def test_nothing_is_nothing(text):
    assert moments()[text] is None
    assert Days(moments())[text] is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hôm qua", "not_a_date"),
        ("31/02/2021", "not_a_date"),
        ("00/01/2021", "not_a_date"),
        ("29/02/2021", "not_a_date"),
        ("2021-13-01", "not_a_date"),
        ("01/09/2021 25:00", "not_a_date"),
        ("01/09/21", "not_a_date"),
        ("01/09", "not_a_date"),
        ("2021-09", "not_a_date"),
        ("44440", "not_a_date"),
        ("=TODAY()", "not_a_date"),
        ("01/09/1921", "date_unlikely"),
        ("01/09/2121", "date_unlikely"),
    ],
)
def test_what_is_no_date_is_never_guessed(text, reason):
    assert moments()[text] == Misread(reason)
    assert Days(moments())[text] == Misread(reason)


@pytest.mark.parametrize(
    ("serial", "instant", "day"),
    [
        ("44440", "2021-08-31 17:00:00.000000", "2021-09-01"),
        ("44440.5", "2021-09-01 05:00:00.000000", "2021-09-01"),
        ("44440.999988426", "2021-09-01 16:59:59.000000", "2021-09-01"),
    ],
)
def test_a_number_is_a_date_only_where_it_came_from_a_workbook(serial, instant, day):
    assert moments(serials=True)[serial] == (instant, day)
    assert moments()[serial] == Misread("not_a_date")


@pytest.mark.parametrize(
    ("text", "instant", "day"),
    [
        ("2011-10-30 00:30", "2011-10-29 22:30:00.000000", "2011-10-30"),
        ("2011-10-30 02:30", "2011-10-30 00:30:00.000000", "2011-10-30"),
        ("2011-10-30 12:00", "2011-10-30 11:00:00.000000", "2011-10-30"),
        ("2011-03-27 12:00", "2011-03-27 10:00:00.000000", "2011-03-27"),
        ("2011-07-01 00:10", "2011-06-30 22:10:00.000000", "2011-07-01"),
        ("2011-10-11 23:10:00+02:00", "2011-10-11 21:10:00.000000", "2011-10-11"),
        ("2011-10-11 23:10:00Z", "2011-10-11 23:10:00.000000", "2011-10-12"),
    ],
)
def test_summer_time_begins_and_ends_where_the_file_was_written(text, instant, day):
    assert moments(AMSTERDAM)[text] == (instant, day)


def test_the_beginning_of_a_day_is_that_of_the_file():
    assert moments().beginning("2021-09-01") == "2021-08-31 17:00:00.000000"
    assert moments(AMSTERDAM).beginning("2011-07-01") == "2011-06-30 22:00:00.000000"


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("%d/%m/%Y", True), ("%Y%m%d", True), ("ngày %d tháng %m năm %Y", True),
        ("%d/%m", False), ("%d/%m/%y", False), ("%B %d %Y", False), ("", False),
        ("%d/%m/%Y %", False), ("%d/%m/%Y %d", False),
    ],
)  # fmt: skip
def test_a_format_has_day_month_and_year(written, known):
    assert known_format(written) is known
