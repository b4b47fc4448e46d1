"""What the cells of one task say: its source, year, deadline, state, and who acts."""

from datetime import date, datetime

import pytest

from tests.fixtures.sheets import MINISTRY_SHEET
from tests.workflow.documents.test_sheet import one, read, reasons
from workflow.documents.records import CarriedState

DATED = ["STT", "Nhiệm vụ", "Chủ trì", "Văn bản giao", "Ngày văn bản", "Thời hạn"]
STATED = ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Sản phẩm", "Tình trạng", "Kết quả thực hiện",
          "Ngày hoàn thành"]  # fmt: skip


def test_a_state_standing_alone_as_output_is_work_done_elsewhere():
    done = read(MINISTRY_SHEET).rows[3]
    assert (done.expected_output, done.carried_over.state) == ("", CarriedState.DONE)
    assert (done.carried_over.words, done.carried_over.reached_on) == ("Đã hoàn thành", None)
    assert [row.row for row in read(MINISTRY_SHEET).rows if row.carried_over] == [5]


def test_what_is_missing_waits_for_a_person():
    assert reasons(one(1, None, "Sở Nội vụ")) == [("content", "", "missing_content")]
    assert reasons(one(1, "Việc")) == [("lead", "", "missing_lead")]
    assert reasons(one(1, "Việc", "#REF!")) == [("lead", "#REF!", "error_cell")]
    assert reasons(one(1, "#N/A", "Sở Nội vụ")) == [("content", "#N/A", "error_cell")]


def test_texts_beyond_the_limits_are_kept_whole_and_said():
    long = "x" * 5001
    row = one(1, long, "Sở " + "a" * 600, None, None, long)
    assert row.content == row.expected_output == long
    assert [(u.field, u.reason) for u in row.unresolved] == [
        ("content", "too_long"), ("expected_output", "too_long"), ("lead", "too_long"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "day", "reason"),
    [
        ("20/01/2017", date(2017, 1, 20), None),
        ("20-1-2017", date(2017, 1, 20), None),
        ("ngày 20 tháng 01 năm 2017", date(2017, 1, 20), None),
        ("2017-01-20", date(2017, 1, 20), None),
        (date(2017, 1, 20), date(2017, 1, 20), None),
        (
            datetime(2017, 1, 20, 8, 30),  # noqa: DTZ001  # as a spreadsheet has it
            date(2017, 1, 20),
            None,
        ),
        ("31/02/2017", None, "impossible_date"),
        ("20/01/17", None, "unreadable_date"),
        ("20/01/3017", None, "unreadable_date"),
        ("tháng 1", None, "unreadable_date"),
        (42755, None, "unreadable_date"),
        ("20/01/2017 và 21/01/2017", None, "several_dates"),
        (None, None, None),
    ],
)
def test_the_date_of_the_source_is_read_or_waits(value, day, reason):
    row = one(1, "Việc", "Sở Nội vụ", "12/KH-UBND", value, "Thường xuyên", heading=DATED)
    assert (row.source_text, row.source_date) == ("12/KH-UBND", day)
    assert [u.reason for u in row.unresolved if u.field == "source_date"] == (
        [reason] if reason else []
    )


def test_a_date_in_the_words_of_the_source_is_its_date():
    row = one(
        1, "Việc", "Sở Nội vụ", "Công văn 12/UBND-NC ngày 20/01/2017", None, "30/9", heading=DATED
    )
    assert (row.source_date, row.deadline.due_on) == (date(2017, 1, 20), date(2017, 9, 30))


@pytest.mark.parametrize(
    ("options", "source_date", "above", "due"),
    [
        ({"year": 2019}, "20/01/2017", ["tháng 8 năm 2021"], date(2019, 9, 30)),
        ({}, "20/01/2017", ["tháng 8 năm 2021"], date(2017, 9, 30)),
        ({}, None, ["(Kèm theo Công văn số 5/UBND ngày 3/8/2021)", "Năm 2020"], date(2021, 9, 30)),
        ({}, "31/02/2017", ["Kế hoạch năm 2021"], date(2021, 9, 30)),
        ({"name": "nhiem_vu_2021.xlsx"}, None, ["Phụ lục"], date(2021, 9, 30)),
        ({"name": "nhiem_vu_2021.xlsx"}, None, ["Năm 2020"], date(2020, 9, 30)),
    ],
)
def test_the_year_is_the_one_given_then_the_sources_then_the_sheets(
    options, source_date, above, due
):
    row = one(
        1, "Việc", "Sở Nội vụ", "", source_date, "30/9", heading=DATED, above=above, **options
    )
    assert (row.deadline.due_on, row.year) == (due, due.year)


@pytest.mark.parametrize(
    "above",
    [
        [],
        ["Kế hoạch năm 2020, năm 2021"],
        ["Số 15/2019/NQ-HĐND"],
        ["KẾ HOẠCH NĂM 2022", "(Kèm theo Quyết định số 9/QĐ-UBND ngày 15 tháng 12 năm 2021)"],
    ],
)
def test_without_one_year_a_day_and_month_wait(above):
    row = one(1, "Việc", "Sở Nội vụ", None, "Trước ngày 30-9", above=above)
    assert reasons(row) == [("deadline", "Trước ngày 30-9", "no_year")]


def test_a_province_that_counts_before_as_until_has_its_way():
    row = one(1, "Việc", "Sở Nội vụ", None, "Trước ngày 30-9", year=2021, before_is_strict=False)
    assert row.deadline.due_on == date(2021, 9, 30)


def test_a_date_cell_is_a_deadline():
    row = one(1, "Việc", "Sở Nội vụ", None, date(2021, 9, 30))
    assert (row.deadline.text, row.deadline.due_on) == ("30/09/2021", date(2021, 9, 30))


@pytest.mark.parametrize(
    ("state", "result", "day", "carried", "done_on", "reason"),
    [
        ("Đã hoàn thành", None, "15/3/2021", "done", date(2021, 3, 15), None),
        (
            "Hoàn thành",
            "Đã ban hành Quyết định 5",
            date(2021, 3, 15),
            "done",
            date(2021, 3, 15),
            None,
        ),
        ("Đã hoàn thành ngày 15/3/2021", None, None, "done", date(2021, 3, 15), None),
        ("Hoàn thành đúng hạn (100%)", None, None, "done", None, None),
        ("ĐANG THỰC HIỆN", "Đã họp hai lần", None, "in_progress", None, None),
        ("Đang triển khai", None, None, "in_progress", None, None),
        ("Chưa hoàn thành", None, None, "in_progress", None, None),
        ("Quá hạn", None, None, "in_progress", None, None),
        (None, None, "15/3/2021", "done", date(2021, 3, 15), None),
        (None, "Đã hoàn thành", None, "done", None, None),
        (None, None, "Đã hoàn thành", "done", None, None),
        ("Chưa thực hiện", None, None, None, None, None),
        (None, None, None, None, None, None),
        ("Hoàn thành 50%", None, None, None, None, "unreadable_state"),
        ("Hoàn thành 2/3 nội dung", None, None, None, None, "unreadable_state"),
        ("Đã hoàn thành một phần", None, None, None, None, "unreadable_state"),
        ("Dừng thực hiện", None, None, None, None, "stopped_elsewhere"),
        ("Tạm dừng", None, None, "paused", None, None),
        ("Tạm dừng từ ngày 15/3/2021", "Đã họp", None, "paused", date(2021, 3, 15), None),
        ("Đang tạm dừng (kể từ ngày 15-3-2021)", None, None, "paused", date(2021, 3, 15), None),
        ("Tạm dừng theo Công văn 9/UBND ngày 1/2/2021", None, None, "paused", None, None),
        ("Tạm dừng do chưa có vốn", None, None, "paused", None, None),
        ("Tạm dừng đến ngày 15/3/2021", None, None, None, None, "unreadable_state"),
        ("Tạm dừng", None, "15/3/2021", None, None, "states_differ"),
        ("Tạm dừng từ ngày 31/02/2021", None, None, "paused", None, "impossible_date"),
        (None, "Đã trình dự thảo", None, None, None, "state_not_given"),
        ("Đang thực hiện", "Đã hoàn thành", None, None, None, "states_differ"),
        ("Đang thực hiện", None, "15/3/2021", None, None, "states_differ"),
        ("Đã hoàn thành", None, "31/02/2021", "done", None, "impossible_date"),
    ],
)
def test_state_result_and_date_carry_work_over(state, result, day, carried, done_on, reason):
    row = one(1, "Việc", "Sở Nội vụ", "30/9/2021", "Báo cáo", state, result, day, heading=STATED)
    found = row.carried_over
    assert (found and found.state.value, found and found.reached_on) == (carried, done_on)
    assert [u.reason for u in row.unresolved] == ([reason] if reason else [])
    assert row.expected_output == "Báo cáo"


def test_a_plain_output_is_not_a_state():
    row = one(1, "Việc", "Sở Nội vụ", None, None, "Hoàn thành báo cáo tổng kết")
    assert (row.expected_output, row.carried_over) == ("Hoàn thành báo cáo tổng kết", None)


def test_one_column_for_both_roles_is_parted_at_its_labels():
    heading = ["STT", "Nhiệm vụ", "Cơ quan chủ trì, phối hợp"]
    row = one(1, "Việc", "Chủ trì: Sở Nội vụ; Phối hợp: Sở Y tế, Thanh tra tỉnh", heading=heading)
    assert [m.agency_id for m in row.lead] == [1]
    assert [m.agency_id for m in row.coordinating] == [6, 2]
    assert reasons(one(1, "Việc", "Sở Nội vụ", heading=heading)) == []
    unclear = one(1, "Việc", "Sở Nội vụ, Sở Y tế", heading=heading)
    assert reasons(unclear) == [("lead", "Sở Nội vụ, Sở Y tế", "lead_unclear")]


def test_a_deadline_column_called_han_is_not_lost_to_the_day_of_completion():
    heading = ["Nhiệm vụ", "Chủ trì", "Hạn", "Tình trạng", "Ngày hoàn thành"]
    row = one("Việc", "Sở Nội vụ", "30/9/2021", "Đã hoàn thành", "15/9/2021", heading=heading)
    assert row.deadline.due_on == date(2021, 9, 30)
    assert row.carried_over.reached_on == date(2021, 9, 15)


@pytest.mark.parametrize(("value", "due_on"), [(15.9, date(2021, 9, 15)), (15.1, None)])
def test_a_number_that_may_have_been_october_waits(value, due_on):
    row = one(1, "Việc", "Sở Nội vụ", None, value, year=2021)
    assert row.deadline.due_on == due_on
    waits = [] if due_on else [("deadline", "15.1", "several_readings")]
    assert reasons(row) == waits


def test_a_day_of_completion_that_is_none_waits():
    heading = ["Nhiệm vụ", "Chủ trì", "Tình trạng"]
    words = "Đã hoàn thành ngày 31/02/2021"
    row = one("Việc", "Sở Nội vụ", words, heading=heading)
    assert reasons(row) == [("completed_on", words, "impossible_date")]
