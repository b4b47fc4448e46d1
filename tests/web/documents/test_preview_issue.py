"""From the preview to the issue: what is given, to whom, with which periods; who may see it."""

from __future__ import annotations

import io
from datetime import date

import pytest
from fixtures import files
from fixtures.sheets import tasks, workbook_bytes
from forms import form_on
from previewing import HEADING, Preview, keep_draft, said, send, take_in
from world import csrf_of

from workflow.agencies.records import AgencyGroup, Tier
from workflow.documents.clauses import fingerprint
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


def test_rows_understood_are_issued_with_what_is_carried_over(world, office):
    lines = ["DANH MỤC NHIỆM VỤ GIAO", "(Kèm theo Công văn số 12/UBND-NC ngày 20/8/2021)"]
    heading = [*HEADING, "Tình trạng", "Ngày hoàn thành"]
    grid = tasks(
        [1, "Xong rồi", "Sở Xây dựng", None, "30/8/2021", "Đã hoàn thành", "21/08/2021"],
        [2, "Đang làm", "Sở Xây dựng", None, "30/9/2021", "Đang thực hiện", None],
        [3, "Mới", "Sở Tài nguyên và Môi trường", "UBND cấp huyện", "30/9/2021", None, None],
        heading=heading, above=lines,
    )  # fmt: skip
    preview = take_in(world, office, grid)
    page = office.get(f"{preview.address}/issue")
    assert "Ban hành 3 nhiệm vụ" in page.text
    planned = page.text.partition('id="plan"')[2]
    for words in ("Đã hoàn thành (ghi nhận", "Đang thực hiện (ghi nhận"):
        assert planned.count(words) == 1, words
    answer = office.post(f"{preview.address}/issue", data=form_on(page.text, "/issue"))
    assert answer.status_code == 303
    states = [world.directive(f"2021-0001-0{n}").state.value for n in (1, 2, 3)]
    assert states == ["verified", "in_progress", "assigned"]
    assert world.directive("2021-0001-01").carried_over
    done = office.get("/directives/2021-0001-01").text
    assert "không ai kết luận ở đây" in done
    assert "Đạt yêu cầu" not in done


@pytest.mark.parametrize("who", ["leader", "inspector", "admin", "clerk", "district"])
def test_drafts_and_their_rows_are_outside_everybody_else_s_scope(world, office, who):
    preview = take_in(world, office, tasks([1, "A", "Tổ X", None, "Thường xuyên"], heading=HEADING))
    client, row = world.sign_in(who), preview.row(1).id
    token = csrf_of(client.get("/documents/").text)
    for end in (
        "",
        "/edit",
        "/issue",
        "/discard",
        f"/rows/{row}",
        f"/rows/{row}/deadline",
        f"/rows/{row}/choose",
    ):
        assert client.get(preview.address + end).status_code == 404, end
    for end in (
        "/edit",
        "/issue",
        "/discard",
        f"/rows/{row}",
        f"/rows/{row}/drop",
        f"/rows/{row}/note",
    ):
        answer = client.post(preview.address + end, data={"csrf_token": token})
        assert answer.status_code in {403, 404}, end
    assert len(preview.document.clauses) == 1


def test_what_the_sheet_leaves_out_of_its_document_is_given_with_it(world, office):
    grid = tasks([1, "Rà soát quy trình", "Sở Nội vụ", None, "Trước ngày 30-9"], heading=HEADING)
    preview = take_in(
        world, office, grid, subject="Về việc rà soát", reference="31/CT-UBND",
        issued_on="20/08/2021", signed=(io.BytesIO(files.pdf()), "chi-thi-31.pdf"),
    )  # fmt: skip
    head, row = preview.document.head, preview.row(1)
    assert (head.subject, head.reference) == ("Về việc rà soát", "31/CT-UBND")
    assert preview.document.file.name == "chi-thi-31.pdf"
    assert (row.deadline.due_on, waiting(row)) == (date(2021, 9, 29), ())
    refused = send(office, workbook_bytes(grid), issued_on="31/02/2021")
    assert refused.status_code == 422
    assert len(said(refused.text)) == 1


def test_the_other_reading_of_before_a_day_is_taken_in_one_press(world, office):
    preview = take_in(
        world, office, year="2021",
        grid=tasks(
            [1, "A", "Sở Nội vụ", None, "Trước ngày 25-9"],
            [2, "B", "Sở Nội vụ", None, "Hằng tháng, trước ngày 20"],
            heading=HEADING,
        ),
    )  # fmt: skip
    assert "Dùng 25/09/2021" in preview.page()
    assert "Dùng hằng tháng, ngày 20" in preview.page()
    for position in (1, 2):
        mark = fingerprint(preview.row(position))
        assert preview.post(position, "reading", mark=mark).status_code == 303
    assert preview.row(1).due_set_on == date(2021, 9, 25)
    assert "gồm cả ngày" in preview.row(1).due_set_reason
    assert preview.row(2).deadline.recurs == "FREQ=MONTHLY;BYMONTHDAY=20"
    assert "rơi vào ngày nghỉ (Thứ Bảy" in preview.page()
    assert preview.post(1, "reading", mark="khac").status_code == 409


def test_a_row_says_who_gets_it_and_that_nobody_verifies_alone(world, office):
    follower = world.agencies["H32.03"].id
    key = keep_draft(world, world.clause(1, lead="districts", coordinating=()),
                     world.clause(2, lead="H32.03", coordinating=("H32.03",)), overseer_id=follower)  # fmt: skip
    page = Preview(world, office, key).page()
    assert "UBND huyện Cam Lâm; UBND huyện Vạn Ninh" in page
    assert page.count("vừa theo dõi vừa chủ trì") == 1
    assert page.count("được ghi cả ở chủ trì và phối hợp") == 1
    sent = office.get(f"/documents/drafts/{key}/issue").text
    assert "vừa theo dõi vừa chủ trì" in sent
    assert "được ghi cả ở chủ trì và phối hợp" in sent


def test_one_press_takes_an_agency_from_who_leads(world, office):
    """Who can't lead coordinates; who follows the document is left out of the group that leads."""
    follower, tax = world.agencies["H32.10"].id, world.agencies["H32.90"].id
    key = keep_draft(world, world.clause(1, lead=("H32.03", "H32.90"), coordinating=()),
                     world.clause(2, lead="districts", coordinating=()),
                     world.clause(3, lead="H32.90", coordinating=()), overseer_id=follower)  # fmt: skip
    preview = Preview(world, office, key)
    page = preview.page()
    assert page.count("Chuyển sang phối hợp") == 1, "the last lead has nobody to leave it to"
    assert "Trừ UBND huyện Cam Lâm" in page
    for position, agency_id, status in ((1, tax, 303), (2, follower, 303), (3, tax, 409)):
        mark = fingerprint(preview.row(position))
        sent = preview.post(position, "beside", mark=mark, agency=str(agency_id))
        assert sent.status_code == status
    named = [(p.role.value, p.agency_id) for p in preview.row(1).parties]
    assert named == [("lead", world.agencies["H32.03"].id), ("coordinating", tax)]
    assert preview.row(2).parties[0].without == {follower}
    assert preview.post(1, "beside", mark="khac", agency=str(tax)).status_code == 409


def test_periods_are_shown_before_they_are_issued(world, office):
    clause = world.clause(1, coordinating=(), deadline="Hằng tháng, ngày 25")
    key = keep_draft(world, clause, issued_on=date(2021, 11, 20))
    page = Preview(world, office, key).page()
    assert "2 kỳ báo cáo" in page
    assert "Kỳ tháng 12/2021" in page
    assert "ngày nghỉ: Thứ Bảy" in page
