"""The catalogue of types, and the legal bases that the admin enters by date."""

from __future__ import annotations

import pytest
from forms import filled
from violation_pages import form_of, post, words
from world import csrf_of

from models.violations.bases import all_entered


def test_the_catalogue_shows_the_basis_of_a_day_and_no_other_as_law(life):
    client = life.sign_in("clerk")
    today = words(client.get("/violations/catalogue").text)
    assert today.count("Nghị định 61/2018/NĐ-CP, Điều 5 khoản 1 từ 21/06/2018") == 7
    assert today.count("Chưa có căn cứ") == 16
    assert "tỉnh khác" not in today
    later = words(client.get("/violations/catalogue?on=01/07/2025").text)
    assert later.count("Chưa có căn cứ") == 23
    assert "Không đọc được ngày" in words(client.get("/violations/catalogue?on=x").text)


def test_the_admin_enters_and_takes_out_bases_by_date(life):
    client = life.sign_in("admin")
    assert "tỉnh khác" in words(client.get("/violations/catalogue").text)
    address = "/violations/catalogue/V16/new"
    data = filled(
        form_of(client, address), basis="Quyết định 12/2021/QĐ-UBND", valid_from="01/01/2021"
    )
    assert post(client, address, data).status_code == 303
    assert "Quyết định 12/2021/QĐ-UBND" in words(client.get("/violations/catalogue").text)
    twice = post(client, address, data)
    assert twice.status_code == 422
    assert "Đã có căn cứ khác cho một phần thời gian này" in twice.text
    with life.office.reading() as unit:
        [row] = all_entered(unit.connection)
    token = csrf_of(client.get("/account").text)
    gone = post(client, f"/violations/catalogue/V16/{row.id}/remove", {"csrf_token": token})
    assert gone.status_code == 303
    again = post(client, f"/violations/catalogue/V16/{row.id}/remove", {"csrf_token": token})
    assert again.status_code == 404


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"valid_from": ""}, "Cần điền mục này"),
        ({"valid_from": "01/02/2021", "valid_to": "31/01/2021"}, "Ngày cuối phải sau ngày đầu"),
        ({"valid_from": "01/02/2021", "basis": "x" * 501}, "Nội dung quá dài"),
    ],
)
def test_a_wrong_basis_is_told_at_its_field(life, fields, error):
    client = life.sign_in("admin")
    address = "/violations/catalogue/V16/new"
    answer = post(client, address, filled(form_of(client, address), **fields))
    assert answer.status_code == 422
    assert error in answer.text


def test_a_type_nobody_knows_has_no_form(life):
    assert life.sign_in("admin").get("/violations/catalogue/V99/new").status_code == 404
