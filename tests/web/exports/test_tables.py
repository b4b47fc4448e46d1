"""Exports open as they were, in any program, and nothing in them runs."""

import csv
import io
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from web.exports import tables
from web.exports.heights import HIGHEST_ROW
from web.exports.tables import TableColumn, csv_text, harmless, restored, xlsx
from workflow.errors import Refused

HOSTILE = [
    "=1+1",
    "+84 905",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    '"=1',
    "'=1",
    "''=1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    '=HYPERLINK("http://x","y")',
    '=DDE("cmd";"/C calc";"x")',
    "x;=1+1;y",
    "x\n=1+1",
    "x\t@y",
    "x;'=1",
    "\tchữ",
    "{=1}",
]


def opened(body):
    return openpyxl.load_workbook(io.BytesIO(body))


def cells(body, heading_row=1):
    sheet = opened(body).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=heading_row + 1)]


def parsed(text):
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), strict=True))


def test_a_workbook_has_title_heading_and_real_values():
    body = xlsx(
        ["Nhiệm vụ", TableColumn("Hạn", 12), "Tỷ lệ", "Số", "Lúc", "Đạt"],
        [["Rà soát", date(2021, 9, 29), 91.5, 3, datetime(2021, 9, 29, 7, 5, tzinfo=UTC), True],
         [None, None, Decimal("0.25"), -1, datetime(2021, 1, 2, 3, 4), False]],  # noqa: DTZ001
        title="Nhiệm vụ quá hạn [2021]: tất cả",
        meta={"Lọc": "năm 2021"},
    )  # fmt: skip
    sheet = opened(body).worksheets[0]
    assert (sheet["A1"].value, sheet["A2"].value) == (
        "Nhiệm vụ quá hạn [2021]: tất cả",
        "Lọc: năm 2021",
    )
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == (
        "Nhiệm vụ quá hạn  2021   tất cả"[:31].strip(), "A5", "A4:F6",
    )  # fmt: skip
    assert [cell.value for cell in sheet[4]] == ["Nhiệm vụ", "Hạn", "Tỷ lệ", "Số", "Lúc", "Đạt"]
    first, second = cells(body, 4)
    assert first == ["Rà soát", datetime(2021, 9, 29), 91.5, 3, datetime(2021, 9, 29, 14, 5), True]  # noqa: DTZ001
    assert second == [None, None, 0.25, -1, datetime(2021, 1, 2, 3, 4), False]  # noqa: DTZ001
    assert sheet["B5"].number_format == "dd/mm/yyyy"
    assert sheet["A5"].font.name == sheet["B5"].font.name == "Times New Roman"
    assert sheet.column_dimensions["B"].width == pytest.approx(12.7, abs=0.1)


def test_a_link_opens_its_page_and_is_its_text_where_a_sheet_bears_no_more(monkeypatch):
    monkeypatch.setattr(tables, "MOST_LINKS", 1)
    rows = [[tables.Linked("=2021-01", "https://don-doc.vn/1")], [tables.Linked("b", "https://x")]]
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx(["Số"], rows))).active
    first, second = (sheet.cell(row, 1) for row in (2, 3))
    assert (first.value, first.data_type) == ("=2021-01", "s")
    assert first.hyperlink.target == "https://don-doc.vn/1"
    assert (second.value, second.hyperlink) == ("b", None)
    assert parsed(csv_text(["Số"], rows))[1:] == [["'=2021-01"], ["b"]]


def test_values_a_spreadsheet_cannot_hold_are_written_as_text():
    rows = [[date(1850, 1, 2), 2**60, float("nan"), float("-inf"), Decimal("NaN")]]
    assert cells(xlsx(["a"] * 5, rows)) == [["1850-01-02", str(2**60), "nan", "-inf", "NaN"]]


def test_an_overlong_text_is_cut_with_a_mark():
    (((value,),)) = cells(xlsx(["a"], [["x" * 40_000]]))
    assert len(value) == tables.LONGEST_CELL
    assert value.endswith("x […]")


def test_the_same_table_gives_the_same_bytes():
    table = (["a", "b"], [[1, "x"], [date(2021, 1, 1), None]], "Bảng")
    assert xlsx(*table) == xlsx(*table)


def test_an_empty_table_is_still_a_table():
    assert cells(xlsx(["a"], [])) == []
    assert parsed(csv_text(["a"], [])) == [["a"]]


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 10)
    assert len(cells(xlsx(["a"], ([k] for k in range(10))))) == 10
    with pytest.raises(Refused) as refusal:
        xlsx(["a"], ([k] for k in range(11)), "Tên")
    assert refusal.value.code == "export_too_large"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_workbook_is_a_formula(text):
    body = xlsx([text], [[text]], title=text, meta={text: text})
    for row in opened(body).worksheets[0].iter_rows():
        assert all(cell.data_type in {"s", "n"} and cell.hyperlink is None for cell in row)
    value = cells(body, 4)[0][0]
    assert value.replace("\r", "\n") == text.replace("\r", "\n")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=4))
def test_texts_come_back_from_a_workbook_as_they_went(texts):
    body = xlsx(["a"] * len(texts), [texts])
    row = next(iter(opened(body).worksheets[0].iter_rows(min_row=2)), ())
    assert all(cell.data_type != "f" for cell in row)
    kept = [unescape(cell.value or "") for cell in row]
    assert kept == [plain(text) for text in texts]


def plain(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) != "Cc" or c > "\x7f")


DANGEROUS = tuple("=+-@＝＋－＠\t\r\n")
LED_BY = " \u00a0\u200b\ufeff\"'"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_csv_can_start_a_formula(text):
    ((cell,),) = parsed(csv_text(["a"], [[text]]))[1:]
    if text != "{=1}":
        assert cell != text
    assert restored(cell) == text
    parts = [cell, *cell.split(";")[1:], *cell.split("\t")[1:], *cell.splitlines()[1:]]
    for part in parts:
        assert part[:1] == "'" or not part.lstrip(LED_BY).startswith(DANGEROUS)


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="=+-@＝ '\"\t\r\n;xđ,0", max_size=12))
def test_every_text_comes_back_from_a_csv(text):
    ((cell,),) = parsed(csv_text(["a"], [[text]]))[1:] or [[""]]
    assert restored(cell) == text
    assert restored(harmless(text)) == text
    assert not cell.lstrip(LED_BY).startswith(DANGEROUS) or cell.startswith("'")


def test_plain_values_stay_plain_in_a_csv():
    rows = [
        ["Sở Nội vụ", -5, 1.5, date(2021, 9, 30), datetime(2021, 9, 30, tzinfo=UTC), None, True]
    ]
    assert parsed(csv_text(["a"] * 7, rows))[1] == [
        "Sở Nội vụ", "-5", "1.5", "2021-09-30", "2021-09-30 07:00", "", "True",
    ]  # fmt: skip


def lines_shown(sheet, row):
    """How many lines of a font of 11 points stand in a row; one where it has no height."""
    return int((sheet.row_dimensions[row].height or 15) // 15)


def test_a_heading_stands_whole_above_narrow_figures():
    """LibreOffice keeps the heights a file of Excel names: without one it shows one line."""
    body = xlsx(["Cơ quan", "Đang thực hiện, quá hạn so với hạn đầu"], [["Sở Y tế", 1]])
    sheet = opened(body).worksheets[0]
    width = sheet.column_dimensions["B"].width
    words = "Đang thực hiện, quá hạn so với hạn đầu"
    assert lines_shown(sheet, 1) >= len(words) / width
    assert lines_shown(sheet, 2) == 1


def test_a_long_text_is_shown_to_its_end():
    words = "Rà soát toàn bộ hồ sơ đất đai trễ hạn, lập danh sách theo từng chi nhánh. " * 3
    body = xlsx(["Số", "Nhiệm vụ"], [["1", words], ["2", "một\nhai\nba"], ["3", "ngắn"]])
    sheet = opened(body).worksheets[0]
    assert lines_shown(sheet, 2) >= 4
    assert lines_shown(sheet, 3) == 3
    assert lines_shown(sheet, 4) == 1


def test_no_row_is_higher_than_a_sheet_bears():
    body = xlsx(["Nội dung"], [["chữ " * 8_000]])
    assert opened(body).worksheets[0].row_dimensions[2].height == HIGHEST_ROW
