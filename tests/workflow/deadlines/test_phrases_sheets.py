"""Deadline cells of task sheets: those of real ones where they are at hand, and our own."""

from pathlib import Path

import pytest

from workflow.deadlines.phrases import read_deadline
from workflow.deadlines.records import DeadlineKind, Unread

SHARED = Path(__file__).parents[4] / "shared" / "data"

OWN_CELLS = {
    " tháng 9/2019": "2019-09-30",
    "Thường xuyên": None,
    "năm 2019": "2019-12-31",
    "Tháng 3/2019": "2019-03-31",
    "": None,
    "31/05/2019": "2019-05-31",
    " Từ tháng 4/2019 đến  năm 2020": "2020-12-31",
    "tháng 5 đến tháng 7/2019": "2019-07-31",
    "Từ 15/11/2018 đến 28/2/2019": "2019-02-28",
    "năm 2019 - 2020": "2020-12-31",
    "Từ tháng 6 năm 2019 và thường xuyên": None,
    "Quý II đến tháng 10/2019": "2019-10-31",
    "Từ tháng 5 đến tháng 9 năm 2019": "2019-09-30",
    "Tháng 6/2019 đến Tháng 12/2019": "2019-12-31",
    "Từ tháng 1 đến tháng 10/2019 và thường xuyên": "2019-10-31",
    "Trước ngày 15-6": "2019-06-14",
    "Trong năm 2019": "2019-12-31",
}


@pytest.mark.parametrize(("text", "due_on"), OWN_CELLS.items())
def test_every_cell_of_a_sheet_like_the_ministrys_is_read(text, due_on):
    deadline = read_deadline(text, year=2019)
    assert deadline.kind is not DeadlineKind.UNKNOWN
    assert deadline.as_json()["due_on"] == due_on


def cells_of(name, column, first_row):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not at hand")
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = sheet.iter_rows(min_row=first_row, values_only=True)
    return [row[column] for row in rows if row[column]]


def test_the_ministrys_sheet_has_one_row_with_two_ends_and_every_other_is_read():
    cells = cells_of("task_sheet_2017.xlsx", 6, 2)
    unread = [cell for cell in cells if read_deadline(cell, year=2017).reason]
    assert len(cells) > 20
    assert [read_deadline(cell, year=2017).reason for cell in unread] == [Unread.TWO_ENDS]


def test_the_provinces_annex_is_read_whole():
    cells = cells_of("directive_khanh_hoa_2021.xlsx", 4, 5)
    found = [read_deadline(cell, year=2021) for cell in cells]
    assert [deadline.kind for deadline in found] == [
        "fixed", "ongoing", "ongoing", "fixed", "fixed", "ongoing", "ongoing", "fixed",
    ]  # fmt: skip
    assert {str(deadline.due_on) for deadline in found if deadline.due_on} == {
        "2021-09-29",
        "2021-12-31",
    }
