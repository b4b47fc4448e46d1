"""Rows of a preview that wait: mended one by one, by one person or by two at once."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from fixtures.sheets import tasks
from forms import filled, form_on
from previewing import HEADING, said, take_in

from workflow.agencies.records import AgencyGroup, Tier
from workflow.documents.rules import waiting


@pytest.fixture
def office(world):
    with world.unit() as unit:
        unit.agencies.add_group(
            AgencyGroup(
                code="departments", name="Các sở, ban, ngành", tiers=frozenset({Tier.DEPARTMENT})
            )
        )
    return world.sign_in("office")


def test_vague_coordinating_words_become_a_note_and_never_by_themselves(world, office):
    grid = tasks(
        [1, "A", "Sở Xây dựng", "các đơn vị", "Thường xuyên"],
        [2, "B", "Sở Xây dựng", "Các đơn vị", "Thường xuyên"],
        heading=HEADING,
    )
    preview = take_in(world, office, grid)
    assert preview.figures()["cần rà soát"] == 2
    assert preview.post(1, "note", problem=preview.mark(1)).status_code == 303
    assert [c.note for c in preview.document.clauses] == [
        "Phối hợp: các đơn vị",
        "Phối hợp: Các đơn vị",
    ]
    assert preview.figures()["cần rà soát"] == 0


def test_a_group_with_nobody_in_it_waits_once_the_day_is_known(world, office):
    with world.unit() as unit:
        unit.agencies.add_group(
            AgencyGroup(code="zones", name="Các đặc khu", tiers=frozenset({Tier.SPECIAL_ZONE}))
        )
    lines = ["PHỤ LỤC", "(Kèm theo Công văn số 12/UBND-NC ngày 20/8/2021)"]
    grid = tasks(
        [1, "A", "Sở Xây dựng", "Các đặc khu", "Thường xuyên"], heading=HEADING, above=lines
    )
    preview = take_in(world, office, grid)
    assert "nhóm không có cơ quan nào vào ngày của văn bản" in preview.page()
    token, mark = form_on(office.get(preview.address).text, "/note"), preview.row(1).id
    office.post(f"{preview.address}/rows/{mark}/note", data=token)
    assert preview.figures()["cần rà soát"] == 0
    assert preview.row(1).note == "Phối hợp: Các đặc khu"


def test_a_deadline_is_mended_by_other_words_or_by_a_date_with_its_reason(world, office):
    grid = tasks(
        [1, "A", "Sở Xây dựng", None, "Trong Quý I và trước ngày 30/4/2021"],
        [2, "B", "Sở Xây dựng", None, "khi có vốn"],
        heading=HEADING,
    )
    preview = take_in(world, office, grid, year="2021")
    first, second = (preview.row(n).id for n in (1, 2))
    form = form_on(office.get(f"{preview.address}/rows/{first}/deadline").text, "/deadline")
    assert form["deadline_text"] == ["Trong Quý I và trước ngày 30/4/2021"]
    answer = office.post(
        f"{preview.address}/rows/{first}/deadline", data=filled(form, deadline_text="30/4/2021")
    )
    assert answer.status_code == 303
    assert preview.row(1).deadline.due_on == date(2021, 4, 30)
    form = form_on(office.get(f"{preview.address}/rows/{second}/deadline").text, "/deadline")
    wrong = office.post(
        f"{preview.address}/rows/{second}/deadline", data=filled(form, due_set_on="01/10/2021")
    )
    assert wrong.status_code == 422
    assert "Cần điền mục này." in said(wrong.text)
    right = filled(form, due_set_on="01/10/2021", due_set_reason="Theo kết luận họp")
    assert office.post(f"{preview.address}/rows/{second}/deadline", data=right).status_code == 303
    assert preview.row(2).due_set_on == date(2021, 10, 1)
    assert preview.figures()["cần rà soát"] == 0


def test_a_row_is_edited_on_its_own_page(world, office):
    preview = take_in(
        world, office, tasks([1, "A", "Tổ X", "các đơn vị", "Thường xuyên"], heading=HEADING)
    )
    address = f"{preview.address}/rows/{preview.row(1).id}"
    page = office.get(address).text
    assert "chủ trì “Tổ X”; phối hợp “các đơn vị”" in html.unescape(page)
    typed = filled(
        form_on(page, address), content="Nội dung mới",
        leads=[f"a:{world.agencies['H32.03'].id}"], settle="y",
    )  # fmt: skip
    assert office.post(address, data=typed).status_code == 303
    row = preview.row(1)
    assert row.content == "Nội dung mới"
    assert waiting(row) == ()
    assert "Chủ trì (theo văn bản): Tổ X" in row.note
    assert row.sheet_row == 2


def test_a_row_typed_wrong_stays_as_typed(world, office):
    preview = take_in(
        world, office, tasks([1, "A", "Sở Xây dựng", None, "Thường xuyên"], heading=HEADING)
    )
    address = f"{preview.address}/rows/{preview.row(1).id}"
    typed = filled(form_on(office.get(address).text, address), content="", target_value="nhiều")
    answer = office.post(address, data=typed)
    assert answer.status_code == 422
    assert form_on(answer.text, address)["target_value"] == ["nhiều"]
    assert preview.row(1).content == "A"


def test_a_duplicate_row_is_kept_or_dropped_by_a_person(world, office):
    grid = tasks(
        [1, "Việc giống nhau", "Sở Xây dựng", None, "Thường xuyên"],
        [2, "Việc giống nhau", "Sở Xây dựng", None, "Thường xuyên"],
        [3, "Việc giống nhau", "Sở Xây dựng", None, "Thường xuyên"],
        heading=HEADING,
    )
    preview = take_in(world, office, grid)
    assert preview.post(2, "keep", problem=preview.mark(2)).status_code == 303
    assert waiting(preview.row(2)) == ()
    row = preview.row(3)
    form = form_on(office.get(f"{preview.address}/rows/{row.id}").text, "/drop")
    assert office.post(f"{preview.address}/rows/{row.id}/drop", data=form).status_code == 303
    assert [c.position for c in preview.document.clauses] == [1, 2]
    assert (
        "Dòng 4: người nhập đã bỏ · Việc giống nhau | Sở Xây dựng | Thường xuyên"
        in html.unescape(re.sub(r"<[^>]+>", "", preview.page()))
    )


def test_work_that_was_stopped_elsewhere_is_left_out_in_one_click_or_given_anew_knowingly(
    world, office
):
    heading = [*HEADING, "Tình trạng"]
    rows = [[n, f"Việc {n}", "Sở Xây dựng", None, "Thường xuyên", "Dừng thực hiện"] for n in (1, 2)]
    preview = take_in(world, office, tasks(*rows, heading=heading))
    page = html.unescape(preview.page())
    assert page.count("Vẫn giao như việc mới") == 2
    assert "Đã xem, giữ nguyên" not in page
    address = f"{preview.address}/rows/{preview.row(1).id}/drop"
    form = form_on(office.get(preview.address).text, address)
    assert office.post(address, data=form).status_code == 303
    assert [clause.content for clause in preview.document.clauses] == ["Việc 2"]


def test_a_row_somebody_changed_meanwhile_is_not_dropped(world, office):
    preview = take_in(
        world, office, tasks([1, "A", "Sở Xây dựng", None, "Thường xuyên"], heading=HEADING)
    )
    address = f"{preview.address}/rows/{preview.row(1).id}"
    drop = form_on(office.get(address).text, "/drop")
    other = world.sign_in("office2")
    typed = filled(form_on(other.get(address).text, address), content="Người kia sửa")
    assert other.post(address, data=typed).status_code == 303
    assert office.post(f"{address}/drop", data=drop).status_code == 409
    assert len(preview.document.clauses) == 1


def test_two_people_on_one_row_lose_nothing(world, office):
    preview = take_in(
        world, office, tasks([1, "A", "Sở Xây dựng", None, "Thường xuyên"], heading=HEADING)
    )
    address = f"{preview.address}/rows/{preview.row(1).id}"
    other = world.sign_in("office2")
    mine, theirs = (form_on(c.get(address).text, address) for c in (office, other))
    assert (
        other.post(
            address, data=filled(theirs, expected_output="Tờ trình", note="của họ")
        ).status_code
        == 303
    )
    answer = office.post(address, data=filled(mine, content="Của tôi", note="của tôi"))
    assert answer.status_code == 409
    page = html.unescape(answer.text)
    assert "nay là “Tờ trình”" in page
    assert "người kia ghi “của họ”; bạn gõ “của tôi”" in page
    merged = form_on(answer.text, address)
    assert (merged["content"], merged["expected_output"], merged["note"]) == (
        ["Của tôi"], ["Tờ trình"], ["của tôi"],
    )  # fmt: skip
    assert office.post(address, data=merged).status_code == 303
    row = preview.row(1)
    assert (row.content, row.expected_output, row.note) == ("Của tôi", "Tờ trình", "của tôi")


def test_what_was_settled_meanwhile_waits_no_more(world, office):
    preview = take_in(world, office, tasks([1, "A", "Tổ X", None, "Thường xuyên"], heading=HEADING))
    mark = preview.mark(1)
    choice = f"a:{world.agencies['H32.03'].id}"
    assert preview.post(1, "choose", problem=mark, choice=choice).status_code == 303
    assert preview.post(1, "choose", problem=mark, choice=choice).status_code == 404
