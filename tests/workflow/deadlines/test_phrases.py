"""The table of product.md §4 to the letter, and the phrases around it."""

from datetime import date

import pytest

from workflow.deadlines.phrases import read_deadline
from workflow.deadlines.records import CountsFrom, DeadlineKind


def facts(deadline):
    found = deadline.as_json()
    return found["kind"], found["starts_on"], found["due_on"], found["ongoing"]


@pytest.mark.parametrize(
    ("text", "kind", "starts_on", "due_on", "ongoing"),
    [
        ("Trước ngày 30-9", "fixed", None, "2021-09-29", False),
        ("Chậm nhất ngày 30/9", "fixed", None, "2021-09-30", False),
        ("đến hết ngày 30/9", "fixed", None, "2021-09-30", False),
        ("30/9/2021", "fixed", None, "2021-09-30", False),
        ("tháng 10/2018", "fixed", None, "2018-10-31", False),
        ("Quý I/2017", "fixed", None, "2017-03-31", False),
        ("Trong năm 2021", "fixed", None, "2021-12-31", False),
        ("Năm 2021", "fixed", None, "2021-12-31", False),
        ("Từ tháng 2/2017 đến tháng 9/2018", "fixed", "2017-02-01", "2018-09-30", False),
        ("tháng 1 đến tháng 12 năm 2017", "fixed", "2017-01-01", "2017-12-31", False),
        ("Quý I đến tháng 9/2017", "fixed", "2017-01-01", "2017-09-30", False),
        ("Từ tháng 3 đến tháng 11/2017 và thường xuyên", "fixed", "2017-03-01", "2017-11-30", True),
        ("Từ tháng 3 năm 2017 và thường xuyên", "ongoing", "2017-03-01", None, True),
        ("Thường xuyên", "ongoing", None, None, True),
        ("Trong 10 ngày làm việc kể từ ngày ký", "relative", None, None, False),
        ("Hằng tháng, trước ngày 20", "recurring", None, None, True),
        ("", "none", None, None, False),
        ("Trong Quý I và trước ngày 30/4/2017", "unknown", None, None, False),
        ("khi có điều kiện", "unknown", None, None, False),
    ],
)
def test_the_table_comes_out_exactly(text, kind, starts_on, due_on, ongoing):
    assert facts(read_deadline(text, year=2021)) == (kind, starts_on, due_on, ongoing)


def test_the_json_has_exactly_its_keys_and_keeps_the_words():
    assert read_deadline(" Trước  ngày 30-9 ", year=2021).as_json() == {
        "text": " Trước  ngày 30-9 ",
        "kind": "fixed",
        "starts_on": None,
        "due_on": "2021-09-29",
        "ongoing": False,
        "working_days": None,
        "recurs": None,
    }
    assert read_deadline("Hằng tháng, trước ngày 20", year=2021).as_json()["recurs"] == (
        "FREQ=MONTHLY;BYMONTHDAY=19"
    )
    assert read_deadline("Trong 10 ngày làm việc kể từ ngày ký", year=2021).working_days == 10


@pytest.mark.parametrize("text", [None, "", "   ", "\u00a0\t\n", "\u200b\ufeff"])
def test_an_empty_cell_has_no_deadline(text):
    assert read_deadline(text, year=None).kind is DeadlineKind.NONE


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("trước ngày 30 tháng 9 năm 2021", "2021-09-29"),
        ("Trước 30/9", "2021-09-29"),
        ("trước 30 tháng 9", "2021-09-29"),
        ("hoàn thành trước 30/9", "2021-09-29"),
        ("Chậm nhất trước ngày 30/9", "2021-09-29"),
        ("Báo cáo UBND tỉnh trước ngày 30/9/2021", "2021-09-29"),
        ("Trước 30-9-2021 (Thứ Năm)", "2021-09-29"),
        ("Trước ngày 1/1", "2020-12-31"),
        ("trước 01/3/2024", "2024-02-29"),
        ("chậm nhất là ngày 30/9", "2021-09-30"),
        ("chậm nhất vào ngày 30 tháng 9 năm 2021", "2021-09-30"),
        ("không muộn hơn ngày 30/9", "2021-09-30"),
        ("Hạn cuối: 30/9/2021", "2021-09-30"),
        ("Hạn chót: 30/9/2021", "2021-09-30"),
        ("Trước hoặc trong ngày 30/9", "2021-09-30"),
        ("trong ngày 30/9", "2021-09-30"),
        ("ngày 30 tháng 9", "2021-09-30"),
        ("ngày 30 của tháng 9 năm 2021", "2021-09-30"),
        ("30 tháng 9/2021", "2021-09-30"),
        ("ngày 30 - tháng 9 - năm 2021", "2021-09-30"),
        ("30-9 - năm 2021", "2021-09-30"),
        ("tháng 9 - 2021", "2021-09-30"),
        ("30/9 năm 2021", "2021-09-30"),
        ("30.9.2021", "2021-09-30"),
        ("30-9-2021", "2021-09-30"),
        ("30/09/21", "2021-09-30"),
        ("2021-09-30", "2021-09-30"),
        ("2021-09-30 00:00:00", "2021-09-30"),
        ("thứ Năm, ngày 30/9/2021", "2021-09-30"),
        ("đến hết tháng 9", "2021-09-30"),
        ("đến hết quý III/2021", "2021-09-30"),
        ("hết quý III", "2021-09-30"),
        ("trong tháng 9", "2021-09-30"),
        ("trong quý IV năm 2021", "2021-12-31"),
        ("Quý 4/2021", "2021-12-31"),
        ("quý tư năm 2021", "2021-12-31"),
        ("Q3/2021", "2021-09-30"),
        ("Quí III/2021", "2021-09-30"),
        ("Q.III/2021", "2021-09-30"),
        ("T9/2021", "2021-09-30"),
        ("9/2021", "2021-09-30"),
        ("tháng chín năm 2021", "2021-09-30"),
        ("tháng năm năm 2021", "2021-05-31"),
        ("tháng 2/2024", "2024-02-29"),
        ("tháng 7, 8, 9", "2021-09-30"),
        ("các tháng 7, 8 và 9 năm 2022", "2022-09-30"),
        ("tháng 11/2017, 12/2017 và 1/2018", "2018-01-31"),
        ("tháng 12/2017, 1, 2/2018", "2018-02-28"),
        ("Quý II, III/2017", "2017-09-30"),
        ("năm 2021, 2022", "2022-12-31"),
        ("2021", "2021-12-31"),
        ("năm nay", "2021-12-31"),
        ("trong năm", "2021-12-31"),
        ("đến hết năm", "2021-12-31"),
        ("đến năm 2025", "2025-12-31"),
        ("6 tháng đầu năm 2021", "2021-06-30"),
        ("sáu tháng cuối năm", "2021-12-31"),
        ("9 tháng đầu năm", "2021-09-30"),
        ("nửa đầu năm 2022", "2022-06-30"),
        ("trước tháng 10/2021", "2021-09-30"),
        ("trước quý IV", "2021-09-30"),
        ("trước năm 2022", "2021-12-31"),
        ("Từ nay đến 30/9", "2021-09-30"),
        ("Từ ngày ký đến hết năm 2021", "2021-12-31"),
        ("trước 17h00 ngày 30/9/2021", "2021-09-30"),
        ("Trước 16 giờ 30 phút, ngày 30/9", "2021-09-30"),
        ("16:30 ngày 30/9", "2021-09-30"),
        ("trước 0h ngày 30/9", "2021-09-29"),
        ("30/9/2021 17:00", "2021-09-30"),
        ("trước ngày 30/9/2021, 17 giờ", "2021-09-30"),
        ("ngày 30/9 lúc 16h30", "2021-09-30"),
        ("2021-09-30T17:00:00", "2021-09-30"),
    ],
)
def test_a_single_last_day_is_read(text, due_on):
    assert facts(read_deadline(text, year=2021)) == ("fixed", None, due_on, False)


@pytest.mark.parametrize(
    ("text", "starts_on", "due_on"),
    [
        ("năm 2017 - 2018", "2017-01-01", "2018-12-31"),
        ("2017-2018", "2017-01-01", "2018-12-31"),
        ("giai đoạn 2021 - 2025", "2021-01-01", "2025-12-31"),
        ("Từ 30/12/2016 đến 31/3/2017", "2016-12-30", "2017-03-31"),
        ("Từ tháng 3/2017 đến năm 2018", "2017-03-01", "2018-12-31"),
        ("Từ tháng 3 đến 11/2017", "2017-03-01", "2017-11-30"),
        ("tháng 2 - 4/2017", "2017-02-01", "2017-04-30"),
        ("tháng 2/2017-9/2018", "2017-02-01", "2018-09-30"),
        ("Quý I - III/2017", "2017-01-01", "2017-09-30"),
        ("Quý IV/2020 – quý I/2021", "2020-10-01", "2021-03-31"),
        ("từ ngày 1 đến ngày 15/9", "2021-09-01", "2021-09-15"),
        ("1-15/9/2021", "2021-09-01", "2021-09-15"),
        ("1-9 - 15-9-2021", "2021-09-01", "2021-09-15"),
        ("30/9 - 15/10", "2021-09-30", "2021-10-15"),
        ("từ tháng 3, 4 đến tháng 9, 10/2021", "2021-03-01", "2021-10-31"),
        ("Từ tháng 3 đến hết năm", "2021-03-01", "2021-12-31"),
        ("Từ tháng 3/2017 đến tháng 11", "2017-03-01", "2017-11-30"),
        ("Từ 1/9 đến trước ngày 30/9", "2021-09-01", "2021-09-29"),
        ("6 tháng đầu năm đến 30/9/2022", "2022-01-01", "2022-09-30"),
        ("từ tháng tư tới tháng sáu năm 2021", "2021-04-01", "2021-06-30"),
        ("từ T3 đến T9/2021", "2021-03-01", "2021-09-30"),
    ],
)
def test_a_range_is_read(text, starts_on, due_on):
    assert facts(read_deadline(text, year=2021)) == ("fixed", starts_on, due_on, False)


@pytest.mark.parametrize(
    ("text", "kind", "starts_on", "due_on"),
    [
        ("Thường xuyên, liên tục", "ongoing", None, None),
        ("Thực hiện thường xuyên", "ongoing", None, None),
        ("Nhiệm vụ thường xuyên.", "ongoing", None, None),
        ("Thường xuyên từ tháng 3/2017", "ongoing", "2017-03-01", None),
        ("Từ năm 2021 trở đi", "ongoing", "2021-01-01", None),
        ("Thường xuyên trong năm 2021", "fixed", None, "2021-12-31"),
        ("Năm 2021 và thường xuyên", "fixed", None, "2021-12-31"),
        ("30/9/2021, thường xuyên", "fixed", None, "2021-09-30"),
        ("Thường xuyên từ tháng 3 đến tháng 11/2017", "fixed", "2017-03-01", "2017-11-30"),
    ],
)
def test_standing_work_may_stand_beside_a_date(text, kind, starts_on, due_on):
    assert facts(read_deadline(text, year=2021)) == (kind, starts_on, due_on, True)


@pytest.mark.parametrize(
    ("text", "working_days", "counts_from"),
    [
        ("10 ngày làm việc", 10, None),
        ("không quá 10 ngày làm việc", 10, None),
        ("10 (mười) ngày làm việc kể từ ngày ký", 10, CountsFrom.SIGNED),
        ("trong vòng mười lăm (15) ngày làm việc kể từ ngày kí", 15, CountsFrom.SIGNED),
        ("Trong vòng 05 ngày làm việc kể từ ngày ký ban hành", 5, CountsFrom.ISSUED),
        ("trong vòng 15 ngày làm việc kể từ ngày nhận được văn bản", 15, CountsFrom.RECEIVED),
        ("chậm nhất sau 5 ngày làm việc kể từ khi nhận hồ sơ", 5, CountsFrom.RECEIVED),
        ("Kể từ ngày ký, trong 10 ngày làm việc", 10, CountsFrom.SIGNED),
        ("15 ngày làm việc, kể từ ngày được giao nhiệm vụ", 15, CountsFrom.ASSIGNED),
        ("mười lăm ngày làm việc kể từ ngày có hiệu lực", 15, CountsFrom.IN_FORCE),
        ("hai mươi ngày làm việc", 20, None),
        ("trong vòng năm ngày làm việc", 5, None),
        ("10 ngày làm việc sau khi Bộ Nội vụ công bố kết quả", 10, CountsFrom.OTHER),
        (
            "5 ngày làm việc kể từ ngày nhận được Công văn số 12/UBND-NC ngày 5/8/2021",
            5,
            CountsFrom.RECEIVED,
        ),
    ],
)
def test_a_budget_of_working_days_is_read_with_its_event(text, working_days, counts_from):
    deadline = read_deadline(text, year=2021)
    assert deadline.kind is DeadlineKind.RELATIVE
    assert (deadline.working_days, deadline.counts_from) == (working_days, counts_from)
    assert deadline.due_on is deadline.starts_on is None


def test_a_budget_that_counts_from_a_named_day_keeps_it():
    deadline = read_deadline("Trong 10 ngày làm việc kể từ ngày 01/9", year=2021)
    assert deadline.counts_from is CountsFrom.NAMED_DAY
    assert (deadline.starts_on, deadline.due_on) == (date(2021, 9, 1), None)


@pytest.mark.parametrize(
    ("text", "recurs"),
    [
        ("hàng tháng, chậm nhất ngày 25", "FREQ=MONTHLY;BYMONTHDAY=25"),
        ("trước ngày 20 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=19"),
        ("Báo cáo hằng tháng (trước ngày 20)", "FREQ=MONTHLY;BYMONTHDAY=19"),
        ("Hằng tháng, trước ngày 05 của tháng sau", "FREQ=MONTHLY;BYMONTHDAY=4"),
        ("Hằng tháng, trước ngày 1", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("ngày 15 và ngày 30 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=15,30"),
        ("trước ngày 1 và 16 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=15,-1"),
        ("ngày cuối tháng hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("trước 16 giờ ngày 20 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=20"),
        ("định kỳ hằng tháng", "FREQ=MONTHLY"),
        ("mỗi tháng một lần", "FREQ=MONTHLY"),
        ("Định kỳ 6 tháng một lần", "FREQ=MONTHLY;INTERVAL=6"),
        ("03 tháng/lần", "FREQ=MONTHLY;INTERVAL=3"),
        ("hằng quý", "FREQ=MONTHLY;INTERVAL=3"),
        ("định kì hàng quí", "FREQ=MONTHLY;INTERVAL=3"),
        ("1 lần/quý", "FREQ=MONTHLY;INTERVAL=3"),
        (
            "hằng quý, trước ngày 15 của tháng cuối quý",
            "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=14",
        ),
        ("ngày 15 tháng cuối mỗi quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15"),
        (
            "hằng quý, trước ngày 1 tháng đầu quý sau",
            "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
        ),
        ("hằng quý, ngày cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
        ("hàng tuần", "FREQ=WEEKLY"),
        ("thứ sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR"),
        ("Hằng tuần, trước thứ Hai", "FREQ=WEEKLY;BYDAY=SU"),
        ("thứ 2, thứ 5 hằng tuần", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("hàng ngày", "FREQ=DAILY"),
        ("Hằng năm", "FREQ=YEARLY"),
        ("thường xuyên hằng năm", "FREQ=YEARLY"),
        ("hằng năm, trước ngày 15/12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=14"),
        ("trước ngày 01/01 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"),
        ("trước ngày 1/3 hằng năm", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        ("ngày 15 tháng 12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
        ("15/6 và 15/12 hằng năm", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15"),
        ("tháng 6 và tháng 12 hằng năm", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"),
        ("trước quý IV hằng năm", "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=-1"),
        ("Hằng tháng trong năm 2021", "FREQ=MONTHLY;UNTIL=20211231"),
    ],
)
def test_what_comes_again_is_an_rfc_5545_rule(text, recurs):
    deadline = read_deadline(text, year=2021)
    assert (deadline.kind, deadline.recurs) == (DeadlineKind.RECURRING, recurs)
    assert deadline.ongoing
    assert deadline.due_on is None


def test_what_comes_again_may_begin_and_end():
    deadline = read_deadline("Hằng tháng từ tháng 3 đến tháng 11/2021", year=None)
    assert deadline.starts_on == date(2021, 3, 1)
    assert deadline.recurs == "FREQ=MONTHLY;UNTIL=20211130"


@pytest.mark.parametrize("text", ["Không thời hạn", "không có thời hạn", "Không quy định thời hạn"])
def test_words_may_say_that_there_is_no_deadline(text):
    assert read_deadline(text, year=2021).kind is DeadlineKind.NONE
