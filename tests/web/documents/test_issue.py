"""Issuing and discarding a draft, and two people on one."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from forms import filled, form_on
from previewing import counts
from sqlalchemy import select
from world import csrf_of

from models.documents.rows import DocumentRow
from workflow.agencies.records import Tier
from workflow.documents.records import Problem
from workflow.documents.usecases import save_draft


@pytest.fixture
def office(world):
    return world.sign_in("office")


def keep(world, *clauses, **head):
    with world.unit() as unit:
        return save_draft(
            unit.documents,
            world.actor("office"),
            world.head(**head),
            clauses or (world.clause(),),
            ground=world.office.ground(unit),
        )


def standing(world, key):
    with world.office.reading() as unit:
        return unit.documents.document(key)


def confirm(client, key):
    page = client.get(f"/documents/drafts/{key}/issue")
    assert page.status_code == 200
    return page


def issue(client, key, page=None):
    page = page or confirm(client, key)
    return client.post(f"/documents/drafts/{key}/issue", data=form_on(page.text, "/issue"))


def test_the_page_before_says_exactly_how_many_for_whom(world, office):
    key = keep(world, world.clause(1), world.clause(2, lead="districts", coordinating=()))
    page = html.unescape(confirm(office, key).text)
    assert "Ban hành 3 nhiệm vụ" in page
    assert "2 cơ quan, mỗi cơ quan một nhiệm vụ" in page
    assert "UBND huyện Cam Lâm" in page
    assert "29/09/2021" in page
    answer = issue(office, key)
    assert answer.location.endswith("/documents/2021-0001")
    assert [world.directive(f"2021-0001-{n}").lead_name for n in ("01", "02.01", "02.02")] == [
        "Sở Tài nguyên và Môi trường", "UBND huyện Cam Lâm", "UBND huyện Vạn Ninh",
    ]  # fmt: skip


def test_a_deadline_over_before_the_documents_own_day_is_said_while_typed_and_before_issue(
    world, office
):
    key = keep(world, world.clause(1), world.clause(2, deadline="trước ngày 15/01/2021"))
    page = html.unescape(confirm(office, key).text)
    assert "Thời hạn của dòng 2 hết trước ngày ban hành" in page
    typed = {"text": "trước ngày 15/01/2021", "paper_on": "22/11/2021", "by_words": "1"}
    read = html.unescape(
        office.get("/documents/deadline", query_string=typed, headers={"HX-Request": "true"}).text
    )
    assert "trước ngày ban hành 22/11/2021" in read
    assert "14/01/2021" in read
    assert "“đến hết ngày …”" in read


def test_what_is_missing_keeps_the_draft_from_being_issued(world, office):
    key = keep(world, reference="", subject="")
    page = html.unescape(confirm(office, key).text)
    assert "Còn thiếu: Số, ký hiệu, Trích yếu." in page
    assert "Ban hành 1 nhiệm vụ" not in page
    token = csrf_of(page)
    answer = office.post(
        f"/documents/drafts/{key}/issue", data={"csrf_token": token, "version": "1", "agreed": "1"}
    )
    assert answer.status_code == 409
    assert counts(world)["directives"] == 0


def test_a_row_that_waits_keeps_the_draft_from_being_issued(world, office):
    waits = (Problem(field="coordinating", text="các đơn vị", reason="vague_agency"),)
    key = keep(world, replace(world.clause(), problems=waits))
    page = html.unescape(confirm(office, key).text)
    assert "Dòng 1: Phối hợp “các đơn vị”: nói chung chung" in page
    data = {"csrf_token": csrf_of(page), "version": "1", "agreed": "1"}
    answer = office.post(f"/documents/drafts/{key}/issue", data=data)
    assert answer.status_code == 409
    assert "còn nội dung cần rà soát" in answer.text
    assert counts(world)["directives"] == 0


def test_a_number_used_twice_is_refused_clearly_and_changes_nothing(world, office):
    key = keep(world, reference="2847/UBND-KSTTHC")
    page = confirm(office, key)
    world.issue(reference="2847/UBND-KSTTHC")
    before = counts(world)
    answer = issue(office, key, page)
    assert answer.status_code == 409
    assert "Số văn bản 2847/UBND-KSTTHC đã được dùng" in answer.text
    assert counts(world) == before
    assert standing(world, key).serial is None


def test_a_date_that_has_not_come_is_refused(world, office):
    from datetime import date

    key = keep(world, issued_on=date(2030, 1, 1))
    shut = confirm(office, key).text
    assert "Ngày ban hành 01/01/2030 chưa đến." in shut
    assert 'name="agreed"' not in shut
    typed = {"version": 1, "agreed": 1, "csrf_token": csrf_of(office.get("/documents/").text)}
    answer = office.post(f"/documents/drafts/{key}/issue", data=typed)
    assert answer.status_code == 409
    assert "Ngày ban hành 01/01/2030 chưa đến." in answer.text


def test_agencies_that_changed_since_the_page_was_seen_are_shown_first(world, office):
    key = keep(world, world.clause(lead="districts"))
    page = confirm(office, key)
    with world.unit() as unit:
        unit.agencies.add_agency(
            code="H32.12", name="UBND huyện Mới", tier=Tier.DISTRICT,
            parent=world.agencies["H32"], valid_from=world.agencies["H32"].valid_from,
        )  # fmt: skip
    answer = issue(office, key, page)
    assert answer.status_code == 409
    assert "Số nhiệm vụ sẽ giao nay là 3, khác với 2 bạn vừa xem" in html.unescape(answer.text)
    assert counts(world)["directives"] == 0
    assert issue(office, key, answer).status_code == 303


def test_a_draft_changed_since_the_page_was_seen_is_not_issued(world, office):
    key = keep(world)
    page = confirm(office, key)
    document = standing(world, key)
    with world.unit() as unit:
        save_draft(
            unit.documents, world.actor("office2"), replace(document.head, subject="Khác"),
            document.clauses, ground=world.office.ground(unit), document_id=key,
        )  # fmt: skip
    answer = issue(office, key, page)
    assert answer.status_code == 409
    assert counts(world)["directives"] == 0


def test_two_people_issue_one_draft_once(world, office):
    key = keep(world)
    mine, other = confirm(office, key), world.sign_in("office2")
    theirs = confirm(other, key)
    assert issue(other, key, theirs).status_code == 303
    answer = issue(office, key, mine)
    assert answer.status_code == 409
    assert "Văn bản 2021-0001 đã ban hành" in answer.text
    assert counts(world)["directives"] == 1


def test_a_draft_that_was_issued_leads_to_its_document(world, office):
    key = keep(world)
    issue(office, key)
    for end in ("", "/edit", "/issue", "/discard"):
        answer = office.get(f"/documents/drafts/{key}{end}")
        assert answer.status_code == 303
        assert answer.location.endswith("/documents/2021-0001")
    token = csrf_of(office.get("/documents/").text)
    late = office.post(f"/documents/drafts/{key}/edit", data={"csrf_token": token})
    assert late.status_code == 409


def test_a_draft_is_discarded_after_a_question(world, office):
    before = counts(world)
    key = keep(world, subject="Thử nghiệm")
    page = office.get(f"/documents/drafts/{key}/discard")
    assert "Bỏ dự thảo “Thử nghiệm” với 1 dòng?" in html.unescape(page.text)
    assert counts(world)["documents"] == 1
    data = form_on(page.text, "/discard")
    assert office.post(f"/documents/drafts/{key}/discard", data=data).status_code == 303
    assert counts(world) == before | {"history": 2, "history_head": 1}
    assert office.get(f"/documents/drafts/{key}").status_code == 404


def test_an_issued_document_is_not_discarded(world, office):
    world.issue()
    with world.office.reading() as unit:
        key = unit.connection.execute(select(DocumentRow.id)).scalar_one()
    token = csrf_of(office.get("/documents/").text)
    answer = office.post(f"/documents/drafts/{key}/discard", data={"csrf_token": token})
    assert answer.status_code == 409
    assert counts(world)["documents"] == 1


def edit_form(client, key):
    return form_on(client.get(f"/documents/drafts/{key}/edit").text, "/edit")


def told(answer):
    start = answer.text.index("Người khác vừa lưu dự thảo này")
    items = re.findall(r"<li><strong>(.*?)</li>", answer.text[start:], re.DOTALL)
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", "", one)).split()) for one in items]


def test_two_people_on_one_draft_lose_nothing(world, office):
    key = keep(world, world.clause(1), world.clause(2, content="Việc hai"))
    other = world.sign_in("office2")
    mine, theirs = edit_form(office, key), edit_form(other, key)
    address = f"/documents/drafts/{key}/edit"
    changed = filled(
        theirs, subject="Trích yếu của họ", signer="Người ký mới",
        **{"clauses-0-content": "Việc một của họ", "clauses-0-note": "Họ ghi",
           "clauses-2-content": "Họ thêm", "clauses-2-leads": theirs["clauses-0-leads"]},
    )  # fmt: skip
    assert other.post(address, data=changed).status_code == 303
    typed = filled(
        mine, subject="Trích yếu của tôi",
        **{"clauses-0-content": "Việc một của tôi", "clauses-1-content": "Việc hai của tôi"},
    )  # fmt: skip
    answer = office.post(address, data=typed)
    assert answer.status_code == 409
    assert told(answer) == [
        "Phần đầu, Trích yếu: người kia ghi “Trích yếu của họ”; bạn gõ “Trích yếu của tôi”",
        "Phần đầu, Người ký: nay là “Người ký mới”",
        "Nhiệm vụ 1, Nội dung nhiệm vụ: người kia ghi “Việc một của họ”; bạn gõ “Việc một của tôi”",
        "Nhiệm vụ 1, Ghi chú: nay là “Họ ghi”",
        "Nhiệm vụ 3, thêm mới: nay là “Họ thêm”",
    ]
    assert standing(world, key).head.subject == "Trích yếu của họ"
    again = form_on(answer.text, "/edit")
    assert office.post(address, data=again).status_code == 303
    kept = standing(world, key)
    assert (kept.head.subject, kept.head.signer) == ("Trích yếu của tôi", "Người ký mới")
    assert [c.content for c in kept.clauses] == ["Việc một của tôi", "Việc hai của tôi", "Họ thêm"]
    assert kept.clauses[0].note == "Họ ghi"


def test_a_row_dropped_by_the_other_is_told_and_stays_in_the_form(world, office):
    key = keep(world, world.clause(1), world.clause(2, content="Việc hai"))
    other = world.sign_in("office2")
    mine, theirs = edit_form(office, key), edit_form(other, key)
    address = f"/documents/drafts/{key}/edit"
    fewer = {k: v for k, v in theirs.items() if not k.startswith("clauses-1-")}
    assert other.post(address, data=fewer).status_code == 303
    answer = office.post(address, data=filled(mine, **{"clauses-1-content": "Việc hai, sửa"}))
    assert answer.status_code == 409
    assert told(answer) == ["Một nhiệm vụ, đã bị bỏ: “Việc hai, sửa”"]
    assert office.post(address, data=form_on(answer.text, "/edit")).status_code == 303
    assert [c.content for c in standing(world, key).clauses][1] == "Việc hai, sửa"


def test_saving_what_the_other_saved_word_for_word_tells_of_nothing(world, office):
    key = keep(world)
    other = world.sign_in("office2")
    mine, theirs = edit_form(office, key), edit_form(other, key)
    address = f"/documents/drafts/{key}/edit"
    assert other.post(address, data=filled(theirs, subject="Như nhau")).status_code == 303
    answer = office.post(address, data=filled(mine, subject="Như nhau"))
    assert answer.status_code == 409
    assert "Không có chỗ nào khác với những gì bạn gõ." in answer.text


@pytest.mark.parametrize("seen", ["", "null", "[1]", '{"head": 3}', "x" * 2000])
def test_marks_that_were_tampered_with_lose_nothing_either(world, office, seen):
    key = keep(world)
    other = world.sign_in("office2")
    mine, theirs = edit_form(office, key), edit_form(other, key)
    address = f"/documents/drafts/{key}/edit"
    assert other.post(address, data=filled(theirs, signer="Họ")).status_code == 303
    answer = office.post(address, data=filled(mine, subject="Tôi", seen=seen))
    assert answer.status_code == 409
    assert form_on(answer.text, "/edit")["subject"] == ["Tôi"]
    assert standing(world, key).head.signer == "Họ"


def test_what_a_sheet_said_stays_when_the_form_is_saved_unchanged(world, office):
    waits = (Problem(field="coordinating", text="các đơn vị", reason="vague_agency"),)
    clause = replace(
        world.clause(), problems=waits, sheet_row=5, source_text="12/NQ", lead_words="Sở TNMT"
    )
    key = keep(world, clause)
    before = standing(world, key)
    form = edit_form(office, key)
    assert office.post(f"/documents/drafts/{key}/edit", data=form).status_code == 303
    after = standing(world, key)
    assert after.clauses == before.clauses
    assert after.version == before.version + 1


def test_a_form_without_its_version_overwrites_nothing(world, office):
    key = keep(world)
    form = {k: v for k, v in edit_form(office, key).items() if k != "version"}
    answer = office.post(f"/documents/drafts/{key}/edit", data=filled(form, subject="Đè"))
    assert answer.status_code == 409
    assert standing(world, key).head.subject != "Đè"


def test_issuing_needs_what_the_person_agreed_to(world, office):
    key = keep(world)
    form = form_on(confirm(office, key).text, "/issue")
    for missing in ("version", "agreed"):
        data = {k: v for k, v in form.items() if k != missing}
        assert office.post(f"/documents/drafts/{key}/issue", data=data).status_code == 409
    assert counts(world)["directives"] == 0


def test_the_form_of_a_long_draft_is_its_head_and_keeps_the_rows(world, office):
    from datetime import date

    rows = [replace(world.clause(n), content=f"Việc {n}") for n in range(1, 42)]
    key = keep(world, *rows, issued_on=date(2021, 8, 20))
    page = office.get(f"/documents/drafts/{key}/edit")
    assert "clauses-0-content" not in page.text
    typed = filled(form_on(page.text, "/edit"), subject="Đổi", issued_on="20/08/2020")
    assert office.post(f"/documents/drafts/{key}/edit", data=typed).status_code == 303
    kept = standing(world, key)
    assert (kept.head.subject, len(kept.clauses)) == ("Đổi", 41)
    assert {c.deadline.due_on for c in kept.clauses} == {date(2020, 9, 29)}


def test_a_row_is_added_at_the_end_and_waits_to_be_filled_in(world, office):
    key = keep(world)
    data = form_on(office.get(f"/documents/drafts/{key}").text, f"/drafts/{key}/rows")
    answer = office.post(f"/documents/drafts/{key}/rows", data=data)
    assert answer.status_code == 303
    page = html.unescape(office.get(answer.location).text)
    assert "Nội dung: cần điền" in page
    assert "Chủ trì: cần điền" in page
    assert len(standing(world, key).clauses) == 2
