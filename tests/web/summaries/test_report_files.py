"""The Friday report as files: the draft in the official layout, the workbook, the command."""

import io
import json
import zipfile
from datetime import timedelta

import docx
import openpyxl
from docx.oxml.ns import qn
from report_pages import DAYS, ONCE, draft, words_of

from workflow.directives.records import Action


@ONCE
def test_the_draft_is_framed_as_the_decree_draws_it(september):
    paper = draft(september.sign_in("office"))
    said = words_of(paper)
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN", "TỈNH KHÁNH HÒA", "VĂN PHÒNG", "Số:          /BC-VP", "DỰ THẢO",
        "Khánh Hòa, ngày       tháng       năm 2021", "BÁO CÁO", "Nơi nhận:", "CHÁNH VĂN PHÒNG",
        "PHỤ LỤC",
    ):  # fmt: skip
        assert words in said, words
    first, annex = paper.sections
    sizes = (first.page_width, first.page_height, first.left_margin, first.right_margin)
    assert [round(size.mm) for size in sizes] == [210, 297, 30, 15]
    assert annex.page_width > annex.page_height
    assert paper.styles["Normal"].font.name == "Times New Roman"
    grids = [one for one in paper.tables if one.style.name == "Table Grid"]
    assert len(grids) == 2
    assert all(one.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for one in grids)


@ONCE
def test_the_draft_says_the_figures_of_the_page(september):
    paper = draft(september.sign_in("office"))
    table, annex = (one for one in paper.tables if one.style.name == "Table Grid")
    last = [cell.text for cell in table.rows[-1].cells]
    assert last == ["", "Cộng", "5", "1", "6", "1", "0", "2", "2", "1"]
    assert [row.cells[6].text for row in annex.rows] == [
        "Quá hạn (ngày)", "1", "21",
    ]  # fmt: skip
    told = annex.rows[2].cells[7].text
    assert "(Trong số ngày quá hạn: 1 ngày tính cho cơ quan chủ trì; 20 ngày do cấp trên" in told
    assert "6 nhiệm vụ, gồm 5 nhiệm vụ kỳ trước chuyển sang và 1 nhiệm vụ giao mới" in (
        words_of(paper)
    )


@ONCE
def test_days_before_another_took_over_are_not_its_own(world, clock):
    (made,) = world.issue(world.clause(coordinating=(), deadline="Ngày 31-8-2021"))
    clock.at += timedelta(days=19)  # eleven beyond the last one
    world.act("clerk", made.number, Action.UPDATE, done="x", difficulties="Việc của huyện")
    world.act(
        "office", made.number, Action.REASSIGN, agency=world.agencies["H32.11"].id,
        reason="Đúng lĩnh vực",
    )  # fmt: skip
    clock.at += timedelta(days=3)
    client, today = world.sign_in("office"), world.office.today()
    _, annex = (
        one
        for one in draft(client, days=f"from={today}&to={today}").tables
        if one.style.name == "Table Grid"
    )
    late, told, reason = (cell.text for cell in annex.rows[1].cells[6:9])
    assert late == "14"
    assert "3 ngày tính cho cơ quan chủ trì; 11 ngày trước khi cơ quan này nhận chủ trì" in told
    assert reason == ""
    page = client.get(f"/directives/{made.number}").text
    assert "trong đó 3 ngày tính cho cơ quan chủ trì; 11 ngày trước khi cơ quan này" in page
    world.act("office", made.number, Action.RECORD_REPORT, result="Xong", report_number="9/BC",
              report_date=today, received_on=today, signer="Lê Văn Ký", files=(world.file(),))  # fmt: skip
    told = draft(client, days=f"from={today}&to={today}").tables[-1].rows[-1].cells[7].text
    assert told.startswith("Đã báo cáo, chờ xác nhận. "), told


@ONCE
def test_who_signs_is_chosen(september):
    said = words_of(draft(september.sign_in("office"), "&sign=committee_deputy"))
    assert "KT. CHỦ TỊCH" in said
    assert "/BC-UBND" in said


def test_the_workbook_has_the_same_tables_and_no_formula(september):
    data = september.sign_in("office").get(f"/summaries/export.xlsx?{DAYS}").data
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Tổng hợp", "Quá hạn", "Nhiệm vụ"]
    figures, annex, rows = ([[c.value for c in row] for row in sheet.iter_rows()] for sheet in book)
    assert figures[-1][:9] == ["Cộng", 6, 5, 1, 1, 0, 2, 2, 1]
    assert any("=1+1 thiếu số liệu" in row for row in annex)
    assert all(c.data_type != "f" for sheet in book for row in sheet.iter_rows() for c in row)
    start = next(i for i, row in enumerate(rows) if row[0] == "Số") + 1
    assert len(rows) - start == 6
    for row in range(start + 1, start + 7):
        number = book["Nhiệm vụ"].cell(row, 1)
        assert number.hyperlink.target == f"http://localhost/directives/{number.value}"


@ONCE
def test_one_press_brings_both(september):
    data = september.sign_in("office").get(f"/summaries/export.zip?{DAYS}").data
    with zipfile.ZipFile(io.BytesIO(data)) as both:
        assert both.namelist() == [
            "bao-cao-20210901-20210930.docx", "bao-cao-20210901-20210930.xlsx",
        ]  # fmt: skip
        assert both.testzip() is None


@ONCE
def test_strange_signs_in_words_do_not_break_the_draft(world, clock):
    world.issue(
        world.clause(
            content="Sở <b>TN&MT</b>\x0b & \ufffe “một”\ndòng hai", deadline="Trước ngày 10-9"
        )
    )
    clock.at += timedelta(days=40)
    assert "<b>TN&MT</b>" in words_of(draft(world.sign_in("office")))


def run(world, *words):
    return world.app.test_cli_runner().invoke(args=["report", "friday", *words])


def test_the_command_prints_the_figures_and_writes_both_files(september, tmp_path):
    days = ("--from", "2021-09-01", "--to", "2021-09-30")
    told = run(september, *days, "--json", "--out", str(tmp_path))
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    assert (found["total"]["given"], found["total"]["open_late"]) == (6, 2)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".docx", ".xlsx"]
    one = tmp_path / "one.docx"
    assert run(september, *days, "--out", str(one), "--sign", "by_order").exit_code == 0
    assert "TL. CHỦ TỊCH" in words_of(docx.Document(one))


@ONCE
def test_the_command_refuses_a_period_turned_round(september):
    told = run(september, "--from", "2021-09-10", "--to", "2021-09-01", "--json")
    assert told.exit_code == 1
    assert run(september, "--from", "x").exit_code == 2
    assert run(september, "--document", "x").exit_code == 2
