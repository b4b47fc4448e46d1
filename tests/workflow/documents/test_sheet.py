"""Task sheets are read row by row: nothing guessed, nothing dropped."""

import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fixtures.sheets import MINISTRY_SHEET, PROVINCE_SHEET, TASKS_HEADING, tasks
from workflow.agencies.matching import How, KnownAgency, KnownGroup, KnownNames
from workflow.deadlines.records import DeadlineKind
from workflow.documents.columns import Column
from workflow.documents.records import CarriedState
from workflow.documents.sheet import MergedCells, SkipReason, read_sheet
from workflow.errors import Refused

NAMES = KnownNames(
    (
        KnownAgency(1, "Sở Nội vụ"),
        KnownAgency(2, "Thanh tra tỉnh"),
        KnownAgency(3, "Văn phòng UBND tỉnh"),
        KnownAgency(4, "Vụ VTLT"),
        KnownAgency(5, "Vụ KHTC"),
        KnownAgency(6, "Sở Y tế"),
    ),
    (
        KnownGroup("departments", ("Các sở, ban, ngành",)),
        KnownGroup("districts", ("UBND cấp huyện",)),
    ),
)


def read(grid, **options):
    return read_sheet(grid, NAMES, **options)


def one(*row, heading=None, above=(), **options):
    (found,) = read(tasks(row, heading=heading, above=above), **options).rows
    return found


def reasons(row):
    return [(each.field, each.text, each.reason) for each in row.unresolved]


def test_a_provincial_annex_is_read_with_the_year_above_its_heading():
    reading = read(PROVINCE_SHEET)
    assert (reading.title, reading.year, reading.header_row) == (PROVINCE_SHEET[0][0], 2022, 4)
    assert [row.row for row in reading.rows] == [5, 6, 7, 8, 9]
    assert reading.skipped == ()
    first, second, third, fourth, fifth = reading.rows
    assert first.deadline.due_on == date(2022, 9, 29)
    assert reasons(first) == [("lead", "Các cơ quan được giao chủ trì", "vague_agency")]
    assert [match.group_code for match in second.lead] == ["departments", "districts"]
    assert [match.agency_id for match in third.coordinating] == [1, 2]
    assert third.field == "3"
    assert reasons(fourth) == [("lead", "Sở Thông tin và Truyền thông", "unknown_agency")]
    assert fifth.lead[0].how is How.VAGUE
    assert fifth.deadline.kind is DeadlineKind.NONE


def test_a_ministry_sheet_is_read_with_the_year_of_each_source():
    reading = read(MINISTRY_SHEET)
    assert (reading.title, reading.year, len(reading.rows)) == ("", None, 7)
    assert [(s.row, s.reason, s.text) for s in reading.skipped] == [(9, SkipReason.EMPTY_ROW, "14")]
    assert {row.source_date for row in reading.rows} == {date(2018, 2, 15)}
    assert [row.deadline.due_on for row in reading.rows] == [
        date(2019, 10, 31), date(2018, 12, 31), date(2019, 9, 30), date(2017, 12, 31),
        date(2019, 12, 31), None, None,
    ]  # fmt: skip
    assert [(u.row, u.reason) for u in reading.unresolved if u.field == "deadline"] == [
        (7, "two_ends")
    ]
    assert [match.words for match in reading.rows[2].lead] == ["Dự án Kho số", "Viện KHLT"]
    assert [match.words for match in reading.rows[5].lead] == [
        "Cục KT", "HV Quản lý", "các đơn vị liên quan",
    ]  # fmt: skip
    assert reading.rows[4].content == "Khảo sát kho"
    assert reading.rows[6].coordinating[0].how is How.SQUEEZED


def test_a_state_standing_alone_as_output_is_work_done_elsewhere():
    done = read(MINISTRY_SHEET).rows[3]
    assert (done.expected_output, done.carried_over.state) == ("", CarriedState.DONE)
    assert (done.carried_over.words, done.carried_over.reached_on) == ("Đã hoàn thành", None)
    assert [row.row for row in read(MINISTRY_SHEET).rows if row.carried_over] == [5]


@pytest.mark.parametrize(
    ("headings", "held"),
    [
        (["STT", "Nội dung", "Đơn vị chủ trì", "Thời hạn"], "ordinal content lead deadline"),
        (["TT", "Tên nhiệm vụ", "Cơ quan/đơn vị\nchủ trì", "Thời gian hoàn thành"],
         "ordinal content lead deadline"),
        (["stt", "noi dung nhiem vu", "co quan chu tri", "co quan phoi hop"],
         "ordinal content lead coordinating"),
        (["Số TT", "Nhiệm vụ được giao", "Cơ quan thực hiện", "Hạn hoàn thành", "Kết quả thực hiện",
          "Tình trạng", "Ghi chú"], "ordinal content lead deadline result state note"),
        (["Nội dung chỉ đạo", "Số, ký hiệu văn bản", "Ngày ban hành", "Người giao",
          "Chuyên viên theo dõi", "Đơn vị được giao", "Độ khẩn", "Độ mật"],
         "content source source_date assigner monitor lead urgency secrecy"),
        (["Nhiệm vụ", "Đơn vị", "Tiến độ", "Kết quả"], "content lead deadline expected_output"),
        (["Nhiệm vụ", "Đơn vị", "Tiến độ", "Tình trạng", "Kết quả"],
         "content lead deadline state result"),
        (["Nhiệm vụ", "Chủ trì", "Thời hạn", "Tiến độ", "Sản phẩm", "Kết quả"],
         "content lead deadline other expected_output result"),
        (["Nhiệm vụ", "Chủ trì", "Thời hạn", "Ngày hoàn thành"],
         "content lead deadline completed_on"),
        (["Nhiệm vụ", "Chủ trì", "Ngày hoàn thành"], "content lead deadline"),
        (["Số văn bản", "Trích yếu nội dung", "Đơn vị thực hiện"], "source content lead"),
        (["Mã nhiệm vụ", "Nhiệm vụ", "Lãnh đạo chủ trì", "Cơ quan chủ trì", "Nguồn kinh phí"],
         "other content other lead other"),
        (["Nhiệm vụ", "Cơ quan chủ trì, phối hợp", "Ngày bắt đầu", "Ngày kết thúc"],
         "content lead_and_coordinating other deadline"),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_words(headings, held):
    reading = read([headings, ["x"] * len(headings)])
    assert [column.holds.value for column in reading.columns] == held.split()
    assert [column.heading for column in reading.columns] == [" ".join(h.split()) for h in headings]


def test_a_heading_in_two_lines_is_one_heading():
    reading = read(
        [
            ["STT", "Nhiệm vụ", "Cơ quan thực hiện", None, "Thời gian", None],
            [None, None, "Chủ trì", "Phối hợp", "Bắt đầu", "Kết thúc"],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            [1, "Việc", "Sở Nội vụ", "Sở Y tế", "01/02/2021", "30/09/2021"],
        ]
    )
    (row,) = reading.rows
    assert [c.holds for c in reading.columns][2:] == [
        Column.LEAD, Column.COORDINATING, Column.OTHER, Column.DEADLINE,
    ]  # fmt: skip
    assert (row.lead[0].agency_id, row.coordinating[0].agency_id) == (1, 6)
    assert row.deadline.due_on == date(2021, 9, 30)
    assert row.extra == (("Thời gian / Bắt đầu", "01/02/2021"),)
    assert [skipped.reason for skipped in reading.skipped] == [SkipReason.NUMBERING]


def test_the_heading_is_found_under_a_long_preamble():
    above = [
        "UBND TỈNH THỬ NGHIỆM",
        "Số văn bản: 12/KH-UBND",
        "KẾ HOẠCH",
        "Cơ quan chủ trì: Sở Nội vụ",
    ]
    reading = read(tasks([1, "Việc", "Sở Nội vụ"], above=above))
    assert (reading.header_row, reading.preamble) == (5, tuple(above))
    assert reading.title == "KẾ HOẠCH Cơ quan chủ trì: Sở Nội vụ"
    above = ["CỘNG HÒA", "PHỤ LỤC", "(Kèm theo Kế hoạch)"]
    assert read(tasks([1, "Việc", "Sở Nội vụ"], above=above)).title == "PHỤ LỤC"


def test_rows_that_are_no_tasks_are_listed_with_their_reason():
    reading = read(
        tasks(
            ["I", "LĨNH VỰC ĐẤT ĐAI"],
            [1, "Việc một", "Sở Nội vụ", None, "30/9/2021"],
            [2, "Nhóm việc"],
            [None] * 6,
            ["2.1", "Việc hai", "Sở Y tế"],
            TASKS_HEADING,
            ["II. LĨNH VỰC KHÁC"],
            [3, "Việc ba", "Sở Y tế"],
            [4],
            [None] * 6,
            ["Tổng cộng: 03 nhiệm vụ"],
            [None, "Nơi nhận:", None, None, "TM. ỦY BAN NHÂN DÂN"],
            [None, "- Như trên;", None, None, "CHỦ TỊCH"],
            [None, "- Lưu: VT."],
        )
    )
    assert [(row.content, row.section) for row in reading.rows] == [
        ("Việc một", "I | LĨNH VỰC ĐẤT ĐAI"),
        ("Việc hai", "2 | Nhóm việc"),
        ("Việc ba", "II. LĨNH VỰC KHÁC"),
    ]
    assert [(s.row, s.reason.value) for s in reading.skipped] == [
        (2, "section"), (4, "section"), (7, "heading"), (8, "section"), (10, "empty_row"),
        (12, "total"), (13, "note"), (14, "note"), (15, "note"),
    ]  # fmt: skip


def test_a_second_table_with_other_columns_is_read_by_its_own_heading():
    reading = read(
        [
            ["STT", "Nhiệm vụ", "Chủ trì"],
            [1, "Việc một", "Sở Nội vụ"],
            ["STT", "Cơ quan chủ trì", "Nội dung", "Thời hạn"],
            [1, "Sở Y tế", "Việc hai", "30/9/2021"],
        ]
    )
    assert [(row.content, row.lead[0].agency_id) for row in reading.rows] == [
        ("Việc một", 1), ("Việc hai", 6),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        [None, "Chủ tịch UBND xã tự kiểm tra", "Sở Nội vụ", None, "30/9/2021"],
        ["-", "Việc không số"],
        [None, "việc chỉ có nội dung"],
        ["III", "Việc đánh số La Mã", "Sở Nội vụ"],
        ["3a)", "Việc xen giữa"],
        [None, None, "Sở Nội vụ"],
    ],
)
def test_a_row_that_may_be_a_task_is_kept_as_one(row):
    reading = read(tasks([1, "Việc một", "Sở Y tế"], row, [9, "Việc cuối", "Sở Y tế"]))
    assert [each.row for each in reading.rows] == [2, 3, 4]


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


DATED = ["STT", "Nhiệm vụ", "Chủ trì", "Văn bản giao", "Ngày văn bản", "Thời hạn"]


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


STATED = ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Sản phẩm", "Tình trạng", "Kết quả thực hiện",
          "Ngày hoàn thành"]  # fmt: skip


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


def test_columns_nobody_knows_are_kept_as_text():
    heading = ["STT", "Nhiệm vụ", "Chủ trì", "Kinh phí (triệu đồng)", "Ghi chú", "Độ mật"]
    row = one(1, "Việc", "Sở Nội vụ", 150.0, "gấp", "Thường", "lạc chỗ", heading=heading)
    assert row.extra == (("Kinh phí (triệu đồng)", "150"), ("Độ mật", "Thường"), ("", "lạc chỗ"))
    assert row.note == "gấp"


def test_one_column_for_both_roles_is_parted_at_its_labels():
    heading = ["STT", "Nhiệm vụ", "Cơ quan chủ trì, phối hợp"]
    row = one(1, "Việc", "Chủ trì: Sở Nội vụ; Phối hợp: Sở Y tế, Thanh tra tỉnh", heading=heading)
    assert [m.agency_id for m in row.lead] == [1]
    assert [m.agency_id for m in row.coordinating] == [6, 2]
    assert reasons(one(1, "Việc", "Sở Nội vụ", heading=heading)) == []
    unclear = one(1, "Việc", "Sở Nội vụ, Sở Y tế", heading=heading)
    assert reasons(unclear) == [("lead", "Sở Nội vụ, Sở Y tế", "lead_unclear")]


def test_the_same_task_twice_is_marked_and_waits():
    reading = read(
        tasks([1, "Rà soát", "Sở Nội vụ"], [2, "rà  soát", "SỞ NỘI VỤ"], [3, "Rà soát", "Sở Y tế"])
    )
    assert [row.duplicate_of for row in reading.rows] == [None, 2, None]
    assert [(u.row, u.field, u.reason) for u in reading.unresolved] == [(3, "row", "duplicate_row")]


def test_a_value_merged_downwards_goes_for_every_row():
    grid = tasks([1, "Việc một", "Sở Nội vụ", None, "30/9/2021"], [2, "Việc hai", None, None, None])
    merged = (MergedCells(1, 2, 2, 2), MergedCells(1, 4, 2, 4))
    rows = read(grid, merged=merged).rows
    assert [row.lead[0].agency_id for row in rows] == [1, 1]
    assert rows[1].deadline.due_on == date(2021, 9, 30)
    assert grid[2][2] is None
    assert len(read(grid, merged=(MergedCells(1, 9, 2, 9), MergedCells(8, 0, 9, 0))).rows) == 2


def test_one_task_merged_over_several_rows_is_one_task_with_all_its_leads():
    grid = tasks([1, "Việc một", "Sở Nội vụ"], [None, None, "Sở Y tế"], [2, "Việc hai", "Sở Y tế"])
    rows = read(grid, merged=(MergedCells(1, 0, 2, 0), MergedCells(1, 1, 2, 1))).rows
    assert [[m.agency_id for m in row.lead] for row in rows] == [[1, 6], [6]]


@pytest.mark.parametrize(
    "grid",
    [
        tasks([1, "Việc", "Sở Nội vụ"], above=["UBND TỈNH\nMẬT"]),
        tasks([1, "Việc", "Sở Nội vụ"], above=["TỐI MẬT"]),
        tasks([1, "Việc", "Sở Nội vụ"], above=["M Ậ T"]),
        tasks([1, "Việc", "Sở Nội vụ"], above=[unicodedata.normalize("NFD", "* Tuyệt mật *")]),
        tasks([1, "Việc", "Sở Nội vụ"], above=["Độ mật: Tuyệt mật"]),
        tasks([1, "Việc", "Sở Nội vụ"], above=["Phụ lục (Mật)"]),
        tasks([1, "Việc", "Sở Nội vụ"], [None, None, None, None, None, "MAT"]),
        tasks(
            [1, "Việc", "Sở Nội vụ", "Tối mật"], heading=["STT", "Nhiệm vụ", "Chủ trì", "Độ mật"]
        ),
        tasks([1, "Việc", "Sở Nội vụ", "C"], heading=["STT", "Nhiệm vụ", "Chủ trì", "Độ mật"]),
        tasks([1, "Việc", "Sở Nội vụ", "x mat"], heading=["STT", "Nhiệm vụ", "Chủ trì", "Độ mật"]),
    ],
)
def test_a_sheet_marked_secret_is_refused_whole(grid):
    with pytest.raises(Refused) as refusal:
        read(grid)
    assert refusal.value.code == "secret_document"


@pytest.mark.parametrize(
    "grid",
    [
        tasks(
            [1, "Bảo vệ bí mật nhà nước", "Sở Nội vụ"], above=["VỀ BẢO MẬT THÔNG TIN", "mất", "mặt"]
        ),
        tasks(
            [1, "Việc", "Sở Nội vụ", "Không mật"], heading=["STT", "Nhiệm vụ", "Chủ trì", "Độ mật"]
        ),
        tasks([1, "Việc", "Sở Nội vụ", "Thường"], heading=["STT", "Nhiệm vụ", "Chủ trì", "Độ mật"]),
    ],
)
def test_words_about_secrecy_are_no_marking(grid):
    assert len(read(grid).rows) == 1


@pytest.mark.parametrize(
    ("grid", "code"),
    [
        ([], "no_task_heading"),
        ([["Một", "hai"], [1, 2]], "no_task_heading"),
        ([["STT", "Họ tên", "Chủ trì"]], "no_task_heading"),
        ([TASKS_HEADING], "no_tasks"),
        (tasks([1], [None] * 6), "no_tasks"),
    ],
)
def test_a_sheet_without_tasks_is_refused(grid, code):
    with pytest.raises(Refused) as refusal:
        read(grid)
    assert refusal.value.code == code


def test_formula_and_script_text_is_only_text():
    row = one(1, '=HYPERLINK("http://x")', "<script>alert(1)</script>", None, "=1+1")
    assert row.content == '=HYPERLINK("http://x")'
    assert row.lead[0].reason == "unknown_agency"
    assert reasons(row)[-1][0] == "deadline"


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.text(max_size=20),
    st.sampled_from(["I", "1", "1.1", "Tổng cộng", "Nơi nhận:", "Đã hoàn thành", "30/9", "31/02/2021",
                     "Sở Nội vụ", "các đơn vị", *TASKS_HEADING]),
)  # fmt: skip


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=12), st.booleans())
def test_any_grid_is_read_or_refused_and_every_row_is_accounted_for(rows, headed):
    grid = tasks(*rows) if headed else rows
    try:
        reading = read(grid)
    except Refused:
        return
    told = [row.row for row in reading.rows] + [row.row for row in reading.skipped]
    assert len(told) == len(set(told))
    last_heading = reading.header_row + 2
    for at, row in enumerate(grid[last_heading:], start=last_heading + 1):
        filled = any(str(value).strip() for value in row if value is not None and value != "")
        assert at in told or not filled or is_part_of_heading(at, reading) or invisible(row)


def is_part_of_heading(at, reading):
    return any(s.reason is SkipReason.HEADING and s.row < at <= s.row + 2 for s in reading.skipped)


def invisible(row):
    return not any(str(v).strip() and str(v).isprintable() for v in row if v is not None)


def test_a_deadline_column_called_han_is_not_lost_to_the_day_of_completion():
    heading = ["Nhiệm vụ", "Chủ trì", "Hạn", "Tình trạng", "Ngày hoàn thành"]
    row = one("Việc", "Sở Nội vụ", "30/9/2021", "Đã hoàn thành", "15/9/2021", heading=heading)
    assert row.deadline.due_on == date(2021, 9, 30)
    assert row.carried_over.reached_on == date(2021, 9, 15)


@pytest.mark.parametrize("numbers", [None, ("I.1.a", "I.1.b", "I.1.c"), ("NV1", "NV2", "NV3")])
def test_a_task_that_begins_like_a_signature_ends_no_sheet(numbers):
    heading = ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"]
    tasks_of_it = [
        ["Việc một", "Sở Nội vụ", "30/9/2021"],
        ["Giám đốc các sở chịu trách nhiệm rà soát", None, None],
        ["Việc ba", "Sở Y tế", "30/10/2021"],
    ]
    if numbers is None:
        grid = [heading[1:], *tasks_of_it]
    else:
        grid = [heading, *([n, *task] for n, task in zip(numbers, tasks_of_it, strict=True))]
    signed = [[None, "Nơi nhận:", "KT. CHỦ TỊCH"], [None, "- Như trên;", "PHÓ CHỦ TỊCH"]]
    reading = read([*grid, *(line[numbers is None :] for line in signed)])
    assert [row.content for row in reading.rows] == [task[0] for task in tasks_of_it]
    assert [reasons(row) for row in reading.rows] == [[], [("lead", "", "missing_lead")], []]
    assert [skipped.reason for skipped in reading.skipped] == [SkipReason.NOTE] * 2


def test_the_last_line_of_a_sheet_without_numbers_waits_and_its_signature_does_not():
    reading = read(
        [
            ["Nhiệm vụ", "Chủ trì", "Thời hạn"],
            ["Việc một", "Sở Nội vụ", "30/9/2021"],
            ["Việc hai", None, None],
            [None, None, "CHỦ TỊCH"],
            ["Nguyễn Văn Thử", None, None],
        ]
    )
    assert [row.content for row in reading.rows] == ["Việc một", "Việc hai"]
    assert [skipped.row for skipped in reading.skipped] == [4, 5]


def test_a_clause_numbered_under_a_section_waits_unless_it_has_parts():
    reading = read(
        tasks(
            ["I", "THỂ CHẾ"],
            ["I.1", "Rà soát văn bản"],
            ["I.1.a", "Lĩnh vực đất đai", "Sở Nội vụ"],
            ["I.2", "Kiểm tra văn bản"],
            ["a)", "Văn bản của sở", "Sở Y tế"],
            ["I.3", "Tổng kết thi hành luật"],
            ["II", "THỦ TỤC"],
            ["II.1", "Công bố thủ tục"],
        )
    )
    assert [row.ordinal for row in reading.rows] == ["I.1.a", "a)", "I.3", "II.1"]
    assert [skipped.text[:3].strip(" |") for skipped in reading.skipped] == [
        "I",
        "I.1",
        "I.2",
        "II",
    ]
    assert reasons(reading.rows[2]) == [("lead", "", "missing_lead")]


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


def test_a_formula_without_its_result_is_no_task():
    row = one(1, '="Rà "&"soát"', "Sở Nội vụ", None, "30/9/2021")
    assert reasons(row) == [("content", '="Rà "&"soát"', "error_cell")]
