"""The list: what it is narrowed to, how it is told, and the same as a file."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
from sqlalchemy import event
from world import staged

from workflow.directives.records import Action

ROW = re.compile(r'<a class="dd-clamp" href="/directives/([^"]+)">')


def numbers(client, **query) -> list[str]:
    answer = client.get("/directives/", query_string=query, follow_redirects=True)
    assert answer.status_code == 200
    return ROW.findall(answer.text)


def total(text: str) -> str:
    return re.search(r'class="dd-total"[^>]*>([^<]*)<', text)[1]


@pytest.fixture
def made(world):
    return staged(world, "a list of all kinds", _make).made


def _make(world):
    """Directives in every state and lateness, of several agencies and documents."""
    world.clock.at = datetime(2021, 8, 23, 2, 0, tzinfo=UTC)
    first = world.issue(
        world.clause(1, content="Giảm hồ sơ trễ hạn đất đai"),
        world.clause(2, lead="H32.10", content="Rà soát thủ tục", deadline="Trước ngày 10-9"),
        world.clause(
            3, lead="H32.11", coordinating=(), content="Việc thường xuyên", deadline="Thường xuyên"
        ),
        world.clause(
            4,
            lead="H32.04",
            coordinating=("H32.03",),
            content="Đường Đặng Tất",
            deadline="Quý IV/2021",
        ),
        reference="2847/UBND-KSTTHC",
    )
    second = world.issue(
        world.clause(1, lead=("H32.10", "H32.11"), coordinating=(), content="Phần của các huyện"),
        reference="3001/QĐ-UBND",
        overseer_id=world.agencies["H32.02"].id,
    )
    world.act("clerk", first[0].number, Action.ACCEPT)
    world.act(
        "clerk", first[0].number, Action.REQUEST_EXTENSION, due_on=date(2021, 10, 20), reason="x"
    )
    world.act("district", second[0].number, Action.ACCEPT)
    world.act(
        "district",
        second[0].number,
        Action.HAND_DOWN,
        agency=world.agencies["H32.10.1"].id,
        content="Phần của xã",
        due_on=date(2021, 9, 10),
    )
    world.act(
        "foreign",
        second[1].number,
        Action.DECLINE,
        paper="1/CV",
        ask="other_lead",
        reason="x",
        files=(world.file(),),
    )
    world.report(first[1].number, "district")
    world.act("office", first[1].number, Action.RETURN, reason="Thiếu")
    world.report(first[3].number, "other_clerk")
    world.act("office", first[3].number, Action.VERIFY, verdict="met")
    world.clock.at = datetime(2021, 9, 15, 2, 0, tzinfo=UTC)
    world.made = {
        "land": first[0].number, "district": first[1].number, "standing": first[2].number,
        "done": first[3].number, "one": second[0].number, "two": second[1].number,
        "part": f"{second[0].number}-01",
    }  # fmt: skip


CASES = [
    ({}, {"land", "district", "standing", "done", "one", "two", "part"}),
    ({"state": "verified"}, {"done"}),
    ({"state": "open"}, {"land", "district", "standing", "one", "two", "part"}),
    ({"state": "assigned,verified"}, {"standing", "two", "part", "done"}),
    ({"time": "overdue"}, {"district", "part"}),
    ({"time": "no_deadline"}, {"standing"}),
    ({"time": "done_on_time"}, {"done"}),
    ({"time": "on_track"}, {"land", "one", "two"}),
    ({"agency": "H32.10"}, {"district", "one", "part"}),
    ({"agency": "H32.10", "alone": "yes"}, {"district", "one"}),
    ({"agency": "H32.99"}, set()),
    ({"agency": "group:districts"}, {"district", "standing", "one", "two", "part"}),
    ({"agency": "group:districts", "alone": "yes"}, {"district", "standing", "one", "two"}),
    ({"agency": "group:none"}, set()),
    ({"coordinating": "H32.03"}, {"done"}),
    ({"handed_by": "H32.10"}, {"part"}),
    ({"document": "2021-0001"}, {"land", "district", "standing", "done"}),
    ({"clause": "2021-0002-01"}, {"one", "two", "part"}),
    ({"overseer": "H32.02"}, {"one", "two", "part"}),
    ({"year": "2021"}, {"land", "district", "standing", "done", "one", "two", "part"}),
    ({"year": "2020"}, set()),
    ({"asks": "extension"}, {"land"}),
    ({"asks": "reassign"}, {"two"}),
    ({"silent": "5"}, {"standing", "part"}),
    ({"silent": "24"}, set()),
    ({"rework": "yes"}, {"district"}),
    ({"carried": "yes"}, set()),
    ({"parts": "yes"}, {"part"}),
    ({"parts": "no", "state": "assigned"}, {"standing", "two"}),
    ({"due_by": "2021-09-10"}, {"district", "part"}),
    ({"q": "dat dai"}, {"land"}),
    ({"q": "ĐẶNG tất"}, {"done"}),
    ({"q": "2847"}, {"land", "district", "standing", "done"}),
    ({"q": "3001/QĐ"}, {"one", "two", "part"}),
    ({"q": "cam lam"}, {"district", "one"}),
    ({"q": "2021-0002-01.02"}, {"two"}),
    ({"q": "100%"}, set()),
    ({"q": "_"}, set()),
    ({"priority": "urgent"}, set()),
    ({"time": "overdue", "agency": "H32.10", "alone": "yes"}, {"district"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "wanted"), CASES, ids=[f"{query}-{sorted(wanted)}" for query, wanted in CASES]
)
def test_every_filter_shows_its_rows_and_counts_them(world, made, query, wanted):
    client = world.sign_in("office")
    answer = client.get("/directives/", query_string=query)
    assert sorted(ROW.findall(answer.text)) == sorted(made[key] for key in wanted)
    assert total(answer.text) == f"{len(wanted)} nhiệm vụ"
    if query and wanted:
        assert "Bỏ điều kiện" in answer.text


@pytest.mark.parametrize(
    ("who", "wanted"),
    [
        ("office", {"land", "district", "standing", "done", "one", "two", "part"}),
        ("inspector", {"land", "district", "standing", "done", "one", "two", "part"}),
        ("leader", {"land", "district", "standing", "done", "one", "two", "part"}),
        ("clerk", {"land", "done"}),
        ("other_clerk", {"land", "district", "done"}),
        ("district", {"district", "one", "part"}),
        ("commune", {"part"}),
        ("foreign", {"standing", "two"}),
        ("admin", set()),
    ],
)
def test_each_role_lists_what_it_may_read(world, made, who, wanted):
    found = numbers(world.sign_in(who))
    assert sorted(found) == sorted(made[key] for key in wanted)


def test_what_cannot_be_read_in_an_address_is_named_and_left_out(world, made):
    client = world.sign_in("office")
    answer = client.get("/directives/?state=lost&year=x&time=overdue&silent=-4&changed=now")
    assert answer.status_code == 200
    told = re.search(r"đã bỏ qua: ([^<]*)", answer.text)[1]
    assert told == "state, year, silent, changed."
    assert sorted(ROW.findall(answer.text)) == sorted([made["district"], made["part"]])


def test_changed_since_lists_what_others_did(world, made):
    world.clock.at += timedelta(hours=1)
    since = world.clock.at.isoformat()
    world.clock.at += timedelta(hours=1)
    world.act("clerk", made["land"], Action.UPDATE, done="Việc")
    world.act("office", made["standing"], Action.CORRECT, content="Đính chính", reason="x")
    assert numbers(world.sign_in("office"), changed=since) == [made["land"]]
    assert set(numbers(world.sign_in("office2"), changed=since)) == {made["land"], made["standing"]}


def test_an_empty_field_of_the_form_leaves_no_trace_in_the_address(world, made):
    answer = world.sign_in("office").get("/directives/?q=&state=open&time=&agency=")
    assert answer.status_code == 302
    assert answer.location.endswith("/directives/?state=open")


def test_sorting_by_lead_is_in_vietnamese_order(world, made):
    text = world.sign_in("office").get("/directives/?sort=lead").text
    found = re.findall(r'data-col="lead".*?<span class="dd-clamp">([^<]*)', text)
    assert found[0] == "Sở Tài nguyên và Môi trường"
    assert found[1] == "Sở Xây dựng"
    assert found[-1] == "UBND xã Cam Tân"


def test_pages_turn_and_the_address_keeps_the_view(world, monkeypatch):
    world.issue(*(world.clause(n, content=f"Việc {n}") for n in range(1, 121)))
    client = world.sign_in("office")
    seen, address = [], "/directives/?q=viec&sort=-number&hide=lead"
    while address:
        text = client.get(address).text
        seen += ROW.findall(text)
        assert "Bản in này là một trang của danh sách" in text
        found = re.search(r'rel="next" href="([^"]+)"', text)
        address = found[1].replace("&amp;", "&") if found else None
        assert address is None or {"q=viec", "sort=-number", "hide=lead"} <= set(
            address.partition("?")[2].split("&")
        )
    assert len(seen) == len(set(seen)) == 120
    assert seen == sorted(seen, reverse=True)


def test_the_print_of_a_list_on_one_page_is_the_whole_of_it(world, made):
    assert "Bản in này là một trang" not in world.sign_in("office").get("/directives/").text


def test_columns_that_are_hidden_stay_so_on_the_page_and_in_the_file(world, made):
    client = world.sign_in("office")
    text = client.get("/directives/?hide=lead,due&state=verified").text
    assert 'data-col="lead"' not in text
    assert 'data-col="document"' in text
    assert re.search(r'<input[^>]*value="lead">', text)
    assert re.search(r'<input[^>]*value="document" checked>', text)
    rows = list(csv.reader(io.StringIO(client.get("/directives/export.csv?hide=lead,due").text)))
    assert "Chủ trì" not in rows[0]
    assert "Văn bản" in rows[0]


def test_a_view_shows_the_columns_it_names_and_no_other(world, made):
    """So a column that the product gets later stands in no view that was kept before."""
    client = world.sign_in("office")
    text = client.get("/directives/?show=state&hide=state").text
    assert set(re.findall(r'<td data-col="(\w+)"', text)) - {"choose"} == {"content", "state"}
    assert 'name="show" value="state"' in text, "filtering keeps them"
    text = client.get("/directives/export.csv?show=state").text.removeprefix("\ufeff")
    assert next(csv.reader(io.StringIO(text))) == ["Nhiệm vụ", "Trạng thái", "Ghi chú"]
    text = client.get("/documents/export.csv?show=state").text.removeprefix("\ufeff")
    heads = next(csv.reader(io.StringIO(text)))
    assert "Tình trạng" in heads
    assert "Theo dõi" not in heads
    assert "Trích yếu" in heads


@pytest.mark.parametrize(
    ("hide", "there"),
    [("lead,due", set()), ("lead,internal", {"handler"}), ("lead,handler,internal", set())],
)
def test_an_old_view_says_what_it_hides_and_gets_no_column_that_came_after_it(
    world, made, hide, there
):
    clerk = world.sign_in("clerk")
    text = clerk.get(f"/directives/?hide={hide}").text
    shown = set(re.findall(r'<td data-col="(\w+)"', text))
    assert shown & {"handler", "internal"} == there
    assert {"number", "state", "document", "updated"} <= shown


def test_an_agency_s_own_list_and_file_say_who_has_the_work_until_when(world, made):
    number = made["land"]
    world.act("clerk", number, Action.ROUTE, person=world.accounts["officer"],
              internal_due_on=world.office.today())  # fmt: skip
    clerk = world.sign_in("clerk")
    assert 'data-col="handler"' not in clerk.get("/directives/").text, "it is a column to choose"
    text = clerk.get("/directives/?show=handler,internal").text
    [row] = [row for row in re.findall(r"<tr.*?</tr>", text, re.DOTALL) if number in row]
    assert re.search(r'data-col="handler"[^>]*><div>Đặng Chuyên Viên<', row)
    rows = csv.DictReader(
        io.StringIO(clerk.get("/directives/export.csv?show=handler,internal").text)
    )
    [told] = [row for row in rows if row["Người xử lý"]]
    assert (told["Người xử lý"], told["Hạn nội bộ"]) == ("Đặng Chuyên Viên", "2021-09-15")
    office = world.sign_in("office")
    assert "Người xử lý" not in office.get("/directives/?hide=number").text
    text = office.get("/directives/export.csv?hide=number").text
    assert "Người xử lý" not in text
    late = [row["Tình trạng thời hạn"] for row in csv.DictReader(io.StringIO(text))
            if row["Số ngày quá hạn"]]  # fmt: skip
    assert set(late) <= {"Quá hạn", "Hoàn thành quá hạn"}
    assert late


@pytest.mark.parametrize(
    "query", ["", "time=overdue", "q=dat+dai&hide=number", "sort=-lead&state=open"]
)
def test_the_file_holds_exactly_what_is_shown(world, made, query):
    client = world.sign_in("office")
    shown = ROW.findall(client.get(f"/directives/?{query}").text)
    hide = "hide=" if "hide" not in query else ""
    text = client.get(f"/directives/export.csv?{query}&{hide}").text
    table = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    place = table[0].index("Nhiệm vụ")
    contents = [world.directive(number).content for number in shown]
    assert [row[place] for row in table[1:]] == contents
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(f"/directives/export.xlsx?{query}&{hide}").data)
    )
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    head = next(i for i, row in enumerate(cells) if "Nhiệm vụ" in row)
    assert [row[cells[head].index("Nhiệm vụ")] for row in cells[head + 1 :]] == contents


def test_the_file_runs_over_all_pages_and_carries_no_formula(world, monkeypatch):
    monkeypatch.setattr("models.directives.lists.CHUNK", 7)
    world.issue(*(world.clause(n, content=f"=cmd|'/c calc'!A{n}") for n in range(1, 61)))
    client = world.sign_in("office")
    table = list(csv.reader(io.StringIO(client.get("/directives/export.csv").text)))
    assert len(table) == 61
    assert all(not row[1].startswith("=") for row in table)
    book = openpyxl.load_workbook(io.BytesIO(client.get("/directives/export.xlsx").data))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)


def test_the_file_keeps_to_the_scope(world, made):
    text = world.sign_in("commune").get("/directives/export.csv").text
    assert made["part"] in text
    assert made["land"] not in text


def test_clauses_of_several_leads_stand_as_one_row(world, made):
    client = world.sign_in("office")
    text = client.get("/directives/?group=clause").text
    assert total(text) == "5 mục"
    row = re.search(r"2021-0002-01</span>.*?</tr>", text, re.DOTALL)[0]
    assert "1 đang thực hiện" in row
    assert "2 chờ tiếp nhận" in row
    link = re.search(r'href="([^"]*clause=2021-0002-01[^"]*state=assigned[^"]*)"', row)[1]
    found = ROW.findall(client.get(link.replace("&amp;", "&")).text)
    assert sorted(found) == sorted([made["two"], made["part"]])


def test_groups_turn_their_pages(world):
    world.issue(*(world.clause(n) for n in range(1, 71)))
    client = world.sign_in("office")
    first = client.get("/directives/?group=clause").text
    there = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = client.get(there).text
    back = re.search(r'rel="prev" href="([^"]+)"', second)[1].replace("&amp;", "&")
    keys = re.compile(r'<span class="dd-nowrap">(2021-0001-\d+)')
    assert keys.findall(first) + keys.findall(second) == [
        f"2021-0001-{n:02d}" for n in range(1, 71)
    ]
    assert keys.findall(client.get(back).text) == keys.findall(first)
    assert (
        client.get("/directives/?group=clause&after=x&before=99999999999999999999").status_code
        == 200
    )


def test_an_empty_list_says_what_will_stand_here(world):
    client = world.sign_in("office")
    assert "Chưa có nhiệm vụ nào" in client.get("/directives/").text
    assert "Không có nhiệm vụ nào khớp" in client.get("/directives/?state=verified").text


def test_an_edge_nobody_gave_shows_the_first_page(world, made):
    client = world.sign_in("office")
    for edge in ("after=d~2021-13-01~1", "after=x", "before=~~~", "after=n~99999999999999"):
        assert len(ROW.findall(client.get(f"/directives/?{edge}").text)) == 7


def test_script_in_the_address_stays_words(world, made):
    text = world.sign_in("office").get('/directives/?q=<script>alert(1)</script>&agency="><b>').text
    assert "<script>alert(1)" not in text
    assert '"><b>' not in text


def test_the_list_asks_the_database_the_same_however_long_it_is(world):
    world.issue(world.clause())
    client = world.sign_in("clerk")
    engine, said = world.office.engine, []

    @event.listens_for(engine, "before_cursor_execute")
    def note(conn, cursor, statement, *rest):
        said.append(statement)

    def count(address):
        said.clear()
        assert client.get(address).status_code == 200
        return len([s for s in said if not s.startswith("BEGIN")])

    try:
        count("/directives/")
        world.issue(world.clause(2))
        small = count("/directives/")
        grouped = count("/directives/?group=clause")
        world.issue(*(world.clause(n, coordinating=("H32.04", "H32.05")) for n in range(3, 60)))
        assert count("/directives/") <= small <= 8
        assert grouped == count("/directives/?group=clause") <= 8
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_a_leader_finds_what_they_directed_until_it_is_done(world):
    own, told, other = [
        world.issue(world.clause(content=f"Việc chỉ đạo {n}"))[0].number for n in range(3)
    ]
    world.act("leader", own, Action.DIRECT, text="Làm ngay")
    name = world.actor("leader").name
    world.act(
        "office", told, Action.DIRECT, text="Đẩy nhanh", reference="Họp giao ban", said_by=name
    )
    world.act("office", other, Action.DIRECT, text="x", reference="Họp", said_by="Người khác")
    client = world.sign_in("leader")
    home = client.get("/").text
    assert 'href="/directives/?directed=me&amp;state=open"' in home
    page = client.get("/directives/?directed=me&state=open").text
    assert "tôi đã có ý kiến chỉ đạo" in page
    assert [number in page for number in (own, told, other)] == [True, True, False]
    assert "directed=me" not in world.sign_in("clerk").get("/").text
    mine = world.sign_in("office").get("/directives/?directed=me").text
    assert [number in mine for number in (own, told, other)] == [False, True, True]
