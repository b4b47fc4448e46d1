"""The preview of an imported sheet: what was understood, and words chosen for what was not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fixtures.sheets import MINISTRY_SHEET, PROVINCE_SHEET, tasks
from forms import filled, form_on
from previewing import HEADING, Preview, counts, said, send, take_in
from sqlalchemy import select

from models.agencies.rows import AgencyAliasRow
from workflow.agencies.records import AgencyGroup, Tier
from workflow.documents.records import CarriedState, PartyRole
from workflow.documents.rules import waiting

SHARED = Path(__file__).parents[3].parent / "shared/data"


@pytest.fixture
def office(world):
    with world.unit() as unit:
        unit.agencies.add_group(
            AgencyGroup(
                code="departments", name="Các sở, ban, ngành", tiers=frozenset({Tier.DEPARTMENT})
            )
        )
    return world.sign_in("office")


def test_a_province_s_sheet_is_shown_row_by_row(world, office):
    preview = take_in(world, office, PROVINCE_SHEET)
    page = preview.page()
    assert preview.figures()["dòng"] == 5
    assert "giao-viec.xlsx" in page
    assert "Chủ trì “Các cơ quan được giao chủ trì”: nói chung chung" in page
    assert "29/09/2022" in page
    assert "cách hiểu khác:" in page
    assert "31/12/2022" in page
    only = preview.page(show="waiting")
    assert "Giảm đơn quá hạn" not in only
    assert "Rà soát lịch tiếp dân" in only


def test_a_ministry_s_sheet_shows_the_empty_row_the_state_and_the_two_ends(world, office):
    preview = take_in(world, office, MINISTRY_SHEET)
    page = preview.page()
    assert preview.figures()["dòng"] == 7
    assert preview.figures()["không nhập"] == 1
    assert "Dòng 9: chỉ có số thứ tự, không có việc" in page
    assert "Đã hoàn thành (ghi nhận từ nơi khác)" in page
    assert "có hai thời hạn khác nhau" in page
    assert preview.row(4).carried_state is CarriedState.DONE


@pytest.mark.skipif(not SHARED.exists(), reason="the shared sheets are not beside this clone")
@pytest.mark.parametrize(
    ("name", "rows"), [("directive_khanh_hoa_2021.xlsx", 9), ("task_sheet_2017.xlsx", 27)]
)
def test_the_shared_sheets_go_through(world, office, name, rows):
    answer = send(office, (SHARED / name).read_bytes(), name)
    preview = Preview(world, office, int(answer.location.rsplit("/", 1)[1]))
    assert preview.figures()["dòng"] == rows
    unread = [c for c in preview.document.clauses if c.deadline.kind == "unknown"]
    assert len(unread) == (1 if rows == 27 else 0)


def test_words_are_chosen_once_for_all_their_rows_and_remembered(world, office):
    grid = tasks(
        [1, "A", "Phòng Đất đai", None, "Thường xuyên"],
        [2, "B", "Phòng Đất đai", "Phòng  Đất Đai", "Thường xuyên"],
        [3, "C", "Sở Xây dựng", None, "Thường xuyên"],
        heading=HEADING,
    )
    preview = take_in(world, office, grid)
    land = world.agencies["H32.03"].id
    answer = preview.post(1, "choose", problem=preview.mark(1), choice=f"a:{land}", remember="y")
    assert answer.status_code == 303
    assert answer.location.endswith(f"#row-{preview.row(1).id}")
    assert [waiting(c) for c in preview.document.clauses] == [(), (), ()]
    assert preview.row(2).of(PartyRole.COORDINATING)[0].agency_id == land
    with world.office.reading() as unit:
        learned = select(AgencyAliasRow.alias).where(AgencyAliasRow.source == "learned")
        assert unit.connection.execute(learned).scalars().all() == ["Phòng Đất đai"]
    again = take_in(world, office, grid)
    assert again.figures()["đã rõ"] == 3


def test_words_are_not_remembered_unless_asked(world, office):
    preview = take_in(world, office, tasks([1, "A", "Tổ X", None, "Thường xuyên"], heading=HEADING))
    before = counts(world)["agency_aliases"]
    key = world.agencies["H32.03"].id
    preview.post(1, "choose", problem=preview.mark(1), choice=f"a:{key}")
    assert waiting(preview.row(1)) == ()
    assert counts(world)["agency_aliases"] == before


def test_a_group_can_be_chosen_with_exceptions(world, office):
    preview = take_in(
        world, office, tasks([1, "A", "Các địa phương", None, "Thường xuyên"], heading=HEADING)
    )
    preview.post(
        1, "choose", problem=preview.mark(1), choice="g:districts",
        without=str(world.agencies["H32.11"].id),
    )  # fmt: skip
    (party,) = preview.row(1).of(PartyRole.LEAD)
    assert (party.group_code, party.without) == ("districts", {world.agencies["H32.11"].id})
    assert preview.figures()["nhiệm vụ nếu ban hành"] == 1


def test_choosing_nothing_shows_the_form_again(world, office):
    preview = take_in(world, office, tasks([1, "A", "Tổ X", None, "Thường xuyên"], heading=HEADING))
    answer = preview.post(1, "choose", problem=preview.mark(1))
    assert answer.status_code == 422
    assert "Cần điền mục này." in said(answer.text)


@pytest.mark.parametrize("frame", [{}, {"HX-Request": "true"}])
def test_the_form_to_choose_stands_on_a_page_and_inside_one(world, office, frame):
    preview = take_in(world, office, tasks([1, "A", "Tổ X", None, "Thường xuyên"], heading=HEADING))
    row, mark = preview.row(1).id, preview.mark(1)
    answer = office.get(f"{preview.address}/rows/{row}/choose?problem={mark}", headers=frame)
    assert answer.status_code == 200
    assert ("<html" in answer.text) is not bool(frame)
    assert "Nhóm: UBND cấp huyện" in answer.text


def test_the_year_may_be_given_where_the_sheet_has_none(world, office):
    grid = tasks([1, "A", "Sở Xây dựng", None, "Trước ngày 30-9"], heading=HEADING)
    without = take_in(world, office, grid)
    assert [p.reason for p in waiting(without.row(1))] == ["no_year"]
    assert take_in(world, office, grid, year="2021").row(1).deadline.due_on == date(2021, 9, 29)


def test_a_deadline_without_a_year_is_read_when_the_head_gets_its_date(world, office):
    grid = tasks([1, "A", "Sở Xây dựng", None, "Trước ngày 30-9"], heading=HEADING)
    preview = take_in(world, office, grid)
    form = form_on(office.get(f"{preview.address}/edit").text, "/edit")
    typed = filled(form, issued_on="20/08/2021", reference="12/UBND-NC", subject="Giao việc")
    assert office.post(f"{preview.address}/edit", data=typed).status_code == 303
    assert preview.row(1).deadline.due_on == date(2021, 9, 29)
