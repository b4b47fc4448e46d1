"""Entering a document: the form that grows, what it keeps, and what it refuses."""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from forms import filled, form_on
from previewing import counts
from world import csrf_of

from workflow.documents.records import Urgency

NEW = "/documents/new"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n"
HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "=cmd|' /C calc'!A0"]


@pytest.fixture
def office(world):
    return world.sign_in("office")


def agency(world, code):
    return f"a:{world.agencies[code].id}"


def whole(world, page, **more):
    """A form filled so that the document could be issued."""
    data = {
        "reference": "2847/UBND-KSTTHC",
        "issued_on": "20/08/2021",
        "subject": "Chấn chỉnh công tác CCHC",
        "clauses-0-content": "Giảm hồ sơ trễ hạn",
        "clauses-0-leads": [agency(world, "H32.03")],
        "clauses-0-deadline_text": "Trước ngày 30-9",
    }
    return filled(form_on(page, "/new"), **(data | more))


def post(client, path, data, file=None):
    sent = data | ({"file": file} if file else {})
    return client.post(path, data=sent, content_type="multipart/form-data")


def draft(world, answer):
    assert answer.status_code == 303, errors(answer)
    key = int(re.search(r"/drafts/(\d+)", answer.location).group(1))
    with world.office.reading() as unit:
        return unit.documents.document(key)


def errors(answer):
    found = re.findall(r'class="dd-error"[^>]*>(.*?)</p>', answer.text, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in found]


def test_a_leader_who_signs_gave_the_work_unless_another_is_named(world, office):
    name = world.actor("leader").name
    page = office.get(NEW).text
    assert f'<option value="{name}"></option>' in page, "offered at the field"
    signed = draft(world, post(office, NEW, whole(world, page, signer=name)))
    assert signed.head.assigner_id == world.accounts["leader"]
    by_order = whole(world, page, signer="Chánh Văn phòng", reference="9/UBND-TH")
    assert draft(world, post(office, NEW, by_order)).head.assigner_id is None


def test_the_form_begins_with_what_the_province_knows(world, office):
    data = form_on(office.get(NEW).text, "/new")
    assert data["issuer"] == ["UBND tỉnh Khánh Hòa"]
    assert data["overseer_id"] == [str(world.agencies["H32.01"].id)]
    assert data["secrecy"] == ["none"]


def test_everything_typed_is_kept(world, office):
    page = office.get(NEW).text
    data = whole(
        world, page,
        signer="Nguyễn Tấn Tuân", signer_title="KT. CHỦ TỊCH, PHÓ CHỦ TỊCH", urgency="urgent",
        source="meeting", assigner_id=str(world.accounts["leader"]),
        **{
            "clauses-0-leads": ["g:districts", agency(world, "H32.03")],
            "clauses-0-leads_without": [str(world.agencies["H32.11"].id)],
            "clauses-0-coordinating": [agency(world, "H32.04"), agency(world, "H32.90")],
            "clauses-0-expected_output": "Báo cáo\r\nkèm số liệu",
            "clauses-0-target_indicator": "Tỷ lệ đúng hạn",
            "clauses-0-target_value": "91,2",
            "clauses-0-target_unit": "%",
            "clauses-0-target_scope": "whole",
            "clauses-0-priority": "urgent",
            "clauses-0-index_refs": "3.4.1, 3.4.2",
            "clauses-0-monitor_id": str(world.accounts["office2"]),
            "clauses-0-note": "Theo dõi hằng tuần",
        },
    )  # fmt: skip
    kept = draft(world, post(office, NEW, data, (io.BytesIO(PDF), "2847.pdf")))
    (clause,) = kept.clauses
    assert kept.head.issued_on == date(2021, 8, 20)
    assert kept.head.urgency is Urgency.URGENT
    assert kept.head.assigner_id == world.accounts["leader"]
    assert (kept.file.name, kept.file.media_type) == ("2847.pdf", "application/pdf")
    assert [p.group_code or p.agency_id for p in clause.parties] == [
        "districts", world.agencies["H32.03"].id, world.agencies["H32.04"].id,
        world.agencies["H32.90"].id,
    ]  # fmt: skip
    assert clause.parties[0].without == {world.agencies["H32.11"].id}
    assert clause.expected_output == "Báo cáo\nkèm số liệu"
    assert (clause.target_value, clause.target_scope) == (Decimal("91.2"), "whole")
    assert clause.deadline.due_on == date(2021, 9, 29)
    assert clause.monitor_id == world.accounts["office2"]
    assert (clause.index_refs, clause.note) == ("3.4.1, 3.4.2", "Theo dõi hằng tuần")


def test_a_draft_may_be_incomplete(world, office):
    data = filled(form_on(office.get(NEW).text, "/new"), **{"clauses-0-content": "Mới có nội dung"})
    kept = draft(world, post(office, NEW, data))
    assert kept.head.reference == ""
    assert kept.clauses[0].content == "Mới có nội dung"
    page = office.get(f"/documents/drafts/{kept.id}").text
    assert "Trước khi ban hành cần điền" in page


def test_a_row_in_which_nothing_was_typed_is_none(world, office):
    page = office.get(NEW).text
    data = whole(world, page, **{"clauses-1-content": "", "clauses-1-priority": "normal"})
    assert len(draft(world, post(office, NEW, data)).clauses) == 1


def test_rows_are_added_and_removed_without_a_script(world, office):
    page = office.get(NEW).text
    data = whole(world, page)
    grown = post(office, NEW, data | {"add_clauses": "1"})
    assert grown.status_code == 200
    more = filled(form_on(grown.text, "/new"), **{"clauses-1-content": "Việc hai"})
    assert more["clauses-0-content"] == ["Giảm hồ sơ trễ hạn"]
    fewer = post(office, NEW, more | {"remove_clauses": "0"})
    left = form_on(fewer.text, "/new")
    assert [v for k, v in left.items() if k.endswith("-content")] == [["Việc hai"]]
    assert counts(world)["documents"] == 0


def test_a_new_row_takes_agencies_and_deadline_from_the_one_above(world, office):
    data = whole(world, office.get(NEW).text)
    grown = form_on(post(office, NEW, data | {"like_clauses": "1"}).text, "/new")
    for name in ("leads", "coordinating", "deadline_text"):
        assert grown[f"clauses-1-{name}"] == grown[f"clauses-0-{name}"], name
    assert any(grown["clauses-1-leads"])
    assert grown["clauses-1-content"] == [""]


REFUSED = [
    ({"issued_on": "31/02/2021"}, "Không đọc được ngày này. Hãy gõ như 30/09/2021."),
    ({"reference": "hai nghìn"}, "Số, ký hiệu viết như 2847/UBND-KSTTHC."),
    ({"issuer": "U" * 501}, "Nội dung quá dài."),
    ({"clauses-0-content": "d" * 5001}, "Nội dung quá dài."),
    ({"clauses-0-deadline_text": "h" * 501}, "Nội dung quá dài."),
    ({"clauses-0-target_value": "nhiều"}, "Hãy gõ một số, ví dụ 91,2."),
    ({"clauses-0-due_set_on": "30/09/2021"}, "Cần điền mục này."),
    ({"clauses-0-due_set_on": "30/13/2021"}, "Không đọc được ngày này. Hãy gõ như 30/09/2021."),
    ({"clauses-0-leads": ["a:999999"]}, "Hãy chọn một trong các mục."),
    ({"clauses-0-leads": ["x"]}, "Hãy chọn một trong các mục."),
    ({"overseer_id": "1e9"}, "Hãy chọn một trong các mục."),
    ({"urgency": "rất gấp"}, "Hãy chọn một trong các mục."),
]


@pytest.mark.parametrize(("wrong", "said"), REFUSED)
def test_a_wrong_field_says_so_and_everything_typed_stays(world, office, wrong, said):
    before = counts(world)
    data = whole(world, office.get(NEW).text, **wrong)
    answer = post(office, NEW, data)
    assert answer.status_code == 422
    assert said in errors(answer)
    again = form_on(answer.text, "/new")
    unsent = {"csrf_token", "clauses-0-leads", "overseer_id", "urgency"}
    typed = {k: v for k, v in data.items() if k not in unsent}
    assert {k: again.get(k) for k in typed} == typed
    assert counts(world) == before


def test_exceptions_need_a_group_they_belong_to(world, office):
    page = office.get(NEW).text
    without = [str(world.agencies["H32.04"].id)]
    alone = post(office, NEW, whole(world, page, **{"clauses-0-leads_without": without}))
    assert "Chỉ trừ được khi đã chọn một nhóm." in errors(alone)
    foreign = whole(
        world, page,
        **{"clauses-0-leads": ["g:districts"], "clauses-0-leads_without": without},
    )  # fmt: skip
    assert "Cơ quan này không thuộc nhóm đã chọn." in errors(post(office, NEW, foreign))


@pytest.mark.parametrize("level", ["secret", "top_secret", "most_secret"])
def test_a_secret_document_is_refused_and_nothing_of_it_kept(world, office, level):
    before, files = counts(world), list(world.office.files.folder.rglob("*"))
    data = whole(world, office.get(NEW).text, secrecy=level, issued_on="31/02/2021")
    answer = post(office, NEW, data, (io.BytesIO(PDF), "van-ban.pdf"))
    assert answer.status_code == 409
    assert "Văn bản mật không được đưa vào hệ thống này" in answer.text
    assert counts(world) == before
    assert list(world.office.files.folder.rglob("*")) == files


MARKED = [
    {"subject": "MẬT"},
    {"subject": "Về việc bảo vệ (Tối mật)"},
    {"clauses-0-content": "Độ mật: Mật\nThực hiện ngay"},
    {"clauses-0-note": "(Mật)"},
]


@pytest.mark.parametrize("marked", MARKED)
def test_a_marking_in_the_words_is_refused_too(world, office, marked):
    before = counts(world)
    answer = post(office, NEW, whole(world, office.get(NEW).text, **marked))
    assert answer.status_code == 409
    assert counts(world) == before


@pytest.mark.parametrize("marked", MARKED)
def test_what_was_typed_beside_a_marking_is_not_lost_and_the_marking_not_shown(
    world, office, marked
):
    [(name, words)] = marked.items()
    typed = {"subject": "Trích yếu dài", "clauses-0-content": "Việc đã gõ", "clauses-0-note": "x"}
    answer = post(office, NEW, whole(world, office.get(NEW).text, **typed | marked))
    again = form_on(answer.text, "/new")
    stands = {key: "".join(again[key]).strip() for key in typed}
    assert stands == typed | {name: ""}
    assert f">{words}<" not in html.unescape(answer.text)
    assert again["clauses-0-leads"] == [agency(world, "H32.03")]
    [told] = errors(answer)
    assert told.startswith("Văn bản mật không được đưa vào hệ thống này")


def test_a_level_chosen_by_mistake_loses_no_word(world, office):
    answer = post(office, NEW, whole(world, office.get(NEW).text, secrecy="secret"))
    assert form_on(answer.text, "/new")["subject"] == ["Chấn chỉnh công tác CCHC"]
    assert errors(answer)[0].startswith("Văn bản mật không được đưa vào hệ thống này")


def test_a_file_marked_secret_by_its_name_is_refused(world, office):
    before, files = counts(world), list(world.office.files.folder.rglob("*"))
    data = whole(world, office.get(NEW).text)
    answer = post(office, NEW, data, (io.BytesIO(PDF), "Công văn 12 (Mật).pdf"))
    assert answer.status_code == 409
    assert counts(world) == before
    assert list(world.office.files.folder.rglob("*")) == files


BAD_FILES = [
    ("virus.pdf", b"MZ" + b"\0" * 200),
    ("trang.pdf", b"<html><script>alert(1)</script></html>"),
    ("rong.pdf", b""),
    ("anh.exe", PDF),
]


@pytest.mark.parametrize(("name", "body"), BAD_FILES)
def test_a_wrong_file_is_refused_at_its_field(world, office, name, body):
    before, files = counts(world), list(world.office.files.folder.rglob("*"))
    data = whole(world, office.get(NEW).text)
    answer = post(office, NEW, data, (io.BytesIO(body), name))
    assert answer.status_code == 422
    assert errors(answer)
    assert "Trình duyệt không giữ lại tệp đã chọn" in answer.text
    assert counts(world) == before
    assert list(world.office.files.folder.rglob("*")) == files


def test_a_file_beyond_the_setting_is_refused_at_its_field(world, office, monkeypatch):
    own = replace(world.office.settings, upload_bytes=len(PDF) - 1)
    monkeypatch.setattr(world.office, "settings", own)
    data = whole(world, office.get(NEW).text)
    answer = post(office, NEW, data, (io.BytesIO(PDF), "a.pdf"))
    assert answer.status_code == 422
    assert errors(answer) == ["Tệp lớn hơn mức cho phép."]


@pytest.mark.parametrize("text", HOSTILE)
def test_script_and_formula_text_is_kept_and_shown_as_text(world, office, text):
    typed = {
        "subject": text, "signer": text, "signer_title": text, "issuer": text,
        "clauses-0-content": text, "clauses-0-expected_output": text, "clauses-0-note": text,
        "clauses-0-target_indicator": text, "clauses-0-deadline_text": text,
        "clauses-0-index_refs": text,
    }  # fmt: skip
    kept = draft(world, post(office, NEW, whole(world, office.get(NEW).text, **typed)))
    assert kept.head.subject == kept.clauses[0].content == text
    pages = [f"/documents/drafts/{kept.id}{end}" for end in ("", "/edit", "/issue", "/discard")]
    for address in [
        *pages,
        "/documents/",
        f"/documents/drafts/{kept.id}/rows/{kept.clauses[0].id}",
    ]:
        page = office.get(address)
        assert page.status_code == 200, address
        assert "<script>alert" not in page.text, address
        assert "<img src=x" not in page.text, address


def test_a_name_of_five_hundred_characters_fits(world, office):
    name = "Ủy ban " + "x" * 493
    kept = draft(world, post(office, NEW, whole(world, office.get(NEW).text, issuer=name)))
    assert kept.head.issuer == name
    assert office.get(f"/documents/drafts/{kept.id}").status_code == 200


def test_invisible_characters_are_not_kept(world, office):
    data = whole(world, office.get(NEW).text, subject="Chấn\u200b chỉnh\u0000 \u202eCCHC")
    assert draft(world, post(office, NEW, data)).head.subject == "Chấn chỉnh CCHC"


@pytest.mark.parametrize(
    "who", ["leader", "inspector", "admin", "head", "clerk", "officer", "district"]
)
def test_entering_is_the_office_s_only(world, who):
    client = world.sign_in(who)
    token = csrf_of(client.get("/documents/").text)
    for address in (NEW, "/documents/import", "/documents/deadline?text=x"):
        assert client.get(address).status_code == 403, address
    assert client.post(NEW, data={"csrf_token": token}).status_code == 403
    assert client.post("/documents/import", data={"csrf_token": token}).status_code == 403
    assert counts(world)["documents"] == 0


def test_a_post_without_its_token_is_refused(world, office):
    data = whole(world, office.get(NEW).text)
    del data["csrf_token"]
    assert post(office, NEW, data).status_code == 400
    assert counts(world)["documents"] == 0


READINGS = [
    ("Trước ngày 30-9", ("29/09/2021", "30/09/2021", "không gồm ngày nêu trong văn bản")),
    ("Trong 10 ngày làm việc kể từ ngày ký", ("07/09/2021", "Quốc khánh", "không tính")),
    ("Thường xuyên", ("Thường xuyên",)),
    ("31/02/2021", ("ngày không có trong lịch",)),
    ("Quý I và trước ngày 30/4/2017", ("có hai thời hạn khác nhau",)),
    ("Hằng tháng, trước ngày 20", ("hằng tháng, ngày 19",)),
    ("Trong 5 ngày làm việc kể từ ngày nhận được văn bản", ("chưa rõ đếm từ ngày nào",)),
]


@pytest.mark.parametrize(("text", "said"), READINGS)
def test_the_words_of_a_deadline_are_read_while_they_are_typed(office, text, said):
    query = {"clauses-3-deadline_text": text, "issued_on": "20/08/2021"}
    answer = office.get("/documents/deadline", query_string=query, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    for words in said:
        assert words in answer.text


def test_words_of_a_deadline_are_shown_escaped(office):
    answer = office.get("/documents/deadline", query_string={"text": "<script>alert(1)</script>"})
    assert "<script>alert" not in answer.text


def test_the_signed_file_is_sent_as_an_attachment(world, office):
    data = whole(world, office.get(NEW).text)
    kept = draft(world, post(office, NEW, data, (io.BytesIO(PDF), "2847 ký.pdf")))
    with office.get(f"/documents/drafts/{kept.id}/file") as answer:
        assert answer.data == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert world.sign_in("clerk").get(f"/documents/drafts/{kept.id}/file").status_code == 404
