"""What a sheet says in a place or a way of its own is read or waits; it is never passed over."""

from dataclasses import replace
from datetime import date

import pytest

from tests.workflow.documents.test_sheet import NAMES, one, reasons
from workflow.deadlines.records import DeadlineKind, Unread
from workflow.documents.clauses import with_year
from workflow.documents.columns import column_of
from workflow.documents.importing import Known, draft_of
from workflow.documents.sheet import read_sheet


@pytest.mark.parametrize(
    ("words", "lead", "coordinating"),
    [
        ("Sở Nội vụ chủ trì, phối hợp với Sở Y tế", [1], [6]),
        ("Sở Nội vụ chủ trì phối hợp Sở Y tế, Thanh tra tỉnh", [1], [6, 2]),
        ("Sở Nội vụ chủ trì và phối hợp cùng Các sở, ban, ngành", [1], [None]),
        ("Sở Nội vụ chủ trì, Sở Y tế phối hợp", [1], [6]),
        ("Sở Nội vụ chủ trì; Sở Y tế, Thanh tra tỉnh phối hợp", [1], [6, 2]),
        ("So Noi vu chu tri, phoi hop voi So Y te", [1], [6]),
    ],
)
@pytest.mark.parametrize("heading", ["Đơn vị thực hiện", "Cơ quan chủ trì, phối hợp"])
def test_roles_said_between_and_behind_the_names_are_read(words, lead, coordinating, heading):
    row = one("Việc", words, heading=["Nhiệm vụ", heading])
    assert [match.agency_id for match in row.lead] == lead
    if coordinating != [None]:
        assert {match.agency_id for match in row.coordinating} >= {6}
    assert {match.reason for match in (*row.lead, *row.coordinating)} == {""}
    assert reasons(row) == []


@pytest.mark.parametrize(
    "words",
    [
        "Sở Nội vụ chủ trì, phối hợp với Sở Y tế; Thanh tra tỉnh chủ trì, phối hợp với Sở Y tế",
        "Sở Y tế phối hợp Sở Nội vụ",
        "Sở Nội vụ chủ trì, phối hợp với Sở Y tế; Thanh tra tỉnh phối hợp",
        "Các cơ quan được giao chủ trì",
    ],
)
def test_roles_that_can_be_read_in_more_than_one_way_wait(words):
    row = one("Việc", words, heading=["Nhiệm vụ", "Đơn vị thực hiện"])
    assert [field for field, _, _ in reasons(row)]


@pytest.mark.parametrize(
    ("heading", "held"),
    [
        ("Cơ quan nhận nhiệm vụ", "lead"),
        ("Đơn vị được phân công", "lead"),
        ("Đơn vị phụ trách", "lead"),
        ("Ngày hết hạn", "deadline"),
        ("Thời gian trình UBND tỉnh", "deadline"),
        ("Từ ngày", "other"),
    ],
)
def test_more_headings_are_known(heading, held):
    assert column_of(heading) == held


def test_a_start_and_an_end_in_columns_of_their_own():
    row = one(
        "Việc", "Sở Nội vụ", "01/8/2021", "30/9/2021",
        heading=["Nhiệm vụ", "Chủ trì", "Từ ngày", "Đến ngày"],
    )  # fmt: skip
    assert row.deadline.due_on == date(2021, 9, 30)
    assert row.extra == (("Từ ngày", "01/8/2021"),)


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("Hoàn thành trước ngày", "30/9/2021", "30/9/2021"),
        ("Hoàn thành trước ngày", date(2021, 9, 30), "30/09/2021"),
        ("Mốc", "Quý III/2021", "Quý III/2021"),
        ("Mốc", "Trong 10 ngày làm việc kể từ ngày ký", "Trong 10 ngày làm việc kể từ ngày ký"),
        ("Lịch", "Hằng tháng", "Hằng tháng"),
    ],
)
def test_what_may_be_the_deadline_under_an_unknown_heading_waits(heading, value, said):
    row = one("Việc", "Sở Nội vụ", value, heading=["Nhiệm vụ", "Chủ trì", heading], year=2021)
    assert (row.deadline.kind, row.deadline.due_on) == (DeadlineKind.UNKNOWN, None)
    assert reasons(row) == [("deadline", f"{heading}: {said}", Unread.COLUMN_UNSURE)]


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("Kinh phí (triệu đồng)", "12.5"),
        ("Mã", "2021"),
        ("Cấp trình", "UBND tỉnh"),
        ("Ngày bắt đầu", "01/8/2021"),
        ("Ghi chú", "đã nhắc ngày 01/8/2021"),
    ],
)
def test_what_is_no_deadline_does_not_wait(heading, value):
    row = one("Việc", "Sở Nội vụ", value, heading=["Nhiệm vụ", "Chủ trì", heading], year=2021)
    assert (row.deadline.kind, reasons(row)) == (DeadlineKind.NONE, [])


@pytest.mark.parametrize(
    "row",
    [
        ["KT xã hội tháng 9", "Sở Nội vụ", "30/9/2021", None],
        ["Lập danh sách", "TM. UBND tỉnh", "30/9/2021", None],
        ["Rà soát", "Sở Nội vụ", "30/9/2021", "Người lập: Nguyễn Văn Thử"],
    ],
)
def test_a_task_that_sounds_like_a_farewell_ends_no_sheet(row):
    heading = ["Nhiệm vụ", "Chủ trì", "Thời hạn", "Ghi chú"]
    reading = read_sheet([heading, row, ["Việc hai", "Sở Y tế", None, None]], NAMES)
    assert [found.content for found in reading.rows] == [row[0], "Việc hai"]


@pytest.mark.parametrize("numbered", [True, False])
def test_a_signature_under_one_table_does_not_end_the_next(numbered):
    heading = ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"]
    grid = [
        heading,
        [1, "Việc một", "Sở Nội vụ", "30/9/2021"],
        [None, "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", None],
        [None, "- Như trên;", "CHỦ TỊCH", None],
        [None, "PHỤ LỤC II", None, None],
        heading,
        [1, "Việc hai", "Sở Y tế", "30/10/2021"],
        [None, "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", None],
    ]
    reading = read_sheet([row[not numbered :] for row in grid], NAMES)
    assert [(row.content, row.section[-10:]) for row in reading.rows] == [
        ("Việc một", ""), ("Việc hai", "PHỤ LỤC II"),
    ]  # fmt: skip
    assert [one.reason for one in reading.skipped] == ["note", "note", "section", "heading", "note"]


def test_a_row_that_nobody_saw_waits():
    grid = [["Nhiệm vụ", "Chủ trì"], ["Việc một", "Sở Nội vụ"], ["Việc hai", "Sở Y tế"]]
    seen, unseen = read_sheet(grid, NAMES, hidden={2}).rows
    assert reasons(seen) == []
    assert reasons(unseen) == [("row", "Việc hai", "hidden_row")]


def test_a_program_of_projects_is_a_task_sheet():
    heading = ["STT", "Tên đề án", "Cơ quan chủ trì soạn thảo", "Thời gian trình", "Cấp trình"]
    reading = read_sheet(
        [heading, [1, "Đề án thử", "Sở Nội vụ", "Tháng 6/2021", "UBND tỉnh"]], NAMES
    )
    (row,) = reading.rows
    assert (row.content, row.lead[0].agency_id) == ("Đề án thử", 1)
    assert row.deadline.due_on == date(2021, 6, 30)


def test_a_line_of_the_heading_that_only_groups_the_next_belongs_to_it():
    reading = read_sheet(
        [
            ["STT", "Nhiệm vụ", "Tổ chức thực hiện", None, None, None],
            [None, None, "Cơ quan", None, "Thời gian", None],
            [None, None, "Chủ trì", "Phối hợp", "Bắt đầu", "Hoàn thành"],
            [1, "Việc", "Sở Nội vụ", "Sở Y tế", "01/8/2021", "30/9/2021"],
        ],
        NAMES,
    )
    (row,) = reading.rows
    assert (row.lead[0].agency_id, row.coordinating[0].agency_id) == (1, 6)
    assert row.deadline.due_on == date(2021, 9, 30)


def test_a_first_task_without_number_and_words_is_no_line_of_the_heading():
    reading = read_sheet(
        [["STT", "Nhiệm vụ", "Chủ trì"], [None, None, "Sở Y tế"], [1, "Việc", "Sở Nội vụ"]], NAMES
    )
    assert [row.lead[0].agency_id for row in reading.rows] == [6, 1]


@pytest.mark.parametrize("point", ["-", "–", "+", "•"])
def test_two_points_of_a_deadline_are_no_stretch_of_time(point):
    words = f"{point} 30/9/2021\n{point} 30/12/2021"
    row = one(1, "Việc", "Sở Nội vụ", None, words)
    assert row.deadline.kind is DeadlineKind.UNKNOWN
    assert reasons(row)[0][0] == "deadline"


@pytest.mark.parametrize("words", ["Trước ngày\n30/9/2021", "- Trước ngày 30/9/2021"])
def test_one_deadline_over_two_lines_is_one(words):
    assert one(1, "Việc", "Sở Nội vụ", None, words).deadline.due_on == date(2021, 9, 29)


@pytest.mark.parametrize(
    ("above", "section", "given", "due_on"),
    [
        ("KẾ HOẠCH NĂM 2021", "II. NĂM 2022", None, None),
        ("KẾ HOẠCH NĂM 2021", "II. NĂM 2021", None, date(2021, 6, 30)),
        ("KẾ HOẠCH NĂM 2021", "II. NĂM 2022", 2023, date(2023, 6, 30)),
        ("KẾ HOẠCH NĂM 2021 - 2022", "II. CẢI CÁCH", None, None),
        ("KẾ HOẠCH GIAI ĐOẠN 2021-2025, NĂM 2022", "II. CẢI CÁCH", None, None),
        ("KẾ HOẠCH NĂM 2021 VÀ 2022", "II. CẢI CÁCH", None, None),
        ("KẾ HOẠCH NĂM 2021 - 2022", "II. NĂM 2022", None, None),
    ],
)
def test_a_month_under_several_years_waits(above, section, given, due_on):
    reading = read_sheet(
        [[above], ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"], [section], [1, "Việc", "Sở Nội vụ", "Tháng 6"]],
        NAMES,
        year=given,
    )  # fmt: skip
    assert reading.rows[0].deadline.due_on == due_on
    assert bool(reading.unresolved) == (due_on is None)


def test_a_month_under_a_year_of_its_own_is_not_read_with_the_documents_year_later():
    heading = ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"]
    reading = read_sheet([heading, ["II. NĂM 2022"], [1, "Việc", "Sở Nội vụ", "Tháng 6"]], NAMES)
    draft = draft_of(reading, Known())
    head = replace(draft.head, issued_on=date(2021, 5, 1))
    (clause,) = with_year(draft.clauses, head)
    assert clause.deadline.kind is DeadlineKind.UNKNOWN
