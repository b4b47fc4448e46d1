"""The forms combine: every form at either end of every joint, against a plain oracle."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import product

import pytest

from workflow.deadlines.phrases import read_deadline
from workflow.deadlines.records import DeadlineKind, Unread

ONE_DAY = timedelta(days=1)
DOCUMENT_YEAR = 2021


def month_end(year, month):
    return date(year, month, monthrange(year, month)[1])


def months(first, last):
    return lambda year: (date(year, first, 1), month_end(year, last))


def day(number, month):
    return lambda year: (date(year, month, number),) * 2


# Each form: its words, how a year is joined to it, and its first and last day in a year.
FORMS = [
    ("ngày 15/3", "/{}", day(15, 3)),
    ("15/3", "/{}", day(15, 3)),
    ("ngày 5 tháng 4", " năm {}", day(5, 4)),
    ("tháng 2", "/{}", months(2, 2)),
    ("Tháng 11", " năm {}", months(11, 11)),
    ("tháng 3, 4", "/{}", months(3, 4)),
    ("tháng 6, 7 và 8", " năm {}", months(6, 8)),
    ("Quý I", "/{}", months(1, 3)),
    ("quý 3", " năm {}", months(7, 9)),
    ("Quý IV", "/{}", months(10, 12)),
]
YEARS = [("năm {}", months(1, 12))]
THOROUGHLY = {"từ {} đến {}", "{} - {}"}
JOINTS = ["từ {} đến {}", "{} đến {}", "Từ {} đến hết {}", "{} - {}", "{} – {}", "từ {}-{}"]


def spellings(form):
    words, tail, bounds = form
    yield words, None, bounds
    for year in (2020, 2022):
        yield words + tail.format(year), year, bounds


def ends():
    for form in FORMS:
        yield from spellings(form)
    for words, bounds in YEARS:
        for year in (2020, 2022):
            yield words.format(year), year, bounds


ENDS = list(ends())


@pytest.mark.parametrize("joint", JOINTS)
def test_every_form_stands_at_either_end_of_a_range(joint):
    wrong = []
    lefts = ENDS if joint in THOROUGHLY else ENDS[::5]
    for (left, left_year, left_bounds), (right, right_year, right_bounds) in product(lefts, ENDS):
        text = joint.format(left, right)
        starts_on = left_bounds(left_year or right_year or DOCUMENT_YEAR)[0]
        due_on = right_bounds(right_year or left_year or DOCUMENT_YEAR)[1]
        found = read_deadline(text, year=DOCUMENT_YEAR)
        expected = (
            (DeadlineKind.FIXED, starts_on, due_on, None)
            if starts_on <= due_on
            else (DeadlineKind.UNKNOWN, None, None, Unread.REVERSED_RANGE)
        )
        if (found.kind, found.starts_on, found.due_on, found.reason) != expected:
            wrong.append((text, expected, found))
    assert wrong == []


LEADS = [
    "",
    "trong ",
    "vào ",
    "Chậm nhất ",
    "chậm nhất là ",
    "đến ",
    "đến hết ",
    "Hoàn thành trong ",
]


@pytest.mark.parametrize("lead", LEADS)
def test_every_form_stands_alone_after_every_lead(lead):
    for words, year, bounds in ENDS:
        found = read_deadline(lead + words, year=DOCUMENT_YEAR)
        assert (found.kind, found.starts_on, found.ongoing) == (DeadlineKind.FIXED, None, False)
        assert found.due_on == bounds(year or DOCUMENT_YEAR)[1], lead + words


@pytest.mark.parametrize("lead", ["trước ", "Trước ", "Hoàn thành trước ", "xong trước "])
def test_before_any_form_is_the_day_before_its_first_day(lead):
    for words, year, bounds in ENDS:
        found = read_deadline(lead + words, year=DOCUMENT_YEAR)
        assert found.due_on == bounds(year or DOCUMENT_YEAR)[0] - ONE_DAY, lead + words


@pytest.mark.parametrize("tail", [" và thường xuyên", ", thường xuyên", " (thường xuyên)"])
def test_standing_work_joins_any_form(tail):
    for words, year, bounds in ENDS:
        settled = year or DOCUMENT_YEAR
        fixed = read_deadline(words + tail, year=DOCUMENT_YEAR)
        assert (fixed.kind, fixed.ongoing) == (DeadlineKind.FIXED, True), words + tail
        assert (fixed.starts_on, fixed.due_on) == (None, bounds(settled)[1]), words + tail
        since = read_deadline(f"Từ {words}{tail}", year=DOCUMENT_YEAR)
        assert (since.kind, since.ongoing) == (DeadlineKind.ONGOING, True), words + tail
        assert (since.starts_on, since.due_on) == (bounds(settled)[0], None), words + tail


def test_two_forms_joined_by_and_are_two_ends():
    different = [(a, b) for a, b in product(ENDS, ENDS) if a[0].split()[0] != b[0].split()[0]]
    for (left, *_), (right, *_) in different:
        found = read_deadline(f"Trong {left} và trước {right}", year=DOCUMENT_YEAR)
        assert found.kind is DeadlineKind.UNKNOWN, (left, right)


@pytest.mark.parametrize("number", range(1, 32))
def test_every_day_of_the_month_recurs(number):
    before = read_deadline(f"Hằng tháng, trước ngày {number}", year=None)
    latest = read_deadline(f"chậm nhất ngày {number:02d} hàng tháng", year=None)
    assert before.recurs == f"FREQ=MONTHLY;BYMONTHDAY={number - 1 or -1}"
    assert latest.recurs == f"FREQ=MONTHLY;BYMONTHDAY={number}"


@pytest.mark.parametrize("budget", [1, 2, 10, 45, 120, 999])
def test_every_budget_is_read(budget):
    found = read_deadline(f"Trong vòng {budget:02d} ngày làm việc kể từ ngày ký", year=None)
    assert (found.kind, found.working_days) == (DeadlineKind.RELATIVE, budget)


@pytest.mark.parametrize(
    ("words", "starts_on", "due_on"),
    [
        ("từ tháng 3, 6 đến tháng 9, 12/2017", "2017-03-01", "2017-12-31"),
        ("từ quý I, III đến quý IV/2017", "2017-01-01", "2017-12-31"),
        ("tháng 6,12/2017 đến tháng 12/2018", "2017-06-01", "2018-12-31"),
    ],
)
def test_a_list_with_gaps_gives_a_range_its_first_day_and_its_last(words, starts_on, due_on):
    found = read_deadline(words, year=DOCUMENT_YEAR)
    assert (str(found.starts_on), str(found.due_on)) == (starts_on, due_on)
    assert read_deadline("tháng 6, 12/2018", year=DOCUMENT_YEAR).reason == "two_ends"
