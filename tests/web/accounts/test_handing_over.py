"""The page of work handed over: chosen, looked through, done, told piece by piece."""

from __future__ import annotations

from datetime import date

from desking import add_case
from doings_of_people import followed_by
from upkeep import counted_queries
from world import csrf_of

from workflow.accounts.records import Membership, Role
from workflow.directives.records import Action


def post(client, path, **data):
    token = csrf_of(client.get("/account").text)
    return client.post(path, data={"csrf_token": token} | data)


def test_from_the_preview_to_the_result(world):
    number = followed_by(world, "office")
    client, path = world.sign_in("admin"), f"/accounts/{world.accounts['office']}/hand-over"
    page = client.get(path).text
    assert "1 việc đang mở." in page
    assert number in page
    assert "Bàn giao 1 việc" not in page
    taker = str(world.accounts["office2"])
    assert "1 trên 1 việc chuyển được." in client.get(f"{path}?taker={taker}").text
    missing = post(client, path, taker=taker, reason="")
    assert missing.status_code == 422
    assert "Cần điền mục này." in missing.text
    done = post(client, path, taker=taker, reason="Chuyển công tác")
    assert "1 trên 1 việc đã chuyển." in done.text
    assert "Không có việc nào đứng tên người này" in client.get(path).text
    file = world.sign_in("office").get(f"/directives/{number}").text
    assert "Bàn giao việc" in file
    assert "Lê Văn Bình" in file


def test_what_would_stay_is_said_with_its_reason(world):
    followed_by(world, "office")
    client, path = world.sign_in("admin"), f"/accounts/{world.accounts['office']}/hand-over"
    admin = str(world.accounts["admin"])
    page = client.get(f"{path}?taker={admin}").text
    assert "Người nhận không giữ vai trò theo dõi, tổng hợp." in page
    assert "Bàn giao 1 việc" not in page
    assert post(client, path, taker=admin, reason="x").status_code == 409


def test_an_admin_may_choose_an_inspector_of_another_agency_for_a_case(world):
    add_case(world, agency="H32.03", holder="inspector")
    with world.unit() as unit:
        role = Membership(
            role=Role.INSPECTOR, agency_id=world.agencies["H32.02"].id, valid_from=date(2020, 1, 1)
        )
        unit.accounts.add_membership(world.accounts["office2"], role)
    path = f"/accounts/{world.accounts['inspector']}/hand-over"
    taker = world.accounts["office2"]
    page = world.sign_in("admin").get(f"{path}?taker={taker}").text
    assert "1 trên 1 việc chuyển được." in page
    assert "Nguyễn Hữu Thành (Lãnh đạo UBND tỉnh)" in page


def test_an_officers_work_is_offered_to_nobody_who_could_take_none_of_it(world):
    (made,) = world.issue(world.clause())
    world.act("clerk", made.number, Action.ROUTE, person=world.accounts["officer"])
    page = world.sign_in("admin").get(f"/accounts/{world.accounts['officer']}/hand-over").text
    offered = page.partition('name="taker"')[2].partition("</select>")[0]
    assert "Hồ Văn Thư" in offered
    assert "Phạm Thị Hòa" not in offered
    assert "Nguyễn Hữu Thành" not in offered


def test_a_head_finds_their_people_and_nobody_elses(world):
    client = world.sign_in("head")
    page = client.get("/stand-ins/").text
    assert f"/accounts/{world.accounts['officer']}/hand-over" in page
    assert client.get(f"/accounts/{world.accounts['officer']}/hand-over").status_code == 200
    assert client.get(f"/accounts/{world.accounts['office']}/hand-over").status_code == 404
    assert world.sign_in("clerk").get(
        f"/accounts/{world.accounts['officer']}/hand-over"
    ).status_code == 404  # fmt: skip


def test_work_that_was_passed_on_shows_its_two_dates_by_name(world):
    (made,) = world.issue(world.clause(deadline="Trước ngày 30-9"))
    world.act("clerk", made.number, Action.ROUTE, person=world.accounts["officer"],
              internal_due_on=date(2021, 9, 1))  # fmt: skip
    page = world.sign_in("head").get(f"/accounts/{world.accounts['officer']}/hand-over").text
    assert "29/09/2021" in page
    assert "hạn nội bộ 01/09/2021" in page


def test_the_page_asks_the_database_no_more_than_others_do_whatever_is_held(world):
    add_case(world, agency="H32.03", holder="inspector")
    (made,) = world.issue(world.clause())
    world.act("clerk", made.number, Action.ROUTE, person=world.accounts["officer"])
    followed_by(world, "inspector")
    client, path = world.sign_in("admin"), f"/accounts/{world.accounts['inspector']}/hand-over"
    for address in (path, f"{path}?taker={world.accounts['leader']}"):
        client.get(address)
        with counted_queries(world) as sent:
            assert client.get(address).status_code == 200
        assert len([one for one in sent if one != "BEGIN"]) <= 8
