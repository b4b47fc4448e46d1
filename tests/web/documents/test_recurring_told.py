"""What comes again is said as offices say it, never as a rule."""

from __future__ import annotations

import pytest

from web.deadlines.telling import recurs_told
from workflow.deadlines.phrases import read_deadline

TOLD = {
    "Hằng ngày": "hằng ngày",
    "Hằng tuần": "hằng tuần",
    "Thứ Sáu hằng tuần": "hằng tuần, thứ Sáu",
    "2 tuần một lần": "2 tuần một lần",
    "Hằng tháng": "hằng tháng",
    "Hằng tháng, trước ngày 20": "hằng tháng, ngày 19",
    "Trước ngày 1 hằng tháng": "hằng tháng, ngày cuối tháng",
    "Hằng quý": "hằng quý",
    "6 tháng một lần": "6 tháng một lần",
    "Hằng năm, trước ngày 15/12": "hằng năm, ngày 14, tháng 12",
    "Tháng 6 và tháng 12 hằng năm": "hằng năm, ngày cuối tháng, tháng 6, 12",
    "Hằng tháng từ tháng 9/2021 đến tháng 12/2021": "hằng tháng, đến hết 31/12/2021",
}


@pytest.mark.parametrize("phrase", TOLD)
def test_a_rule_is_told_in_words(app, phrase):
    rule = read_deadline(phrase, year=2021).recurs
    with app.test_request_context():
        assert recurs_told(rule) == TOLD[phrase]


@pytest.mark.parametrize(
    ("months", "told"),
    [
        ("3,6,9,12", "hằng quý, ngày 25, tháng 3, 6, 9, 12"),
        ("1,4,7,10", "hằng quý, ngày 25, tháng 1, 4, 7, 10"),
        ("3,6,9", "hằng năm, ngày 25, tháng 3, 6, 9"),
        ("3,5,9,12", "hằng năm, ngày 25, tháng 3, 5, 9, 12"),
        ("6,12", "hằng năm, ngày 25, tháng 6, 12"),
    ],
)
def test_a_month_of_each_quarter_is_told_as_quarterly(app, months, told):
    with app.test_request_context():
        assert recurs_told(f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY=25") == told


def test_no_page_shows_a_rule(world):
    office = world.sign_in("office")
    asked = {"text": "Hằng tháng, trước ngày 20", "issued_on": "20/08/2021"}
    page = office.get("/documents/deadline", query_string=asked).text
    assert "hằng tháng, ngày 19" in page
    assert "FREQ" not in page
