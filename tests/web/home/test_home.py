"""The first page: every figure is a list one can open, and shows exactly its rows."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from deskwork import sheet
from sqlalchemy import event
from world import csrf_of

from web.jobs.running import run_due
from workflow.directives.records import Action

FIGURE = re.compile(r'<li><a href="([^"]+)"[^>]*><b>([^<]*)</b>')


@pytest.fixture
def busy(world):
    """A province with something of everything."""
    world.clock.at = datetime(2021, 8, 23, 2, 0, tzinfo=UTC)
    first = world.issue(
        world.clause(1, deadline="Trước ngày 10-9"),
        world.clause(2, lead="H32.10", deadline="Trước ngày 20-9"),
        world.clause(3, lead="H32.11", coordinating=(), deadline="Thường xuyên"),
        world.clause(4, lead="H32.04", coordinating=("H32.03",), deadline="Quý IV/2021"),
        world.clause(5, lead=("H32.02", "H32.05"), coordinating=(), deadline="Trước ngày 30-9"),
        world.clause(6, deadline="Trước ngày 01-11"),
    )
    land, district, standing, building, _, _, later = (d.number for d in first)
    world.act("clerk", later, Action.ACCEPT)
    world.act("clerk", later, Action.REQUEST_EXTENSION, due_on=date(2021, 11, 20), reason="x")
    world.act("district", district, Action.ACCEPT)
    for code in ("H32.10.1", "H32.10.2"):
        world.act(
            "district",
            district,
            Action.HAND_DOWN,
            agency=world.agencies[code].id,
            content="Phần",
            due_on=date(2021, 9, 8),
        )
    world.report(f"{district}-01", "commune")
    world.act(
        "foreign",
        standing,
        Action.DECLINE,
        paper="1/CV",
        ask="part",
        reason="x",
        files=(world.file(),),
    )
    world.report(building, "other_clerk")
    world.report(land)
    world.act("office", land, Action.RETURN, reason="Thiếu số liệu")
    world.clock.at = datetime(2021, 9, 15, 2, 0, tzinfo=UTC)
    world.act("officer", later, Action.UPDATE, done="Đang làm")
    world.act("other_clerk", district, Action.UPDATE, done="Đang phối hợp")
    world.clock.at = datetime(2021, 9, 16, 2, 0, tzinfo=UTC)
    return {"land": land, "district": district, "building": building, "later": later,
            "part": f"{district}-01"}  # fmt: skip


def page(world, who):
    answer = world.sign_in(who).get("/")
    assert answer.status_code == 200
    return answer.text


PEOPLE = ("office", "leader", "inspector", "head", "clerk", "officer", "other_clerk", "district",
          "commune", "foreign")  # fmt: skip


@pytest.mark.parametrize("who", PEOPLE)
def test_every_figure_opens_the_list_of_exactly_its_rows(world, busy, who):
    client = world.sign_in(who)
    text = client.get("/").text
    figures = FIGURE.findall(text)
    assert figures
    for address, count in figures:
        listed = client.get(html.unescape(address)).text
        assert f">{count} nhiệm vụ<" in listed, address
        assert len(re.findall(r'<a class="dd-clamp"', listed)) == int(count)


@pytest.mark.parametrize("who", ["office", "leader", "inspector", "clerk", "district"])
def test_every_other_count_on_the_page_is_its_list_too(world, busy, who):
    client = world.sign_in(who)
    text = client.get("/").text
    bars = re.findall(
        r'<li><a href="([^"]+)">[^<]*</a>\s*<span class="dd-progress">.*?<span>(\d+)<',
        text,
        re.DOTALL,
    )
    keys = re.findall(r'<a href="([^"]+)">(\d+) [^<]*</a></li>', text)
    changed = re.findall(r'<a href="([^"]+)">(\d+) nhiệm vụ</a>', text)
    assert 'id="slow"' in text or who not in {"leader", "inspector"}
    until = re.findall(
        r'>(\d+) nhiệm vụ chưa kết thúc có hạn[^<]*<.*?<a href="([^"]+)"', text, re.DOTALL
    )
    for address, count in [*bars, *keys, *changed, *((a, n) for n, a in until)]:
        assert f">{count} nhiệm vụ<" in client.get(html.unescape(address)).text, address
    assert bars or who != "office"
    assert keys or who != "leader"
    assert until or who != "leader"
    assert changed


def test_an_agency_finds_what_to_do_next(world, busy):
    text = page(world, "clerk")
    assert re.search(r"Báo cáo kết quả: " + busy["land"], text)
    assert busy["building"] not in re.findall(r'id="work".*?</section>', text, re.DOTALL)[0]
    assert (
        busy["land"] not in page(world, "officer").partition('id="work"')[2].split("</section>")[0]
    )
    world.act("clerk", busy["land"], Action.ROUTE, person=world.accounts["officer"])
    assert "Trình báo cáo: " + busy["land"] in page(world, "officer")


def test_work_is_accepted_from_the_first_page_in_one_click(world):
    (directive,) = world.issue()
    client = world.sign_in("clerk")
    text = client.get("/").text
    answer = client.post(
        f"/directives/{directive.number}/accept",
        data={"csrf_token": csrf_of(text), "version": str(directive.version)},
    )
    assert answer.status_code == 303


def test_parts_handed_down_wait_for_the_agency_that_gave_them(world, busy):
    text = page(world, "district")
    assert "Phần việc chờ cơ quan mình xác nhận" in text
    assert f"Xác nhận hoàn thành: {busy['part']}" in text


def test_the_office_sees_what_waits_for_it_and_who_is_silent(world, busy):
    text = page(world, "office")
    assert f"Xác nhận hoàn thành: {busy['building']}" in text
    assert f"Quyết định gia hạn: {busy['later']}" in text
    assert "Chuyển cơ quan chủ trì: " in text
    assert "Chưa tiếp nhận" in text
    assert "Sở Nội vụ" in re.findall(r'id="silent".*?</section>', text, re.DOTALL)[0]


def test_an_office_of_another_agency_sees_what_it_follows(world, busy):
    from workflow.accounts.records import Membership, Role

    with world.unit() as unit:
        unit.accounts.add_membership(
            world.accounts["admin"],
            Membership(
                role=Role.OFFICE, agency_id=world.agencies["H32.02"].id, valid_from=date(2019, 1, 1)
            ),
        )
        unit.accounts.end_membership(
            world.accounts["admin"],
            Membership(
                role=Role.ADMIN, agency_id=world.agencies["H32.01"].id, valid_from=date(2020, 1, 1)
            ),
            date(2021, 1, 1),
        )
    (followed,) = world.issue(overseer_id=world.agencies["H32.02"].id)
    world.report(followed.number)
    text = page(world, "admin")
    assert f"Xác nhận hoàn thành: {followed.number}" in text
    assert f"Xác nhận hoàn thành: {busy['building']}" not in text


def test_the_office_sees_its_drafts(world):
    from workflow.documents.usecases import save_draft

    with world.unit() as unit:
        save_draft(
            unit.documents,
            world.actor("office"),
            world.head(subject="Dự thảo của tôi"),
            (world.clause(),),
            ground=world.office.ground(unit),
        )
    assert "Dự thảo của tôi" in page(world, "office")
    assert "Dự thảo của tôi" not in page(world, "leader")


def test_the_leader_sees_the_picture_the_slow_and_what_is_asked(world, busy):
    world.act("office", busy["building"], Action.VERIFY, verdict="met")
    text = page(world, "leader")
    assert "100 % hoàn thành đúng hạn" in text
    slow = re.findall(r'id="slow".*?</section>', text, re.DOTALL)[0]
    assert "Sở Tài nguyên và Môi trường" in slow
    assert "quá 7 ngày" in slow
    assert "dd-line-bar" in text
    assert f"Quyết định gia hạn: {busy['later']}" in text


def test_the_inspector_sees_reports_to_judge(world, busy):
    text = page(world, "inspector")
    assert f"Xác nhận hoàn thành: {busy['building']}" in text
    assert "Chuyển cơ quan chủ trì: " not in text


def test_the_admin_has_links_and_no_case(world, busy):
    text = page(world, "admin")
    assert "/accounts" in text
    assert "Tình trạng" in text
    assert busy["land"] not in text
    assert 'id="changes"' not in text


def test_who_holds_no_role_today_is_told_so(world):
    world.clock.at = datetime(2019, 6, 3, 2, 0, tzinfo=UTC)
    answer = world.sign_in("clerk").get("/")
    assert answer.status_code == 200
    assert "không giữ vai trò nào" in answer.text


def test_what_changed_is_what_others_did_since_one_looked(world):
    (directive,) = world.issue()
    client = world.sign_in("clerk")
    text = client.get("/").text
    assert "Giao nhiệm vụ" in text
    assert "Thay đổi trong 7 ngày qua" in text
    world.clock.at += timedelta(minutes=5)
    answer = client.post("/looked", data={"csrf_token": csrf_of(text)})
    assert answer.status_code == 303
    text = client.get("/").text
    assert "Chưa có gì mới từ người khác." in text
    assert "Thay đổi từ hôm nay 09:05" in text
    world.clock.at += timedelta(minutes=5)
    world.act("clerk", directive.number, Action.ACCEPT)
    assert "Chưa có gì mới từ người khác." in client.get("/").text
    world.act("office", directive.number, Action.CORRECT, content="Nội dung mới", reason="Sai chữ")
    assert "Sai chữ" in client.get("/").text
    assert "Sai chữ" not in page(world, "foreign")


def test_an_act_of_one_s_own_hides_nothing_that_others_did_before_it(world):
    (directive,) = world.issue()
    client = world.sign_in("clerk")
    world.act("clerk", directive.number, Action.ACCEPT)
    client.post("/looked", data={"csrf_token": csrf_of(client.get("/").text)})
    seen = world.clock.at.isoformat()
    world.clock.at += timedelta(minutes=5)
    world.act("office", directive.number, Action.CORRECT, content="Nội dung mới", reason="Sai chữ")
    world.clock.at += timedelta(minutes=5)
    world.act("clerk", directive.number, Action.UPDATE, done="Đã họp")
    assert "Sai chữ" in client.get("/").text
    listed = client.get("/directives/", query_string={"changed": seen}).text
    assert directive.number in listed
    assert "1 nhiệm vụ ở trang này có thay đổi từ" in client.get("/directives/").text


def changes_of(world, who):
    """What a person's first page says of changes, as one reads it."""
    text = sheet(world.sign_in(who).get("/").text, "changes")
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_what_changed_says_who_did_what_with_the_old_and_the_new_date(world, clock):
    (made,) = world.issue()
    clock.at += timedelta(minutes=5)
    world.act("office", made.number, Action.CORRECT, due_on=date(2021, 10, 15), reason="Sai ngày")
    clock.at += timedelta(minutes=5)
    world.act("leader", made.number, Action.DIRECT, text="Làm dứt điểm trong tháng")
    said = changes_of(world, "clerk")
    assert "“Làm dứt điểm trong tháng”" in said
    assert made.content in said
    assert "Thời hạn: trước: 29/09/2021 sau: 15/10/2021" in said, "an earlier act is not lost"
    assert "Trước đó: Đính chính (" in said
    assert "Giao nhiệm vụ" in said


def test_what_changed_tells_state_and_lead_as_they_were_and_are(world, clock):
    (made,) = world.issue(world.clause(coordinating=("H32.02",)))
    world.act("clerk", made.number, Action.ACCEPT)
    clock.at += timedelta(minutes=5)
    world.act("office", made.number, Action.REASSIGN, agency=world.agencies["H32.04"].id,
              reason="Đúng chức năng hơn")  # fmt: skip
    said = changes_of(world, "leader")
    assert "Cơ quan chủ trì: trước: Sở Tài nguyên và Môi trường sau: Sở Xây dựng" in said
    assert "“Đúng chức năng hơn”" in said
    world.act("other_clerk", made.number, Action.ACCEPT)
    world.report(made.number, who="other_clerk")
    assert "Trạng thái: trước: Chờ tiếp nhận sau: Chờ xác nhận" in changes_of(world, "office")


def test_looking_is_only_marked_by_a_post_with_its_token(world):
    client = world.sign_in("clerk")
    assert client.get("/looked").status_code == 405
    assert client.post("/looked").status_code == 400


@pytest.mark.parametrize("who", ["office", "leader", "inspector", "clerk", "district", "admin"])
def test_the_first_page_asks_at_most_eight_things_however_busy(world, busy, who):
    client = world.sign_in(who)
    engine, said = world.office.engine, []

    @event.listens_for(engine, "before_cursor_execute")
    def note(conn, cursor, statement, *rest):
        said.append(statement)

    def count():
        said.clear()
        assert client.get("/").status_code == 200
        return len([s for s in said if not s.startswith("BEGIN")])

    try:
        few = count()
        world.issue(*(world.clause(n, lead=("H32.03", "H32.10")) for n in range(1, 30)))
        assert count() <= max(few, 8)
        assert few <= 8
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_script_in_what_changed_stays_words(world):
    (directive,) = world.issue(world.clause(content="<script>alert(1)</script>"))
    world.act("clerk", directive.number, Action.ACCEPT)
    text = page(world, "office")
    assert "<script>alert(1)" not in text


def test_whoever_led_work_is_told_where_it_went(world, clock):
    (made,) = world.issue(world.clause(coordinating=()))
    world.act("clerk", made.number, Action.ROUTE, person=world.accounts["officer"])
    clock.at += timedelta(minutes=5)
    world.act("office", made.number, Action.REASSIGN, agency=world.agencies["H32.04"].id,
              reason="Đúng chức năng hơn")  # fmt: skip
    with world.app.app_context():
        run_due(world.office, clock())
    page = world.sign_in("clerk").get("/").text
    changes = sheet(page, "changes")
    assert f"Chuyển cho Sở Xây dựng: {made.content}" in changes
    assert f">{made.number}</a>" not in changes, "it is no longer the agency's to read"
    for who in ("clerk", "officer"):
        client = world.sign_in(who)
        inbox = client.get("/inbox/").text
        assert f"Nhiệm vụ {made.number} chuyển cho Sở Xây dựng chủ trì" in inbox
        [item] = re.findall(r"/inbox/(\d+)/open.{0,300}chuyển cho Sở Xây dựng", inbox, re.DOTALL)
        token = csrf_of(inbox)
        opened = client.post(
            f"/inbox/{item}/open", data={"csrf_token": token}, follow_redirects=True
        )
        assert "không còn thuộc phạm vi bạn được xem" in opened.text
    other = sheet(world.sign_in("other_clerk").get("/").text, "changes")
    assert f">{made.number}</a>" in other
    assert "Chuyển cho Sở Xây dựng" not in sheet(world.sign_in("foreign").get("/").text, "changes")
