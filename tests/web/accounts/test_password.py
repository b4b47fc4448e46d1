"""One's own new password."""

from __future__ import annotations

import pytest
from world import PASSWORD, csrf_of

NEW = "con mèo ngủ trên mái"


def change(client, password=PASSWORD, new=NEW, again=None):
    token = csrf_of(client.get("/account/password").text)
    data = {
        "password": password, "new_password": new, "again": new if again is None else again,
        "csrf_token": token,
    }  # fmt: skip
    return client.post("/account/password", data=data)


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"password": "sai rồi bạn"}, "password", "Mật khẩu hiện tại không đúng"),
        ({"new": "ngắn"}, "new_password", "ít nhất 10 ký tự"),
        ({"new": "matkhau2021!"}, "new_password", "dễ đoán"),
        ({"new": "clerk-Hồ-Văn-Thư"}, "new_password", "tên đăng nhập của bạn"),
        ({"new": PASSWORD}, "new_password", "phải khác"),
        ({"again": "con mèo ngủ trên cây"}, "again", "không giống nhau"),
        ({"password": ""}, "password", "Cần điền"),
        ({"new": "", "again": ""}, "new_password", "Cần điền"),
        ({"new": "dài " * 300}, "new_password", "quá dài"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_changes(world, given, field, words):
    client = world.sign_in("clerk")
    answer = change(client, **given)
    assert answer.status_code == 422
    error = answer.text.partition(f'id="{field}-error"')[2].partition("</p>")[0]
    assert words in error
    assert world.sign_in("clerk").get("/account").status_code == 200


def test_the_passwords_never_come_back_on_the_page(world):
    answer = change(world.sign_in("clerk"), new="ngắn quá")
    assert PASSWORD not in answer.text
    assert "ngắn quá" not in answer.text


def test_it_is_told_in_the_history_without_the_password(world):
    assert change(world.sign_in("clerk")).status_code == 303
    with world.office.reading() as unit:
        [sealed] = list(unit.history.walk())
    assert (sealed.entry.action, sealed.entry.subject_key) == ("change_password", "clerk")
    assert NEW not in str(sealed)


def test_the_success_of_a_change_counts_as_one(world):
    client = world.sign_in("clerk")
    for _ in range(4):
        change(client, "sai rồi bạn")
    assert change(client).status_code == 303
    assert change(client, NEW, "mây trắng bay qua đồi").status_code == 303


@pytest.mark.parametrize("path", ["/", "/agencies/", "/calendar/", "/account", "/directives/"])
def test_a_password_set_by_somebody_else_must_be_changed_first(world, path):
    with world.unit() as unit:
        unit.accounts.change_account(world.accounts["clerk"], {"must_change_password": True})
    client = world.sign_in("clerk")
    assert client.get(path).location == "/account/password"
    assert change(client).location == "/"
    assert change(client, NEW, "mây trắng bay qua đồi").location == "/account"


def test_until_then_nothing_but_leaving_is_open(world):
    with world.unit() as unit:
        unit.accounts.change_account(world.accounts["clerk"], {"must_change_password": True})
    client = world.sign_in("clerk")
    token = csrf_of(client.get("/account/password").text)
    assert client.post("/acting", data={"csrf_token": token}).location == "/account/password"
    assert client.post("/sign-out", data={"csrf_token": token}).location == "/sign-in"
