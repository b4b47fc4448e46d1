"""Where lateness comes from, what if a step met its limit, a sample to read, and the export."""

import html
import io
import re
from contextlib import contextmanager
from datetime import date

import caseload
import openpyxl
import pytest
from sqlalchemy import event, select
from world import csrf_of

from models.causes.rows import DossierCauseRow
from web.causes import broken

YEAR = {"from": "2021-01-01"}
LAND, TAX = "Chi nhánh VPĐKĐĐ Cam Lâm", "Chi cục Thuế khu vực"


def late(world, *, slow="Thẩm tra", holder=LAND, by=6, **more):
    """An overdue land dossier of which one step ran over by some working days."""
    start = date(2021, 6, 1)
    limit = caseload.CALENDAR.due_on(start, 5)
    end = caseload.CALENDAR.due_on(limit, by)
    values = {"received_on": start, "promised_on": caseload.CALENDAR.due_on(start, 7)}
    steps = [
        caseload.step(1, slow, holder, start, end, limit),
        caseload.step(2, "Trả kết quả", "Bộ phận Một cửa", end, end),
    ]
    return caseload.one(world, ended_on=end, steps=steps, **(values | more))


@pytest.fixture
def stocked(world):
    for _ in range(28):
        late(world)
    for _ in range(5):
        late(world, slow="Xác định thuế", holder=TAX, by=3, agency="H32.04", field_text="Xây dựng")
    caseload.one(world, ended_on=date(2021, 6, 4))
    return world


def page(client, **query):
    answer = client.get("/causes/", query_string=YEAR | query, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def bars(text):
    """Return the bars as words and numbers, in their order."""
    chart = text.partition('<ol class="dd-pareto">')[2].partition("</ol>")[0]
    found = re.findall(r"<a href=\"([^\"]+)\">([^<]+)</a>.*?dd-nowrap\">(\d+) ", chart, re.DOTALL)
    return [(words, int(number)) for _, words, number in found], [url for url, *_ in found]


def test_without_a_period_it_is_this_year(stocked):
    answer = stocked.sign_in("office").get("/causes/")
    assert answer.status_code == 302
    assert "from=2021-01-01" in answer.headers["Location"]


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("step", [("Thẩm tra", 28), ("Xác định thuế", 5)]),
        ("fault", [(LAND, 28), (TAX, 5)]),
        ("agency", [("Sở Tài nguyên và Môi trường", 28), ("Sở Xây dựng", 5)]),
        ("field", [("Đất đai", 28), ("Xây dựng", 5)]),
        ("cause", []),
    ],
)
def test_bars_fall_and_each_opens_its_rows(stocked, kind, wanted):
    client = stocked.sign_in("office")
    found, urls = bars(page(client, kind=kind))
    assert found == wanted
    for (_words, number), url in zip(found, urls, strict=True):
        rows = client.get(url.replace("&amp;", "&"), follow_redirects=True)
        assert rows.status_code == 200
        assert f">{number} hồ sơ<" in rows.text


def test_the_rows_come_by_the_page_the_longest_over_first(stocked, monkeypatch):
    monkeypatch.setattr(broken, "PAGE", 20)
    client = stocked.sign_in("office")
    address, seen = "/causes/rows?step=Thẩm tra", []
    while address:
        text = client.get(address, follow_redirects=True).text
        assert ">28 hồ sơ<" in text
        rows = text.partition('id="rows"')[2].partition("</table>")[0]
        seen.append([int(over) for over in re.findall(r'data-col="over"[^>]*><div>(\d+)<', rows)])
        following = re.search(r'rel="next" href="([^"]+)"', text)
        address = following.group(1).replace("&amp;", "&") if following else ""
    assert [len(some) for some in seen] == [20, 8]
    whole = [over for some in seen for over in some]
    assert whole == sorted(whole, reverse=True)
    beyond = client.get("/causes/rows?step=Thẩm tra&page=99", follow_redirects=True)
    assert re.findall(r'data-col="over"[^>]*><div>(\d+)<', beyond.text) == [
        str(n) for n in seen[-1]
    ]


def test_the_title_says_the_finding(stocked):
    text = page(stocked.sign_in("office"), kind="step")
    assert re.search(r"Thẩm tra chiếm 85 % của \d+ hồ sơ có nhật ký các bước", text)


def test_a_row_of_what_if_opens_the_dossiers_in_which_the_step_ran_over(stocked):
    client = stocked.sign_in("office")
    sheet = page(client, kind="step").partition('id="what-if"')[2]
    found = re.findall(r'<a href="([^"]+broken=[^"]+)">(\d+)</a>', sheet)
    assert found
    for url, number in found:
        text = client.get(url.replace("&amp;", "&")).text
        assert re.search(rf'class="dd-total"[^>]*>\s*{number} ', text)


def test_what_if_a_step_met_its_limit_is_told_with_both_figures(stocked):
    text = page(stocked.sign_in("office"))
    assert "giảm từ 33 xuống 5" in text
    assert "giảm từ 33 xuống 28" in text


def test_too_few_dossiers_prove_nothing_and_that_is_said(stocked):
    text = page(stocked.sign_in("office"), field="Xây dựng")
    assert "Chỉ có 5 hồ sơ quá hạn có nhật ký, ít hơn mức 30" in text
    assert "giảm từ" not in text


def test_an_empty_scope_says_what_will_stand_there(world):
    assert "Không có hồ sơ quá hạn nào trong phạm vi này" in page(world.sign_in("office"))


def test_an_agency_sees_its_own_lateness_only(stocked):
    assert bars(page(stocked.sign_in("other_clerk"), kind="step"))[0] == [("Xác định thuế", 5)]
    assert bars(page(stocked.sign_in("foreign"), kind="step"))[0] == []


# --- giving causes -------------------------------------------------------------------------


def given(world):
    with world.office.reading() as unit:
        rows = unit.connection.execute(
            select(DossierCauseRow.dossier_id, DossierCauseRow.code, DossierCauseRow.is_primary)
        )
        return sorted((row.dossier_id, row.code, row.is_primary) for row in rows)


def test_the_form_comes_filled_in_with_what_the_steps_suggest(world):
    row = late(world, slow="Xác định thuế", holder=TAX)
    client = world.sign_in("clerk")
    form = client.get(f"/causes/assign?ids={row['id']}").text
    assert re.search(
        r'<option[^>]* selected[^>]*value="L05"|value="L05"[^>]* selected|selected value="L05"',
        form,
    )
    assert 'value="Xác định thuế"' in form
    assert 'value="6"' in form
    answer = client.post(
        "/causes/assign",
        data={
            "csrf_token": csrf_of(form), "ids": str(row["id"]), "primary": "L05",
            "secondary": ["L11"], "step": "Xác định thuế", "days_lost": "6", "suggested": "L05",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    assert given(world) == [(row["id"], "L05", True), (row["id"], "L11", False)]
    shown = client.get(answer.headers["Location"]).text
    assert "theo gợi ý từ các bước" in shown
    assert bars(page(client, kind="cause"))[0] == [("L05 Cơ quan thuế chậm ra thông báo", 1)]
    late(world)
    sample = client.get("/causes/sample", query_string=YEAR | {"size": "1"}).text
    read = "1 trên 1; cả phạm vi: 20,7 đến 100 %, tức 1 đến 2 hồ sơ"
    assert (read in sample) == ("Chưa ai xác định nguyên nhân" not in sample)


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(world):
    row = late(world)
    client = world.sign_in("clerk")
    form = client.get(f"/causes/assign?ids={row['id']}").text
    answer = client.post(
        "/causes/assign",
        data={
            "csrf_token": csrf_of(form), "ids": str(row["id"]), "primary": "L05",
            "secondary": ["L05"], "step": "bước gõ tay", "days_lost": "nhiều",
        },
    )  # fmt: skip
    assert answer.status_code == 422
    assert "bước gõ tay" in answer.text
    assert "nhiều" in answer.text
    assert given(world) == []


def test_many_are_given_at_once(stocked):
    client = stocked.sign_in("office")
    codes = client.get("/dossiers/?standing=overdue").text
    ids = re.findall(r'name="ids" value="(\d+)"', codes)
    assert len(ids) == 33
    form = client.get(f"/causes/assign?ids={','.join(ids)}")
    assert "33 hồ sơ" in form.text
    client.post(
        "/causes/assign",
        data={"csrf_token": csrf_of(form.text), "ids": ",".join(ids), "primary": "L14"},
    )
    assert len(given(stocked)) == 33


def test_every_figure_at_the_head_opens_exactly_its_dossiers(stocked):
    caseload.one(stocked, received_on=date(2021, 6, 1), promised_on=date(2021, 6, 3),
                 ended_on=date(2021, 6, 9))  # fmt: skip
    client = stocked.sign_in("office")
    codes = client.get("/dossiers/?standing=overdue").text
    ids = ",".join(re.findall(r'name="ids" value="(\d+)"', codes)[:4])
    form = client.get(f"/causes/assign?ids={ids}").text
    client.post("/causes/assign",
                data={"csrf_token": csrf_of(form), "ids": ids, "primary": "L11"})  # fmt: skip
    head = page(client).partition('class="dd-figures')[2].partition("</ul>")[0]
    tiles = re.findall(r'href="([^"]+)"[^>]*>\s*<b>(\d+)</b> ([^<]+)', head)
    assert [(count, words.strip()) for _, count, words in tiles] == [
        ("34", "hồ sơ quá hạn"),
        ("33", "có nhật ký các bước"),
        ("4", "đã xác định nguyên nhân"),
        ("30", "chưa xác định nguyên nhân"),
    ]
    for url, count, words in tiles:
        listed = client.get(html.unescape(url)).text
        assert f">{count} hồ sơ<" in listed, words


def test_who_may_not_judge_finds_the_door_shut(world):
    row = late(world)
    assert world.sign_in("leader").get(f"/causes/assign?ids={row['id']}").status_code == 403
    assert world.sign_in("foreign").get(f"/causes/assign?ids={row['id']}").status_code == 404
    assert world.sign_in("office").get("/causes/assign?ids=x").status_code == 404


# --- a sample to read ----------------------------------------------------------------------


def listed(text):
    return re.findall(
        r"(?:<strong>|>)(000\.[\w.-]+)<", text.partition('id="list"')[2].partition("</ol>")[0]
    )


def test_the_same_seed_draws_the_same_list_for_everybody_who_reads_the_province(stocked):
    office, inspector = stocked.sign_in("office"), stocked.sign_in("inspector")
    query = YEAR | {"seed": "7", "size": "10"}
    one = office.get("/causes/sample", query_string=query).text
    other = inspector.get("/causes/sample", query_string=query).text
    assert listed(one) == listed(other)
    assert len(listed(one)) == 10
    assert listed(one) != listed(
        office.get("/causes/sample", query_string=query | {"seed": "8"}).text
    )
    assert "Rút 10 trong 33 hồ sơ quá hạn" in one
    assert "26,3 điểm phần trăm" in one


def test_dossiers_are_read_one_by_one_in_the_order_drawn(stocked):
    client = stocked.sign_in("office")
    query = YEAR | {"seed": "7", "size": "3"}
    first = client.get("/causes/sample", query_string=query).text
    assert "1 trên 3" in first
    assert "Hồ sơ trước" not in first
    last = client.get("/causes/sample", query_string=query | {"read": "3"}).text
    assert "3 trên 3" in last
    assert "Hồ sơ sau" not in last
    assert "Các bước gợi ý:" in first


# --- the export ----------------------------------------------------------------------------


def test_the_workbook_holds_the_study_and_no_formula(stocked):
    stocked.sign_in("office")
    late(stocked, slow="=CMD()", code="=1+1")
    book = openpyxl.load_workbook(
        io.BytesIO(stocked.sign_in("office").get("/causes/export.xlsx", query_string=YEAR).data)
    )
    assert book.sheetnames == [
        "Tổng quan", "Theo cơ quan", "Theo lĩnh vực", "Theo bước", "Theo nơi giữ",
        "Theo nguyên nhân", "Nếu bước đúng hạn", "Mẫu hồ sơ để đọc",
    ]  # fmt: skip
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    figures = {row[0].value: row[1].value for row in book["Tổng quan"].iter_rows() if row[0].value}
    assert figures["Hồ sơ quá hạn (đã xong trễ hoặc chưa xong đã quá hạn)"] == 34
    what_if = [[c.value for c in row] for row in book["Nếu bước đúng hạn"].iter_rows()]
    assert ["Thẩm tra", 28, 168, 34, 6, 28] in what_if
    assert "Nguyễn" not in "".join(str(cell.value) for cell in cells)


# --- cost ----------------------------------------------------------------------------------


@contextmanager
def counted(world):
    statements = []

    def note(_connection, _cursor, statement, *_more):
        if statement != "BEGIN":
            statements.append(statement)

    event.listen(world.office.engine, "before_cursor_execute", note)
    yield statements
    event.remove(world.office.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("address", ["/causes/", "/causes/rows", "/causes/sample"])
def test_a_page_costs_the_same_statements_for_few_dossiers_and_for_many(stocked, address):
    stocked.issue()  # a province has a history: what follows from it is read once
    client = stocked.sign_in("office")
    query = YEAR | {"kind": "step", "step": "Thẩm tra"}
    client.get(address, query_string=query)
    stocked.office.moving.forget()
    with counted(stocked) as few:
        client.get(address, query_string=query)
    caseload.many(stocked, 5_000)
    stocked.office.moving.forget()
    with counted(stocked) as many:
        client.get(address, query_string=query)
    assert len(many) == len(few) <= 8
