"""The list and the page of a document: who reads what, and at what cost."""

from __future__ import annotations

import html
import io
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from world import csrf_of

from models.base import db
from workflow.directives.records import Action
from workflow.documents.usecases import save_draft

BUDGET = 8
EVERYBODY = (
    "office", "office2", "leader", "inspector", "admin", "head", "clerk", "officer",
    "other_clerk", "district_head", "district", "commune", "foreign",
)  # fmt: skip


def keys_on(page):
    return re.findall(r"dd-nowrap\">(\d{4}-\d{4})<", page)


def text_of(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def statements(app, client, address):
    seen = []
    with app.app_context():
        engine = db.engine

    def note(connection, cursor, statement, *rest):
        if not statement.upper().startswith(("BEGIN", "PRAGMA", "UPDATE", "INSERT")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        answer = client.get(address)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert answer.status_code == 200, address
    return seen


def keep(world, *clauses, **head):
    with world.unit() as unit:
        return save_draft(
            unit.documents,
            world.actor("office"),
            world.head(**head),
            clauses or (world.clause(),),
            ground=world.office.ground(unit),
        )


@pytest.fixture
def life(world):
    """One document to land and building, one to the districts, one draft."""
    world.issue(world.clause(1), reference="1/UBND-NC", subject="Về đất đai")
    world.issue(
        world.clause(1, lead="districts", coordinating=(), deadline="25/8/2021"),
        reference="2/UBND-NC", subject="Về cấp huyện",
    )  # fmt: skip
    keep(world, reference="3/UBND-NC", subject="Còn dự thảo")
    return world


READERS = {
    "office": ["2021-0002", "2021-0001"], "leader": ["2021-0002", "2021-0001"],
    "inspector": ["2021-0002", "2021-0001"], "admin": [],
    "clerk": ["2021-0001"], "officer": ["2021-0001"], "head": ["2021-0001"],
    "other_clerk": ["2021-0001"], "district": ["2021-0002"], "foreign": ["2021-0002"],
    "commune": [],
}  # fmt: skip


@pytest.mark.parametrize("who", READERS)
def test_everybody_lists_only_what_they_read(life, who):
    answer = life.sign_in(who).get("/documents/")
    assert answer.status_code == 200
    assert keys_on(answer.text) == READERS[who]
    assert ("Còn dự thảo" in answer.text) is (who == "office")


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("key", ["2021-0001", "2021-0002"])
def test_a_document_is_read_whole_by_whoever_holds_any_of_it_and_404_for_others(life, who, key):
    client = life.sign_in(who)
    reads = key in READERS.get(who, READERS["clerk"])
    if who in {"office2", "district_head"}:
        reads = who == "office2" or key == "2021-0002"
    answer = client.get(f"/documents/{key}")
    assert answer.status_code == (200 if reads else 404)
    assert client.get(f"/documents/{key}/file").status_code == 404


@pytest.mark.parametrize(
    "key", ["2021-0099", "2021-3", "x", "2021-0001-01", "drafts", "9" * 30 + "-1"]
)
def test_a_key_that_is_nobody_s_is_not_found(life, key):
    assert life.sign_in("office").get(f"/documents/{key}").status_code in {404, 405}


def test_a_unit_that_holds_a_part_reads_the_document(world):
    (made,) = world.issue(world.clause(lead="H32.10", coordinating=()))
    assert world.sign_in("commune").get("/documents/2021-0001").status_code == 404
    world.act("district", made.number, Action.ACCEPT)
    world.act(
        "district", made.number, Action.HAND_DOWN, agency=world.agencies["H32.10.1"].id,
        content="Rà soát tại xã", due_on=date(2021, 9, 10),
    )  # fmt: skip
    page = world.sign_in("commune").get("/documents/2021-0001")
    assert page.status_code == 200
    assert world.sign_in("foreign").get("/documents/2021-0001").status_code == 404


def test_what_became_of_others_stays_closed(world):
    world.issue(world.clause(lead="districts", coordinating=()))
    world.report("2021-0001-01.01", who="district")
    assert "Chờ xác nhận" in text_of(world.sign_in("office").get("/documents/2021-0001"))
    own = text_of(world.sign_in("district").get("/documents/2021-0001"))
    assert "Chờ xác nhận" in own
    foreign = text_of(world.sign_in("foreign").get("/documents/2021-0001"))
    assert "UBND huyện Cam Lâm" in foreign
    assert "Chờ xác nhận" not in foreign
    assert "Đã xử lý xong" not in own + foreign


def test_a_clause_is_one_row_with_its_agencies(world, clock):
    world.issue(world.clause(1, lead="districts", deadline="25/8/2021"), world.clause(2))
    world.act("district", "2021-0001-01.01", Action.ACCEPT)
    clock.at += timedelta(days=10)
    page = text_of(world.sign_in("office").get("/documents/2021-0001"))
    assert "2 cơ quan · 1 chờ tiếp nhận · 1 đang thực hiện · 2 quá hạn" in page
    assert "3 nhiệm vụ" in page
    assert "Nhiệm vụ 2021-0001-02" in page
    listed = text_of(world.sign_in("office").get("/documents/"))
    assert "2 chờ tiếp nhận · 1 đang thực hiện" in listed
    assert "2 quá hạn" in listed


def test_a_clause_says_who_leads_it_now_beside_whom_the_document_names(world):
    one, _ = world.issue(world.clause(1), world.clause(2))
    other = world.agencies["H32.11"].id
    world.act("office", one.number, Action.REASSIGN, agency=other, reason="Đúng lĩnh vực")
    page = text_of(world.sign_in("office").get(f"/documents/{one.number.rsplit('-', 1)[0]}"))
    assert page.count("(nay UBND huyện Vạn Ninh chủ trì)") == 1


def test_a_clause_shows_the_words_and_date_of_today_and_the_paper_that_changed_them(world):
    [one] = world.issue(world.clause(lead="H32.03"))
    world.act(
        "office", one.number, Action.AMEND, paper="9/UBND", paper_date=date(2021, 8, 20),
        content="Chấm dứt hồ sơ trễ hạn", due_on=date(2021, 10, 20),
    )  # fmt: skip
    page = world.sign_in("clerk").get(f"/documents/{one.number.rsplit('-', 1)[0]}").text
    heading = page.partition('id="clause-1"')[2].partition("</h3>")[0]
    assert "Chấm dứt hồ sơ trễ hạn" in heading
    assert "<del" in page.partition("Văn bản ghi:")[2][:30]
    told = html.unescape(page.partition("dd-steps")[2].partition("</ol>")[0])
    for words in ("Điều chỉnh nhiệm vụ", "29/09/2021", "20/10/2021", "9/UBND ngày 20/08/2021"):
        assert words in told


def test_a_clause_that_comes_again_says_how_often_it_reports(world):
    [one] = world.issue(world.clause(deadline="Hằng tháng, trước ngày 20"))
    page = text_of(world.sign_in("office").get(f"/documents/{one.number.rsplit('-', 1)[0]}"))
    assert "Báo cáo hằng tháng, ngày 19" in page


def test_parts_handed_down_are_not_counted_again(world):
    (made,) = world.issue(world.clause(lead="H32.10", coordinating=()))
    world.act("district", made.number, Action.ACCEPT)
    world.act(
        "district",
        made.number,
        Action.HAND_DOWN,
        agency=world.agencies["H32.10.1"].id,
        content="Rà soát tại xã",
        due_on=date(2021, 9, 10),
    )
    assert "1 nhiệm vụ" in text_of(world.sign_in("office").get("/documents/2021-0001"))


def test_the_signed_file_goes_to_who_reads_the_document_only(world):
    pdf = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n"
    office = world.sign_in("office")
    key = keep(world)
    from forms import form_on

    data = form_on(office.get(f"/documents/drafts/{key}/edit").text, "/edit")
    sent = data | {"file": (io.BytesIO(pdf), "Công văn.pdf")}
    address = f"/documents/drafts/{key}/edit"
    assert office.post(address, data=sent, content_type="multipart/form-data").status_code == 303
    page = office.get(f"/documents/drafts/{key}/issue").text
    office.post(f"/documents/drafts/{key}/issue", data=form_on(page, "/issue"))
    with world.sign_in("clerk").get("/documents/2021-0001/file") as answer:
        assert answer.data == pdf
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert world.sign_in("foreign").get("/documents/2021-0001/file").status_code == 404


FILTERS = [
    ("q=dat+dai", ["2021-0001"]),
    ("q=ĐẤT+ĐAI", ["2021-0001"]),
    ("q=2021-0002", ["2021-0002"]),
    ("q=2/ubnd", ["2021-0002"]),
    ("q=%25", []),
    ("q=khong+co", []),
    ("state=issued", ["2021-0002", "2021-0001"]),
    ("state=draft", []),
    ("year=2021", ["2021-0002", "2021-0001"]),
    ("year=1999", []),
    ("source=meeting", []),
    ("sort=number", ["2021-0001", "2021-0002"]),
    ("sort=-number", ["2021-0002", "2021-0001"]),
    ("sort=reference", ["2021-0001", "2021-0002"]),
    ("sort=nonsense&year=abc&after=~~&before=x", ["2021-0002", "2021-0001"]),
]


@pytest.mark.parametrize(("query", "found"), FILTERS)
def test_the_list_is_searched_filtered_and_sorted(life, query, found):
    answer = life.sign_in("office").get(f"/documents/?{query}")
    assert answer.status_code == 200
    assert keys_on(answer.text) == found


def test_a_filter_is_said_and_can_be_taken_away(life):
    page = life.sign_in("office").get("/documents/?q=dat&year=2021&state=issued").text
    words = text_of(life.sign_in("office").get("/documents/?q=dat&year=2021&state=issued"))
    assert "“dat”" in words
    assert "năm 2021" in words
    assert 'href="/documents/?state=issued&amp;year=2021"' in page


@pytest.mark.parametrize("sort", ["", "date", "number", "-number", "reference", "-reference"])
def test_pages_follow_one_another_and_lose_nothing(world, sort):
    for number in range(1, 8):
        keep(world, reference=f"{number}/UBND-NC", subject=f"Văn bản {number}")
    for _ in range(23):
        keep(world, reference="", subject="Không số", issued_on=None)
    client = world.sign_in("office")
    address, seen, pages = f"/documents/?sort={sort}", [], []
    while address:
        page = client.get(address).text
        pages.append(re.findall(r"/documents/drafts/(\d+)", page))
        seen += pages[-1]
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = html.unescape(following.group(1)) if following else None
    assert len(seen) == len(set(seen)) == 30
    back = re.search(r'rel="prev" href="([^"]+)"', page)
    first = client.get(html.unescape(back.group(1))).text
    assert re.findall(r"/documents/drafts/(\d+)", first) == pages[-2]
    assert "30 văn bản" in text_of(client.get("/documents/"))


def test_an_empty_list_says_what_will_stand_there(world):
    assert "Chưa có văn bản nào" in world.sign_in("office").get("/documents/").text
    assert "ngay khi ban hành" in world.sign_in("clerk").get("/documents/").text


@pytest.mark.parametrize("who", ["office", "clerk", "leader"])
def test_pages_cost_the_same_however_many_rows_they_show(world, app, who):
    for number in range(1, 3):
        world.issue(
            world.clause(1), world.clause(2, lead="districts"), reference=f"{number}/UBND-NC"
        )
    client = world.sign_in(who)
    few = statements(app, client, "/documents/"), statements(app, client, "/documents/2021-0001")
    for number in range(3, 9):
        world.issue(*(world.clause(n) for n in range(1, 4)), reference=f"{number}/UBND-NC")
    leads = ("districts", "H32.03")
    world.issue(*(world.clause(n, lead=leads) for n in range(1, 13)), reference="99/UBND-NC")
    many = statements(app, client, "/documents/"), statements(app, client, "/documents/2021-0009")
    for little, much in zip(few, many, strict=True):
        assert len(much) <= len(little) <= BUDGET, much


def test_pages_of_a_draft_cost_the_same_however_many_rows_it_has(world, app):
    small = keep(world, world.clause(1))
    large = keep(world, *(world.clause(n, lead=("districts", "H32.03")) for n in range(1, 61)))
    client = world.sign_in("office")
    for end in ("", "/edit", "/issue"):
        little = statements(app, client, f"/documents/drafts/{small}{end}")
        much = statements(app, client, f"/documents/drafts/{large}{end}")
        assert len(much) <= len(little) <= BUDGET, (end, much)


def test_a_person_without_any_role_reads_nothing(world):
    world.issue(world.clause())
    with world.unit() as unit:
        account = unit.accounts.account_by_login("clerk")
        unit.accounts.end_membership(account.id, account.memberships[0], date(2021, 8, 1))
    client = world.sign_in("clerk")
    assert keys_on(client.get("/documents/").text) == []
    assert client.get("/documents/2021-0001").status_code == 404


def test_names_of_five_hundred_characters_and_script_text_are_shown_as_text(world):
    world.issue(
        world.clause(content="<script>alert(1)</script>", note="=1+1"),
        issuer="U" * 500, signer="</title><script>alert(2)</script>", subject="{{ 7*7 }}" + "dài " * 900,
    )  # fmt: skip
    client = world.sign_in("clerk")
    for address in ("/documents/", "/documents/2021-0001"):
        page = client.get(address)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "{{ 7*7 }}" in page.text


def test_posts_to_pages_of_others_are_refused(life):
    client = life.sign_in("clerk")
    token = csrf_of(client.get("/documents/").text)
    assert client.post("/documents/2021-0001", data={"csrf_token": token}).status_code == 405


def test_the_list_is_sent_as_a_file_within_the_reader_s_scope(life):
    office, clerk = life.sign_in("office"), life.sign_in("clerk")
    mine = office.get("/documents/export.csv?sort=number")
    assert mine.headers["Content-Disposition"].startswith("attachment; filename=van-ban-")
    lines = mine.text.splitlines()
    assert len(lines) == 4
    assert '"2021-0001"' in lines[1]
    assert '"Chờ tiếp nhận"' in lines[0]
    theirs = clerk.get("/documents/export.csv")
    assert "2/UBND-NC" not in theirs.text
    assert "Còn dự thảo" not in theirs.text
    fewer = office.get("/documents/export.csv?hide=progress,state&q=dat+dai")
    assert "Chờ tiếp nhận" not in fewer.text
    assert len(fewer.text.splitlines()) == 2
    book = office.get("/documents/export.xlsx")
    assert book.data[:2] == b"PK"


def test_a_file_carries_no_formula(world):
    keep(world, subject="=cmd|' /C calc'!A0", issuer="+1")
    text = world.sign_in("office").get("/documents/export.csv").text
    assert '"=cmd' not in text
    assert '"+1"' not in text


@pytest.mark.parametrize("end", ["", "/edit", "/issue", "/rows/1"])
def test_a_draft_that_cannot_be_is_not_found(world, end):
    assert world.sign_in("office").get(f"/documents/drafts/{10**30}{end}").status_code == 404


def test_a_clause_says_that_its_lead_asks_for_another(world):
    [made] = world.issue()
    address = f"/documents/{made.number.rpartition('-')[0]}"
    office = world.sign_in("office")
    assert "đang đề nghị giao lại" not in office.get(address).text
    world.act("clerk", made.number, Action.DECLINE, paper="3/STNMT", ask="other_lead",
              reason="x", files=(world.file(),))  # fmt: skip
    assert "đang đề nghị giao lại" in office.get(address).text
