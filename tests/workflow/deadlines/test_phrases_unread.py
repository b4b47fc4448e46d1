"""What is not certain waits for a person, with its reason; nothing is guessed."""

import pytest

from workflow.deadlines.phrases import read_deadline
from workflow.deadlines.records import DeadlineKind, Unread

WAITING = {
    Unread.TWO_ENDS: [
        "Trong Quý I và trước ngày 30/4/2017",
        "Trước ngày 30/9, chậm nhất 15/10",
        "Quý III/2021 (trước ngày 15/9/2021)",
        "30/9 hoặc 15/10",
        "Quý I và tháng 9/2017",
        "Hằng tháng, 15/9",
        "hằng năm 2022",
        "Hằng tháng, trước ngày 20/9",
        "10 ngày làm việc kể từ ngày ký, 30/9/2021",
        "5 ngày làm việc kể từ ngày ký và trước 30/9",
        "trước 30/6 và 31/12 hằng năm",
        "hằng năm từ quý I đến quý II",
        "tháng 3, 6, 9",
        "các tháng 3, 6 và 9 năm 2022",
        "Tháng 6, tháng 12/2021",
        "Quý I, III/2021",
        "Năm 2021, 2023",
    ],
    Unread.IMPOSSIBLE_DATE: [
        "31/02",
        "31/02/2021",
        "trước ngày 31/4",
        "29/2",
        "30 tháng 2 năm 2024",
        "0/9",
        "1/13/2021",
        "tháng 13/2021",
        "tháng 0/2021",
        "Quý V/2021",
        "quý 0",
        "từ 31/9 đến 15/10",
        "từ ngày 1 đến ngày 31/9",
        "năm 3000",
        "ngày 32 hằng tháng",
        "30/2 hằng năm",
        "trong 0 ngày làm việc",
        "2021-02-30",
        "10 ngày làm việc kể từ ngày 31/02",
    ],
    Unread.REVERSED_RANGE: [
        "từ tháng 11 đến tháng 2/2018",
        "từ 30/9 đến 1/9/2021",
        "năm 2018 - 2017",
        "Quý IV - Quý I/2021",
        "tháng 9, 3",
        "từ 30/9 đến trước ngày 30/9",
    ],
    Unread.NO_YEAR: ["30/9/75", "30/9/19", "1/9/31", "từ 1/9/99 đến 30/9/99"],
    Unread.NO_END: ["Từ tháng 3/2021", "từ ngày 1/9", "kể từ năm 2021"],
    Unread.WEEKDAY_DIFFERS: ["thứ Sáu, ngày 30/9/2021", "30/9/2021 (thứ 2)"],
    Unread.NOT_WORKING_DAYS: [
        "trong 30 ngày kể từ ngày ký",
        "30 ngày",
        "trong vòng 03 tháng",
        "trong 24 giờ",
        "2 tuần kể từ ngày nhận được văn bản",
    ],
    Unread.SEVERAL_READINGS: ["quý 1-3/2017"],
    Unread.BLANK_LEFT: [
        "ngày ... tháng 9 năm 2021",
        "ngày …/9/2021",
        "Trước ngày ___/9",
        "30/9/20...",
        "trong năm …",
        "10 ngày làm việc kể từ ngày…",
    ],
    Unread.VAGUE: [
        "cuối năm 2021",
        "đầu quý II/2021",
        "giữa tháng 9",
        "khoảng tháng 9",
        "dự kiến tháng 9",
        "sớm nhất",
        "sau ngày 30/9",
        "sau 10 ngày làm việc",
        "sau thang dau nam 2021",
        "khi có yêu cầu",
        "đến cuối tháng 9",
        "trước cuối năm",
    ],
    Unread.NOT_UNDERSTOOD: [
        "-",
        "x",
        "theo kế hoạch",
        "Đã hoàn thành",
        "hoàn thành",
        "định kỳ",
        "T9",
        "9",
        "tháng 9?",
        "tháng năm 2021",
        "tháng   năm 2021",
        "ngày   tháng 9",
        "quý /2021",
        "9//2021",
        "2-9/2017",
        "5-10-9",
        "10-11-12",
        "ngày 9/2021",
        "tháng 9/21",
        "½",
        "báo cáo quý III/2021",
        "Báo cáo tháng 9 trước ngày 15/9",
        "hằng quý, trước ngày 15",
        "trong quý này",
        "trước 5 ngày làm việc",
        "mới năm 2021",
        "năm 2021 và các năm tiếp theo",
        "Thường xuyên theo dõi",
        "by 30 September 2021",
        "Trong 10 ngày làm việc và thường xuyên",
        "Từ ngày 15/9 đến ngày 20",
        "10 ngày làm việc kể từ tháng 9",
        "12345",
        "đến năm",
        "chậm nhất năm",
        "kể từ ngày ký 30 15 ngày làm việc",
        "trong mười năm (5) ngày làm việc",
        "30/9/2021 25:61",
        "10 ngày làm việc kể từ kể từ",
        "100 tháng một lần",
        "٣٠/٩",
    ],
    Unread.TOO_LONG: ["thường xuyên " * 30, "1-" * 60],
}


@pytest.mark.parametrize(
    ("text", "reason"), [(text, reason) for reason, texts in WAITING.items() for text in texts]
)
def test_what_is_not_certain_waits_with_its_reason(text, reason):
    deadline = read_deadline(text, year=2021)
    assert (deadline.kind, deadline.reason) == (DeadlineKind.UNKNOWN, reason)
    assert deadline.text == text
    assert deadline.as_json() | {"text": "", "kind": ""} == {
        "text": "",
        "kind": "",
        "starts_on": None,
        "due_on": None,
        "ongoing": False,
        "working_days": None,
        "recurs": None,
    }


@pytest.mark.parametrize(
    "text",
    ["Trước ngày 30-9", "tháng 9", "Quý I - quý III", "trong năm", "từ tháng 3 và thường xuyên"],
)
@pytest.mark.parametrize("year", [None, 0, -1, 20_210, 10**9])
def test_a_phrase_without_a_year_waits_where_the_document_has_none(text, year):
    deadline = read_deadline(text, year=year)
    assert (deadline.kind, deadline.reason) == (DeadlineKind.UNKNOWN, Unread.NO_YEAR)


@pytest.mark.parametrize(
    "text",
    [
        "30/9/2021",
        "Quý I đến tháng 9/2017",
        "Thường xuyên",
        "Hằng tháng, trước ngày 20",
        "hằng năm, trước ngày 15/12",
        "Trong 10 ngày làm việc kể từ ngày ký",
    ],
)
def test_a_phrase_that_needs_no_year_is_read_without_one(text):
    deadline = read_deadline(text, year=None)
    assert deadline.kind is not DeadlineKind.UNKNOWN
    assert deadline == read_deadline(text, year=1999)


def test_an_impossible_date_is_told_even_without_a_year():
    assert read_deadline("31/02", year=None).reason is Unread.IMPOSSIBLE_DATE
    assert read_deadline("29/2", year=None).reason is Unread.NO_YEAR
    assert read_deadline("29/2", year=2024).due_on is not None
