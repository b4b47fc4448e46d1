"""A number used twice: said at the field while it is typed, in the preview, and before issue."""

from __future__ import annotations

import html
import io
from datetime import date

import pytest
from forms import filled, form_on

NUMBER = "2847/UBND-KSTTHC"
ISSUER = "UBND tỉnh Khánh Hòa"


@pytest.fixture
def office(world):
    return world.sign_in("office")


@pytest.fixture
def taken(world):
    """An issued document with the number; return its public key."""
    [made] = world.issue(reference=NUMBER, subject="Chấn chỉnh kỷ cương", issuer=ISSUER)
    return "-".join(made.number.split("-")[:2])


def typed(client, **more):
    data = {
        "reference": NUMBER, "issued_on": "20/08/2021", "issuer": ISSUER,
        "subject": "Văn bản khác", "clauses-0-content": "Việc mới",
    }  # fmt: skip
    return filled(form_on(client.get("/documents/new").text, "/new"), **(data | more))


def draft(world, office, **more):
    answer = office.post("/documents/new", data=typed(office, **more))
    assert answer.status_code == 303
    return int(answer.location.rsplit("/", 1)[1])


def error_at(page, field):
    found = page.partition(f'id="{field}-error"')[2].partition("</p>")[0]
    return html.unescape(found)


ALIKE = ["2847/UBND-KSTTHC", " 2847/ubnd-kstthc ", "2847/UBND KSTTHC", "Số: 02847 / UBND – KSTTHC"]


@pytest.mark.parametrize("reference", ALIKE)
def test_it_is_refused_at_the_field_with_the_way_to_the_other_document(
    world, office, taken, reference
):
    answer = office.post("/documents/new", data=typed(office, reference=reference))
    assert answer.status_code == 422
    told = error_at(answer.text, "reference")
    assert "Số này đã được dùng cho một văn bản khác trong năm." in told
    page = html.unescape(answer.text)
    assert f'href="/documents/{taken}">{taken}: Chấn chỉnh kỷ cương</a>' in page
    assert "Việc mới" in page
    with world.office.reading() as unit:
        assert unit.documents.document(2) is None


@pytest.mark.parametrize(
    "other",
    [
        {"issued_on": "20/08/2020"},
        {"issuer": "Sở Nội vụ"},
        {"reference": "2848/UBND-KSTTHC"},
        {"issued_on": ""},
    ],
)
def test_another_year_issuer_or_number_is_none_of_it(world, office, taken, other):
    key = draft(world, office, **other)
    assert taken not in office.get(f"/documents/drafts/{key}").text


@pytest.mark.parametrize("as_part", [True, False])
def test_it_is_told_while_it_is_typed(world, office, taken, as_part):
    headers = {"HX-Request": "true"} if as_part else {}
    asked = {"reference": NUMBER, "issued_on": "01/03/2021", "issuer": ISSUER}
    page = office.get("/documents/number", query_string=asked, headers=headers).text
    assert f'href="/documents/{taken}"' in page
    assert ("<html" in page) is not as_part
    free = office.get("/documents/number", query_string=asked | {"reference": "1/UBND"}).text
    assert "Chưa có văn bản nào mang số này." in html.unescape(free)


def test_hostile_text_in_it_is_only_text(office):
    asked = {"reference": "<script>alert(1)</script>", "issued_on": "01/03/2021", "issuer": "'--"}
    page = office.get("/documents/number", query_string=asked).text
    assert "<script>alert" not in page


def test_two_drafts_of_one_number_are_told_of_each_other(world, office):
    first = draft(world, office, subject="Bản của Mai")
    second = draft(world, office, subject="Bản của Lan")
    page = html.unescape(office.get(f"/documents/drafts/{second}").text)
    assert f'href="/documents/drafts/{first}">Bản của Mai</a>' in page
    assert "Chỉ một trong hai ban hành được" in page
    form = form_on(office.get(f"/documents/drafts/{second}/edit").text, "/edit")
    asked = {name: form[name][0] for name in ("reference", "issued_on", "issuer")}
    again = office.get("/documents/number", query_string=asked | {"but": second}).text
    assert f'href="/documents/drafts/{first}"' in again
    assert f'href="/documents/drafts/{second}"' not in again


def test_a_draft_does_not_stand_in_its_own_way(world, office):
    key = draft(world, office)
    data = form_on(office.get(f"/documents/drafts/{key}/edit").text, "/edit")
    assert office.post(f"/documents/drafts/{key}/edit", data=data).status_code == 303
    assert "Số văn bản bị trùng" not in office.get(f"/documents/drafts/{key}").text


SHEET = """Kèm theo Công văn số 2847/UBND-KSTTHC ngày 20 tháng 8 năm 2021 của UBND tỉnh,,,
STT,Nhiệm vụ,Cơ quan chủ trì,Thời hạn
1,Rà soát hồ sơ trễ hạn,Sở Tài nguyên và Môi trường,30/9/2021
"""


def test_an_imported_sheet_of_a_used_number_is_kept_and_says_so(world, office, taken):
    data = form_on(office.get("/documents/import").text, "/import")
    data["file"] = (io.BytesIO(SHEET.encode()), "bang.csv")
    answer = office.post("/documents/import", data=data)
    assert answer.status_code == 303
    page = html.unescape(office.get(answer.location).text)
    assert "Số văn bản bị trùng" in page
    assert f'href="/documents/{taken}"' in page
    before = office.get(f"{answer.location}/issue")
    assert f'href="/documents/{taken}"' in before.text
    assert "<button" not in before.text.partition('id="plan"')[0].rpartition("<h1")[2]


def test_a_number_of_last_year_is_free_again(world, office):
    world.issue(reference=NUMBER, issued_on=date(2020, 8, 20), issuer=ISSUER)
    draft(world, office)


def test_the_history_of_a_draft_tells_row_by_row(world, office):
    key = draft(world, office, **{"clauses-0-deadline_text": "Trước ngày 30-9"})
    data = form_on(office.get(f"/documents/drafts/{key}/edit").text, "/edit")
    data = filled(data, **{"clauses-0-content": "Việc đã sửa", "signer": "Nguyễn Văn A"})
    assert office.post(f"/documents/drafts/{key}/edit", data=data).status_code == 303
    page = html.unescape(office.get(f"/documents/drafts/{key}/history").text)
    first, second = page.partition("</li>\n</ol>")[0].split("Lưu dự thảo văn bản")[1:3]
    assert "Nguyễn Văn A" in first
    assert "Dòng 1:" in first
    assert "Việc mới" in first
    assert "Việc đã sửa" in first
    assert "30-9" not in first
    assert "Thời hạn, như trong văn bản: Trước ngày 30-9" in second
    assert "Văn phòng UBND tỉnh" in second
    assert world.sign_in("leader").get(f"/documents/drafts/{key}/history").status_code == 404


def test_an_issued_document_keeps_the_history_of_its_draft(world, office, taken):
    page = html.unescape(office.get(f"/documents/{taken}/history").text)
    assert page.index("Ban hành văn bản") < page.index("Lưu dự thảo văn bản")


def test_the_history_of_a_document_tells_its_state_in_words(world):
    [made] = world.issue(world.clause(coordinating=()))
    page = world.sign_in("office").get(f"/documents/{made.number[:9]}/history").text
    assert "Đã ban hành" in page
    assert ">issued<" not in page
    assert "draft-" not in page
