""" "Trước ngày X" has two readings: both are shown, and a province chooses its default."""

from datetime import date

import pytest

from workflow.deadlines.phrases import read_deadline

X, BEFORE_X = date(2021, 9, 30), date(2021, 9, 29)


def test_strict_is_the_default_and_the_other_reading_stays_in_sight():
    deadline = read_deadline("Trước ngày 30-9", year=2021)
    assert (deadline.due_on, deadline.other_due_on) == (BEFORE_X, X)


def test_a_province_may_read_before_as_including_the_day():
    deadline = read_deadline("Trước ngày 30-9", year=2021, before_is_strict=False)
    assert (deadline.due_on, deadline.other_due_on) == (X, BEFORE_X)


@pytest.mark.parametrize(
    "text",
    ["Chậm nhất ngày 30/9", "tháng 9", "Từ 1/9 đến 30/9", "trước tháng 10", "trước 17h ngày 30/9"],
)
@pytest.mark.parametrize("strict", [True, False])
def test_other_words_have_one_reading_whatever_the_setting(text, strict):
    deadline = read_deadline(text, year=2021, before_is_strict=strict)
    assert (deadline.due_on, deadline.other_due_on) == (X, None)


@pytest.mark.parametrize(
    ("text", "strict", "inclusive"),
    [
        ("Hằng tháng, trước ngày 20", "FREQ=MONTHLY;BYMONTHDAY=19", "FREQ=MONTHLY;BYMONTHDAY=20"),
        ("Hằng tháng, trước ngày 1", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYMONTHDAY=1"),
        ("trước thứ Hai hằng tuần", "FREQ=WEEKLY;BYDAY=SU", "FREQ=WEEKLY;BYDAY=MO"),
        (
            "trước 1/1 hằng năm",
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1",
            "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1",
        ),
    ],
)
def test_what_recurs_has_both_readings_too(text, strict, inclusive):
    one = read_deadline(text, year=2021)
    assert (one.recurs, one.other_recurs) == (strict, inclusive)
    other = read_deadline(text, year=2021, before_is_strict=False)
    assert (other.recurs, other.other_recurs) == (inclusive, strict)


def test_what_recurs_without_before_has_one_reading():
    assert read_deadline("Hằng tháng, chậm nhất ngày 20", year=2021).other_recurs is None
