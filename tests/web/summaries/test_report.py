"""The Friday report: a sum that agrees on the page, in the files and in the rows behind it."""

import io
import json
import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from html import unescape
from urllib.parse import urlencode

import docx
import openpyxl
import pytest
import standing
from docx.oxml.ns import qn
from sqlalchemy import event, update
from violating import add_dossiers, recorded
from world import csrf_of

from models.agencies.rows import AgencyRow
from workflow.directives.records import Action
from workflow.text import sort_key

DAYS = "from=2021-09-01&to=2021-09-30"
ONCE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
"""For what does not ask the database anything of its own."""
BECAME = ("done_on_time", "done_late", "open_in_time", "open_late", "suspended")


@pytest.fixture
def september(world, clock):
    """In September: one done, one waits, one late and told about, one new, one paused."""
    leads = ("H32.03", "H32.04", "H32.10", "H32.11")
    made = world.issue(
        world.clause(lead=leads, coordinating=("H32.02",), deadline="Trước ngày 10-9"),
        world.clause(2, lead="H32.03", coordinating=()),
    )
    numbers = [one.number for one in made]
    clock.at += timedelta(days=10)
    world.report(numbers[0])
    clock.at += timedelta(days=1)
    world.act("office", numbers[0], Action.VERIFY, verdict="met")
    world.act(
        "other_clerk", numbers[1], Action.UPDATE, done="Đã lập danh sách",
        difficulties="=1+1 thiếu số liệu", proposal="Đề nghị mở dữ liệu",
    )  # fmt: skip
    world.report(numbers[2], "district")
    world.act("office", numbers[3], Action.SUSPEND, paper="9/UBND-VP")
    world.issue(
        world.clause(lead="H32.03", coordinating=(), content="Việc mới", deadline="30/11/2021")
    )
    clock.at += timedelta(days=27)
    return world


def page(client, query=DAYS, path="/summaries/"):
    answer = client.get(f"{path}?{query}", follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def figures(text):
    """Return the figures of the table, row by row, with the addresses of their rows."""
    body = text.partition('id="summary"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    found = {}
    for row in body.split("</tr>")[:-1]:
        cells = re.findall(r'data-col="(\w+)"[^>]*><div>(.*?)</div></td>', row, re.DOTALL)
        told = {key: re.sub(r"<[^>]+>", "", cell).strip() for key, cell in cells}
        links = {key: re.findall(r'href="([^"]+)"', cell) for key, cell in cells}
        found[told.pop("agency")] = (told, links)
    return found


def test_both_sides_are_one_sum_in_every_row(september):
    rows = figures(page(september.sign_in("leader")))
    assert list(rows) == [
        "Sở Tài nguyên và Môi trường", "Sở Xây dựng", "UBND huyện Cam Lâm", "UBND huyện Vạn Ninh",
        "Cộng",
    ]  # fmt: skip
    for told, _links in rows.values():
        assert int(told["carried"]) + int(told["new"]) == int(told["given"])
        assert sum(int(told[one]) for one in BECAME) == int(told["given"])
    whole, _ = rows["Cộng"]
    assert [whole[one] for one in ("carried", "new", *BECAME)] == [
        "5",
        "1",
        "1",
        "0",
        "2",
        "2",
        "1",
    ]


def test_each_figure_opens_as_many_rows_as_it_says(september):
    client = september.sign_in("office")
    checked = 0
    for told, links in figures(page(client)).values():
        for key, [url] in ((key, link) for key, link in links.items() if link and key != "agency"):
            opened = client.get(unescape(url)).text
            assert opened.count('data-col="number"') - 1 == int(told[key]), url
            checked += 1
    assert checked > 15


def test_the_meetings_page_tells_of_the_one_stop_shop_with_the_units_below(september):
    ids = {code: one.id for code, one in september.agencies.items()}
    day, late = date(2021, 9, 2), {"due_on": date(2021, 9, 9), "promised_on": date(2021, 9, 9)}
    done = {"received_on": day, "ended_on": date(2021, 9, 8), "promised_last_on": None} | late
    add_dossiers(
        september,
        done | {"agency_id": ids["H32.10"]},
        done | {"agency_id": ids["H32.10.1"]},
        done | {"agency_id": ids["H32.10.1"], "ended_on": date(2021, 9, 20)},
        done | {"agency_id": ids["H32.10"], "received_on": date(2021, 8, 30)},
        done | {"agency_id": ids["H32.11"]},
    )
    at = datetime(2021, 9, 20, 3, tzinfo=UTC)
    recorded(september, agency_id=ids["H32.10.1"], occurred_at=at)
    client = september.sign_in("leader")
    text = page(client, f"{DAYS}&agency=H32.10", path="/summaries/meeting")
    shop = text.partition("Một cửa, cả đơn vị trực thuộc")[2].partition("</ul>")[0]
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", shop))
    assert "66,7 % hồ sơ đúng hạn (trên 3) 1 hồ sơ trễ hạn 1 trường hợp có dấu hiệu vi phạm" in told
    rates, overdue, signs = map(unescape, re.findall(r'href="([^"]+)"', shop))
    assert "66,7" in client.get(rates).text
    assert "1 hồ sơ" in client.get(overdue).text
    assert "1 vi phạm" in client.get(signs).text


def test_the_annex_says_how_late_and_what_was_last_said(september):
    text = page(september.sign_in("leader"))
    annex = text.partition('id="late-work"')[2]
    assert "Đã lập danh sách" in annex
    assert "thiếu số liệu" in annex
    assert "Kiến nghị: Đề nghị mở dữ liệu" in annex
    assert re.search(r'<span class="dd-late">21</span>', annex)


@ONCE
def test_without_a_period_it_is_this_week_and_the_address_says_so(world):
    answer = world.sign_in("leader").get("/summaries/?document=")
    assert (answer.status_code, "from=2021-08-23&to=2021-08-23" in answer.headers["Location"]) == (
        302, True,
    )  # fmt: skip


@ONCE
def test_days_that_cannot_be_read_are_told_at_their_field_and_kept(world):
    client = world.sign_in("leader")
    for query, said in (
        ("from=32/13/2021&to=1/9/2021", 'value="32/13/2021"'),
        ("from=20/8/2021&to=10/8/2021", "Ngày cuối phải sau ngày đầu."),
        ("from=1/1/2030&to=2/1/2030", "Ngày này chưa đến."),
        ("from=2021-08-01&to=2021-08-02&documents=x", "Không đọc được văn bản “x”."),
    ):
        assert said in page(client, query)


@ONCE
def test_the_days_of_the_form_can_be_sent_again_in_english_too(world):
    client = world.sign_in("leader")
    client.post("/language", data={"language": "en", "csrf_token": csrf_of(client.get("/").text)})
    for path, names in (
        ("/summaries/", ("from", "to")),
        ("/summaries/timeline", ("from", "until")),
    ):
        text = page(client, "", path)
        typed = {name: re.search(rf'name="{name}" value="([^"]+)"', text)[1] for name in names}
        assert "dd-error" not in page(client, urlencode(typed), path)


def test_documents_source_and_agency_narrow_it(september):
    client = september.sign_in("office")
    key = "2021-0001"
    rows = figures(page(client, f"{DAYS}&documents={key}&documents=2021-0099"))
    assert rows["Cộng"][0]["given"] == "5"
    assert "Không có nhiệm vụ nào trong kỳ này" in page(client, f"{DAYS}&source=meeting")
    assert set(figures(page(client, f"{DAYS}&agency=H32.10"))) == {"UBND huyện Cam Lâm", "Cộng"}


def test_what_came_into_the_book_later_is_told_and_counted_when_asked(september):
    september.clock.at += timedelta(days=2)
    client = september.sign_in("office")
    september.issue(september.clause(lead="H32.05", coordinating=()), issued_on=date(2021, 9, 27))
    text = page(client)
    assert "1 nhiệm vụ giao đến hết kỳ nhưng vào sổ sau ngày 30/09/2021 nên chưa tính." in text
    assert figures(text)["Cộng"][0]["new"] == "1"
    [url] = re.findall(r'nên chưa tính\. <a href="([^"]+)"', text)
    asked = page(client, unescape(url).partition("?")[2])
    assert figures(asked)["Cộng"][0]["new"] == "2"
    assert "nên chưa tính" not in asked


def test_an_agency_reads_its_own_figures_only(september):
    rows = figures(page(september.sign_in("other_clerk")))
    assert set(rows) == {"Sở Xây dựng", "Cộng"}


def test_more_rows_cost_no_more_statements(september):
    client = september.sign_in("leader")
    few = [statements(september, client, path) for path in ("/summaries/", "/summaries/meeting")]
    for _ in range(2):
        september.issue(
            *(
                september.clause(n, lead=("H32.02", "H32.03", "H32.05"), deadline="Trước ngày 10-9")
                for n in range(1, 8)
            )
        )
    assert [statements(september, client, p) for p in ("/summaries/", "/summaries/meeting")] == few
    assert max(few) <= 8


def statements(world, client, path):
    seen = []

    def note(connection, cursor, statement, *rest):
        if not statement.upper().startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    engine = world.office.engine
    event.listen(engine, "before_cursor_execute", note)
    page(client, path=path)
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_what_coordinating_agencies_owe_is_counted_and_told(world, clock):
    [made] = world.issue(world.clause(coordinating=("H32.04", "H32.02")))
    world.act("clerk", made.number, Action.ACCEPT)
    world.act(
        "clerk", made.number, Action.REQUEST_INPUT, what="Số liệu quý III",
        agencies=(world.agencies["H32.04"].id,), needed_on=date(2021, 8, 31),
    )  # fmt: skip
    clock.at += timedelta(days=16)
    client = world.sign_in("leader")
    text = page(client, "from=2021-09-01&to=2021-09-08")
    [url] = re.findall(r'chưa trả lời <span[^>]*><a href="([^"]+)">1</a>', text)
    late = client.get(unescape(url)).text
    assert "Số liệu quý III" in late
    assert '<span class="dd-late">8</span>' in late
    assert "Sở Xây dựng (1)" in words_of(draft(client, days="from=2021-09-01&to=2021-09-08"))
    assert "chưa trả lời <span" not in page(client, "from=2021-08-01&to=2021-08-31")


# --- files -------------------------------------------------------------------------------


def draft(client, more="", days=DAYS):
    body = client.get(f"/summaries/export.docx?{days}{more}").data
    return docx.Document(io.BytesIO(body))


def words_of(paper):
    """Return every word of a draft, those in tables too."""
    return "\n".join(part.text or "" for part in paper.element.body.iter(qn("w:t")))


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


# --- the page of a meeting ---------------------------------------------------------------


def test_each_agency_has_a_page_for_the_meeting(september):
    text = page(september.sign_in("leader"), path="/summaries/meeting")
    assert text.count('class="dd-paper"') == 4
    own = text.partition("Sở Xây dựng")[2].partition("</article>")[0]
    assert "Vướng mắc: =1+1 thiếu số liệu" in own
    assert "Yêu cầu hoàn thành nhiệm vụ" in own
    assert "Trả lời 1 đề nghị, kiến nghị" in own


def test_the_agency_that_was_asked_for_stands_before_its_units(world):
    unit_name = "An Bình, đơn vị trực thuộc"
    with world.unit() as unit:
        of = AgencyRow.code == "H32.10.1"
        unit.connection.execute(
            update(AgencyRow).where(of).values(name=unit_name, sort_key=sort_key(unit_name))
        )
    world.issue(world.clause(1, lead="H32.10.1"), world.clause(2, lead="H32.10"))
    text = page(world.sign_in("leader"), "agency=H32.10", "/summaries/meeting")
    names = re.findall(r'<h2 id="paper-\d">([^<]+)</h2>', text)
    assert names == [world.agencies["H32.10"].name, unit_name]


def test_the_page_for_the_meeting_tells_of_missing_periods_of_the_year_unless_asked(world, clock):
    standing.standing(world, lead="H32.04")
    standing.go_to(world, date(2021, 11, 22))
    text = page(world.sign_in("leader"), "agency=H32.04", "/summaries/meeting")
    assert "từ ngày 01/01/2021 đến ngày 22/11/2021" in text
    own = text.partition('class="dd-paper"')[2].partition("</article>")[0]
    assert "3 kỳ báo cáo quá hạn, chưa nộp</a>, lâu nhất từ hạn 19/09/2021" in own
    assert 'href="/periods/?agency=H32.04&amp;count=missing"' in own
    assert "Yêu cầu gửi ngay 3 báo cáo kỳ còn thiếu (lâu nhất quá 64 ngày)." in own


def test_an_agency_outside_the_scope_has_none(september):
    client = september.sign_in("other_clerk")
    assert client.get(f"/summaries/meeting?{DAYS}&agency=H32.03").status_code == 404
    assert client.get(f"/summaries/meeting?{DAYS}&agency=H32.04").status_code == 200


# --- progress to a day ----------------------------------------------------------------------


def test_what_falls_due_up_to_a_day_is_counted_and_drawn(september):
    text = page(september.sign_in("leader"), "until=2021-09-30", "/summaries/timeline")
    assert "5 nhiệm vụ đến hạn tới 30/09/2021: 1 đã xong, 2 quá hạn chưa xong" in text
    assert text.count('class="dd-line-bar"') == 5
    assert "Tạm dừng" in text
    [(column, more)] = re.findall(r'<a href="([^"]+)" aria-label="09/09/2021: (\d+)', text)
    narrowed = page(september.sign_in("leader"), unescape(column).partition("?")[2],
                    "/summaries/timeline")  # fmt: skip
    assert narrowed.count('class="dd-line-bar"') == int(more) == 4


@ONCE
def test_days_of_the_progress_that_cannot_be_read_are_told(world):
    client = world.sign_in("clerk")
    for query, said in (("until=x", "dd-error"), ("from=2021-12-31&until=2021-01-01", "dd-error")):
        assert said in page(client, query, "/summaries/timeline")
    assert "Không có nhiệm vụ nào đến hạn" in page(
        client, "until=2021-09-30", "/summaries/timeline"
    )


# --- the command -------------------------------------------------------------------------


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


@ONCE
def test_extensions_and_new_leads_of_the_days_open_their_rows(world, clock):
    made = world.issue(*(world.clause(n, coordinating=()) for n in (1, 2, 3)))
    for one in made[:2]:
        world.act("clerk", one.number, Action.REQUEST_EXTENSION, due_on=date(2021, 10, 20),
                  reason="Mưa bão")  # fmt: skip
    world.act("leader", made[0].number, Action.DECIDE_EXTENSION, decision="granted")
    world.act("leader", made[1].number, Action.DECIDE_EXTENSION, decision="refused", reason="Gấp")
    world.act("clerk", made[1].number, Action.REQUEST_EXTENSION, due_on=date(2021, 10, 11),
              reason="Thêm tuần")  # fmt: skip
    world.act("office", made[2].number, Action.REASSIGN, agency=world.agencies["H32.04"].id,
              reason="Đúng ngành")  # fmt: skip
    client = world.sign_in("office")
    text = page(client)
    for kind, count, said in (
        ("asked", 3, "11/10/2021"),
        ("granted", 1, "29/09/2021"),
        ("refused", 1, "20/10/2021"),
        ("reassigned", 1, "Sở Xây dựng"),
    ):
        [(url, told)] = re.findall(
            rf'href="([^"]*/summaries/moves[^"]*kind={kind}[^"]*)">(\d+)<', text
        )
        assert int(told) == count
        rows = client.get(unescape(url)).text
        assert rows.count("<tr") == count + 1
        assert said in rows
    other = world.sign_in("other_clerk").get("/summaries/moves?kind=asked").text
    assert made[0].number not in other


def test_many_agencies_are_chosen_from_before_their_pages_are_built(september, monkeypatch):
    monkeypatch.setattr("web.summaries.meeting.AT_ONCE", 1)
    client = september.sign_in("leader")
    text = page(client, path="/summaries/meeting")
    assert "Chọn cơ quan" in text
    assert 'class="dd-paper"' not in text
    assert 'class="dd-paper"' in page(client, f"{DAYS}&all=yes", "/summaries/meeting")
