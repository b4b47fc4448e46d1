"""Phrases as offices write them, from many hands: spacing, capitals, Roman figures, ranges, gaps."""

from __future__ import annotations

import unicodedata

import pytest

from workflow.deadlines.phrases import read_deadline

FIXED = """
TRƯỚC NGÀY 30/09/2021                    |            | 2021-09-29
Trước   ngày 30/9 .                      |            | 2021-09-29
trước ngày 30 - 9                        |            | 2021-09-29
Trước 15/ 9                              |            | 2021-09-14
trước ngày 15/9 ( thứ Tư )               |            | 2021-09-14
Xong trước 30/9/2021                     |            | 2021-09-29
Báo cáo UBND tỉnh trước ngày 30/9/2021   |            | 2021-09-29
Trước ngày 1/1/2022                      |            | 2021-12-31
Trước ngày 01/3/2024                     |            | 2024-02-29
Trước quý IV/2021                        |            | 2021-09-30
chậm nhất là ngày 15 tháng 10 năm 2021   |            | 2021-10-15
Chậm nhất đến hết ngày 15/10             |            | 2021-10-15
không muộn hơn ngày 30/9                 |            | 2021-09-30
Trước 17 giờ ngày 30/9                   |            | 2021-09-30
15h00 ngày 30/9/2021                     |            | 2021-09-30
Đến 30/9                                 |            | 2021-09-30
Thời hạn hoàn thành: 30/9/2021           |            | 2021-09-30
Ngày 30, tháng 9, năm 2021               |            | 2021-09-30
30 -9 -2021                              |            | 2021-09-30
30/9/21                                  |            | 2021-09-30
Ngày ba mươi tháng chín năm 2021         |            | 2021-09-30
Hết quý III                              |            | 2021-09-30
Quý Ⅲ/2021                               |            | 2021-09-30
QuýI/2017                                |            | 2017-03-31
Q.III/2021                               |            | 2021-09-30
Quí I/2022                               |            | 2022-03-31
tháng10/2018                             |            | 2018-10-31
Tháng 2 năm 2023                         |            | 2023-02-28
Trình UBND tỉnh trong tháng 9/2021       |            | 2021-09-30
Hoàn thành trong năm 2021                |            | 2021-12-31
Từ nay đến hết năm 2021                  |            | 2021-12-31
Quý III, IV/2021                         |            | 2021-12-31
Tháng 9 và tháng 10/2021                 |            | 2021-10-31
Từ 01/9 đến 30/11/2021                   | 2021-09-01 | 2021-11-30
Từ 01/9/2021 đến 30/11                   | 2021-09-01 | 2021-11-30
Từ 15 đến 20/9                           | 2021-09-15 | 2021-09-20
01-30/9/2021                             | 2021-09-01 | 2021-09-30
Từ tháng 9/2021 đến tháng 12             | 2021-09-01 | 2021-12-31
Từ tháng 9 đến hết năm 2022              | 2022-09-01 | 2022-12-31
Từ tháng 9/2021 đến hết năm 2022         | 2021-09-01 | 2022-12-31
Từ quý III đến hết năm                   | 2021-07-01 | 2021-12-31
Từ Quý I/2017 đến hết tháng 9/2018       | 2017-01-01 | 2018-09-30
Quý IV/2021 - Quý I/2022                 | 2021-10-01 | 2022-03-31
Tháng 12/2021 - 01/2022                  | 2021-12-01 | 2022-01-31
Tháng 8-9/2021                           | 2021-08-01 | 2021-09-30
Từ 03/2021 đến 05/2021                   | 2021-03-01 | 2021-05-31
Năm 2021-2022                            | 2021-01-01 | 2022-12-31
"""
WAITS = """
Trước ngày 31/02/2021 · 29/02/2021 · 31/4 · ngày 31 tháng 9 năm 2021 · Ngày 00/10/2021
00/00/0000 · tháng 13/2021 · Quý V/2021 · Năm 1021 · Năm 20211 · Quý l/2017
Từ tháng 11/2021 đến tháng 2 · Từ 25/12 đến 05/01/2022 · 31/12/2020 đến 30/9/2020
30/9/2021 và 31/12/2021 · 30/9/2021; 31/12/2021 · 30/9/2021 hoặc 31/10/2021
Trước ngày 30/9 (đợt 1), 31/12 (đợt 2) · Đợt 1: 30/9; đợt 2: 30/12 · Tháng 9, tháng 12/2021
Hoàn thành trong Quý III/2021, báo cáo UBND tỉnh trước ngày 15/10/2021
Trước ngày 30/6 và 31/12 hằng năm · Hằng tháng (trước ngày 20), hằng quý (trước ngày 15)
Cuối năm 2021 · Đầu quý IV · Nửa đầu tháng 9 · Tháng 9/2021 (dự kiến) · năm sau
Trong 10 ngày kể từ ngày ký · Trong vòng 3 tuần · Trong 01 tháng kể từ ngày ký
sau 7 ngày làm việc · Ngay sau khi ban hành · Khi có yêu cầu · Hỏa tốc · Khẩn trương
Thứ Sáu, 30/9/2021 · Trước Tết Nguyên đán · Theo chỉ đạo của UBND tỉnh · Trước ngày .../9/2021
Năm học 2021-2022 · Từ ngày ký · Không · Định kỳ 6 tháng, năm · Trong 1.000 ngày làm việc
"""


def rows(table):
    for line in table.strip().splitlines():
        text, start, due = (part.strip() for part in line.split("|"))
        yield text, start or None, due


def single(table):
    return [text.strip() for line in table.strip().splitlines() for text in line.split(" · ")]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("text", "start", "due"), list(rows(FIXED)))
def test_what_an_office_means_is_read(text, start, due, form):
    found = read_deadline(unicodedata.normalize(form, text), year=2021).as_json()
    assert (found["kind"], found["starts_on"], found["due_on"], found["ongoing"]) == (
        "fixed", start, due, False,
    )  # fmt: skip


@pytest.mark.parametrize("text", single(WAITS))
def test_what_leaves_a_doubt_waits_for_a_person(text):
    found = read_deadline(text, year=2021)
    assert found.kind.value == "unknown"
    assert found.reason is not None
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "kind", "starts_on", "working_days", "recurs"),
    [
        ("Từ 2017 và thường xuyên", "ongoing", "2017-01-01", None, None),
        ("Thường xuyên từ tháng 9/2021", "ongoing", "2021-09-01", None, None),
        ("Thường xuyên, liên tục", "ongoing", None, None, None),
        ("05 ngày làm việc sau khi nhận được văn bản", "relative", None, 5, None),
        ("Trong 10 (mười) ngày làm việc kể từ ngày ký", "relative", None, 10, None),
        ("Trong 10 ngày làm việc kể từ ngày 01/9/2021", "relative", "2021-09-01", 10, None),
        ("Trước ngày 20 hằng tháng", "recurring", None, None, "FREQ=MONTHLY;BYMONTHDAY=19"),
        ("Định kỳ hằng tháng (trước ngày 20)", "recurring", None, None,
         "FREQ=MONTHLY;BYMONTHDAY=19"),
        ("Thứ Sáu hằng tuần", "recurring", None, None, "FREQ=WEEKLY;BYDAY=FR"),
        ("Tháng 6 và tháng 12 hằng năm", "recurring", None, None,
         "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"),
        ("Thường xuyên, báo cáo trước ngày 15/12 hằng năm", "recurring", None, None,
         "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=14"),
    ],
)  # fmt: skip
def test_standing_counted_and_recurring_work_is_told_apart(
    text, kind, starts_on, working_days, recurs
):
    found = read_deadline(text, year=2021).as_json()
    del found["text"], found["ongoing"]
    assert found == {
        "kind": kind, "starts_on": starts_on, "due_on": None, "working_days": working_days,
        "recurs": recurs,
    }  # fmt: skip


def test_a_year_of_two_figures_needs_a_whole_one_beside_it():
    assert read_deadline("30/9/21", year=None).reason.value == "no_year"
    assert read_deadline("từ 1/9/21 đến 30/9/2021", year=None).as_json()["due_on"] == "2021-09-30"
