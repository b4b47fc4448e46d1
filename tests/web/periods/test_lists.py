"""Periods in lists, in figures and on the first page, and what they cost."""

import re
from datetime import date

import pytest
import standing
from period_pages import sheet, words
from sqlalchemy import event
from standing import file, go_to
from upkeep import counted_queries


def test_every_figure_opens_as_many_rows(world, number):
    client = world.sign_in("office")
    for count in ("on_time", "late", "missing", "ahead", "waiting"):
        page = client.get(f"/periods/?number={number}&count={count}").text
        assert "1 kỳ báo cáo" in words(page), count


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("clerk", "1 kỳ quá hạn, chưa báo cáo"),
        ("office", "1 báo cáo kỳ chờ xác nhận"),
        ("leader", "1 kỳ quá hạn, chưa báo cáo"),
    ],
)
def test_home_says_what_waits_and_what_is_late(world, number, who, said):
    assert said in words(world.sign_in(who).get("/").text)


@pytest.mark.parametrize(
    ("who", "title", "steps"),
    [
        ("clerk", "Kỳ báo cáo cần nộp", ["3/report_period"]),
        ("office", "Báo cáo kỳ chờ xác nhận", ["2/confirm_period"]),
        ("inspector", "Báo cáo kỳ chờ xác nhận", ["2/confirm_period"]),
        ("leader", "", []),
        ("officer", "", []),
    ],
)
def test_home_lists_the_periods_that_wait_with_their_next_step(world, number, who, title, steps):
    text = world.sign_in(who).get("/").text
    assert title in sheet(text, "periods")
    assert re.findall(rf'href="/periods/{number}/(\d/\w+)"', text) == steps


def test_home_offers_no_report_of_the_whole_work_beside_its_periods(world, number):
    text = world.sign_in("clerk").get("/").text
    assert f"/directives/{number}/report" not in text


def test_the_agency_s_page_counts_its_year(world, number):
    text = world.sign_in("office").get("/agencies/H32.03").text
    assert "Kỳ báo cáo năm 2021" in text
    assert "1 kỳ báo cáo quá hạn, chưa nộp" in text
    assert "/periods/?agency=H32.03&amp;year=2021&amp;count=missing" in text


def test_the_list_as_a_file_holds_the_rows_shown(world, number):
    text = world.sign_in("office").get("/periods/export.csv?count=missing").get_data(as_text=True)
    lines = text.strip().splitlines()
    assert len(lines) == 2
    assert number in lines[1]
    assert world.sign_in("office").get("/periods/export.xlsx").status_code == 200


def test_the_list_pages_by_due_day(world):
    for _ in range(3):
        standing.standing(world, "Hằng tuần")
    client = world.sign_in("office")
    first = client.get("/periods/").text
    assert "57 kỳ báo cáo" in words(first)
    onward = re.search(r'rel="next" href="([^"]+)"', first).group(1).replace("&amp;", "&")
    rest = client.get(onward).text
    assert first.count('class="dd-clamp"') == 50
    assert rest.count('class="dd-clamp"') == 7


@pytest.mark.parametrize("odd", ["after=x", "count=x", "year=x", "agency=x", "after=2021-09-19.x"])
def test_a_spoiled_address_of_the_list_still_opens(world, number, odd):
    assert world.sign_in("office").get(f"/periods/?{odd}").status_code == 200


def asked(world, client, address):
    """Count the statements that a page needs."""
    seen, engine = [], world.office.engine

    def note(connection, cursor, statement, *_):
        if not statement.startswith(("BEGIN", "SET")):
            seen.append(statement)

    client.get(address)
    event.listen(engine, "before_cursor_execute", note)
    assert client.get(address).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


@pytest.mark.parametrize("page", ["list", "period", "directive", "home", "agency"])
def test_a_page_asks_the_database_as_often_for_a_year_of_weeks_as_for_one_report(world, page):
    few = standing.standing(world, "Trước ngày 15/12 hằng năm")
    many = standing.standing(world, "Hằng tuần")
    client = world.sign_in("office")
    places = {
        "list": ("/periods/?count=missing", "/periods/"),
        "period": (f"/periods/{few}/1", f"/periods/{many}/1"),
        "directive": (f"/directives/{few}", f"/directives/{many}"),
        "home": ("/", "/"),
        "agency": ("/agencies/H32.04", "/agencies/H32.03"),
    }
    first, second = (asked(world, client, address) for address in places[page])
    assert first == second
    assert first <= 12, first


def test_a_standing_work_tells_its_period_within_the_line_of_the_list(world):
    number, other = standing.standing(world), standing.standing(world, lead="H32.04")
    world.issue(world.clause(1), world.clause(2))

    def line(of):
        text = world.sign_in("office").get("/directives/").text
        return re.search(rf'<tr[^>]*>(?:(?!</tr>).)*"/directives/{of}".*?</tr>', text, re.DOTALL)[0]

    go_to(world, date(2021, 9, 10))
    assert "kỳ tháng 9/2021, hạn 19/09/2021, còn" in line(number)
    go_to(world, date(2021, 10, 22))
    assert "chưa báo cáo kỳ tháng 9/2021, hạn 19/09/2021, quá 33 ngày và 1 kỳ nữa" in line(number)
    assert 'class="is-late"' in line(number)
    file(world, number, 1)
    assert "chưa báo cáo kỳ tháng 10/2021, hạn 19/10/2021, quá 3 ngày; 1 kỳ chờ" in line(number)
    assert "và 1 kỳ nữa" in line(other)
    client = world.sign_in("office")
    with counted_queries(world) as sent:
        client.get("/directives/")
    assert len(sent) <= 8, sent
    files = client.get("/directives/export.csv").text
    assert "chưa báo cáo kỳ tháng 10/2021" in files
