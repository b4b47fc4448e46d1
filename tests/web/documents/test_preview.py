"""The preview of an imported sheet: what was understood, what waits, and settling it there."""

from __future__ import annotations

import csv
import html
import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fixtures import files
from fixtures.sheets import MINISTRY_SHEET, PROVINCE_SHEET, tasks, workbook_bytes
from forms import filled, form_on
from sqlalchemy import func, select
from world import csrf_of

from models.agencies.rows import AgencyAliasRow
from models.base import Base
from workflow.agencies.records import AgencyGroup, Tier
from workflow.documents.clauses import fingerprint
from workflow.documents.records import CarriedState, PartyRole
from workflow.documents.rules import waiting
from workflow.documents.usecases import save_draft

SHARED = Path(__file__).parents[3].parent / "shared/data"
HEADING = ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"]


@pytest.fixture
def office(world):
    with world.unit() as unit:
        unit.agencies.add_group(
            AgencyGroup(
                code="departments", name="Các sở, ban, ngành", tiers=frozenset({Tier.DEPARTMENT})
            )
        )
    return world.sign_in("office")


def counts(world):
    with world.office.reading() as unit:
        return {
            table.name: unit.connection.execute(
                select(func.count()).select_from(table)
            ).scalar_one()
            for table in Base.metadata.sorted_tables
            if table.name != "account_sessions"
        }


def send(client, body, name="giao-viec.xlsx", **fields):
    token = csrf_of(client.get("/documents/import").text)
    data = {"csrf_token": token, "secrecy": "none", "file": (io.BytesIO(body), name)} | fields
    return client.post("/documents/import", data=data, content_type="multipart/form-data")


def take_in(world, client, grid, **fields):
    answer = send(client, workbook_bytes(grid), **fields)
    assert answer.status_code == 303, said(answer.text)
    return Preview(world, client, int(answer.location.rsplit("/", 1)[1]))


def csv_bytes(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def said(page):
    found = re.findall(r'class="dd-error"[^>]*>(.*?)</p>', page, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in found]


class Preview:
    """A person before the preview of one draft."""

    def __init__(self, world, client, key):
        self.world, self.client, self.key = world, client, key
        self.address = f"/documents/drafts/{key}"

    @property
    def document(self):
        with self.world.office.reading() as unit:
            return unit.documents.document(self.key)

    def row(self, position):
        return self.document.clauses[position - 1]

    def page(self, **query):
        answer = self.client.get(self.address, query_string=query)
        assert answer.status_code == 200
        return html.unescape(answer.text)

    def figures(self):
        found = re.findall(r"<b>([\d.]+)</b> ([^<]+)</", self.page())
        return {words.strip(): int(number) for number, words in found}

    def mark(self, position, reason=None):
        """The mark of the first problem of a row, as its form would send it."""
        from web.documents.previewing import mark_of

        problems = [p for p in waiting(self.row(position)) if reason in (None, p.reason)]
        return mark_of(problems[0])

    def post(self, position, what, **fields):
        row = self.row(position)
        token = csrf_of(self.client.get(self.address).text)
        return self.client.post(
            f"{self.address}/rows/{row.id}/{what}".rstrip("/"), data={"csrf_token": token} | fields
        )


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


HOSTILE = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', '=HYPERLINK("http://x")',
    "{{ 7*7 }}", "'; DROP TABLE documents; --", "S" * 500,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_cell_is_only_text(world, office, text):
    heading = [
        "STT",
        "Nhiệm vụ",
        "Chủ trì",
        "Phối hợp",
        "Thời hạn",
        "Sản phẩm",
        "Ghi chú",
        "Nguồn chỉ đạo",
        text,
    ]
    body = csv_bytes([[f"PHỤ LỤC {text}"], heading, [1, *[text] * 8]])
    answer = send(office, body, "bang.csv")
    assert answer.status_code == 303, said(answer.text)
    for address in (
        answer.location,
        f"{answer.location}/edit",
        f"{answer.location}/issue",
        "/documents/",
    ):
        page = office.get(address)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert "49" not in re.findall(r"7\*7|\b49\b", page.text)


WRONG = [
    ("rong.xlsx", b"", "Tệp rỗng, không có gì để đọc."),
    ("hong.xlsx", b"PK\x03\x04 not a zip", "Tệp bị hỏng hoặc không đọc được. Hãy mở, lưu lại rồi gửi lại."),
    ("anh.csv", b"\x89PNG\r\n\x1a\n" + b"0" * 50, "Đây không phải bảng tính XLSX hay CSV."),
    ("trang.csv", b"<html><body>x</body></html>", "Đây không phải bảng tính XLSX hay CSV."),
    ("cu.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Dạng bảng tính này không đọc được. Hãy lưu lại thành XLSX."),
    ("khong-tieu-de.csv", b"a,b\n1,2\n", "Không tìm thấy dòng tiêu đề có cột nhiệm vụ và cột chủ trì hoặc thời hạn."),
    ("khong-viec.csv", "STT,Nhiệm vụ,Chủ trì\n".encode(), "Dưới dòng tiêu đề không có nhiệm vụ nào."),
    ("khoa.xlsx", files.compound("Root Entry", "EncryptedPackage"), "Tệp đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi gửi lại."),
    ("macro.xlsx", files.xlsx(extra={"xl/vbaProject.bin": b"x"}), "Tệp chứa macro nên không nhận. Hãy lưu thành XLSX hoặc DOCX thường."),
    ("muoi-trieu-o.xlsx", files.xlsx("<sheetData>" + "<row>" + "<c/>" * 10_000_000 + "</row></sheetData>"), "Tệp phình quá lớn khi mở nên không nhận. Nếu là bảng tính, hãy chỉ giữ trang có các nhiệm vụ."),
    ("nhieu-o.xlsx", files.xlsx("<sheetData>" + "<row>" + "<c/>" * 600_000 + "</row></sheetData>"), "Bảng tính có quá nhiều ô. Hãy chỉ giữ trang có các nhiệm vụ."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body", "words"), WRONG, ids=[one[0] for one in WRONG])
def test_a_wrong_file_is_refused_and_leaves_nothing(world, office, name, body, words):
    before = counts(world)
    answer = send(office, body, name)
    assert answer.status_code == 422
    assert words in said(answer.text)
    assert counts(world) == before


def test_a_file_beyond_the_limit_is_refused(world, office, monkeypatch):
    small = replace(world.office.settings, sheet_bytes=1000)
    monkeypatch.setattr(world.office, "settings", small)
    before = counts(world)
    answer = send(office, workbook_bytes(PROVINCE_SHEET))
    assert answer.status_code == 422
    assert "Tệp lớn hơn mức cho phép." in said(answer.text)
    assert counts(world) == before


def test_an_empty_sheet_is_refused(world, office):
    before = counts(world)
    answer = send(office, workbook_bytes([[None, None]]))
    assert answer.status_code == 422
    assert "Bảng tính không có chữ nào trong các ô." in said(answer.text)
    assert counts(world) == before


def test_no_file_and_a_wrong_year_are_said_at_their_fields(world, office):
    token = csrf_of(office.get("/documents/import").text)
    nothing = office.post("/documents/import", data={"csrf_token": token, "secrecy": "none"})
    assert nothing.status_code == 422
    assert "Cần điền mục này." in said(nothing.text)
    wrong = send(office, workbook_bytes(PROVINCE_SHEET), year="2O21")
    assert "Hãy gõ một năm, ví dụ 2021." in said(wrong.text)


SECRET = [
    {"secrecy": "secret"},
    {"secrecy": "đoán bừa"},
]


@pytest.mark.parametrize("fields", SECRET)
def test_a_sheet_marked_secret_on_the_form_is_refused(world, office, fields):
    before = counts(world)
    assert send(office, workbook_bytes(PROVINCE_SHEET), **fields).status_code == 409
    assert counts(world) == before


def test_a_sheet_that_says_it_is_secret_is_refused(world, office):
    before = counts(world)
    grid = tasks([1, "A", "Sở Xây dựng", None, "Thường xuyên"], heading=HEADING, above=["MẬT"])
    answer = send(office, workbook_bytes(grid))
    assert answer.status_code == 409
    assert "Văn bản mật không được đưa vào hệ thống này" in answer.text
    assert counts(world) == before


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


def keep_draft(world, *clauses, **head):
    with world.unit() as unit:
        return save_draft(
            unit.documents, world.actor("office"), world.head(**head), clauses,
            ground=world.office.ground(unit),
        )  # fmt: skip
