"""The two sheets the work started from, where they are at hand."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from workflow.agencies.matching import How, KnownAgency, KnownGroup, KnownNames
from workflow.documents.records import CarriedState
from workflow.documents.sheet import SkipReason, read_sheet

DATA = Path(__file__).parents[4] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not at hand")

DEPARTMENTS = (
    "Văn phòng UBND tỉnh",
    "Sở Nội vụ",
    "Sở Kế hoạch và Đầu tư",
    "Sở Tài chính",
    "Sở Giao thông vận tải",
    "Sở Tài nguyên và Môi trường",
    "Sở Thông tin và Truyền thông",
)
GROUPS = (
    KnownGroup("departments", ("Các sở, ban, ngành",)),
    KnownGroup("districts", ("UBND cấp huyện",)),
    KnownGroup("communes", ("UBND cấp xã",)),
)
NAMES = KnownNames([KnownAgency(k, name) for k, name in enumerate(DEPARTMENTS, 1)], GROUPS)


def read(name, names=NAMES, **options):
    sheet = openpyxl.load_workbook(DATA / f"{name}.xlsx").worksheets[0]
    grid = [list(row) for row in sheet.iter_rows(values_only=True)]
    return read_sheet(grid, names, name=name, **options)


def test_the_nine_tasks_of_khanh_hoa():
    reading = read("directive_khanh_hoa_2021")
    assert (reading.year, reading.header_row, reading.skipped) == (2021, 4, ())
    assert [row.ordinal for row in reading.rows] == list("123456789")
    assert [row.deadline.kind.value for row in reading.rows] == [
        "fixed", "ongoing", "ongoing", "fixed", "fixed", "ongoing", "ongoing", "none", "fixed",
    ]  # fmt: skip
    assert reading.rows[0].deadline.due_on == date(2021, 9, 29)
    assert reading.rows[0].deadline.other_due_on == date(2021, 9, 30)
    assert {row.deadline.due_on for row in reading.rows[3:5]} == {date(2021, 12, 31)}
    assert [match.group_code for match in reading.rows[1].lead] == ["departments", "districts"]
    assert [(u.row, u.field, u.text, u.reason) for u in reading.unresolved] == [
        (5, "lead", "Các cơ quan được giao chủ trì tham mưu", "vague_agency"),
        (10, "lead", "Người đứng đầu các cơ quan, đơn vị, địa phương", "vague_agency"),
    ]


def test_every_row_of_the_ministry_sheet_but_the_one_with_two_ends():
    reading = read("task_sheet_2017")
    assert (len(reading.rows), reading.header_row) == (27, 1)
    assert [(s.row, s.reason) for s in reading.skipped] == [(29, SkipReason.EMPTY_ROW)]
    waiting = [(u.row, u.text, u.reason) for u in reading.unresolved if u.field == "deadline"]
    assert waiting == [(22, "Trong Quý I và trước ngày 30/4/2017", "two_ends")]
    assert {row.source_date for row in reading.rows} == {date(2017, 1, 20)}
    assert [(row.row, row.carried_over.state) for row in reading.rows if row.carried_over] == [
        (8, CarriedState.DONE)
    ]
    leads = {row.row: [match.words for match in row.lead] for row in reading.rows}
    assert leads[17] == ["Vụ GDĐH", "Vụ TCCB", "Vụ HTQT", "Thanh tra"]
    assert leads[22] == [
        "Cục NGCB", "Dự án Phát triển GDTHPT giai đoạn 2", "HV Quản lý GD", "các đơn vị liên quan",
    ]  # fmt: skip
    assert sum(len(words) for words in leads.values()) == 35


def test_the_ministry_sheet_is_whole_once_its_agencies_are_known():
    first = read("task_sheet_2017")
    unknown = dict.fromkeys(u.text for u in first.unresolved if u.reason == "unknown_agency")
    names = KnownNames([KnownAgency(k, name) for k, name in enumerate(unknown)])
    reading = read("task_sheet_2017", names)
    assert {u.reason for u in reading.unresolved} == {"two_ends", "vague_agency"}
    squeezed = [m.words for row in reading.rows for m in row.coordinating if m.how is How.SQUEEZED]
    assert squeezed in ([], ["Vụ GD ĐH"])
