"""The office's list of papers: pasted or imported once, nothing typed twice afterwards."""

import io
import json
import re
from datetime import timedelta
from html import unescape

import openpyxl
import pytest
import standing
from forms import filled, form_on
from sqlalchemy import event
from world import csrf_of

from models.papers.lists import papers_numbered
from workflow.directives.records import Action, State

PDF = b"%PDF-1.4\nx\n%%EOF\n"
HEADING = "Số, ký hiệu\tNgày văn bản\tTrích yếu\tCơ quan gửi\tNgười ký\tNgày đến"
ROW = "45/BC-STNMT\t20/08/2021\tBáo cáo\tSở Tài nguyên và Môi trường\tVõ Thủ Trưởng\t23/08/2021"


@pytest.fixture
def mai(world):
    return world.sign_in("office")


def paste(client, text, direction="incoming", **more):
    data = filled(form_on(client.get("/papers/list/new").text, "/new"), text=text)
    data |= {"direction": [direction]} | more
    return client.post("/papers/list/new", data=data, content_type="multipart/form-data")


def attach(client, name="cv45.pdf"):
    page = client.get("/papers/list").text
    address = "/papers/list/" + page.partition('href="/papers/list/1')[1][-1]
    data = form_on(client.get(address).text, "/file")
    data = data | {"file": (io.BytesIO(PDF), name)}
    return client.post(f"{address}/file", data=data, content_type="multipart/form-data")


def test_an_empty_list_says_what_will_stand_here(mai):
    page = mai.get("/papers/list").text
    assert "Sổ công văn còn trống" in page
    assert 'href="/papers/list/new"' in page


def test_pasted_cells_become_the_list_and_pasting_again_changes_nothing(mai):
    answer = paste(mai, f"{HEADING}\n{ROW}")
    assert answer.status_code == 303
    page = mai.get("/papers/list").text
    assert "1 văn bản mới, 0 thay đổi, 0 đã có sẵn." in page
    assert "45/BC-STNMT" in page
    again = mai.get(paste(mai, f"{HEADING}\n{ROW}").location).text
    assert "0 văn bản mới, 0 thay đổi, 1 đã có sẵn." in again


def test_a_row_that_cannot_be_read_is_told_and_the_others_are_kept(mai):
    answer = paste(mai, f"{HEADING}\n{ROW}\n46/BC\thôm qua\tx\tSở Xây dựng")
    assert answer.status_code == 200
    for words in ("1 văn bản mới", "Dòng 3", "hôm qua", "Không đọc được ngày này"):
        assert words in answer.text
    assert "46/BC" not in mai.get("/papers/list").text


def test_a_list_without_a_heading_says_how_it_was_read_and_is_taken_back(mai):
    number, dated, subject, agency, *_more = ROW.split("\t")
    answer = paste(mai, f"{number}\t{dated}\t{agency}\t{subject}\n46/BC\t31/02/2021\t{agency}\tx")
    page = unescape(answer.text)
    assert "Số, ký hiệu · Ngày văn bản · Cơ quan gửi, nhận · Trích yếu · Người ký" in page
    assert "Số, ký hiệu\tNgày văn bản\tCơ quan gửi, nhận\tTrích yếu" in page, "rows left, with it"
    listed = mai.get("/papers/list").text
    assert "Hoàn tác lần nhập này" in listed
    assert mai.post("/papers/list/imports/1/undo", data=form_on(listed, "/undo")).status_code == 303
    page = mai.get("/papers/list").text
    assert "Đã hoàn tác lần nhập: 1 văn bản bỏ khỏi sổ" in page
    assert number not in page
    assert "Hoàn tác lần nhập này" not in page


def test_a_workbook_is_the_same_list(mai):
    book = openpyxl.Workbook()
    book.active.append(["SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"])
    book.active.append(HEADING.split("\t"))
    book.active.append(ROW.split("\t"))
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    answer = paste(mai, "", file=(stream, "so.xlsx"))
    assert answer.status_code == 303
    assert "45/BC-STNMT" in mai.get("/papers/list").text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Cần điền mục này."),
        ("Số, ký hiệu\tNgày văn bản\tCơ quan gửi", "Danh mục không có dòng nào."),
        (f"{HEADING}\n{ROW}\nMẬT", "Văn bản mật không được đưa vào hệ thống này."),
    ],
)
def test_what_is_no_list_is_refused_with_its_words_and_keeps_the_text(mai, text, words):
    answer = paste(mai, text)
    assert answer.status_code in {409, 422}
    assert words in answer.text
    assert text.partition("\t")[0] in answer.text
    assert "Sổ công văn còn trống" in mai.get("/papers/list").text


def test_a_number_being_typed_offers_what_the_list_knows(mai):
    paste(mai, f"{HEADING}\n{ROW}")
    part = mai.get("/papers/known?report_number=45", headers={"HX-Trigger-Name": "report_number"})
    assert "20/08/2021" in part.text
    assert "Võ Thủ Trưởng" in part.text
    assert "Sổ công văn chưa có số này." in mai.get("/papers/known?report_number=999").text
    assert mai.get("/papers/known?report_number=").text.strip() == ""


def test_nobody_else_learns_what_is_on_the_list(world, mai):
    paste(mai, f"{HEADING}\n{ROW}")
    clerk = world.sign_in("clerk")
    assert "45" not in clerk.get("/papers/known?report_number=45").text
    assert clerk.get("/papers/list").status_code == 403


@pytest.mark.parametrize(("together", "annexes"), [(False, 0), (False, 1), (True, 2)])
def test_recording_a_report_takes_the_number_and_the_list_fills_the_rest(
    world, mai, together, annexes
):
    """One field typed beside the result: date, signer, day received and the signed letter come
    along, before whatever annexes are chosen on the form."""
    paste(mai, f"{HEADING}\n{ROW}")
    assert attach(mai).status_code == 303
    [one] = world.issue(world.clause(expected_output="Báo cáo", deadline="Trước ngày 26-8"))
    address = f"/directives/{one.number}/record_report"
    if together:
        address = f"/papers/{one.number[:9]}/record_report"
    data = form_on(mai.get(address).text, "/record_report")
    data = filled(data, result="Xong", report_number="45/BC-STNMT")
    names = [f"phu-luc-{n}.pdf" for n in range(annexes)]
    data["files"] = [(io.BytesIO(PDF.replace(b"x", name.encode())), name) for name in names]
    answer = mai.post(address, data=data, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    found = world.directive(one.number)
    assert found.state is State.REPORTED
    assert found.completed_on.isoformat() == "2021-08-23"
    assert [piece.name for piece in found.evidence] == ["cv45.pdf", *names]
    page = mai.get(f"/directives/{one.number}").text
    assert "ký ngày 20/08/2021" in page
    assert "người ký Võ Thủ Trưởng" in page


def test_a_paper_says_what_it_was_used_for_and_what_else_may_rest_on_it(world, mai):
    paste(mai, f"{HEADING}\n{ROW}")
    attach(mai)
    done, other = world.issue(world.clause(), world.clause(2, content="Rà soát quy trình"))
    page = mai.get("/papers/list").text
    address = "/papers/list/" + page.partition('href="/papers/list/1')[1][-1]
    assert "Đã dùng cho" not in mai.get(address).text
    data = form_on(mai.get(f"/directives/{done.number}/record_report").text, "/record_report")
    data = filled(data, result="Xong", report_number="45/BC-STNMT")
    sent = mai.post(f"/directives/{done.number}/record_report", data=data)
    assert sent.status_code == 303
    row = re.search(r'data-col="used"[^>]*><div>([^<]*)', mai.get("/papers/list").text)
    assert row is not None
    assert row[1] == "1 nhiệm vụ"
    mending = mai.get(f"{address}/mend").text
    assert "Đã dùng cho 1 nhiệm vụ" in mending
    assert "không đổi số, ngày và người ký trong báo cáo đã ghi nhận" in mending
    page = unescape(mai.get(address).text)
    assert "Đã dùng cho 1 nhiệm vụ" in page
    used = page.partition('id="used"')[2].partition("</section>")[0]
    assert done.number in used
    amend = re.findall(r'href="(/directives/[^"]+/amend\?listed=\d+)"', page)[0]
    form = form_on(mai.get(amend).text, "/amend")
    assert form["paper"] == [""], "an agency's own letter is no document that amends"
    assert form["reason"] == [
        "Căn cứ văn bản 45/BC-STNMT ngày 20/08/2021 của Sở Tài nguyên và Môi trường."
    ]
    [link] = re.findall(r'href="(/directives/[^"]+/reassign\?listed=\d+)"', page)
    assert other.number in link
    form = form_on(mai.get(link).text, "/reassign")
    assert form["paper"] == ["45/BC-STNMT"]
    assert form["paper_date"] == ["20/08/2021"]
    to = str(world.agencies["H32.04"].id)
    data = filled(form, reason="Không thuộc chức năng", agency=to)
    assert mai.post(link, data=data).status_code == 303
    page = mai.get(f"/directives/{other.number}").text
    assert "45/BC-STNMT" in page
    assert [piece.name for piece in world.directive(other.number).evidence] == ["cv45.pdf"]
    seen = []
    engine = world.office.engine

    def count(_conn, _cursor, statement, *_):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    assert "Đã dùng cho 2 nhiệm vụ" in unescape(mai.get(address).text)
    event.remove(engine, "before_cursor_execute", count)
    assert len([one for one in seen if "PRAGMA" not in one]) <= 8


def test_two_papers_of_one_number_fill_nothing_by_guess(world, mai):
    paste(mai, f"{HEADING}\n{ROW}\n{ROW.replace('20/08', '19/08')}")
    [one] = world.issue(world.clause())
    address = f"/directives/{one.number}/record_report"
    data = form_on(mai.get(address).text, "/record_report")
    answer = mai.post(address, data=filled(data, result="Xong", report_number="45/BC-STNMT"))
    assert answer.status_code == 422
    assert world.directive(one.number).state is State.ASSIGNED


def test_a_file_that_is_none_is_refused_at_its_field(mai):
    paste(mai, f"{HEADING}\n{ROW}")
    answer = attach(mai, "x.exe")
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text


def test_the_list_turns_filters_and_finds_without_diacritics(mai):
    rows = "\n".join(f"{n}/BC\t20/08/2021\tBáo cáo số {n}\tSở Xây dựng\t" for n in range(60))
    paste(mai, rows)
    page = mai.get("/papers/list").text
    assert "60 văn bản" in page
    assert 'rel="next"' in page
    assert "1 văn bản" in mai.get("/papers/list?q=bao+cao+so+59").text
    assert "Không có văn bản nào khớp" in mai.get("/papers/list?direction=outgoing").text


def test_a_paste_says_what_was_not_used_and_keeps_what_could_not_be_read_to_be_mended(mai):
    head = f"{HEADING}\tTệp"
    lines = [
        f"{ROW}\tcv45.pdf",
        ROW.replace("Báo cáo", "Lần hai"),
        "46/BC\t20/08/2022\tx\tSở Xây dựng",
        "47/BC\t20/08/2021\tx\tBộ Nội vụ",
    ]
    page = paste(mai, "\n".join([head, *lines])).text
    assert "Cột không dùng đến, nội dung không được giữ: Tệp" in page
    assert "Cùng số, ngày và cơ quan với một dòng trên" in page
    assert "Chưa khớp cơ quan nào" in page
    assert "Ngày này chưa đến." in page
    box = page.partition("<textarea")[2].partition("</textarea>")[0]
    assert "46/BC\t20/08/2022" in box
    assert "Số, ký hiệu\tNgày văn bản" in box
    assert "47/BC" not in box


def only_paper(client):
    page = client.get("/papers/list").text
    return "/papers/list/" + page.partition('href="/papers/list/1')[1][-1]


def test_the_page_of_a_paper_mends_it_and_takes_it_off(mai):
    paste(mai, f"{HEADING}\n{ROW}")
    address = only_paper(mai)
    data = form_on(mai.get(f"{address}/mend").text, "/mend")
    wrong = mai.post(f"{address}/mend", data=filled(data, dated="hôm qua"))
    assert wrong.status_code == 422
    assert 'id="dated-error"' in wrong.text
    assert mai.post(f"{address}/mend", data=filled(data, number="54/BC")).status_code == 303
    page = mai.get(address).text
    assert "54/BC" in page
    data = form_on(page, "/remove")
    assert mai.post(f"{address}/remove", data=data).status_code == 303
    assert "Đã xóa 54/BC khỏi sổ công văn" in mai.get("/papers/list").text


def test_an_incoming_paper_leads_to_the_form_that_records_it_filled(world, mai):
    paste(mai, f"{HEADING}\n{ROW.replace('20/08', '23/08')}")
    attach(mai)
    soon = world.clause(1, deadline="Trước ngày 26-8")
    made = world.issue(soon, world.clause(2, deadline="Trước ngày 20-12"))
    page = mai.get(only_paper(mai)).text
    assert "Ghi nhận báo cáo bằng văn bản này" in page
    paste(mai, f"{HEADING}\n{ROW.replace('45/BC', '44/BC').replace('20/08/2021', '02/01/2020')}")
    early = re.findall(r'href="(/papers/list/\d+)">44/BC', mai.get("/papers/list").text)
    assert "Ghi nhận báo cáo bằng" not in mai.get(early[0]).text, (
        "older than what it would report on"
    )
    link = page.partition('href="/papers/2021-0001/record_report')[1:]
    address = (link[0] + link[1].partition('"')[0]).removeprefix('href="').replace("&amp;", "&")
    form = mai.get(address).text
    for name, value in {
        "report_number": "45/BC-STNMT", "report_date": "23/08/2021", "received_on": "23/08/2021",
        "signer": "Võ Thủ Trưởng",
    }.items():  # fmt: skip
        assert f'name="{name}" ' in form
        assert f'value="{value}"' in form
    assert "cv45.pdf" in form
    assert f'name="{made[0].number}-include" value="y" checked' in form
    assert f'name="{made[1].number}-include" value="y">' in form


def test_a_known_paper_is_named_whole_where_an_act_asks_for_the_paper(mai):
    paste(mai, f"{HEADING}\n{ROW}")
    named = "45/BC-STNMT ngày 20/08/2021"
    fill = json.dumps({"paper": named}).replace('"', "&#34;")
    part = mai.get("/papers/known?paper=45", headers={"HX-Trigger-Name": "paper"})
    assert fill in part.text
    again = mai.get(f"/papers/known?paper={named}", headers={"HX-Trigger-Name": "paper"})
    assert "chưa có số này" not in again.text


def test_the_document_an_act_rests_on_brings_its_day_and_file_from_the_list(world, mai):
    paste(mai, f"{HEADING}\n9/UBND-TH\t20/08/2021\tĐiều chỉnh\tSở Xây dựng", direction="outgoing")
    attach(mai, "vb9.pdf")
    [number] = [one.number for one in world.issue(world.clause())]
    offered = mai.get("/papers/known?field=paper&paper=&dated=yes&lead=1").text
    assert "Mới nhất trong sổ công văn" in offered, "nothing typed: the newest are offered"
    [fill] = [json.loads(unescape(one)) for one in re.findall('data-fill="([^"]+)"', offered)]
    assert fill == {"paper": "9/UBND-TH", "paper_date": "20/08/2021"}
    address = f"/directives/{number}/withdraw"
    page = mai.get(address).text
    data = filled(form_on(page, "/withdraw"), paper="9/ubnd-th", reason="Hết hiệu lực")
    assert mai.post(address, data=data).status_code == 303
    told = mai.get(f"/directives/{number}").text
    assert "20/08/2021" in told
    assert "vb9.pdf" in told
    assert not world.directive(number).result_evidence


def test_a_late_recorded_report_says_that_the_day_received_counts(world):
    [one] = world.issue(world.clause(deadline="Trước ngày 25-8"))
    world.clock.at += timedelta(days=7)
    day = world.office.today()
    world.act(
        "office", one.number, Action.RECORD_REPORT, result="Xong", report_number="45/BC",
        report_date=day - timedelta(days=5), received_on=day, signer="Võ Thủ Trưởng",
    )  # fmt: skip
    page = world.sign_in("office").get(f"/directives/{one.number}").text
    assert "báo cáo quá 6 ngày" in page
    assert "tính theo ngày nhận văn bản, 30/08/2021" in page


def test_a_list_of_no_kind_there_is_is_taken_for_papers_that_came_in(mai):
    assert paste(mai, f"{HEADING}\n{ROW}", direction="x").status_code == 303


def test_a_number_is_looked_up_without_the_signs_that_no_text_holds(world, mai):
    paste(mai, f"{HEADING}\n{ROW}")
    asked = {"direction": None, "lead_id": None}
    with world.office.reading() as unit:
        [listed] = papers_numbered(unit.connection, "45", **asked)
        assert papers_numbered(unit.connection, "\00045\000", **asked) == (listed,)


def test_rows_taken_with_a_word_and_rows_left_stand_apart_with_their_own_text(world):
    client = world.sign_in("office")
    token = csrf_of(client.get("/papers/list/new").text)
    text = "45/BC\t20/08/2021\tBáo cáo\tSở Lạ Hoắc\n46/BC\t31/02/2021\tBáo cáo\tSở Nội vụ"
    page = client.post("/papers/list/new", data={"csrf_token": token, "text": text}).text
    told, left = page.index('"told-rows"'), page.index('"left-rows"')
    assert "Sở Lạ Hoắc" in page[told:left]
    assert "31/02/2021" in page[left:]
    assert "31/02/2021" not in page[told:left]


def test_a_period_recorded_alone_takes_the_letter_from_the_list_too(world):
    number = standing.standing(world)
    world.clock.at += timedelta(days=60)
    mai = world.sign_in("office")
    paste(mai, f"{HEADING}\n{ROW}")
    attach(mai)
    address = f"/periods/{number}/1/record_period"
    data = filled(
        form_on(mai.get(address).text, address), result="Xong", report_number="45/BC-STNMT"
    )
    data["files"] = [(io.BytesIO(PDF.replace(b"x", b"y")), "phu-luc.pdf")]
    answer = mai.post(address, data=data, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    page = mai.get(answer.location).text
    assert "cv45.pdf" in page
    assert "phu-luc.pdf" in page


def shelf(client):
    """Three incoming papers of two agencies in two months, and one that left."""
    rows = (
        ROW, ROW.replace("45/BC", "51/BC").replace("20/08", "02/07").replace("23/08", "05/07"),
        "7/BC-SXD\t19/08/2021\tBáo cáo\tSở Xây dựng\tTrần Văn Xây\t20/08/2021",
    )  # fmt: skip
    paste(client, "\n".join([HEADING, *rows]))
    paste(client, f"{HEADING}\n9/UBND\t18/08/2021\tGiao việc\tSở Xây dựng", "outgoing")


def told(page):
    """The rows of the table that counts, as one reads them."""
    table = page.partition('id="counted"')[2].partition("</table>")[0]
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_the_list_says_when_a_paper_came_and_is_narrowed_to_days_and_an_agency(mai):
    shelf(mai)
    page = mai.get("/papers/list").text
    assert "4 văn bản" in page
    assert "23/08/2021" in page
    page = mai.get("/papers/list?since=01/08/2021&until=19/08/2021").text
    assert "2 văn bản" in page
    assert "từ 01/08/2021" in page
    assert "45/BC-STNMT" not in page
    page = mai.get("/papers/list?agency=H32.03").text
    assert "2 văn bản" in page
    assert "7/BC-SXD" not in page
    assert "4 văn bản" in mai.get("/papers/list?since=hôm+qua").text


def test_papers_are_counted_by_agency_and_by_month_and_each_figure_opens_its_rows(mai):
    shelf(mai)
    page = mai.get("/papers/list?by=agency").text
    counted = told(page)
    assert any(row.startswith("Sở Tài nguyên và Môi trường 2 0 2") for row in counted)
    assert any(row.startswith("Sở Xây dựng 1 1 2") for row in counted)
    assert 'href="/papers/remind?agency=H32.03&amp;alone=yes"' in page
    page = mai.get("/papers/list?by=month").text
    assert any(row.startswith("Tháng 8/2021 2 1 3") for row in told(page))
    [address] = re.findall(
        r'href="([^"]*since=2021-08-01[^"]*incoming[^"]*|[^"]*incoming[^"]*since=2021-08-01[^"]*)"',
        page,
    )
    assert "2 văn bản" in mai.get(unescape(address)).text


def test_the_list_with_its_counts_asks_for_few_statements(world, mai):
    shelf(mai)
    seen = []
    engine = world.office.engine

    def count(_conn, _cursor, statement, *_):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    mai.get("/papers/list?by=agency")
    event.remove(engine, "before_cursor_execute", count)
    assert len([one for one in seen if "PRAGMA" not in one and one != "BEGIN"]) <= 8


def test_who_records_down_the_list_comes_back_to_it(world, mai):
    day = world.office.today().strftime("%d/%m/%Y")
    paste(mai, f"{HEADING}\n{ROW}".replace("20/08/2021", day).replace("23/08/2021", day))
    [one] = world.issue(world.clause())
    [paper] = re.findall(r'href="/papers/list/(\d+)"', mai.get("/papers/list").text)
    page = mai.get(f"/papers/list/{paper}").text
    [way] = set(re.findall(r'href="(/papers/[^"]+/record_report[^"]+)"', page))
    way = unescape(way)
    data = form_on(mai.get(way).text, "/record_report")
    sent = mai.post(way, data=filled(data, result="Xong", **{f"{one.number}-include": "y"}))
    assert (sent.status_code, sent.location) == (303, "/papers/list")
    assert "xong 1 nhiệm vụ" in mai.get("/papers/list").text
