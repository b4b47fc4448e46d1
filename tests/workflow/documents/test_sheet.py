"""Task sheets are read row by row: nothing guessed, nothing dropped."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fixtures.sheets import MINISTRY_SHEET, PROVINCE_SHEET, TASKS_HEADING, tasks
from workflow.agencies.matching import How, KnownAgency, KnownGroup, KnownNames
from workflow.deadlines.records import DeadlineKind
from workflow.documents.columns import Column
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


def test_columns_nobody_knows_are_kept_as_text():
    heading = ["STT", "Nhiệm vụ", "Chủ trì", "Kinh phí (triệu đồng)", "Ghi chú", "Độ mật"]
    row = one(1, "Việc", "Sở Nội vụ", 150.0, "gấp", "Thường", "lạc chỗ", heading=heading)
    assert row.extra == (("Kinh phí (triệu đồng)", "150"), ("Độ mật", "Thường"), ("", "lạc chỗ"))
    assert row.note == "gấp"


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
