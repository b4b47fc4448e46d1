"""The list and the file of a dossier: what is shown to whom, filtered, and as a file."""

import csv
import io
import re
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

import caseload
import openpyxl
import pytest
from sqlalchemy import event, select
from world import csrf_of

from models.looks.rows import DossierLookRow
from web.causes.settings import Analysis
from web.dossiers.words import DOSSIER_VERDICTS
from workflow.dossiers.records import Wait
from workflow.dossiers.timing import Verdict

CODE = re.compile(r'<a href="/dossiers/igate/([^"?]+)">')
NAME = "Nguyễn Thị Ánh"


def codes(client, **query):
    answer = client.get("/dossiers/", query_string=query, follow_redirects=True)
    assert answer.status_code == 200
    return CODE.findall(answer.text)


def file_of(client, row):
    return client.get(f"/dossiers/{row['source']}/{row['code']}")


@pytest.fixture
def own(world):
    day = date
    return caseload.one(
        world, applicant=NAME, ended_on=day(2021, 7, 2), promised_last_on=day(2021, 6, 30),
        waits=(Wait(day(2021, 6, 8), day(2021, 6, 11)),), supplement_requests=2,
        steps=[
            caseload.step(1, "Tiếp nhận", "Bộ phận Một cửa", day(2021, 6, 1), day(2021, 6, 2), day(2021, 6, 2)),
            caseload.step(2, "Thẩm tra", "Chi nhánh VPĐKĐĐ Cam Lâm", day(2021, 6, 2), day(2021, 6, 28), day(2021, 6, 7)),
            caseload.step(3, "Xác định thuế", "Chi cục Thuế", day(2021, 6, 28), day(2021, 7, 2), day(2021, 6, 30)),
        ],
    )  # fmt: skip


@contextmanager
def counted(world):
    """Yield the statements that a page asks, without what opens its transaction."""
    statements = []

    def note(_connection, _cursor, statement, *_more):
        if statement != "BEGIN":
            statements.append(statement)

    engine = world.office.engine
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def test_who_studies_a_field_for_the_province_reads_its_dossiers_but_not_whose(
    world, own, monkeypatch
):
    other = caseload.one(world, field_text="Hộ tịch")
    client = world.sign_in("other_clerk")
    assert [file_of(client, row).status_code for row in (own, other)] == [404, 404]
    studied = Analysis(analysts=(("Đất đai", "H32.04"),))
    monkeypatch.setattr(world.office, "settings", replace(world.office.settings, analysis=studied))
    page = file_of(client, own)
    assert page.status_code == 200
    assert NAME not in page.text
    assert file_of(client, other).status_code == 404
    listed = client.get("/dossiers/").text
    assert (own["code"] in listed, other["code"] in listed) == (True, False)


# --- the list ------------------------------------------------------------------------------


def test_the_list_narrows_to_what_the_address_asks_for(world, own):
    other = caseload.one(
        world, agency="H32.04", field_text="Xây dựng", received_on=date(2021, 7, 5)
    )
    client = world.sign_in("office")
    assert codes(client) == [other["code"], own["code"]]
    assert codes(client, field="Xây dựng") == [other["code"]]
    assert codes(client, month="2021-06") == [own["code"]]
    assert codes(client, agency="H32.03") == [own["code"]]
    assert codes(client, standing="late") == [own["code"]]
    assert codes(client, standing="overdue", as_of="2021-06-20") == [own["code"]]
    assert codes(client, standing="late", by="last") == []
    assert codes(client, q=own["code"][-5:]) == [own["code"]]


def test_an_address_nobody_can_read_is_told_and_not_guessed(world, own):
    page = world.sign_in("office").get("/dossiers/?month=2021-13&standing=nonsense").text
    assert "month, standing" in page


def test_the_view_is_said_back_as_a_sentence(world, own):
    page = world.sign_in("office").get(
        "/dossiers/?agency=H32.03&alone=yes&month=2021-06&standing=overdue&as_of=2021-06-20"
    ).text  # fmt: skip
    for words in (
        "Sở Tài nguyên và Môi trường",
        "tiếp nhận tháng 6/2021",
        "quá hạn",
        "tính đến 20/06/2021",
    ):
        assert words in page


@pytest.mark.parametrize("standing", list(Verdict))
def test_how_a_dossier_stands_is_said_in_words_on_the_page_and_in_the_file(world, own, standing):
    clerk = world.sign_in("clerk")
    query = {"standing": standing.value}
    page = clerk.get("/dossiers/", query_string=query).text
    shown = re.findall(r"<main.*?</main>", page, re.DOTALL)[0]
    words = re.sub(r"<[^>]+>", " ", shown)
    assert f" {standing.value} " not in " ".join(words.split())
    sheet = openpyxl.load_workbook(
        io.BytesIO(clerk.get("/dossiers/export.xlsx", query_string=query).data)
    ).active
    told = [str(cell.value) for cell in sheet["A"][:5]]
    assert not any(standing.value in one for one in told), told
    assert any(str(DOSSIER_VERDICTS[standing]) in one for one in told), told


def test_an_empty_list_says_what_will_stand_here(world):
    assert "Chưa có hồ sơ nào" in world.sign_in("clerk").get("/dossiers/").text
    caseload.one(world)
    page = world.sign_in("clerk").get("/dossiers/?field=Không").text
    assert "Không có hồ sơ nào khớp" in page


def test_no_list_and_no_file_of_it_tells_a_whole_name(world, own):
    for who in ("clerk", "office", "leader", "admin", "inspector"):
        client = world.sign_in(who)
        for address in (
            "/dossiers/?hide=",
            "/dossiers/export.csv?hide=-",
            "/dossiers/export.xlsx?hide=-",
        ):
            body = client.get(address).get_data()
            assert NAME.encode() not in body


def test_late_dossiers_say_whether_each_was_apologised_for(world, own):
    caseload.one(world, code="000.00.20.H32-210501-0009", apology_on=date(2021, 7, 2))
    client = world.sign_in("office")
    late = client.get("/dossiers/export.csv?standing=overdue").text.lstrip("\ufeff")
    told = {row["Mã hồ sơ"]: row["Văn bản xin lỗi"] for row in csv.DictReader(io.StringIO(late))}
    assert told == {own["code"]: "chưa thấy ghi", "000.00.20.H32-210501-0009": "2021-07-02"}
    page = client.get("/dossiers/?standing=overdue").text
    assert "xin lỗi 02/07/2021, sau ngày hẹn" in page
    assert page.count("chưa thấy ghi xin lỗi") == 1


def test_the_view_as_a_file_has_every_row_and_no_formula(world, own):
    caseload.one(world, procedure_text="=1+1", received_on=date(2021, 5, 1))
    client = world.sign_in("office")
    rows = list(
        csv.DictReader(io.StringIO(client.get("/dossiers/export.csv").text.lstrip("\ufeff")))
    )
    assert rows[0]["Mã hồ sơ"] == own["code"]
    assert rows[0]["Hạn sau khi trừ thời gian chờ"] == "2021-06-18"
    assert rows[0]["Theo ngày hẹn đầu"] == "Xong trễ hạn"
    assert rows[0]["Theo ngày hẹn cuối"] == "Xong đúng hạn"
    assert rows[1]["Thủ tục"] == "'=1+1"
    book = openpyxl.load_workbook(io.BytesIO(client.get("/dossiers/export.xlsx").data))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)


@pytest.mark.parametrize("who", ["office", "clerk", "district"])
@pytest.mark.parametrize("address", ["/dossiers/", "/dossiers/?standing=overdue&agency=H32.10"])
def test_the_list_costs_the_same_statements_for_one_row_and_for_many(world, own, who, address):
    client = world.sign_in(who)
    client.get(address)
    with counted(world) as few:
        client.get(address)
    caseload.many(world, 120)
    with counted(world) as many:
        client.get(address)
    assert len(many) <= len(few) <= 8


# --- the file of one -----------------------------------------------------------------------


def test_the_file_tells_its_clock_and_who_held_it(world, own):
    page = file_of(world.sign_in("office"), own).text
    for words in (
        "xong trễ 14 ngày",
        "Theo hẹn lại",
        "Ngày hẹn được lùi lại đúng số ngày làm việc chờ người dân",
        "Chi nhánh VPĐKĐĐ Cam Lâm",
        "Bước “Thẩm tra” vượt hạn của bước 12 ngày làm việc, do Chi nhánh VPĐKĐĐ Cam Lâm giữ.",
        "yêu cầu bổ sung từ hai lần trở lên",
        "23 ngày làm việc từ khi tiếp nhận",
        "Hạn: hết ngày 18/06/2021.",
    ):
        assert words in page, words
    assert 'style="' not in page


def test_the_steps_of_a_file_from_elsewhere_are_told_in_its_own_zone(world):
    evening = datetime(2021, 6, 3, 18, 30, tzinfo=UTC)
    row = caseload.one(
        world, source="coselog-receipt", ended_on=date(2021, 6, 30),
        steps=[{"serial": 1, "name": "Toetsen", "holder_text": "Gemeente",
                "started_at": datetime(2021, 6, 2, 7, tzinfo=UTC), "ended_at": evening,
                "limit_at": datetime(2021, 6, 3, 15, tzinfo=UTC)}],
    )  # fmt: skip
    page = file_of(world.sign_in("office"), row).text
    assert "03/06/2021 20:30" in page
    assert "Giờ ghi theo múi giờ của tệp: Europe/Amsterdam." in page
    assert "vượt hạn của bước" not in page


def test_a_file_without_a_log_says_so(world):
    page = file_of(world.sign_in("office"), caseload.one(world)).text
    assert "không có nhật ký từng bước" in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 200), ("inspector", 200), ("admin", 200), ("foreign", 404), ("commune", 404)],
)
def test_the_file_opens_within_the_scope(world, own, who, status):
    assert file_of(world.sign_in(who), own).status_code == status


def test_a_code_with_strange_signs_opens_too(world):
    row = caseload.one(world, code="A/B 1?x=#%")
    client = world.sign_in("office")
    link = re.search(r'href="(/dossiers/igate/[^"]+)"', client.get("/dossiers/").text)[1]
    assert client.get(link.replace("&amp;", "&")).status_code == 200
    assert row["code"] in client.get(link).text


def test_the_file_costs_a_fixed_number_of_statements(world, own):
    client = world.sign_in("office")
    file_of(client, own)
    with counted(world) as statements:
        file_of(client, own)
    assert len(statements) <= 8, statements


# --- personal data -------------------------------------------------------------------------


def looks(world):
    with world.office.reading() as unit:
        return unit.connection.execute(select(DossierLookRow.__table__)).all()


def test_a_name_is_shown_on_asking_once_and_the_look_is_kept(world, own):
    client = world.sign_in("clerk")
    page = file_of(client, own).text
    assert NAME not in page
    assert "N.T.Á." in page
    address = f"/dossiers/{own['source']}/{own['code']}"
    shown = client.post(address, data={"csrf_token": csrf_of(page)})
    assert NAME in shown.text
    assert [row.account_id for row in looks(world)] == [world.accounts["clerk"]]
    assert NAME not in file_of(client, own).text


@pytest.mark.parametrize("who", ["office", "leader", "admin", "inspector"])
def test_others_are_not_offered_the_name_and_get_none(world, own, who):
    client = world.sign_in(who)
    page = file_of(client, own).text
    assert "Xem tên đầy đủ" not in page
    answer = client.post(
        f"/dossiers/{own['source']}/{own['code']}", data={"csrf_token": csrf_of(page)}
    )
    assert answer.status_code == 403
    assert NAME not in answer.text
    assert looks(world) == []


def test_a_search_by_name_leaves_no_name_in_an_address(world, own):
    client = world.sign_in("clerk")
    token = csrf_of(client.get("/dossiers/names").text)
    found = client.post("/dossiers/names", data={"csrf_token": token, "words": "nguyen anh"})
    assert NAME in found.text
    assert len(looks(world)) == 1
    short = client.post("/dossiers/names", data={"csrf_token": token, "words": "an"})
    assert short.status_code == 422
    assert 'value="an"' in short.text


@pytest.mark.parametrize(
    ("who", "status"), [("admin", 200), ("inspector", 200), ("office", 404), ("clerk", 404)]
)
def test_admin_and_inspector_read_who_looked(world, own, who, status):
    clerk = world.sign_in("clerk")
    clerk.post(
        f"/dossiers/{own['source']}/{own['code']}",
        data={"csrf_token": csrf_of(file_of(clerk, own).text)},
    )
    answer = world.sign_in(who).get("/dossiers/looks")
    assert answer.status_code == status
    if status == 200:
        assert "Hồ Văn Thư" in answer.text
        assert own["code"] in answer.text
        assert NAME not in answer.text


@pytest.mark.parametrize("key", ["2147483648", "-1", "9" * 30, "x"])
def test_looks_of_no_dossier_there_can_be_are_no_failure(world, key):
    answer = world.sign_in("admin").get("/dossiers/looks", query_string={"dossier": key})
    assert answer.status_code == 200
