"""A sheet that is secret, or holds no tasks, is refused whole; what is no task is only text."""

import unicodedata

import pytest

from tests.fixtures.sheets import TASKS_HEADING, tasks
from tests.workflow.documents.test_sheet import one, read, reasons
from workflow.errors import Refused


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


def test_a_formula_without_its_result_is_no_task():
    row = one(1, '="Rà "&"soát"', "Sở Nội vụ", None, "30/9/2021")
    assert reasons(row) == [("content", '="Rà "&"soát"', "error_cell")]
