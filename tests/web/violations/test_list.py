"""The list of violations: who reads which, narrowed how, told in a sentence, and as a file."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import UTC, date, datetime

import openpyxl
import pytest
from sqlalchemy import event, insert
from violating import add_dossiers, recorded

from models.base import db
from models.violations.filters import ListFilter, Looker, ways_to
from models.violations.lists import Order, SortBy, page_of
from models.violations.rows import ViolationRow
from workflow.violations.records import Severity, ViolationSource, ViolationState
from workflow.violations.scopes import DossierScope

ROW = re.compile(r'<a class="dd-clamp" href="/violations/(\d+)">')
BUDGET = 8


def listed(client, **query):
    answer = client.get("/violations/", query_string=query, follow_redirects=True)
    assert answer.status_code == 200
    return [int(key) for key in ROW.findall(answer.text)]


def told(client, **query):
    answer = client.get("/violations/", query_string=query, follow_redirects=True)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.text).split()))


def of(life, *wanted_types, agencies=None):
    return {
        row.id
        for (code, agency, _), row in life.violations.items()
        if code in wanted_types
        and (agencies is None or agency in {life.agencies[a].id for a in agencies})
    }


READS = {
    "office": None,
    "leader": None,
    "inspector": None,
    "head": ["H32.03"],
    "clerk": ["H32.03"],
    "officer": ["H32.03"],
    "district": ["H32.10", "H32.10.1"],
    "district_head": ["H32.10", "H32.10.1"],
    "commune": ["H32.10.1"],
    "foreign": [],
    "admin": [],
}
EVERY = ("V01", "V16", "V17", "V22")


@pytest.mark.parametrize("who", READS)
def test_each_reads_their_own_and_their_units_and_the_desk_all(life, who):
    seen = listed(life.sign_in(who))
    assert set(seen) == of(life, *EVERY, agencies=READS[who])
    assert len(seen) == len(set(seen))


def test_the_latest_stand_first_and_the_order_turns(life):
    client = life.sign_in("office")
    falling = listed(client)
    days = {row.id: (row.occurred_on, row.id) for row in life.violations.values()}
    assert falling == sorted(falling, key=days.__getitem__, reverse=True)
    assert listed(client, sort="occurred") == falling[::-1]
    assert listed(client, sort="-number") == sorted(falling, reverse=True)


FILTERS = [
    # what the address asks for, types, agencies, words of the sentence
    ({"type": "V16"}, ["V16"], None, "V16 Giải quyết hồ sơ trễ hạn"),
    ({"type": "V16,V17"}, ["V16", "V17"], None, "V17 Trễ hạn mà không có văn bản xin lỗi"),
    (
        {"agency": "H32.10", "type": "V16"},
        ["V16"],
        ["H32.10", "H32.10.1"],
        "UBND huyện Cam Lâm và đơn vị trực thuộc",
    ),
    ({"agency": "H32.10", "alone": "yes", "type": "V16"}, ["V16"], ["H32.10"], "UBND huyện"),
    ({"source": "by_hand"}, ["V01"], None, "ghi nhận bằng tay"),
    ({"source": "inspection"}, ["V01"], None, "Kiểm tra, thanh tra"),
    ({"severity": "grave"}, ["V01"], None, "Nặng"),
    ({"officer": "Lê Văn Đo", "source": "by_hand"}, ["V01"], None, "cán bộ Lê Văn Đo"),
    ({"since": "06/09/2021"}, ["V01"], None, "xảy ra từ 06/09/2021"),
    ({"until": "2021-08-17", "type": "V16"}, ["V16"], ["H32.03"], "xảy ra đến 17/08/2021"),
    ({"q": "doi them giay to"}, ["V01"], None, "“doi them giay to”"),
    ({"state": "signs", "type": "V22"}, ["V22"], None, "Có dấu hiệu, Đang giải trình"),
    ({"after_the_fact": "no", "type": "V22"}, ["V22"], None, "không gồm dữ liệu sửa sau"),
]


@pytest.mark.parametrize(("asked", "types", "agencies", "words"), FILTERS)
def test_it_is_narrowed_and_says_so(life, asked, types, agencies, words):
    client = life.sign_in("office")
    found = set(listed(client, **asked))
    expected = of(life, *types, agencies=agencies)
    if "until" in asked:
        expected = {life.violations["V16", life.agencies["H32.03"].id, "Đất đai"].id}
    assert found == expected
    assert words in told(client, **asked)


@pytest.mark.parametrize(
    "asked",
    [
        {"state": "confirmed"},
        {"state": "overturned"},
        {"after_the_fact": "yes"},
        {"source": "petition"},
        {"field": "đất đai"},
        {"q": "không đâu có"},
    ],
)
def test_where_nothing_fits_the_page_says_what_to_do(life, asked):
    client = life.sign_in("office")
    assert listed(client, **asked) == []
    assert "Không có vi phạm nào khớp" in told(client, **asked)


def test_a_field_and_an_unknown_agency_are_asked_for_as_the_file_names_them(life):
    client = life.sign_in("office")
    field = set(listed(client, field="Môi trường"))
    assert field == {r.id for r in life.violations.values() if r.field_text == "Môi trường"}
    strange = set(listed(client, unmatched="Phòng lạ"))
    assert strange == set(listed(client, agency="Phòng lạ", alone="yes"))
    assert strange == {r.id for r in life.violations.values() if r.agency_text == "Phòng lạ"}


@pytest.mark.parametrize("words", ["VP-{id}", "vp-{id}", "{id}", "{code}", "{short}"])
def test_a_number_or_a_dossiers_code_finds_it(life, overdue, words):
    code = f"000.00.20.H32-2108-{overdue.dossier_id:05d}"
    typed = words.format(id=overdue.id, code=code.lower(), short=code[-10:])
    assert overdue.id in listed(life.sign_in("clerk"), q=typed)


@pytest.mark.parametrize(("who", "straight"), [("clerk", True), ("foreign", False)])
def test_its_number_in_the_box_at_the_top_leads_straight_to_it(life, overdue, who, straight):
    answer = life.sign_in(who).get("/search", query_string={"q": f"vp-{overdue.id}"})
    assert (answer.status_code == 302) is straight
    assert (answer.location == f"/violations/{overdue.id}") is straight


def test_a_directives_number_finds_its_lateness(life):
    assert of(life, "V22") == set(listed(life.sign_in("clerk"), q=life.number))


@pytest.mark.parametrize(
    "asked",
    [
        {"type": "V99"},
        {"state": "lost"},
        {"since": "30/2/2021"},
        {"source": "rumour"},
        {"severity": "x"},
        {"alone": "maybe"},
        {"after": "2021-09-06~x"},
        {"after": "x~1"},
        {"sort": "colour"},
    ],
)
def test_what_an_address_says_wrong_is_told_and_left_out(life, asked):
    client = life.sign_in("office")
    assert len(listed(client, **asked)) == len(life.violations)
    words = "Địa chỉ có điều kiện không đọc được"
    expected = "after" not in asked and "sort" not in asked
    assert (words in told(client, **asked)) is expected


def test_an_empty_list_says_what_will_stand_there(world):
    words = told(world.sign_in("inspector"))
    assert "Chưa có vi phạm nào" in words
    assert "Ghi nhận vi phạm" in words
    assert "Xem danh mục vi phạm" in told(world.sign_in("clerk"))


# --- pages -------------------------------------------------------------------------------


@pytest.fixture
def crowd(world):
    with world.unit() as unit:
        base = {
            "type": "V01", "agency_id": world.agencies["H32.03"].id, "source": ViolationSource.MANUAL,
            "severity": Severity.MINOR, "state": ViolationState.RECORDED,
            "recorded_at": world.clock(), "known_from": world.clock(), "words": "", "reason": "",
        }  # fmt: skip
        rows = [
            base
            | {
                "occurred_on": date(2021, 8, 1 + n % 20),
                "occurred_at": datetime(2021, 8, 1 + n % 20, 3, tzinfo=UTC),
            }
            for n in range(130)
        ]
        unit.connection.execute(insert(ViolationRow), rows)
    return world


@pytest.mark.parametrize("by", list(SortBy), ids=str)
@pytest.mark.parametrize("falling", [True, False])
def test_going_on_and_back_meets_every_row_once(crowd, by, falling):
    order = Order(by=by, falling=falling)
    with crowd.office.reading() as unit:
        looker = Looker(actor=crowd.actor("office"), day=crowd.office.today())
        ways = ways_to(unit.connection, ListFilter(), looker)
        page, pages = page_of(unit.connection, ways, order), []
        while page.after:
            pages.append(page.rows)
            page = page_of(unit.connection, ways, order, page.after)
        pages.append(page.rows)
        back = []
        while page.before:
            from dataclasses import replace

            edge = replace(page.before, backward=True)
            page = page_of(unit.connection, ways, order, edge)
            back.append(page.rows)
    seen = [row.id for rows in pages for row in rows]
    assert len(seen) == len(set(seen)) == 130
    assert [len(rows) for rows in pages] == [50, 50, 30]
    assert back == pages[-2::-1]


def test_the_pager_walks_through_the_list(crowd):
    client = crowd.sign_in("clerk")
    first = client.get("/violations/").text
    onward = html.unescape(re.search(r'rel="next" href="([^"]+)"', first)[1])
    second = client.get(onward).text
    assert not set(ROW.findall(first)) & set(ROW.findall(second))
    back = html.unescape(re.search(r'rel="prev" href="([^"]+)"', second)[1])
    assert ROW.findall(client.get(back).text) == ROW.findall(first)
    assert "130 vi phạm" in told(client)


def statements(world, client, address):
    seen = []
    with world.app.app_context():
        engine = db.engine

    def note(connection, cursor, statement, *rest):
        if not statement.upper().startswith(("BEGIN", "PRAGMA", "UPDATE", "INSERT")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_more_rows_cost_no_more_statements(world):
    recorded(world)
    clients = [world.sign_in(who) for who in ("office", "clerk")]
    few = [statements(world, client, "/violations/") for client in clients]
    ids = add_dossiers(world, *[{"promised_on": date(2021, 8, 1), "due_on": date(2021, 8, 1)}] * 60)
    with world.unit() as unit:
        scope = DossierScope(dossier_ids=tuple(ids))
        unit.violations.detect(scope, date(2021, 8, 23), world.clock())
    many = [statements(world, client, "/violations/") for client in clients]
    assert all(now <= then for now, then in zip(many, few, strict=True)), (many, few)
    assert max(few) <= BUDGET


# --- files -------------------------------------------------------------------------------


def test_the_file_holds_what_the_view_shows_and_no_formula(life):
    recorded(life, officer="=cmd|'/c calc'!A1", words="@SUM(1)", field_text="+1")
    client = life.sign_in("office")
    query = "?source=by_hand&hide=severity"
    lines = list(csv.reader(io.StringIO(client.get(f"/violations/export.csv{query}").text)))
    assert lines[0][-1] == "Lý do"
    assert len(lines) == 3
    assert not any(cell.startswith(("=", "+", "@")) for line in lines for cell in line)
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(f"/violations/export.xlsx{query}").data), data_only=False
    )
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(cell.value == "=cmd|'/c calc'!A1" for cell in cells)
    assert any("Điều kiện: ghi nhận bằng tay" in str(cell.value) for cell in cells)


def test_a_file_stays_within_the_scope(life):
    text = life.sign_in("commune").get("/violations/export.csv").text
    assert text.count("\n") == 1 + len(of(life, *EVERY, agencies=["H32.10.1"]))


def test_acts_on_many_stand_where_somebody_may(life):
    assert "Đề nghị xem xét lại" in told(life.sign_in("clerk"))
    assert 'value="confirm"' in life.sign_in("inspector").get("/violations/").text
    for who in ("leader", "officer"):
        assert "together-of" not in life.sign_in(who).get("/violations/").text
