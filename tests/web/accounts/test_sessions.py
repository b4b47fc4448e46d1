"""Sessions end when they should, and nothing brings an ended one back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from backends import passing
from world import PASSWORD, csrf_of

from web.factory import create_app
from workflow.accounts.records import Membership, Role
from workflow.accounts.roles import end_role
from workflow.accounts.usecases import close_account, end_sessions, reset_password

COOKIE = "dondoc"
NEW = "con mèo ngủ trên mái"


def cookie_of(client):
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    return cookie.value


def stolen(world, value):
    """A browser that carries a copied cookie."""
    client = world.app.test_client()
    client.set_cookie(COOKIE, value)
    return client


def is_in(client):
    return client.get("/account").status_code == 200


def post(client, path, **data):
    token = csrf_of(client.get("/account").text)
    return client.post(path, data={"csrf_token": token} | data)


def test_signing_in_begins_a_new_session(world):
    client = world.app.test_client()
    client.get("/sign-in")
    before = cookie_of(client)
    world.sign_in("clerk", client)
    assert cookie_of(client) != before
    assert not is_in(stolen(world, before))


@pytest.mark.parametrize("login", ["clerk", "office", "leader", "inspector", "admin"])
@pytest.mark.parametrize("prepared", ["empty", "signed_out"])
def test_a_session_fixed_beforehand_gains_nothing(world, login, prepared):
    """Ten cases: the attacker plants their own cookie, the victim signs in with it."""
    attacker = world.app.test_client()
    attacker.get("/sign-in")
    if prepared == "signed_out":
        world.sign_in("foreign", attacker)
        post(attacker, "/sign-out")
        attacker.get("/sign-in")
    planted = cookie_of(attacker)
    victim = stolen(world, planted)
    world.sign_in(login, victim)
    assert is_in(victim)
    assert not is_in(stolen(world, planted))
    assert not is_in(attacker)


def test_the_token_of_a_form_before_signing_in_is_worth_nothing_after(world):
    client = world.app.test_client()
    token = csrf_of(client.get("/sign-in").text)
    world.sign_in("clerk", client)
    assert client.post("/sign-out", data={"csrf_token": token}).status_code == 400
    assert is_in(client)


def test_signing_out_ends_the_session_on_the_server_too(world):
    client = world.sign_in("clerk")
    copied = cookie_of(client)
    assert is_in(stolen(world, copied))
    post(client, "/sign-out")
    assert not is_in(client)
    assert not is_in(stolen(world, copied))


def test_signing_out_here_leaves_other_browsers_signed_in(world):
    here, there = world.sign_in("clerk"), world.sign_in("clerk")
    post(here, "/sign-out")
    assert is_in(there)


def test_acting_in_another_role_begins_a_new_session_and_the_old_one_is_dead(world):
    other = Membership(
        role=Role.LEADER, agency_id=world.agencies["H32"].id, valid_from=world.office.today()
    )
    with world.unit() as unit:
        unit.accounts.add_membership(world.accounts["office"], other)
    client = world.sign_in("office")
    before = cookie_of(client)
    post(client, "/acting", acting=f"leader:{other.agency_id}")
    assert is_in(client)
    assert not is_in(stolen(world, before))


def test_a_new_password_ends_every_other_session(world):
    here, there = world.sign_in("clerk"), world.sign_in("clerk")
    copied = cookie_of(here)
    answer = post(here, "/account/password", password=PASSWORD, new_password=NEW, again=NEW)
    assert answer.status_code == 303
    assert is_in(here)
    assert not is_in(there)
    assert not is_in(stolen(world, copied))


ENDINGS = {
    "reset_password": lambda m, a, k, at: reset_password(m, a, k, "hash", at=at),
    "end_sessions": lambda m, a, k, at: end_sessions(m, a, k, at=at),
    "close_account": lambda m, a, k, at: close_account(m, a, k, reason="nghỉ hưu", at=at),
    "end_role": lambda m, a, k, at: end_role(
        m, a, k, m.account(k).memberships[0], last_day=at.date(), at=at
    ),
}


@pytest.mark.parametrize("how", ENDINGS)
def test_what_the_admin_does_ends_every_session_of_a_person(world, how):
    one, two, bystander = world.sign_in("clerk"), world.sign_in("clerk"), world.sign_in("head")
    with world.unit() as unit:
        ENDINGS[how](unit.accounts, world.actor("admin"), world.accounts["clerk"], world.clock.at)
    assert not is_in(one)
    assert not is_in(two)
    assert is_in(bystander)


def test_an_idle_session_ends(world):
    client = world.sign_in("clerk")
    idle = timedelta(minutes=world.office.settings.session_idle_minutes)
    world.clock.at += idle
    assert is_in(client)
    world.clock.at += idle + timedelta(seconds=1)
    assert not is_in(client)
    assert "hết hạn" in client.get("/sign-in").text


def test_a_session_ends_after_its_longest_time_however_busy(world):
    client = world.sign_in("clerk")
    for _ in range(world.office.settings.session_absolute_hours * 2):
        world.clock.at += timedelta(minutes=30)
        assert is_in(client)
    world.clock.at += timedelta(minutes=1)
    assert not is_in(client)


def test_an_old_copy_of_a_cookie_dies_with_its_own_clock(world):
    client = world.sign_in("clerk")
    copied = cookie_of(client)
    world.clock.at += timedelta(minutes=50)
    assert is_in(client)
    world.clock.at += timedelta(minutes=20)
    assert is_in(client)
    assert not is_in(stolen(world, copied))


@pytest.mark.parametrize("ending", ["deleted row", "other token", "no token", "epoch"])
def test_a_session_the_server_does_not_know_is_none(world, ending):
    client = world.sign_in("clerk")
    if ending == "deleted row":
        with world.unit() as unit:
            unit.accounts.close_sessions(world.accounts["clerk"], world.clock())
    elif ending == "epoch":
        with world.unit() as unit:
            unit.accounts.change_account(world.accounts["clerk"], {"session_epoch": 7})
    else:
        with client.session_transaction() as session:
            session.pop("token")
            if ending == "other token":
                session["token"] = "guessed"
    assert not is_in(client)


def test_a_session_of_somebody_else_does_not_carry_over(world):
    client, other = world.sign_in("clerk"), world.sign_in("head")
    with other.session_transaction() as theirs, client.session_transaction() as mine:
        mine["token"] = theirs["token"]
    assert not is_in(client)


def test_the_cookie_is_kept_from_scripts_and_other_sites(world):
    client = world.app.test_client()
    header = client.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    assert "Domain" not in header


def test_in_production_the_cookie_goes_over_tls_only(app, tmp_path):
    from dataclasses import replace

    settings = replace(
        app.extensions["office"].settings, environment="production", instance=tmp_path
    )
    with passing(create_app(settings)) as production:
        answer = production.test_client().get("/sign-in", base_url="https://localhost")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_no_session_is_named_in_an_address_or_on_a_page(world):
    client = world.sign_in("clerk")
    with client.session_transaction() as session:
        token = session["token"]
    for path in ("/account", "/", "/agencies/", "/calendar/"):
        page = client.get(path)
        assert token not in page.text
        assert token not in (page.location or "")
        assert cookie_of(client) not in page.text


def test_the_database_does_not_hold_the_token_itself(world):
    client = world.sign_in("clerk")
    with client.session_transaction() as session:
        token = session["token"]
    with world.office.reading() as unit:
        rows = unit.connection.exec_driver_sql("SELECT token_hash FROM sessions").all()
    assert all(token != row[0] for row in rows)


def test_one_sees_where_one_is_signed_in(world):
    client = world.sign_in("clerk")
    world.sign_in("clerk")
    page = client.get("/account").text
    assert page.count("127.0.0.1") == 2
    assert page.count("phiên này") == 1


def test_every_answer_to_a_signed_in_person_is_kept_out_of_caches(world):
    client = world.sign_in("clerk")
    for path in ("/account", "/agencies/", "/nowhere"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
