"""Standing work in the Friday report: each period without a report by name, a line a directive."""

import io
import re
from datetime import date
from html import unescape

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from standing import file, go_to, standing
from world import csrf_of

from workflow.directives.records import Action

OCTOBER = "from=2021-10-01&to=2021-10-31"
TWO = (
    "kỳ tháng 9/2021: hạn 19/09/2021, quá 42 ngày",
    "kỳ tháng 10/2021: hạn 19/10/2021, quá 12 ngày",
)


@pytest.fixture
def owing(world):
    """On 8 November: one agency owes two periods, one of them from before the report's days;
    another reported its second only after them."""
    owed = standing(world)
    late = standing(world, lead="H32.04", content="Việc thứ hai")
    world.act("clerk", owed, Action.ACCEPT)
    world.act(
        "clerk", owed, Action.UPDATE, done="Đang rà soát", difficulties="Thiếu số liệu",
        proposal="Xin mở dữ liệu",
    )  # fmt: skip
    go_to(world, date(2021, 9, 15))
    file(world, late, 1, "other_clerk")
    go_to(world, date(2021, 11, 8))
    file(world, late, 2, "other_clerk")
    return owed, late


def annexes(client, query=OCTOBER):
    paper = docx.Document(io.BytesIO(client.get(f"/summaries/export.docx?{query}").data))
    texts = [part.text or "" for part in paper.element.body.iter(qn("w:t"))]
    tables = [[[c.text for c in r.cells] for r in t.rows] for t in paper.tables]
    return texts, tables


def test_the_page_names_each_period_without_a_report_in_a_line_for_each_directive(world, owing):
    owed, late = owing
    text = world.sign_in("office").get(f"/summaries/?{OCTOBER}").text
    table = unescape(text.partition('id="owed-periods"')[2].partition("</table>")[0])
    assert table.count('class="dd-mark" href="/periods/') == 3
    assert len(re.findall(r"<tr", table)) == 3  # the heading and two directives
    for words in TWO:
        assert words in table
    assert f'href="/periods/{owed}/1"' in table
    assert f'href="/periods/{late}/2"' in table
    assert f'href="/periods/{late}/1"' not in table
    assert "Thiếu số liệu" in table
    assert "Kiến nghị: Xin mở dữ liệu" in table
    assert (
        "Đến hết ngày 31/10/2021 còn 3 kỳ chưa báo cáo của 2 nhiệm vụ, "
        "trong đó 1 kỳ đến hạn từ trước kỳ báo cáo."
    ) in text


def test_the_workbook_has_the_same_lines(world, owing):
    answer = world.sign_in("office").get(f"/summaries/export.xlsx?{OCTOBER}")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    cells = [[c.value for c in row] for row in book["Kỳ chưa báo cáo"].iter_rows()]
    [mine] = [row for row in cells if row[0] == owing[0]]
    assert mine[4] == "; ".join(TWO)
    assert mine[5] == 2
    assert mine[7] == 42
    assert mine[8:10] == ["Thiếu số liệu", "Xin mở dữ liệu"]
    assert len([row for row in cells if row[0] in owing]) == 2


def test_the_draft_has_them_in_an_annex_of_their_own_in_vietnamese(world, owing):
    client = world.sign_in("office")
    token = csrf_of(client.get("/").text)
    client.post("/language", data={"language": "en", "csrf_token": token})
    assert "kỳ tháng" not in client.get(f"/summaries/?{OCTOBER}").text
    texts, tables = annexes(client)
    [lines] = [t for t in tables if "Kỳ chưa báo cáo" in t[0]]
    assert len(lines) == 3
    assert "\n".join(TWO) in [row[4] for row in lines]
    said = " ".join(texts)
    assert "PHỤ LỤC" in texts
    assert "còn 3 kỳ chưa báo cáo của 2 nhiệm vụ" in said
    assert "Danh mục tại Phụ lục kèm theo." in said


def test_two_annexes_have_their_numbers(world, owing):
    world.issue(world.clause(coordinating=(), deadline="30/9/2021"))
    texts, _tables = annexes(world.sign_in("office"), "from=2021-08-20&to=2021-11-08")
    assert [one for one in texts if one.startswith("PHỤ LỤC")] == ["PHỤ LỤC I", "PHỤ LỤC II"]
    said = " ".join(texts)
    assert "tại Phụ lục I kèm theo." in said
    assert "Danh mục tại Phụ lục II kèm theo." in said


def test_an_agency_sees_its_own_and_where_nothing_is_owed_nothing_is_listed(world, owing):
    text = world.sign_in("other_clerk").get(f"/summaries/?{OCTOBER}").text
    assert "còn 1 kỳ chưa báo cáo của 1 nhiệm vụ." in text
    assert "Thiếu số liệu" not in text
    later = world.sign_in("office").get("/summaries/?from=2021-11-01&to=2021-11-08").text
    assert "còn 2 kỳ chưa báo cáo của 1 nhiệm vụ, đều đến hạn từ trước kỳ báo cáo." in later
    early = world.sign_in("office").get("/summaries/?from=2021-09-01&to=2021-09-19").text
    assert 'id="owed-periods"' not in early
