"""Pages of stand-ins: named, chosen as the role one acts in, ended."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from world import csrf_of

from workflow.accounts.records import Role


def post(client, path, **data):
    token = csrf_of(client.get("/account").text)
    return client.post(path, data={"csrf_token": token} | data)


def named(world, client, **change):
    agency = world.agencies["H32.03"].id
    data = {
        "seat": f"{world.accounts['head']}:agency_head:{agency}",
        "stand_in_id": str(world.accounts["clerk"]),
        "from_on": "23/08/2021",
        "to_on": "03/09/2021",
        "reason": "Nghỉ phép",
    } | change
    return post(client, "/stand-ins/new", **data)


def test_from_naming_to_acting_in_the_role(world):
    head, clerk = world.sign_in("head"), world.sign_in("clerk")
    assert "Không ai đang hoặc sắp làm thay" in head.get("/stand-ins/").text
    assert named(world, head).location == "/stand-ins/"
    assert "đang làm thay" in head.get("/stand-ins/").text
    page = clerk.get("/account").text
    value = re.search(r'name="acting" value="(agency_head:\d+:\d+)"', page)[1]
    assert "Thủ trưởng cơ quan, thay Võ Thủ Trưởng" in page
    answer = post(clerk, "/acting", acting=value)
    assert answer.status_code == 303
    assert "Đang làm thay Võ Thủ Trưởng" in clerk.get("/").text
    [made] = world.issue()
    assert post(clerk, f"/directives/{made.number}/accept", version="1").status_code == 303
    assert "Hồ Văn Thư, thay Võ Thủ Trưởng" in clerk.get(f"/directives/{made.number}").text


def test_the_role_is_gone_the_moment_it_ends(world):
    head, clerk = world.sign_in("head"), world.sign_in("clerk")
    named(world, head)
    value = f"agency_head:{world.agencies['H32.03'].id}:{world.accounts['head']}"
    post(clerk, "/acting", acting=value)
    path = re.search(r'action="(/stand-ins/\d+/end)"', head.get("/stand-ins/").text)[1]
    assert post(world.sign_in("other_clerk"), path).status_code == 403
    assert post(head, path).status_code == 303
    assert "Thủ trưởng cơ quan, thay Võ Thủ Trưởng" not in clerk.get("/account").text
    assert post(clerk, "/acting", acting=value).status_code == 404


@pytest.mark.parametrize(
    ("day", "stands"),
    [(date(2021, 8, 29), False), (date(2021, 8, 30), True), (date(2021, 9, 3), True),
     (date(2021, 9, 4), False)],
)  # fmt: skip
def test_the_first_page_says_for_whom_one_stands_in_on_each_day_of_it(world, day, stands):
    assert named(world, world.sign_in("head"), from_on="30/08/2021").status_code == 303
    world.clock.at = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    clerk = world.sign_in("clerk")
    home = clerk.get("/").text
    told = "Bạn đang làm thay Võ Thủ Trưởng đến hết ngày 03/09/2021"
    assert (told in home) is stands
    value = f"agency_head:{world.agencies['H32.03'].id}:{world.accounts['head']}"
    assert post(clerk, "/acting", acting=value).status_code == (303 if stands else 404)
    if stands:
        home = clerk.get("/").text
        assert told not in home
        assert "làm thay Võ Thủ Trưởng đến hết ngày 03/09/2021" in home


def test_the_role_of_another_is_gone_with_its_last_day_in_the_middle_of_work(world):
    named(world, world.sign_in("head"))
    value = f"agency_head:{world.agencies['H32.03'].id}:{world.accounts['head']}"
    world.clock.at = datetime(2021, 9, 3, 16, 59, tzinfo=UTC)
    clerk = world.sign_in("clerk")
    post(clerk, "/acting", acting=value)
    assert "làm thay Võ Thủ Trưởng đến hết" in clerk.get("/").text
    world.clock.at = datetime(2021, 9, 3, 17, 0, tzinfo=UTC)
    page = clerk.get("/")
    assert page.status_code == 200
    assert "làm thay Võ Thủ Trưởng" not in page.text
    assert "Đầu mối cơ quan" in page.text


WRONG = (
    ({"from_on": "01/08/2021"}, "Ngày này đã qua."),
    ({"to_on": "hôm sau"}, "Không đọc được ngày này"),
    ({"seat": "1:leader:1"}, "Hãy chọn một trong các mục."),
    ({"seat": ""}, "Cần điền mục này."),
    ({"stand_in_id": ""}, "Cần điền mục này."),
)


def test_errors_stand_at_their_field_and_nothing_typed_is_lost(world):
    head = world.sign_in("head")
    for change, words in WRONG:
        answer = named(world, head, **change)
        assert answer.status_code == 422
        assert words in answer.text
        assert "Nghỉ phép" in answer.text


def test_only_roles_one_may_lend_are_offered(world):
    def offered(who, query=""):
        page = world.sign_in(who).get(f"/stand-ins/new{query}").text
        return set(re.findall(r'<option[^>]* value="(\d+:\w+:\d+)"', page))

    agency = world.agencies["H32.03"].id
    own = {f"{world.accounts['clerk']}:agency_clerk:{agency}"}
    assert offered("clerk") == own
    preset = f'selected value="{world.accounts["head"]}:agency_head:{agency}"'
    assert preset in world.sign_in("head").get("/stand-ins/new").text
    assert len(offered("head")) == 3
    assert offered("admin", f"?person={world.accounts['clerk']}") == own
    assert offered("clerk", f"?person={world.accounts['head']}") == set()
    assert Role.ADMIN not in {value.split(":")[1] for value in offered("admin")}
