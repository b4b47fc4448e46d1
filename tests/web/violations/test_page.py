"""The page of a violation: what it tells, what may be done, and on which basis it rests."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from sqlalchemy import event, update
from violating import kept, recorded

from models.base import db
from models.dossiers.rows import DossierRow
from workflow.directives.records import Action
from workflow.violations.basing import put_basis
from workflow.violations.judging import Said, act_on
from workflow.violations.records import ViolationAction
from workflow.violations.scopes import DossierScope

BUDGET = 12
"""Eight of the file, and those of whoever is signed in and of the tree of agencies."""


def page(client, key):
    answer = client.get(f"/violations/{key}")
    assert answer.status_code == 200, answer.status_code
    return answer.text


def words(text):
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", text).split()))


def act(world, who, key, action, reason="vì vậy", files=()):
    with world.unit() as unit:
        said = Said(reason=reason, files=files)
        act_on(unit.violations, world.actor(who), key, action, said, at=world.clock())


def test_it_tells_what_happened_and_that_it_is_a_sign_so_far(life, overdue):
    told = words(page(life.sign_in("clerk"), overdue.id))
    for part in (
        f"VP-{overdue.id} V16 Giải quyết hồ sơ trễ hạn",
        "Dấu hiệu vi phạm",
        "Có dấu hiệu",
        "Căn cứ pháp lý Chưa có căn cứ",
        "Sở Tài nguyên và Môi trường",
        "Lĩnh vực Đất đai",
        "Xảy ra 17/08/2021",
        "20 ngày sau khi xảy ra",
        "chưa kết thúc",
        "Chưa nằm trong vụ việc vi phạm nhiều lần nào",
    ):
        assert part in told, part


def test_what_a_judge_wrote_stands_on_the_page_and_in_the_file_and_in_no_log(life, overdue, caplog):
    act(life, "inspector", overdue.id, ViolationAction.CONFIRM, reason="Bà Hoa, số 7, đã nhận")
    client = life.sign_in("inspector")
    assert "Bà Hoa, số 7, đã nhận" in words(page(client, overdue.id))
    assert "Bà Hoa, số 7, đã nhận" in client.get("/violations/export.csv?show=reason").text
    assert "Bà Hoa" not in caplog.text


def test_once_it_is_confirmed_it_is_no_sign_any_more(life, overdue):
    act(life, "inspector", overdue.id, ViolationAction.CONFIRM)
    told = words(page(life.sign_in("clerk"), overdue.id))
    assert "Dấu hiệu vi phạm" not in told
    assert "Đã xác nhận" in told


def test_the_basis_is_the_one_of_the_day(life):
    now = recorded(life)
    after = words(page(life.sign_in("office"), now.id))
    assert "Nghị định 61/2018/NĐ-CP, Điều 5 khoản 1 (có hiệu lực ngày 06/09/2021)" in after


def test_what_the_province_entered_for_the_day_is_its_basis(life, overdue):
    with life.unit() as unit:
        put_basis(
            unit.bases, life.actor("admin"), "V16", text="Quyết định 12/2021/QĐ-UBND",
            valid_from=date(2021, 8, 17), valid_to=date(2021, 8, 17), at=life.clock(),
        )  # fmt: skip
    client = life.sign_in("office")
    assert "Quyết định 12/2021/QĐ-UBND" in words(page(client, overdue.id))
    other = life.violations["V16", life.agencies["H32.03"].id, "Môi trường"]
    assert "Quyết định 12/2021/QĐ-UBND" not in words(page(client, other.id))


def test_the_dossier_and_the_directive_behind_it_are_one_click_away(life, overdue):
    client = life.sign_in("office")
    code = f"000.00.20.H32-2108-{overdue.dossier_id:05d}"
    assert f'href="/dossiers/igate/{code}"' in page(client, overdue.id)
    [late] = [row for row in life.violations.values() if row.type == "V22"]
    assert f'href="/directives/{life.number}"' in page(client, late.id)


def test_an_agency_that_no_longer_leads_reads_of_the_directive_without_its_door(life):
    [late] = [row for row in life.violations.values() if row.type == "V22"]
    life.act(
        "office", life.number, Action.REASSIGN, agency=life.agencies["H32.04"].id, reason="x",
        due_on=date(2021, 10, 1),
    )  # fmt: skip
    text = page(life.sign_in("clerk"), late.id)
    assert life.number in text
    assert f'href="/directives/{life.number}"' not in text
    assert "Hạn dời sau khi đã quá không xóa việc quá hạn" in words(text)


DOORS = {
    # who: open, shut with the reason
    "clerk": ({"Đề nghị xem xét lại"}, {"Xác nhận vi phạm": "Việc này dành cho cơ quan theo dõi"}),
    "officer": (set(), {"Đề nghị xem xét lại": "thủ trưởng hoặc đầu mối"}),
    "leader": (set(), {"Xác nhận vi phạm": "Việc này dành cho"}),
    "inspector": (
        {"Xác nhận vi phạm", "Không tính vi phạm"},
        {"Đề nghị xem xét lại": "thủ trưởng"},
    ),
}


@pytest.mark.parametrize("who", DOORS)
def test_what_may_be_done_and_what_not_and_why_is_said_before_anyone_clicks(life, overdue, who):
    text = page(life.sign_in(who), overdue.id)
    opened, shut = DOORS[who]
    aside = text.split('id="doors"')[1]
    found = {html.unescape(w) for w in re.findall(r'data-action="\w+">([^<]+)</a>', aside)}
    head = {html.unescape(w) for w in re.findall(r'dd-main-action"><a[^>]*>([^<]+)</a>', text)}
    assert found | head == opened
    assert not found & head
    for label, reason in shut.items():
        assert re.search(f"{label}.{{0,400}}{reason}", words(aside)), label


def test_who_entered_it_is_told_that_another_must_judge(life):
    told = words(page(life.sign_in("office2"), life.by_hand.id))
    assert "Bạn là người ghi nhận vi phạm này nên người khác phải kết luận" in told
    assert "Xác nhận vi phạm" in told


def test_its_line_and_history_tell_who_did_what(life, overdue):
    act(life, "clerk", overdue.id, ViolationAction.CONTEST, "Đã trả đúng hạn", (life.file(),))
    text = page(life.sign_in("inspector"), overdue.id)
    told = words(text)
    assert "Cơ quan đang giải trình, chờ kết luận Đã trả đúng hạn" in told
    assert "hệ thống, theo dõi" not in told
    assert "Hồ Văn Thư" in told
    paper = re.search(r'href="(/violations/files/\d+)"', text)[1]
    answer = life.sign_in("inspector").get(paper, buffered=True)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert life.sign_in("foreign").get(paper).status_code == 404


def test_its_history_calls_the_agency_by_its_name(life):
    key = recorded(life).id
    told = (
        page(life.sign_in("inspector"), key).partition('id="history"')[2].partition("</section")[0]
    )
    assert "Sở Tài nguyên và Môi trường" in told
    assert "H32.03" not in told


def test_what_the_data_mended_says_so(life, overdue):
    with life.unit() as unit:
        unit.connection.execute(
            update(DossierRow)
            .where(DossierRow.id == overdue.dossier_id)
            .values(ended_on=date(2021, 8, 10))
        )
        scope = DossierScope(dossier_ids=(overdue.dossier_id,))
        unit.violations.detect(scope, life.office.today(), life.clock())
    told = words(page(life.sign_in("inspector"), overdue.id))
    for part in (
        "Không tính vi phạm vì dữ liệu đã sửa",
        "Theo dữ liệu mới, hồ sơ không trễ hạn",
        "Dữ liệu sửa sau",
        "hệ thống, theo dữ liệu",
        "chỉ tính lại khi dữ liệu lại cho thấy vi phạm",
    ):
        assert part in told, part


@pytest.mark.parametrize("who", ["foreign", "admin", "other_clerk", "commune"])
def test_outside_the_scope_it_is_not_there(life, overdue, who):
    client = life.sign_in(who)
    for ending in ("", "/contest", "/confirm", "/overturn"):
        assert client.get(f"/violations/{overdue.id}{ending}").status_code == 404
    for key in (999_999, 2**31 - 1, 2**31, 0):
        assert client.get(f"/violations/{key}").status_code == 404


def test_its_cost_does_not_grow_with_its_past(life, overdue):
    client = life.sign_in("inspector")

    def cost():
        seen = []
        with life.app.app_context():
            engine = db.engine

        def note(connection, cursor, statement, *rest):
            if not statement.upper().startswith(("BEGIN", "PRAGMA", "UPDATE", "INSERT")):
                seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            page(client, overdue.id)
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    few = cost()
    for _ in range(5):
        act(life, "inspector", overdue.id, ViolationAction.OVERTURN)
        act(life, "inspector", overdue.id, ViolationAction.REINSTATE)
    assert cost() == few <= BUDGET
    assert len(kept(life, id=overdue.id)) == 1


def test_the_page_speaks_english_too(life, overdue):
    client = life.sign_in("inspector")
    client.post("/language", data={"csrf_token": csrf(client), "language": "en", "next": "/"})
    told = words(page(client, overdue.id))
    assert "Result overdue" in told
    assert "Sign of a violation" in told


def csrf(client):
    from world import csrf_of

    return csrf_of(client.get("/account").text)
