"""One task sheet as offices dress it: merged headings, odd lines, and five kinds of file.

Forty rows say who leads in as many spellings and by when in as many ways; whatever the dress,
each is read the same, and what leaves a doubt waits.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from datetime import date

import pytest
from fixtures.sheets import workbook_bytes

from web.demo.agencies import seed_agencies
from web.documents.intake import open_sheet, take_in
from workflow.accounts.usecases import system_actor
from workflow.documents.records import PartyRole
from workflow.documents.rules import waiting

# content | leads | coordinating | deadline | expected leads | expected due, or why it waits
ROWS = """
A01 | Sở Nội vụ | | Trước ngày 30-9 | Sở Nội vụ | 2021-09-29
A02 |  sở  NỘI vụ  | | 30/9/2021 | Sở Nội vụ | 2021-09-30
A03 | So Noi vu | | Chậm nhất ngày 30/9 | Sở Nội vụ | 2021-09-30
A04 | Sở TN&MT | | đến hết tháng 9 | Sở Tài nguyên và Môi trường | 2021-09-30
A05 | Sở TNMT; Sở Xây dựng | | Quý III/2021 | Sở Tài nguyên và Môi trường + Sở Xây dựng | 2021-09-30
A06 | Sở KH&ĐT, Sở Tài chính | | Quý Ⅳ | Sở Kế hoạch và Đầu tư + Sở Tài chính | 2021-12-31
A07 | Sở Nội vụ và Sở Tư pháp | | Trong năm 2021 | Sở Nội vụ + Sở Tư pháp | 2021-12-31
A08 | Sở Nội vụ/Sở Y tế | | Năm 2022 | Sở Nội vụ + Sở Y tế | 2022-12-31
A09 | Giám đốc Sở Y tế | | Từ tháng 9 đến tháng 12 | Sở Y tế | 2021-12-31
A10 | UBND TP. Nha Trang | | 9/2021 | UBND thành phố Nha Trang | 2021-09-30
A11 | H. Cam Lâm | | ngày 30 tháng 9 | UBND huyện Cam Lâm | 2021-09-30
A12 | UBND TX Ninh Hòa | | Trước 15/10/2021 | UBND thị xã Ninh Hòa | 2021-10-14
A13 | Chủ tịch UBND huyện Cam Lâm | | 30.9.2021 | UBND huyện Cam Lâm | 2021-09-30
A14 | UBND các huyện, thị xã, thành phố | | Thường xuyên | districts | none
A15 | Các sở, ban, ngành | Sở Nội vụ | Hằng tháng, trước ngày 20 | departments | none
A16 | UBND cấp huyện (trừ Trường Sa) | | Quý I/2022 | districts | 2022-03-31
A17 | Các Sở: Nội vụ, Tư pháp | | T10/2021 | Sở Nội vụ + Sở Tư pháp | 2021-10-31
A18 | VP UBND tỉnh | Sở TT&TT | Trong 10 ngày làm việc kể từ ngày ký | Văn phòng UBND tỉnh | none
A19 | Sở Văn hoá và Thể thao | | không muộn hơn ngày 30/9 | Sở Văn hóa và Thể thao | 2021-09-30
A20 | BQL KKT Vân Phong | | tháng 10/2021 | Ban Quản lý Khu kinh tế Vân Phong | 2021-10-31
A21 | Thanh tra tỉnh | | 2021-10-15 | Thanh tra tỉnh | 2021-10-15
A22 | Ban Dân tộc | | 15-10-2021 | Ban Dân tộc | 2021-10-15
A23 | Sở GD-ĐT | | 30/9/21 | Sở Giáo dục và Đào tạo | 2021-09-30
A24 | Sở LĐTBXH | | Quý II, III/2021 | Sở Lao động - Thương binh và Xã hội | 2021-09-30
A25 | Sở NN&PTNT | | Từ 01/9 đến 30/11/2021 | Sở Nông nghiệp và Phát triển nông thôn | 2021-11-30
A26 | Sở Y tế | | Từ tháng 3 và thường xuyên | Sở Y tế | none
A27 | Sở Y tế | | | Sở Y tế | none
A28 | Sở Y tế | | Đến năm 2025 | Sở Y tế | 2025-12-31
W01 | Sở Y tế | | 31/02 | Sở Y tế | impossible_date
W02 | Sở Y tế | | Trong Quý I và trước ngày 30/4/2021 | Sở Y tế | two_ends
W03 | Sở Y tế | | Tháng 6, tháng 12 | Sở Y tế | two_ends
W04 | Sở Y tế | | Cuối năm | Sở Y tế | vague
W05 | Sở Y tế | | Trong 30 ngày kể từ ngày ký | Sở Y tế | not_working_days
W06 | Sở Y tế | | Từ tháng 11 đến tháng 2 | Sở Y tế | reversed_range
W07 | Sở Y tế | | Thứ Sáu, 30/9/2021 | Sở Y tế | weekday_differs
W08 | Sở Y tế | | Trước ngày .../9/2021 | Sở Y tế | blank_left
W09 | Sở Vũ trụ | | 30/9/2021 | | unknown_agency
W10 | Các đơn vị liên quan | | 30/9/2021 | | vague_agency
W11 | Nha Trang | | 30/9/2021 | | unknown_agency
W12 | | | 30/9/2021 | | missing_lead
W13 | Sở Nội vụ; Sở Lạ | | 30/9/2021 | Sở Nội vụ | unknown_agency
"""
TABLE = [[cell.strip() for cell in line.split("|")] for line in ROWS.strip().splitlines()]
ABOVE = [
    ["UBND TỈNH KHÁNH HÒA", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    [None],
    ["DANH MỤC NHIỆM VỤ GIAO CÁC SỞ, NGÀNH, ĐỊA PHƯƠNG"],
    ["(Kèm theo Quyết định số 1234/QĐ-UBND ngày 15 tháng 3 năm 2021 của UBND tỉnh)"],
    [None],
]
TWO_LINES = [
    ["STT", "Nội dung công việc", "Phân công thực hiện", None, "Thời hạn hoàn thành"],
    [None, None, "Chủ trì", "Phối hợp", None],
    ["(1)", "(2)", "(3)", "(4)", "(5)"],
]
MERGED = ("A3:E3", "A4:E4", "A6:A7", "B6:B7", "C6:D6", "E6:E7")
BELOW = [
    [len(TABLE) + 1, None, None, None, None],
    ["Tổng cộng", None, None, None, None],
    ["Nơi nhận: như trên; lưu: VT.", None, None, None, None],
]
ONE_LINE = ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn"]
NUMBERED = [[n, *row[:4]] for n, row in enumerate(TABLE, start=1)]


def as_xlsx():
    half = len(NUMBERED) // 2
    first, second = NUMBERED[:half], NUMBERED[half:]
    section = lambda roman, words: [[roman, words, None, None, None]]  # noqa: E731
    body = [*section("I", "CẢI CÁCH THỂ CHẾ"), *first, *section("II", "HIỆN ĐẠI HÓA"), *second]
    return workbook_bytes([*ABOVE, *TWO_LINES, *body, *BELOW], merged=MERGED)


def as_csv(encoding, delimiter, form="NFC"):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow([ABOVE[3][0]])
    writer.writerows([ONE_LINE, *NUMBERED])
    return unicodedata.normalize(form, text.getvalue()).encode(encoding)


DRESSES = {
    "merged.xlsx": as_xlsx(),
    "excel.csv": as_csv("utf-8-sig", ","),
    "semicolons.csv": as_csv("utf-8", ";"),
    "unicode.csv": as_csv("utf-16", "\t"),
    "apart.csv": as_csv("utf-8", ",", "NFD"),
}


@pytest.fixture
def khanh_hoa(app):
    office = app.extensions["office"]
    with office.writing() as unit:
        seed_agencies(unit, date(2016, 1, 1))
    return office


def taken(app, office, name):
    with app.app_context(), office.writing() as unit:
        actor = system_actor(unit.accounts, at=office.clock())
        names = {a.id: a.name for a in unit.agencies.agencies()}
        found = take_in(unit, actor, open_sheet(io.BytesIO(DRESSES[name]), name))
    return found.draft, names


def leads(clause, names):
    found = clause.of(PartyRole.LEAD)
    return " + ".join(names.get(p.agency_id, p.group_code) for p in found)


@pytest.mark.parametrize("name", DRESSES)
def test_every_row_is_read_alike_in_every_dress(app, khanh_hoa, name):
    draft, names = taken(app, khanh_hoa, name)
    assert (draft.head.reference, draft.head.issued_on) == ("1234/QĐ-UBND", date(2021, 3, 15))
    assert len(draft.clauses) == len(TABLE)
    for clause, (content, _lead, _others, phrase, wanted, due) in zip(
        draft.clauses, TABLE, strict=True
    ):
        assert clause.content == content
        assert unicodedata.normalize("NFC", clause.deadline.text) == phrase
        assert leads(clause, names) == wanted, content
        waits = [p.reason for p in waiting(clause)]
        if content.startswith("A"):
            assert waits == [], content
            assert str(clause.deadline.due_on).lower() == due, content
        else:
            assert waits == [due], content


def test_lines_that_are_no_tasks_are_named_and_none_is_lost(app, khanh_hoa):
    draft, _names = taken(app, khanh_hoa, "merged.xlsx")
    assert [one.reason for one in draft.left_out] == [
        "numbering", "section", "section", "empty_row", "total", "note",
    ]  # fmt: skip


def test_a_group_goes_without_whom_the_sheet_excepts(app, khanh_hoa):
    draft, names = taken(app, khanh_hoa, "excel.csv")
    [group] = draft.clauses[15].of(PartyRole.LEAD)
    assert [names[key] for key in group.without] == ["UBND huyện Trường Sa"]
