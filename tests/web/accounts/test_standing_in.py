"""Pages of stand-ins: named, chosen as the role one acts in, ended."""

from __future__ import annotations

import re

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
