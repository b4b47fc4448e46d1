"""Violations entered by hand: what an inspector found, and each slip at its field."""

from __future__ import annotations

import pytest
from forms import filled, form_on
from violating import kept
from violation_pages import NASTY, form_of, post, words


def typed(world, client, **more):
    return filled(
        form_of(client, "/violations/new"),
        **{
            "type": "V05",
            "source": "inspection",
            "agency": str(world.agencies["H32.10.1"].id),
            "occurred_on": "03/09/2021",
            "occurred_time": "14:05",
            "words": "Đòi thêm giấy tờ ngoài quy định",
            "reference": "Biên bản 15",
        }
        | more,
    )


def test_an_inspector_enters_what_was_found(life):
    client = life.sign_in("inspector")
    answer = post(client, "/violations/new", typed(life, client))
    assert answer.status_code == 303
    told = words(client.get(answer.location).text)
    for part in ("V05 Không giải quyết, kéo dài", "03/09/2021 14:05", "Biên bản 15", "Mức độ: vừa"):
        assert part in told, part


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"type": ""}, "Cần điền mục này"),
        ({"type": "V22"}, "Hãy chọn một trong các mục"),
        ({"source": "detected"}, "Hãy chọn một trong các mục"),
        ({"agency": "abc"}, "Hãy chọn một trong các mục"),
        ({"occurred_on": "31/02/2021"}, "Không đọc được ngày này"),
        ({"occurred_on": "01/01/2030"}, "Ngày này chưa đến"),
        ({"occurred_time": "25:00"}, "Không đọc được giờ này"),
        ({"words": ""}, "Cần điền mục này"),
        ({"dossier_code": "không có"}, "Không có hồ sơ nào mang mã này"),
    ],
)
def test_what_was_typed_wrong_stands_at_its_field_with_the_rest_kept(life, fields, error):
    client = life.sign_in("inspector")
    answer = post(client, "/violations/new", typed(life, client, **fields))
    assert answer.status_code == 422
    assert error in answer.text
    if "words" not in fields:
        assert "Đòi thêm giấy tờ ngoài quy định" in answer.text
    assert len(kept(life)) == len(life.violations)


FREE = ("words", "field_text", "procedure_code", "officer", "reference")


@pytest.mark.parametrize("text", NASTY)
def test_no_field_lets_anything_through(life, text):
    client = life.sign_in("inspector")
    fields = dict.fromkeys(FREE, f"x{text}"[:100])
    answer = post(client, "/violations/new", typed(life, client, **fields))
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert client.get("/violations/", query_string={"q": text}).status_code in {200, 302}
    for name in ("agency", "type", "since", "officer", "field", "after", "case"):
        query = {name: text}
        assert client.get("/violations/", query_string=query).status_code in {200, 302}


def entered(life, client, **fields):
    answer = post(client, "/violations/new", typed(life, client, **fields))
    assert answer.status_code == 303, answer.text
    key = int(answer.location.rpartition("/")[2])
    return next(row for row in kept(life) if row.id == key)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("đất đai", "Đất đai"),
        ("DAT  DAI", "Đất đai"),
        ("Đất đai", "Đất đai"),
        ("Đất đai đô thị", "Đất đai đô thị"),
        ("", ""),
    ],
)
def test_a_field_is_kept_as_the_dossiers_spell_it(life, words, field):
    client = life.sign_in("inspector")
    assert '<option value="Đất đai">' in client.get("/violations/new").text
    assert entered(life, client, field_text=words).field_text == field


def test_what_was_left_empty_is_the_dossiers_so_that_rules_count_it(life, overdue):
    client = life.sign_in("inspector")
    code = f"000.00.20.H32-2108-{overdue.dossier_id:05d}"
    row = entered(life, client, dossier_code=code)
    facts = (overdue.field_text, overdue.procedure_code, overdue.officer)
    assert all(facts)
    assert (row.field_text, row.procedure_code, row.officer) == facts
    other = entered(
        life, client, type="V07", dossier_code=code, officer="Lê Thị Khác", field_text="hộ tịch"
    )
    assert (other.field_text, other.officer) == ("hộ tịch", "Lê Thị Khác")


def test_a_dossiers_page_can_fill_the_form(life):
    client = life.sign_in("inspector")
    form = form_on(
        client.get("/violations/new?type=V11&agency=H32.10&dossier_code=A-1&officer=Tư").text,
        "/violations/new",
    )
    assert (form["type"], form["dossier_code"], form["officer"]) == (["V11"], ["A-1"], ["Tư"])
    assert form["agency"] == [str(life.agencies["H32.10"].id)]


def test_the_same_act_twice_is_told_with_its_number(life, overdue):
    client = life.sign_in("inspector")
    code = f"000.00.20.H32-2108-{overdue.dossier_id:05d}"
    fields = {"type": "V16", "dossier_code": code, "occurred_on": "17/08/2021"}
    answer = post(client, "/violations/new", typed(life, client, **fields))
    assert answer.status_code == 409
    assert f"VP-{overdue.id}" in words(answer.text)
