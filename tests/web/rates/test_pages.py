"""On-time rates: by both promised days, each figure opening exactly its rows."""

import io
import re
from datetime import date

import caseload
import openpyxl
import pytest

from models.dossiers.rates import Rated, Tally
from web.rates.showing import gap_told

YEAR = "from=2021-01-01"


@pytest.fixture
def stocked(world):
    caseload.many(world, 400, logged=False)
    return world


def page(client, query=YEAR):
    answer = client.get(f"/dossiers/rates/?{query}", follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def total(client, url):
    text = client.get(url.replace("&amp;", "&"), follow_redirects=True).text
    said = re.search(r'class="dd-total"[^>]*>([^<]*)<', text)[1]
    return int(re.sub(r"\D", "", said))


def test_without_a_period_it_is_this_year(world):
    answer = world.sign_in("office").get("/dossiers/rates/")
    assert (answer.status_code, "from=2021-01-01" in answer.headers["Location"]) == (302, True)


@pytest.mark.parametrize("group", ["agency", "field", "procedure", "month"])
def test_each_figure_opens_as_many_rows_as_it_says(stocked, group):
    client = stocked.sign_in("office")
    text = page(client, f"{YEAR}&group={group}&as_of=2021-06-30")
    rows = text.partition("<tbody>")[2].partition("</tbody>")[0].split("</tr>")
    links = [re.findall(r'<a href="([^"]+)">(\d+)</a>', row) for row in rows]
    assert sum(map(len, links)) > 10
    for url, number in links[0] + links[-2]:
        assert total(client, url) == int(number), url


def test_procedures_without_a_code_are_told_apart_by_their_names(world):
    for name in ("Cấp đổi giấy", "Tách thửa", "Tách thửa", ""):
        caseload.one(world, procedure_code="", procedure_text=name)
    client = world.sign_in("office")
    body = page(client, f"{YEAR}&group=procedure").partition("<tbody>")[2]
    links = re.findall(r'<a class="dd-clamp" href="([^"]+)">([^<]+)</a>', body)
    found = {name: total(client, url) for url, name in links}
    assert found == {"Cấp đổi giấy": 1, "Tách thửa": 2, "không ghi thủ tục": 1}


def test_the_figures_at_the_head_open_their_rows_too(stocked):
    client = stocked.sign_in("office")
    figures = page(client).partition('<ul class="dd-figures">')[2].partition("</ul>")[0]
    found = re.findall(r'<a href="([^"]+)"[^>]*>\s*<b>([\d.]+)</b>', figures)
    assert len(found) == 6
    for url, number in found:
        assert total(client, url) == int(number.replace(".", ""))


def test_open_and_late_counts_against_and_that_is_said(world):
    caseload.one(world, ended_on=date(2021, 6, 15))
    caseload.one(world)
    caseload.one(world, received_on=date(2021, 8, 20), promised_on=date(2021, 9, 30))
    caseload.one(world, promised_on=None)
    text = page(world.sign_in("office"))
    assert "50,0 % đúng hạn" in text
    assert "Hồ sơ chưa xong mà đã quá hạn tính vào mẫu số" in text


def test_a_new_date_makes_another_rate_and_never_the_first_one(world):
    caseload.one(world, ended_on=date(2021, 6, 30), promised_last_on=date(2021, 7, 5))
    text = page(world.sign_in("office"))
    assert "0,0 % đúng hạn theo ngày hẹn đầu; hẹn lại làm tỷ lệ thành 100,0 %" in text


def test_nothing_received_says_what_will_stand_there(world):
    assert "Chưa có hồ sơ nào trong phạm vi này" in page(world.sign_in("clerk"))


def test_an_agency_sees_its_own_rates_only(stocked):
    text = page(stocked.sign_in("foreign"), f"{YEAR}&group=agency")
    names = re.findall(r'<a class="dd-clamp"[^>]*>([^<]+)</a>', text)
    assert names == ["UBND huyện Vạn Ninh"]


def test_the_workbook_has_a_sheet_for_each_way_and_adds_up(stocked):
    data = stocked.sign_in("office").get(f"/dossiers/rates/export.xlsx?{YEAR}").data
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Cơ quan", "Lĩnh vực", "Thủ tục", "Tháng"]
    sums = set()
    for sheet in book:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        start = next(i for i, row in enumerate(rows) if row[1] == "Đã tiếp nhận") + 1
        body, last = rows[start:-1], rows[-1]
        assert last[0] == "Cộng"
        assert [sum(row[i] for row in body) for i in range(1, 7)] == last[1:7]
        sums.add(tuple(last[1:]))
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert len(sums) == 1


def figures_of(text, column):
    rows = text.partition('id="rates"')[2].partition("<tbody>")[2]
    cells = re.findall(rf'<td data-col="{column}".*?</td>', rows, re.DOTALL)
    shown = [re.sub(r"<[^>]+>", " ", cell).split() for cell in cells]
    return [float(words[0].replace(".", "").replace(",", ".")) for words in shown]


@pytest.mark.parametrize("column", ["rate", "received", "late"])
@pytest.mark.parametrize("falling", [False, True])
def test_a_heading_sorts_the_table_and_the_other_figures_stay(stocked, column, falling):
    client = stocked.sign_in("office")
    usual = page(client, f"{YEAR}&group=procedure")
    text = page(client, f"{YEAR}&group=procedure&sort={'-' * falling}{column}")
    found = figures_of(text, column)
    assert found == sorted(figures_of(usual, column), reverse=falling)
    assert found != found[::-1]
    head = re.search(rf'<th scope="col" data-col="{column}"[^>]*>', text)[0]
    assert f'aria-sort="{"descending" if falling else "ascending"}"' in head


def test_pressing_a_heading_shows_the_lowest_rate_and_the_largest_number_first(stocked):
    text = page(stocked.sign_in("office"), f"{YEAR}&group=agency")
    assert "Nơi có nhiều hồ sơ quá hạn nhất ở trên" in text
    found = dict(re.findall(r'data-col="(rate|late)"[^>]*><a href="[^"]*sort=(-?\w+)', text))
    assert found == {"rate": "rate", "late": "-late"}


def test_months_follow_each_other_and_a_word_nobody_knows_changes_nothing(stocked):
    client = stocked.sign_in("office")
    text = page(client, f"{YEAR}&group=month&sort=thang")
    months = re.findall(r'<a class="dd-clamp"[^>]*>(\d+)/2021</a>', text)
    assert list(map(int, months)) == sorted(map(int, months))
    assert "Nơi có nhiều hồ sơ quá hạn nhất ở trên" not in text


def test_a_difference_that_no_figure_shows_is_not_told(app):
    whole = Tally(on_time=9_000, late=1_000)
    with app.test_request_context():
        near = Rated(key="x", first=whole, last=Tally(on_time=9_001, late=999))
        far = Rated(key="x", first=whole, last=Tally(on_time=9_010, late=990))
        assert (gap_told(near), gap_told(far)) == ("", "chênh 0,1")
