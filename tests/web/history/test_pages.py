"""The history's page: searched, turned, proved."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from world import csrf_of

from models.base import WRITE
from models.history.anchors import AnchorFile
from models.history.queries import PAGE
from web.history.known import Known
from web.history.subjects import called
from web.history.telling import words
from workflow.directives.records import Action
from workflow.history.records import Entry, Subject


@pytest.fixture
def admin(world):
    return world.sign_in("admin")


def verify(client):
    token = csrf_of(client.get("/account").text)
    answer = client.post("/history/verify", data={"csrf_token": token})
    assert answer.status_code == 303
    return client.get(answer.location).text


def spoil(world, statement):
    with world.office.engine.execution_options(**WRITE).begin() as connection:
        if connection.dialect.name == "sqlite":
            for name in ("update", "delete", "replace"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS history_no_{name}"))
        else:
            connection.execute(text("ALTER TABLE history DISABLE TRIGGER USER"))
        connection.execute(text(statement))


def test_the_chain_is_proved_by_a_button_and_its_head_written_down(world, admin):
    [made] = world.issue()
    assert "Chưa lần nào ghi" in admin.get("/history/").text
    page = verify(admin)
    assert "3 mục: nhật ký nguyên vẹn" in page
    assert made.number in page
    [kept] = AnchorFile(world.office.settings.anchors).anchors()
    with world.office.reading() as unit:
        assert (kept.entries, kept.digest) == (3, unit.history.head().digest)
    assert "gần nhất: mục số 3" in page


@pytest.mark.parametrize(
    ("statement", "named", "why"),
    [
        ("UPDATE history SET actor_name = 'ai đó' WHERE serial = 2", 2, "nội dung không khớp"),
        ("DELETE FROM history WHERE serial = 1", 1, "thiếu mục"),
        ("DELETE FROM history WHERE serial > 3", 4, "phần cuối bị cắt"),
        ("UPDATE history_head SET digest = 'x'", 5, "khác với đầu chuỗi"),
    ],
)
def test_a_falsified_history_is_named_and_not_anchored(world, admin, statement, named, why):
    world.issue(world.clause(1), world.clause(2), world.clause(3))
    spoil(world, statement)
    page = verify(admin)
    assert f"mục hỏng đầu tiên là số {named}" in page
    assert why in page
    assert AnchorFile(world.office.settings.anchors).anchors() == ()


def test_an_unreadable_file_of_anchors_is_said_on_the_page(world, admin):
    world.office.settings.anchors.write_text("không phải JSON\n", encoding="utf-8")
    page = admin.get("/history/")
    assert page.status_code == 200
    assert "không đọc được" in page.text


def serials(page):
    return [int(part.split('"')[0]) for part in page.split('id="entry-')[1:]]


@pytest.fixture
def busy(world, admin):
    [made] = world.issue()
    world.act("clerk", made.number, Action.ACCEPT)
    world.act("officer", made.number, Action.UPDATE, done="đã họp")
    world.act(
        "clerk", made.number, Action.REQUEST_EXTENSION, reason="Dịch bệnh kéo dài",
        due_on=datetime(2021, 10, 20, tzinfo=UTC).date(),
    )  # fmt: skip
    world.clock.at = world.clock.at.replace(day=25, hour=16, minute=59)
    return world


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [6, 5, 4, 3, 2, 1]),
        ("?q=ho+van+thu", [6, 4]),
        ("?q=SO+TAI+NGUYEN", [6, 5, 4]),
        ("?q=van+phong", [3, 2, 1]),
        ("?q=2021-0001-01", [6, 5, 4, 2]),
        ("?q=dịch+bệnh", [6]),
        ("?q=%25", []),
        ("?subject=document", [3, 1]),
        ("?subject=directive&action=accept", [4]),
        ("?action=update", [5]),
        ("?action=save_draft", [1]),
        ("?subject=nonsense", [6, 5, 4, 3, 2, 1]),
        ("?since=23/08/2021&until=23/08/2021", [6, 5, 4, 3, 2, 1]),
        ("?since=24/08/2021", []),
        ("?until=22/08/2021", []),
        ("?until=hôm+qua", [6, 5, 4, 3, 2, 1]),
        ("?older=3", [2, 1]),
        ("?newer=3", [6, 5, 4]),
    ],
)
def test_entries_are_found_by_who_what_and_when(busy, admin, query, found):
    busy.clock.at = busy.clock.START
    assert serials(admin.get(f"/history/{query}").text) == found


def test_the_day_of_a_filter_is_the_provinces_day(world, admin):
    world.clock.at = datetime(2021, 8, 23, 16, 59, tzinfo=UTC)
    world.issue()
    world.clock.at = datetime(2021, 8, 23, 17, 1, tzinfo=UTC)
    world.issue()
    admin = world.sign_in("admin")
    assert serials(admin.get("/history/?until=23/08/2021").text) == [3, 2, 1]
    assert serials(admin.get("/history/?since=24/08/2021").text) == [6, 5, 4]


@pytest.mark.parametrize("edge", ["0001-01-01", "31/12/9999", "31/12/1899", "01/01/2201"])
def test_a_day_no_calendar_reaches_is_refused_at_its_field(admin, edge):
    for name in ("since", "until"):
        answer = admin.get("/history/", query_string={name: edge})
        assert answer.status_code == 200
        assert "dd-error" in answer.text


def test_pages_turn_forth_and_back(world, admin):
    [made] = world.issue()
    for step in range(PAGE + 10):
        world.act("officer", made.number, Action.UPDATE, done=f"việc {step}")
    first = admin.get("/history/").text
    assert len(serials(first)) == PAGE
    older = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = admin.get(older).text
    assert serials(second)[-1] == 1
    assert not set(serials(first)) & set(serials(second))
    newer = second.partition('rel="prev" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert serials(admin.get(newer).text) == serials(first)


def test_hostile_words_in_the_history_are_only_words(world, admin):
    [made] = world.issue()
    world.act("officer", made.number, Action.UPDATE, done="<script>alert(1)</script>" + "x" * 900)
    page = admin.get("/history/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_an_empty_filter_result_says_what_to_do(admin):
    page = admin.get("/history/?q=khong+ai").text
    assert "Không có mục nào khớp" in page
    assert "Nhật ký còn trống" in admin.get("/history/").text


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("measure", "admonition"), ("ask", "part"), ("grade", "fair"), ("decision", "granted"),
        ("before_retraction", "raised"), ("because", "basis_fell"), ("cause", "time"),
        ("causes", "L11"), ("sources", "suggested"),
    ],
)  # fmt: skip
def test_codes_are_told_in_words(app, name, code):
    with app.test_request_context():
        told = words(name, [code])
    assert told
    assert told != code


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("violations", ["000000264", "000000282"], "VP-264; VP-282"),
        ("no_longer_counted", ["000000232"], "VP-232"),
        ("violations", 12, "12"),
        ("holder_since", "2021-11-19T20:12:00.000000+00:00", "20/11/2021 03:12"),
        ("group", {"agency": "H32.10"}, "Cơ quan: UBND huyện Cam Lâm"),
        ("agency", "Sở Lạ", "Sở Lạ"),
        ("evidence", [5, 6], "phu-luc.pdf; 6"),
    ],
)
def test_what_is_held_by_an_id_or_a_code_is_told_as_people_call_it(app, name, value, wanted):
    known = Known(coded={"H32.10": "UBND huyện Cam Lâm"}, pieces={5: "phu-luc.pdf"})
    with app.test_request_context():
        assert words(name, value, known) == wanted


@pytest.mark.parametrize(
    ("subject", "key", "given", "wanted"),
    [
        (Subject.VIOLATION, "VP-12", {}, "VP-12"),
        (Subject.VIOLATION, "13", {}, "của lần nhập hồ sơ 13"),
        (Subject.VIOLATION, "due 2021-11-20", {}, "của hồ sơ đến hạn, đến ngày 20/11/2021"),
        (Subject.VIOLATION, "directives 2021-11-20", {}, "của nhiệm vụ, đến ngày 20/11/2021"),
        (Subject.DOSSIER, "2215", {"dossier": "one-stop/H32-21/7"}, "H32-21/7"),
        (Subject.DOSSIER, "2215", {}, "2215"),
        (Subject.ROUTING, "2021-0001-03@23", {}, "2021-0001-03, Sở Xây dựng"),
        (Subject.ROUTING, "2021-0001-03@24", {}, "2021-0001-03@24"),
        (Subject.DIRECTIVE, "2021-0001-03", {}, "2021-0001-03"),
    ],
)
def test_an_entry_is_about_something_with_a_name(app, subject, key, given, wanted):
    entry = Entry(
        at=datetime(2021, 11, 20, tzinfo=UTC), actor_id=1, actor_name="x", role=None,
        agency_id=None, agency_name="", subject=subject, subject_key=key, action="detect",
        given=given,
    )  # fmt: skip
    with app.test_request_context():
        assert called(entry, Known(agencies={23: "Sở Xây dựng"})) == wanted


def test_a_number_with_a_part_is_told_in_the_readers_form(app):
    with app.test_request_context():
        assert words("per_week", 0.51) == "0,51"
        assert words("busiest_week", 8) == "8"


def test_people_and_agencies_stand_by_their_names(world, admin):
    [made] = world.issue()
    world.act("clerk", made.number, Action.ACCEPT)
    world.act("officer", made.number, Action.UPDATE, done="x")
    with world.office.reading() as unit:
        officer = unit.accounts.account(world.accounts["officer"]).name
    told = re.sub(r"<[^>]+>|\s+", " ", admin.get("/history/").text)
    assert re.search(rf"Người đã tham gia thực hiện: .{{0,60}}{officer}", told)
    assert re.search(rf"Cơ quan chủ trì: .{{0,40}}{world.agencies['H32.03'].name}", told)
    assert "mã tài khoản" not in told
