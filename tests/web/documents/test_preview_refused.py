"""A sheet that is hostile, wrong, too large or secret leaves nothing behind."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from fixtures import files
from fixtures.sheets import PROVINCE_SHEET, tasks, workbook_bytes
from forms import form_on
from previewing import HEADING, counts, csv_bytes, said, send
from world import csrf_of

from workflow.agencies.records import AgencyGroup, Tier


@pytest.fixture
def office(world):
    with world.unit() as unit:
        unit.agencies.add_group(
            AgencyGroup(
                code="departments", name="Các sở, ban, ngành", tiers=frozenset({Tier.DEPARTMENT})
            )
        )
    return world.sign_in("office")


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


def test_the_words_typed_beside_a_secret_sheet_stand_there_again(world, office):
    grid = tasks([1, "A", "Sở Xây dựng", None, "Thường xuyên"], heading=HEADING, above=["MẬT"])
    answer = send(office, workbook_bytes(grid), subject="Trích yếu dài", year="2021")
    again = form_on(answer.text, "/import")
    assert ("".join(again["subject"]).strip(), again["year"]) == ("Trích yếu dài", ["2021"])
    assert "Văn bản mật không được đưa vào hệ thống này" in answer.text
