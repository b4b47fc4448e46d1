"""Which days of a year reports are due: read once more, day by day, by somebody without cleverness."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workflow.deadlines.phrases import read_deadline
from workflow.deadlines.records import Deadline, DeadlineKind
from workflow.errors import Invalid
from workflow.periods.planning import plan_of, spans_of, start_of
from workflow.periods.records import Rhythm
from workflow.periods.rhythm import completed, due_days, read_rule, rule_of, write_rule

ISSUED = date(2021, 8, 23)
DAY = timedelta(days=1)
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def plan(text, start=ISSUED, day=25, rhythm=None):
    return plan_of(read_deadline(text, year=2021), start, day=day, rhythm=rhythm)


def dues(text, **more):
    return [f"{span.due_on:%d/%m/%Y}" for span in spans_of(plan(text, **more))]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Hằng tháng, trước ngày 20", ["19/09", "19/10", "19/11", "19/12"]),
        ("Ngày 30 hằng tháng", ["30/08", "30/09", "30/10", "30/11", "30/12"]),
        ("Hằng quý", ["25/09", "25/12"]),
        ("6 tháng một lần", ["25/12"]),
        ("Trước ngày 15/12 hằng năm", ["14/12"]),
    ],
)
def test_a_document_s_own_rhythm_gives_the_days_left_of_its_year(text, days):
    assert dues(text) == [f"{day}/2021" for day in days]


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [
        (Rhythm.MONTHLY, ["25/08", "25/09", "25/10", "25/11", "25/12"]),
        (Rhythm.QUARTERLY, ["25/09", "25/12"]),
        (Rhythm.HALF_YEARLY, ["25/12"]),
        (Rhythm.YEARLY, ["25/12"]),
    ],
)
def test_ongoing_work_reports_in_the_rhythm_the_office_chose(rhythm, days):
    assert dues("Thường xuyên", rhythm=rhythm) == [f"{day}/2021" for day in days]


def test_ongoing_work_has_no_periods_until_a_rhythm_is_chosen():
    assert plan("Thường xuyên") is None


@pytest.mark.parametrize("text", ["Trước ngày 30-9", "", "Trong 10 ngày làm việc kể từ ngày ký"])
def test_other_work_has_none_whatever_is_chosen(text):
    assert plan(text, rhythm=Rhythm.MONTHLY) is None


def test_the_document_s_rhythm_stands_above_a_chosen_one():
    assert plan("Hằng tháng, trước ngày 20", rhythm=Rhythm.YEARLY).recurs == (
        "FREQ=MONTHLY;BYMONTHDAY=19"
    )


def test_a_month_without_the_day_is_due_on_its_last():
    days = dues("Ngày 31 hằng tháng", start=date(2021, 1, 1))
    assert days[:4] == ["31/01/2021", "28/02/2021", "31/03/2021", "30/04/2021"]
    assert len(days) == 12


def test_a_named_day_never_moves_whatever_day_of_the_week_it_is():
    assert date(2021, 9, 19).weekday() == 6
    assert dues("Hằng tháng, trước ngày 20")[0] == "19/09/2021"


def test_the_year_is_the_one_in_which_the_first_report_falls_due():
    late = plan("Hằng tháng, trước ngày 20", start=date(2021, 12, 20))
    assert (late.ends_on, len(spans_of(late))) == (date(2022, 12, 31), 12)
    january = plan("Trước ngày 15/1 hằng năm")
    assert [span.due_on for span in spans_of(january)] == [date(2022, 1, 14)]


def test_work_that_begins_later_owes_nothing_before():
    assert dues("Từ tháng 10 năm 2021 hằng tháng, trước ngày 5") == [
        "04/10/2021", "04/11/2021", "04/12/2021",
    ]  # fmt: skip


def test_the_day_of_issue_itself_is_never_due():
    assert dues("Ngày 23 hằng tháng")[0] == "23/09/2021"


def test_an_end_that_the_document_names_is_the_end():
    deadline = Deadline(
        text="x", kind=DeadlineKind.RECURRING, recurs="FREQ=MONTHLY;BYMONTHDAY=19;UNTIL=20220331"
    )
    found = plan_of(deadline, ISSUED, day=25)
    assert found.ends_on == date(2022, 3, 31)
    assert spans_of(found)[-1].due_on == date(2022, 3, 19)


def test_an_end_before_the_first_report_gives_no_period():
    deadline = Deadline(
        text="x", kind=DeadlineKind.RECURRING, recurs="FREQ=MONTHLY;BYMONTHDAY=19;UNTIL=20210901"
    )
    assert plan_of(deadline, ISSUED, day=25) is None


@pytest.mark.parametrize("day", [0, 32, -1])
def test_a_rhythm_names_a_day_of_a_month(day):
    with pytest.raises(Invalid) as error:
        rule_of(Rhythm.MONTHLY, day)
    assert error.value.errors == {"due_day": "not_a_day_of_month"}


def test_work_carried_over_owes_from_the_day_it_was_entered():
    entered = date(2021, 11, 1)
    assert start_of(ISSUED, entered, carried_over=True) == entered
    assert start_of(ISSUED, entered, carried_over=False) == ISSUED


def is_due(text, start, day):
    """Say from the words of RFC 5545 alone whether a report is due on one day."""
    said = dict(part.split("=") for part in text.split(";"))
    every = int(said.get("INTERVAL", 1))
    if said.get("UNTIL", "99991231") < f"{day:%Y%m%d}":
        return False
    length = monthrange(day.year, day.month)[1]
    named = [int(n) for n in said.get("BYMONTHDAY", "").split(",") if n]
    on_day = any(day.day == (min(n, length) if n > 0 else max(1, length + 1 + n)) for n in named)
    months = (day.year - start.year) * 12 + day.month - start.month
    weeks = ((day - timedelta(day.weekday())) - (start - timedelta(start.weekday()))).days // 7
    return {
        "DAILY": (day - start).days % every == 0,
        "WEEKLY": weeks % every == 0
        and WEEKDAYS[day.weekday()] in said.get("BYDAY", "").split(","),
        "MONTHLY": months % every == 0 and on_day,
        "YEARLY": (day.year - start.year) % every == 0
        and str(day.month) in said.get("BYMONTH", "").split(",")
        and on_day,
    }[said["FREQ"]]


def walked(text, start, last):
    days = (start + n * DAY for n in range(1, (last - start).days + 1))
    return tuple(day for day in days if is_due(text, start, day))


month_days = st.lists(st.integers(1, 31) | st.integers(-3, -1), min_size=1, max_size=3, unique=True)
RULES = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 40)),
    st.builds(
        lambda every, days: f"FREQ=WEEKLY;INTERVAL={every};BYDAY={','.join(days)}",
        st.integers(1, 12),
        st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3, unique=True),
    ),
    st.builds(
        lambda every, days: f"FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={','.join(map(str, days))}",
        st.integers(1, 12),
        month_days,
    ),
    st.builds(
        lambda every, months, days: (
            f"FREQ=YEARLY;INTERVAL={every};BYMONTH={','.join(map(str, months))};"
            f"BYMONTHDAY={','.join(map(str, days))}"
        ),
        st.integers(1, 3),
        st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True),
        month_days,
    ),
)
STARTS = st.dates(date(2019, 1, 1), date(2026, 12, 31))


@settings(max_examples=200)
@given(RULES, STARTS, st.none() | st.integers(0, 700))
@example("FREQ=MONTHLY;BYMONTHDAY=30,31", date(2024, 1, 30), None)
@example("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", date(2023, 2, 28), None)
def test_the_rule_gives_the_days_that_a_walk_over_the_calendar_gives(text, start, until):
    text += f";UNTIL={start + until * DAY:%Y%m%d}" if until is not None else ""
    last = date(start.year + 1, 12, 31)
    assert due_days(read_rule(text), start, last) == walked(text, start, last)
    assert read_rule(write_rule(read_rule(text))) == read_rule(text)


@settings(max_examples=150)
@given(RULES, STARTS)
def test_the_periods_of_a_year_share_out_its_days_without_a_gap(text, start):
    deadline = Deadline(text="x", kind=DeadlineKind.RECURRING, recurs=text)
    found = plan_of(deadline, start, day=25)
    spans = spans_of(found)
    assert [span.due_on for span in spans] == list(walked(text, start, found.ends_on))
    assert [span.serial for span in spans] == list(range(1, len(spans) + 1))
    assert spans[0].from_on == start
    assert all(span.from_on <= span.to_on == span.due_on for span in spans)
    assert all(a.to_on + DAY == b.from_on for a, b in pairwise(spans))
    assert (found.ends_on.month, found.ends_on.day) == (12, 31)
    assert spans[0].due_on.year == found.ends_on.year


BARE = st.builds(
    lambda often, every: f"FREQ={often};INTERVAL={every}",
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 12),
)


@settings(max_examples=100)
@given(BARE, STARTS, st.integers(1, 31))
def test_a_rule_that_names_no_day_gets_one_and_always_gives_periods(text, start, day):
    rule = completed(read_rule(text), day)
    assert rule.names_its_days
    assert completed(rule, 1) == rule
    deadline = Deadline(text="x", kind=DeadlineKind.RECURRING, recurs=text)
    assert spans_of(plan_of(deadline, start, day=day))
