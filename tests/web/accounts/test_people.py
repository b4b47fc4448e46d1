"""The admin's pages of people, end to end."""

from __future__ import annotations

import re
from datetime import date

import pytest
from world import csrf_of

from workflow.accounts.records import Role

NEW = "con mèo ngủ trên mái"


@pytest.fixture
def admin(world):
    return world.sign_in("admin")


def post(client, path, **data):
    token = csrf_of(client.get("/account").text)
    return client.post(path, data={"csrf_token": token} | data)


def one_time(answer):
    found = re.search(r'id="one-time-password">([^<]+)<', answer.text)
    assert found is not None
    return found[1]


def enter(world, login, password):
    client = world.app.test_client()
    token = csrf_of(client.get("/sign-in").text)
    client.post("/sign-in", data={"login": login, "password": password, "csrf_token": token})
    return client


def test_from_a_new_account_to_a_person_at_work(world, admin):
    answer = post(admin, "/accounts/new", name="Trần Thị Mới", login="moi", email="")
    assert answer.status_code == 201
    password = one_time(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    with world.office.reading() as unit:
        account = unit.accounts.account_by_login("moi")
    path = f"/accounts/{account.id}"
    assert password not in admin.get(path).text
    assert "Chưa có vai trò nào" in admin.get(path).text
    answer = post(
        admin, f"{path}/roles/new", role="agency_officer", valid_from="23/08/2021", valid_to="",
        agency_id=str(world.agencies["H32.03"].id),
    )  # fmt: skip
    assert answer.status_code == 303
    client = enter(world, "moi", password)
    assert client.get("/").location == "/account/password"
    assert client.get("/agencies/").location == "/account/password"
    assert "do người khác đặt" in client.get("/account/password").text
    token = csrf_of(client.get("/account/password").text)
    data = {"password": password, "new_password": NEW, "again": NEW, "csrf_token": token}
    assert client.post("/account/password", data=data).status_code == 303
    assert client.get("/account").status_code == 200
    assert "Sở Tài nguyên và Môi trường" in client.get("/account").text
    assert enter(world, "moi", password).get("/account").status_code == 302
    assert enter(world, "moi", NEW).get("/account").status_code == 200


def test_every_one_time_password_is_another_and_is_kept_nowhere(world, admin):
    found = {
        one_time(post(admin, f"/accounts/{world.accounts[who]}/password"))
        for who in ("clerk", "head", "officer", "clerk", "clerk")
    }
    assert len(found) == 5
    with world.office.reading() as unit:
        everything = " ".join(str(sealed) for sealed in unit.history.walk())
        hashes = (
            unit.connection.exec_driver_sql("SELECT password_hash FROM accounts").scalars().all()
        )
    assert not any(password in everything for password in found)
    assert not any(password in kept for password in found for kept in hashes)


def test_a_refused_form_keeps_every_word_and_says_what_is_wrong_where(world, admin):
    answer = post(admin, "/accounts/new", name="Trần Mới", login="Mới !", email="không phải")
    assert answer.status_code == 422
    for kept in ('value="Trần Mới"', 'value="Mới !"', 'value="không phải"'):
        assert kept in answer.text
    assert 'id="login-error"' in answer.text
    assert 'id="email-error"' in answer.text
    assert 'id="name-error"' not in answer.text
    with world.office.reading() as unit:
        assert unit.history.head().entries == 0


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("valid_from", "31/02/2021", "Không đọc được ngày này"),
        ("valid_from", "", "Cần điền mục này"),
        ("role", "king", "Hãy chọn một trong các mục"),
        ("role", "", "Cần điền mục này"),
        ("agency_id", "999", "Hãy chọn một trong các mục"),
        ("valid_to", "01/01/2020", "Ngày cuối phải sau ngày đầu"),
        ("valid_from", "01/01/2019", "không hoạt động vào ngày"),
    ],
)
def test_a_role_form_says_what_is_wrong_at_the_field(world, admin, field, value, words):
    data = {
        "role": "office", "agency_id": str(world.agencies["H32.01"].id),
        "valid_from": "23/08/2021", "valid_to": "",
    }  # fmt: skip
    path = f"/accounts/{world.accounts['clerk']}/roles/new"
    answer = post(admin, path, **(data | {field: value}))
    assert answer.status_code == 422
    assert words in answer.text


def test_the_admin_sees_who_is_who(world, admin):
    page = admin.get("/accounts/?q=thu+truong").text
    assert "Võ Thủ Trưởng" in page
    assert "Thủ trưởng cơ quan, Sở Tài nguyên và Môi trường" in page
    assert "Hồ Văn Thư" not in page
    assert "“thu truong”" in page
    page = admin.get(f"/accounts/?agency={world.agencies['H32.03'].id}&role=agency_clerk").text
    assert "Hồ Văn Thư" in page
    assert "Võ Thủ Trưởng" not in page
    assert "Không có ai khớp" in admin.get("/accounts/?q=khong+ai+ca").text


def test_a_role_is_ended_on_its_own_page(world, admin):
    account, land = world.accounts["clerk"], world.agencies["H32.03"].id
    path = f"/accounts/{account}/roles/agency_clerk.{land}.2020-01-01/end"
    assert 'value="22/08/2021"' in admin.get(path).text
    assert post(admin, path, last_day="22/08/2021").status_code == 303
    with world.office.reading() as unit:
        [held] = unit.accounts.account(account).memberships
    assert (held.role, held.valid_to) == (Role.AGENCY_CLERK, date(2021, 8, 22))
    assert "đến hết" in admin.get(f"/accounts/{account}").text


def test_the_admin_has_no_keys_to_their_own_account(world, admin):
    account = world.accounts["admin"]
    page = admin.get(f"/accounts/{account}").text
    assert "quản trị khác thực hiện" in page
    assert f"/accounts/{account}/password" not in page
    for act in ("password", "close"):
        assert post(admin, f"/accounts/{account}/{act}", reason="x").status_code == 403
    answer = post(
        admin, f"/accounts/{account}/roles/new", role="office", valid_from="23/08/2021",
        agency_id=str(world.agencies["H32.01"].id),
    )  # fmt: skip
    assert answer.status_code == 403
    assert "Không tự giao vai trò" in answer.text


def test_the_admin_has_no_say_in_any_case(world, admin):
    [made] = world.issue()
    for path in (f"/directives/{made.number}", "/documents/2021-0001"):
        assert admin.get(path).status_code == 404
    assert made.number not in admin.get("/").text


@pytest.mark.parametrize("role", ["office", "clerk", "leader", "inspector", "head", "commune"])
def test_the_menu_shows_upkeep_to_the_admin_alone(world, role):
    page = world.sign_in(role).get("/account").text
    assert 'href="/accounts/"' not in page
    assert 'href="/history/"' not in page
    assert 'href="/calendar/"' in page


def test_a_closed_account_is_out_at_once_and_its_history_stays(world, admin):
    client = world.sign_in("clerk")
    path = f"/accounts/{world.accounts['clerk']}"
    assert post(admin, f"{path}/close", reason="").status_code == 422
    assert post(admin, f"{path}/close", reason="Chuyển công tác").status_code == 303
    assert client.get("/account").status_code == 302
    page = admin.get(path).text
    assert "Chuyển công tác" in page
    assert "Đã ngừng" in page
    assert post(admin, f"{path}/reopen").status_code == 303
    assert world.sign_in("clerk").get("/account").status_code == 200


def test_a_name_of_five_hundred_letters_fits(world, admin):
    name = "Nguyễn " * 71 + "An"
    answer = post(admin, "/accounts/new", name=name, login="dai", email="")
    assert answer.status_code == 201
    assert "dd-clamp" in admin.get("/accounts/").text
    assert post(admin, "/accounts/new", name="x" * 501, login="hon", email="").status_code == 422
