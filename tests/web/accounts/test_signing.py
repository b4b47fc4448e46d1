"""Signing in and out, the way back, the language, the role one acts in."""

from __future__ import annotations

import re

import pytest
from world import PASSWORD, csrf_of

from web.returning import local_path
from workflow.accounts.records import Membership, Role


def sign_in(client, login, password=PASSWORD, **more):
    token = csrf_of(client.get("/sign-in").text)
    data = {"login": login, "password": password, "csrf_token": token} | more
    return client.post("/sign-in", data=data)


def test_a_person_signs_in_and_out(world):
    client = world.sign_in("clerk")
    page = client.get("/account")
    assert page.status_code == 200
    assert "Hồ Văn Thư" in page.text
    answer = client.post("/sign-out", data={"csrf_token": csrf_of(page.text)})
    assert answer.status_code == 303
    assert client.get("/account").location == "/sign-in?next=/account"


def test_a_session_has_its_token_from_the_start(world):
    client = world.sign_in("clerk")
    answer = client.get("/account")
    assert "Set-Cookie" not in answer.headers
    assert client.post("/sign-out", data={"csrf_token": csrf_of(answer.text)}).status_code == 303


@pytest.mark.parametrize("typed", ["CLERK", " clerk ", "ｃｌｅｒｋ"])
def test_the_name_may_be_typed_in_haste(world, typed):
    assert sign_in(world.app.test_client(), typed).status_code == 303


def test_a_password_typed_in_the_other_unicode_form_fits(world):
    import unicodedata

    decomposed = unicodedata.normalize("NFD", PASSWORD)
    assert decomposed != PASSWORD
    assert sign_in(world.app.test_client(), "clerk", decomposed).status_code == 303


def words_of(answer):
    """The page without its token and without what was typed."""
    text = re.sub(
        r'(name="csrf_token"[^>]*value|name="csrf-token" content)="[^"]*"', "", answer.text
    )
    return re.sub(r'value="[^"]*"', "", text)


def test_nobody_learns_whether_an_account_exists(world):
    with world.unit() as unit:
        unit.accounts.change_account(world.accounts["foreign"], {"is_active": False})
        unit.accounts.add_account(
            login="system", name="Hệ thống", password_hash="", at=world.clock(), is_system=True
        )
    pages = {
        name: sign_in(world.app.test_client(), login, password)
        for name, login, password in (
            ("wrong password", "clerk", "không phải đâu nhé"),
            ("no such name", "nobody", "không phải đâu nhé"),
            ("closed account", "foreign", PASSWORD),
            ("system account", "system", ""),
            ("too long", "clerk", "dài " * 200),
        )
        if password
    }
    assert {answer.status_code for answer in pages.values()} == {422}
    assert len({words_of(answer) for answer in pages.values()}) == 1
    assert "không đúng" in pages["no such name"].text


def test_what_was_typed_stays_but_never_the_password(world):
    answer = sign_in(world.app.test_client(), "clerk", "sai mật khẩu rồi", next="/directives/")
    assert 'value="clerk"' in answer.text
    assert 'value="/directives/"' in answer.text
    assert "sai mật khẩu rồi" not in answer.text


def test_an_empty_form_says_what_is_missing_at_the_field(world):
    answer = sign_in(world.app.test_client(), "", "")
    assert answer.status_code == 422
    assert 'id="login-error"' in answer.text
    assert 'id="password-error"' in answer.text


def test_whoever_wanted_a_page_gets_it_after_signing_in(world):
    client = world.app.test_client()
    where = client.get("/agencies/?q=so+noi").location
    page = client.get(where)
    assert sign_in(client, "clerk", next="/agencies/?q=so+noi").location == "/agencies/?q=so+noi"
    assert 'value="/agencies/?q=so+noi"' in page.text


@pytest.mark.parametrize(
    "foreign",
    [
        "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example",
        "\\\\evil.example", "http:evil.example", "javascript:alert(1)", "evil.example",
        "/\t/evil.example", "/\n/evil.example", "\x00/", "https:///evil.example", " /ok", "/ok\x7f",
    ],
)  # fmt: skip
def test_no_way_back_leads_off_this_server(world, foreign):
    assert local_path(foreign, "/home") == "/home"
    answer = sign_in(world.app.test_client(), "clerk", next=foreign)
    assert answer.location == "/"


@pytest.mark.parametrize("path", ["/", "/directives/?state=assigned&q=đất", "/a/b?x=http://y"])
def test_a_path_of_this_server_is_a_way_back(path):
    assert local_path(path) == path


def test_somebody_signed_in_is_not_asked_again(world):
    client = world.sign_in("clerk")
    assert client.get("/sign-in?next=/calendar/").location == "/calendar/"
    assert client.get("/sign-in?next=//evil.example").location == "/"


def test_the_language_is_kept_for_the_visit_and_for_good(world):
    client = world.app.test_client()
    token = csrf_of(client.get("/sign-in").text)
    answer = client.post(
        "/language", data={"language": "en", "next": "/sign-in", "csrf_token": token}
    )
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert '<html lang="en">' in client.get("/sign-in").text
    world.sign_in("clerk", client)
    assert '<html lang="en">' in client.get("/account").text
    token = csrf_of(client.get("/account").text)
    client.post("/language", data={"language": "en", "csrf_token": token})
    assert '<html lang="en">' in world.sign_in("clerk").get("/account").text
    assert '<html lang="vi">' in world.sign_in("office").get("/account").text


@pytest.mark.parametrize("language", ["", "fr", "en; drop", "VI"])
def test_a_language_that_is_not_offered_is_refused(world, language):
    client = world.sign_in("clerk")
    token = csrf_of(client.get("/account").text)
    answer = client.post("/language", data={"language": language, "csrf_token": token})
    assert answer.status_code == 400


def test_a_person_acts_in_one_role_at_a_time(world):
    second = Membership(
        role=Role.INSPECTOR, agency_id=world.agencies["H32.05"].id, valid_from=world.office.today()
    )
    with world.unit() as unit:
        unit.accounts.add_membership(world.accounts["office2"], second)
    client = world.sign_in("office2")
    page = client.get("/account").text
    assert f"inspector:{second.agency_id}" in page
    answer = client.post(
        "/acting",
        data={"acting": f"inspector:{second.agency_id}", "csrf_token": csrf_of(page)},
    )
    assert answer.status_code == 303
    chosen = re.search(r'value="inspector:\d+" aria-pressed="(\w+)"', client.get("/account").text)
    assert chosen is not None
    assert chosen[1] == "true"


@pytest.mark.parametrize(
    "acting", ["", "office:1", "admin:2", "leader:1", "office", "::", "office:x"]
)
def test_nobody_acts_in_a_role_they_do_not_hold(world, acting):
    client = world.sign_in("clerk")
    token = csrf_of(client.get("/account").text)
    answer = client.post("/acting", data={"acting": acting, "csrf_token": token})
    assert answer.status_code == 404
    assert client.get("/accounts/").status_code == 404


def test_somebody_without_a_role_sees_no_work(world):
    with world.unit() as unit:
        from models.accounts.passwords import hash_for_tests

        unit.accounts.add_account(
            login="moi", name="Người Mới", password_hash=hash_for_tests(PASSWORD),
            at=world.clock(), must_change_password=False,
        )  # fmt: skip
    client = world.sign_in("moi")
    page = client.get("/account")
    assert page.status_code == 200
    assert "Chưa được giao vai trò nào" in page.text
    assert client.get("/accounts/").status_code == 404
