"""The tree by date, one agency's page, and what the admin keeps on it."""

from __future__ import annotations

import re
from datetime import date

import caseload
import pytest
from desking import add_case, furnish_desk
from forms import form_on
from upkeep import counted_queries
from world import csrf_of

from models.agencies.queries import Node
from web.agencies.tree import FOLDED_FROM, branches
from workflow.agencies.records import Tier

LONG = "Sở Quản lý " + "nhiều lĩnh vực khác nhau " * 19


@pytest.fixture
def admin(world):
    return world.sign_in("admin")


def post(client, path, **data):
    token = csrf_of(client.get("/account").text)
    return client.post(path, data={"csrf_token": token} | data)


def node(key, parent=None):
    return Node(
        id=key, code=f"N{key}", name=f"N{key}", tier=Tier.COMMUNE, parent_id=parent, path="/",
        is_office=False, valid_to=None,
    )  # fmt: skip


def test_the_tree_hangs_together_in_the_order_given():
    tree = branches([node(1), node(3, 1), node(2, 1), node(4, 3), node(9, 77)])
    assert [b.node.id for b in tree] == [1, 9]
    assert [b.node.id for b in tree[0].below] == [3, 2]
    assert tree[0].size == 3


def test_only_long_lists_below_the_first_level_are_folded():
    many = [node(n, 2) for n in range(10, 10 + FOLDED_FROM)]
    [top] = branches([node(1), node(2, 1), *many])
    assert not top.is_folded
    assert top.below[0].is_folded
    [top] = branches([node(1), node(2, 1), *many[1:]])
    assert not top.below[0].is_folded


def test_everybody_signed_in_reads_the_tree_as_of_a_day(world, admin):
    post(admin, "/agencies/H32.03/rename", name="Sở Đất đai", on="01/03/2021", act="1/QĐ-UBND")
    clerk = world.sign_in("clerk")
    old = clerk.get("/agencies/?on=28/02/2021").text
    new = clerk.get("/agencies/").text
    assert "Sở Tài nguyên và Môi trường" in old.partition("<main")[2]
    assert "Sở Tài nguyên và Môi trường" not in new.partition("<main")[2]
    assert "Sở Đất đai" in new
    assert "11 cơ quan" in new
    assert "Thêm cơ quan" not in new


def test_a_day_that_cannot_be_read_says_so_at_the_field(world):
    page = world.sign_in("clerk").get("/agencies/?on=31/02/2021").text
    assert 'value="31/02/2021"' in page
    assert "Không đọc được ngày này" in page
    assert "UBND tỉnh Khánh Hòa" in page


def test_a_day_before_there_was_anything_says_so(world):
    page = world.sign_in("clerk").get("/agencies/?on=01/01/1990").text
    assert "Ngày này chưa có cơ quan nào" in page


def test_the_page_of_an_agency_tells_its_names_codes_and_units(world, admin):
    post(admin, "/agencies/H32.10/rename", name="UBND huyện Mới", on="01/03/2021", act="1/NQ")
    post(admin, "/agencies/H32.10/aliases/new", alias="000.00.10.H32")
    post(admin, "/agencies/H32.10/divisions/new", name="Văn phòng HĐND", valid_from="01/01/2021")
    page = world.sign_in("clerk").get("/agencies/H32.10").text
    for words in ("UBND huyện Mới", "UBND huyện Cam Lâm", "000.00.10.H32", "Văn phòng HĐND",
                  "UBND xã Cam Tân", "UBND xã Suối Cát", "UBND tỉnh Khánh Hòa"):  # fmt: skip
        assert words in page
    for hidden in ("Dương Văn Phòng Huyện", "/edit", "/rename", "Lịch sử thay đổi"):
        assert hidden not in page.partition("<main")[2]
    page = admin.get("/agencies/H32.10").text
    assert "Dương Văn Phòng Huyện" in page
    assert "Đổi tên cơ quan" in page


def test_an_old_code_leads_to_the_agency(world, admin):
    form = form_on(admin.get("/agencies/H32.03/edit").text, "/edit")
    form["code"], form["reason"] = ["H32.30"], ["nhập sai"]
    answer = admin.post("/agencies/H32.03/edit", data=form)
    assert answer.location == "/agencies/H32.30"
    assert world.sign_in("clerk").get("/agencies/H32.03").location == "/agencies/H32.30"


def test_work_is_shown_to_whom_it_concerns_with_a_way_to_it(world):
    world.issue(*(world.clause(n) for n in range(1, 4)))
    world.clock.at = world.clock.at.replace(month=10, day=5)
    page = world.sign_in("office").get("/agencies/H32.03").text
    for words in ("3 nhiệm vụ đang mở", "3 nhiệm vụ quá hạn"):
        [link] = re.findall(rf'href="(/directives/\?agency=H32\.03[^"]*)">{words}<', page)
        listed = world.sign_in("office").get(link.replace("&amp;", "&")).text
        assert ">3 nhiệm vụ<" in listed
    assert "3 nhiệm vụ đang mở" in world.sign_in("clerk").get("/agencies/H32.03").text
    for stranger in ("other_clerk", "commune", "admin"):
        assert "nhiệm vụ đang mở" not in world.sign_in(stranger).get("/agencies/H32.03").text


def test_the_one_stop_shop_of_an_agency_is_told_with_its_rows_in_few_statements(world):
    for ended in (date(2021, 6, 4), date(2021, 8, 20), None):
        caseload.one(
            world, ended_on=ended, received_on=date(2021, 6, 1), promised_on=date(2021, 6, 8)
        )
    furnish_desk(world)
    add_case(world, agency="H32.03")
    client = world.sign_in("inspector")
    client.get("/agencies/H32.03")
    with counted_queries(world) as seen:
        page = client.get("/agencies/H32.03").text
    assert len([one for one in seen if one != "BEGIN"]) <= 8, seen
    assert "Đúng hạn 33,3 %" in page
    assert "(1 trên 3 hồ sơ đến hạn)" in page
    for words, there in (
        ("2 hồ sơ trễ hạn, đã xong hoặc chưa", ">2 hồ sơ<"),
        ("3 vi phạm đang tính", ">3 vi phạm<"),
        ("1 vụ vi phạm nhiều lần chưa kết thúc", ">1 vụ việc<"),
    ):
        [link] = re.findall(rf'href="([^"]+)">{words}<', page)
        assert there in client.get(link.replace("&amp;", "&")).text
    assert "hồ sơ trễ hạn" not in world.sign_in("other_clerk").get("/agencies/H32.03").text


def test_the_admin_adds_an_agency_and_nothing_typed_is_lost_when_refused(world, admin):
    parent = str(world.agencies["H32"].id)
    data = {
        "name": LONG.strip(), "code": "H32.03", "tier": "department", "parent_id": parent,
        "valid_from": "01/03/2021", "valid_to": "", "gso_code": "",
    }  # fmt: skip
    answer = post(admin, "/agencies/new", **data)
    assert answer.status_code == 422
    assert LONG.strip() in answer.text
    assert "Mã này đã được dùng" in answer.text.partition('id="code-error"')[2]
    assert f'<option selected value="{parent}">' in answer.text
    answer = post(admin, "/agencies/new", **(data | {"code": "H32.44"}))
    assert answer.location == "/agencies/H32.44"
    assert LONG.strip() in admin.get("/agencies/H32.44").text


@pytest.mark.parametrize(
    ("path", "data", "field"),
    [
        ("/agencies/H32.03/rename", {"name": "", "on": "x", "act": ""}, "name on act"),
        ("/agencies/H32.03/end", {"last_day": "31/02/2021", "act": ""}, "last_day act"),
        ("/agencies/H32.03/aliases/new", {"alias": ""}, "alias"),
        ("/agencies/H32.03/divisions/new", {"name": "", "valid_from": ""}, "name valid_from"),
        ("/agencies/H32.03/hand-over", {"kind": "x", "on": "", "act": ""}, "kind on act"),
        ("/agencies/H32.03/again", {"reason": ""}, "reason"),
        ("/agencies/H32.03/edit", {"name": "", "code": "", "tier": "x"}, "name code tier reason"),
        ("/agency-groups/new", {"name": "", "code": ""}, "name code"),
        ("/agency-groups/districts/edit", {"name": "", "tiers": "x"}, "name tiers"),
    ],
)
def test_every_form_says_what_is_missing_where(world, admin, path, data, field):
    answer = post(admin, path, **data)
    assert answer.status_code == 422
    for name in field.split():
        assert f'id="{name}-error"' in answer.text, name
    with world.office.reading() as unit:
        assert unit.history.head().entries == 0


def test_agencies_with_units_below_end_only_after_them(world, admin):
    answer = post(admin, "/agencies/H32.10/end", last_day="30/06/2021", act="1/NQ")
    assert answer.status_code == 409
    assert "UBND xã Cam Tân" in answer.text
    assert 'value="30/06/2021"' in answer.text


def test_a_handover_is_shown_on_both_pages(world, admin):
    form = form_on(admin.get("/agencies/H32.03/hand-over").text, "/hand-over")
    assert form["predecessors"] == [str(world.agencies["H32.03"].id)]
    form |= {
        "kind": ["merge"], "successors": [str(world.agencies["H32.04"].id)],
        "on": ["01/03/2021"], "act": ["01/NQ-HĐND"], "takes_over": ["Đất đai, môi trường"],
    }  # fmt: skip
    assert admin.post("/agencies/H32.03/hand-over", data=form).status_code == 303
    old = world.sign_in("clerk").get("/agencies/H32.03").text
    new = world.sign_in("clerk").get("/agencies/H32.04").text
    assert "Chuyển giao cho" in old
    assert "đã chấm dứt" in old
    assert "Tiếp nhận từ" in new
    assert "Đất đai, môi trường" in new


def test_the_history_of_an_agency_calls_others_by_their_names(world, admin):
    form = form_on(admin.get("/agencies/H32.03/hand-over").text, "/hand-over")
    form |= {
        "kind": ["merge"], "successors": [str(world.agencies["H32.04"].id)],
        "on": ["01/03/2021"], "act": ["01/NQ-HĐND"], "takes_over": ["Đất đai"],
    }  # fmt: skip
    assert admin.post("/agencies/H32.03/hand-over", data=form).status_code == 303
    told = admin.get("/agencies/H32.03").text.partition('id="history"')[2]
    for name in ("Sở Tài nguyên và Môi trường", "Sở Xây dựng"):
        assert name in told
    assert "H32.04" not in told


def test_a_learned_word_is_forgotten_on_the_page(world, admin):
    with world.unit() as unit:
        unit.agencies.add_alias(
            world.agencies["H32.03"].id, "Sở Tài nguyên", "learned", world.clock()
        )
    page = admin.get("/agencies/H32.03").text
    assert "nhớ từ lần nhập tệp" in page
    path = re.search(r'action="(/agencies/H32\.03/aliases/\d+/remove)"', page)[1]
    assert post(admin, path).status_code == 303
    assert post(admin, path).status_code == 404
    aliases = admin.get("/agencies/H32.03").text.partition('id="aliases"')[2]
    assert "Sở Tài nguyên" not in aliases.partition("</section>")[0]


def test_groups_show_their_members_of_a_day_and_whom_they_leave_out(world, admin):
    form = form_on(admin.get("/agency-groups/communes/edit").text, "/edit")
    assert form["tiers"] == ["commune"]
    form |= {
        "phrases": ["các xã\nUBND các xã"], "excluded": [str(world.agencies["H32.10.2"].id)],
        "communes_from": "01/01/2020",
    }  # fmt: skip
    assert admin.post("/agency-groups/communes/edit", data=form).status_code == 303
    page = world.sign_in("clerk").get("/agency-groups/").text
    section = page.partition('id="group-communes"')[2].partition("</section>")[0]
    assert "1 cơ quan" in section
    assert "UBND xã Cam Tân" in section
    assert "các xã; UBND các xã" in section
    assert "UBND xã Suối Cát" in section.partition("Trừ")[2]
    earlier = world.sign_in("clerk").get("/agency-groups/?on=01/01/2019").text
    assert "0 cơ quan" in earlier.partition('id="group-communes"')[2]


def test_a_division_ends_on_its_page(world, admin):
    post(admin, "/agencies/H32.03/divisions/new", name="Phòng Đất đai", valid_from="01/01/2021")
    path = re.search(
        r'href="(/agencies/H32\.03/divisions/\d+/end)"', admin.get("/agencies/H32.03").text
    )[1]
    assert post(admin, path, last_day="01/01/2019").status_code == 422
    assert post(admin, path, last_day="30/06/2021").status_code == 303
    with world.office.reading() as unit:
        [division] = unit.agencies.divisions(world.agencies["H32.03"].id)
    assert division.valid_to == date(2021, 6, 30)
