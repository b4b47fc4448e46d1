"""From a sheet as read to a draft: every word of it has its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from fixtures.sheets import MINISTRY_SHEET, PROVINCE_SHEET, tasks

from workflow.agencies.matching import KnownAgency, KnownGroup, KnownNames
from workflow.directives.records import Priority
from workflow.documents.importing import Known, day_to_match, draft_of
from workflow.documents.newcomers import unknown_names
from workflow.documents.records import CarriedState, PartyRole, Source
from workflow.documents.rules import waiting
from workflow.documents.sheet import read_sheet

NAMES = KnownNames(
    [
        KnownAgency(1, "Sở Nội vụ", "H32.02", ("Sở NV",)),
        KnownAgency(2, "Thanh tra tỉnh"),
        KnownAgency(3, "UBND huyện Trường Sa"),
        KnownAgency(4, "Văn phòng UBND tỉnh"),
        KnownAgency(5, "Vụ Kế hoạch", aliases=("Vụ KHTC",)),
    ],
    [
        KnownGroup("departments", ("Các sở, ban, ngành",)),
        KnownGroup("districts", ("UBND cấp huyện",), frozenset({3})),
    ],
)


def draft(grid, known=Known(), **more):  # noqa: B008 - frozen, safe to share
    return draft_of(read_sheet(grid, NAMES, **more), known)


def first(row, heading=("STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"), **known):
    return draft(tasks(row, heading=heading), Known(**known)).clauses[0]


def test_a_province_s_annex_becomes_a_draft():
    made = draft(PROVINCE_SHEET, Known(issuer="UBND tỉnh", overseer_id=4))
    assert not made.head.subject, "the name of an annex is not what its document is about"
    assert (made.head.issuer, made.head.overseer_id, made.head.reference) == ("UBND tỉnh", 4, "")
    assert [c.position for c in made.clauses] == [1, 2, 3, 4, 5]
    assert [c.sheet_row for c in made.clauses] == [5, 6, 7, 8, 9]
    third = made.clauses[2]
    assert [(p.role, p.group_code or p.agency_id) for p in third.parties] == [
        (PartyRole.LEAD, "districts"), (PartyRole.COORDINATING, 1), (PartyRole.COORDINATING, 2),
    ]  # fmt: skip
    assert third.expected_output == "100% đơn đúng hạn"
    assert [c.index_refs for c in made.clauses] == ["1-3", "2", "3", "3, 5", "8"]
    assert third.deadline.due_on == date(2022, 12, 31)
    assert [p.reason for p in waiting(made.clauses[0])] == ["vague_agency"]


def test_a_ministry_s_sheet_keeps_source_state_and_the_empty_row():
    made = draft(MINISTRY_SHEET)
    assert made.clauses[0].source_text == "Nghị quyết số 12/2018/QH14; 99/QĐ-BTN"
    assert made.clauses[0].source_date == date(2018, 2, 15)
    done = made.clauses[3]
    assert (done.carried_state, done.carried_result) == (CarriedState.DONE, "Đã hoàn thành")
    assert done.expected_output == ""
    assert [(one.reason, one.text) for one in made.left_out] == [("empty_row", "14")]
    two_ends = made.clauses[5]
    assert ("deadline", "two_ends") in [(p.field, p.reason) for p in waiting(two_ends)]


def test_number_and_day_are_taken_where_the_sheet_names_them():
    lines = ["PHỤ LỤC", "(Kèm theo Công văn số 2847/UBND-KSTTHC ngày 20/8/2021 của UBND tỉnh)"]
    made = draft(tasks([1, "Việc", "Sở NV", None, "Trước ngày 30-9"], above=lines))
    assert made.head.reference == "2847/UBND-KSTTHC"
    assert made.head.issued_on == date(2021, 8, 20)


HEADS = [
    ["PHỤ LỤC", "(Kèm theo Công văn số 1/A ngày 20/8/2021; thay Công văn số 2/B ngày 1/2/2020)"],
    ["PHỤ LỤC", "(Kèm theo văn bản của UBND tỉnh, ngày 20/8/2021)"],
    ["PHỤ LỤC", "(Kèm theo Công văn số     /UBND-KSTTHC ngày     tháng 8 năm 2021)"],
]


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Nhiệm vụ Chủ tịch UBND tỉnh giao năm 2021", Source.CHAIRMAN),
        ("CHỈ ĐẠO CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", Source.CHAIRMAN),
        ("Phó Chủ tịch UBND tỉnh phụ trách", Source.COMMITTEE),
        ("Kết luận của Chủ tịch UBND tỉnh tại cuộc họp", Source.MEETING),
        ("Nhiệm vụ UBND tỉnh giao năm 2021", Source.COMMITTEE),
    ],
)
def test_who_speaks_is_read_from_the_words_above_the_heading(line, source):
    made = draft(tasks([1, "A", "Sở NV", None, "Thường xuyên"], above=["PHỤ LỤC", line]))
    assert made.head.source is source


@pytest.mark.parametrize("lines", HEADS)
def test_a_number_that_is_not_certain_is_left_to_the_person(lines):
    made = draft(tasks([1, "Việc", "Sở NV", None, "Thường xuyên"], above=lines))
    assert (made.head.reference, made.head.issued_on) == ("", None)


def test_exceptions_of_a_group_are_kept():
    made = first([1, "Việc", "UBND cấp huyện (trừ Trường Sa)", None, "Thường xuyên"])
    (party,) = made.of(PartyRole.LEAD)
    assert (party.group_code, party.without) == ("districts", {3})


def test_people_are_found_by_their_one_name_else_noted():
    heading = ("STT", "Nhiệm vụ", "Chủ trì", "Người giao", "Chuyên viên theo dõi")
    row = [1, "Việc", "Sở NV", "nguyen tan tuan", "Người Lạ"]
    made = first(row, heading, people={"nguyen tan tuan": 9})
    assert (made.assigner_id, made.monitor_id) == (9, None)
    assert made.note == "Theo dõi: Người Lạ"


def test_what_has_no_field_of_its_own_is_noted_under_its_heading():
    heading = ("STT", "Nhiệm vụ", "Chủ trì", "Lĩnh vực", "Kinh phí", "Độ khẩn", "Ghi chú")
    made = first(["1a", "Việc", "Sở NV", "Đất đai", "20 triệu", "Gấp lắm", "Xem thêm"], heading)
    assert made.note.split("\n") == [
        "Xem thêm", "STT: 1a", "Lĩnh vực: Đất đai", "Độ khẩn: Gấp lắm", "Kinh phí: 20 triệu",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "priority"),
    [("Khẩn", "urgent"), ("HỎA TỐC", "very_urgent"), ("thường", "normal"), ("", "normal")],
)
def test_urgency_becomes_priority(words, priority):
    made = first([1, "Việc", "Sở NV", words], ("STT", "Nhiệm vụ", "Chủ trì", "Độ khẩn"))
    assert made.priority is Priority(priority)


def test_a_text_beyond_the_limit_is_kept_whole_where_it_waits():
    long = "Rất dài. " * 700
    made = first([1, long, "Sở NV", None, "Thường xuyên"])
    (wait,) = waiting(made)
    assert (wait.field, wait.reason) == ("content", "too_long")
    assert wait.text == long.strip()
    assert len(made.content) == 5000
    assert waiting(replace(made, content="Rút gọn")) == ()


def test_suggestions_travel_with_what_waits():
    made = first([1, "Việc", "Sở Nội vu tinh", None, "Thường xuyên"])
    (wait,) = waiting(made)
    assert wait.reason == "unknown_agency"
    assert wait.suggestions == (1,)


def test_names_that_are_nobody_s_are_listed_once_and_vague_words_never():
    grid = tasks(
        [1, "A", "Vụ GDĐH, Vụ KHTC", "các đơn vị", "Thường xuyên"],
        [2, "B", "Vụ GD ĐH", "Vụ TCCB; các đơn vị liên quan", "Thường xuyên"],
    )
    assert unknown_names(read_sheet(grid, NAMES)) == ("Vụ GDĐH", "Vụ TCCB")


DAYS = [
    (date(2021, 8, 20), 2021, date(2021, 8, 20)),
    (None, 2021, date(2021, 12, 31)),
    (None, 2026, date(2026, 11, 23)),
    (None, 2027, date(2026, 11, 23)),
    (None, None, date(2026, 11, 23)),
]


@pytest.mark.parametrize(("issued_on", "year", "day"), DAYS)
def test_old_papers_are_matched_as_of_their_own_day(issued_on, year, day):
    assert day_to_match(date(2026, 11, 23), issued_on=issued_on, year=year) == day
