"""Guessing passwords: counted by name and by address, locked ever longer, unlocked by the admin."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from world import PASSWORD, csrf_of

from models.accounts.passwords import Argon2
from workflow.accounts.records import Attempt
from workflow.accounts.rules import login_key
from workflow.accounts.signing import weigh
from workflow.accounts.usecases import unlock_account

LOCKED, WRONG, IN = 429, 422, 303


def attempt(world, login, password="không phải", address="10.0.0.1", client=None):
    client = client or world.app.test_client()
    where = {"REMOTE_ADDR": address}
    token = csrf_of(client.get("/sign-in", environ_overrides=where).text)
    data = {"login": login, "password": password, "csrf_token": token}
    return client.post("/sign-in", data=data, environ_overrides=where)


def statuses(world, times, login="clerk", **more):
    return [attempt(world, login, **more).status_code for _ in range(times)]


@pytest.mark.parametrize("login", ["clerk", "nobody"])
def test_the_sixth_attempt_on_a_name_is_locked_whether_or_not_it_exists(world, login):
    found = [attempt(world, login, address=f"10.0.1.{place}").status_code for place in range(8)]
    assert found == [WRONG] * 5 + [LOCKED] * 3


def test_an_address_is_locked_after_thirty_failures_whatever_the_names(world):
    found = [attempt(world, f"name{place}").status_code for place in range(32)]
    assert found == [WRONG] * 30 + [LOCKED] * 2
    assert attempt(world, "clerk", PASSWORD).status_code == LOCKED
    assert attempt(world, "clerk", PASSWORD, address="10.0.0.2").status_code == IN


def test_a_province_sets_how_many_failures_an_address_is_allowed(world, monkeypatch):
    own = replace(world.office.settings, sign_in_failures_per_address=3)
    monkeypatch.setattr(world.office, "settings", own)
    found = [attempt(world, f"name{place}").status_code for place in range(5)]
    assert found == [WRONG] * 3 + [LOCKED] * 2


def test_a_clerk_who_forgot_a_password_locks_no_colleague_at_the_same_address(world):
    assert statuses(world, 7) == [WRONG] * 5 + [LOCKED] * 2
    assert attempt(world, "head", PASSWORD).status_code == IN


def test_a_locked_name_says_so_alike_whether_or_not_it_exists(world):
    for place in range(5):
        attempt(world, "clerk", address=f"10.0.1.{place}")
        attempt(world, "nobody", address=f"10.0.2.{place}")
    pages = [attempt(world, login, address="10.0.3.1").text for login in ("clerk", "nobody")]
    sentences = [
        next(line for line in page.splitlines() if "Đã nhập sai nhiều lần" in line)
        for page in pages
    ]
    assert sentences[0] == sentences[1]
    assert "23/08/2021 09:01" in sentences[0]


def test_the_right_password_is_not_heard_while_the_lock_stands(world):
    statuses(world, 5)
    assert attempt(world, "clerk", PASSWORD, address="10.0.0.9").status_code == LOCKED
    world.clock.at += timedelta(minutes=1)
    assert attempt(world, "clerk", PASSWORD, address="10.0.0.9").status_code == IN


def test_the_lock_grows_with_every_further_failure(world):
    statuses(world, 5)
    for minutes in (1, 2, 4, 8, 16, 32, 60, 60):
        world.clock.at += timedelta(minutes=minutes, seconds=-1)
        assert attempt(world, "clerk", address="10.0.7.7").status_code == LOCKED
        world.clock.at += timedelta(seconds=1)
        assert attempt(world, "clerk", address=f"10.0.8.{minutes}").status_code == WRONG


def test_attempts_during_a_lock_do_not_lengthen_it(world):
    statuses(world, 5)
    world.clock.at += timedelta(seconds=30)
    statuses(world, 10)
    world.clock.at += timedelta(seconds=30)
    assert attempt(world, "clerk", PASSWORD, address="10.0.0.9").status_code == IN


def test_a_success_begins_the_count_anew(world):
    statuses(world, 4)
    assert attempt(world, "clerk", PASSWORD).status_code == IN
    assert statuses(world, 5) == [WRONG] * 5
    assert statuses(world, 1) == [LOCKED]


def test_failures_of_yesterday_do_not_count(world):
    statuses(world, 4)
    world.clock.at += timedelta(hours=24, seconds=1)
    assert statuses(world, 5) == [WRONG] * 5


def test_many_at_once_gain_no_extra_guess(world):
    clients = [world.app.test_client() for _ in range(16)]
    tokens = [csrf_of(client.get("/sign-in").text) for client in clients]

    def guess(place):
        data = {"login": "clerk", "password": f"đoán {place}", "csrf_token": tokens[place]}
        answer = clients[place].post(
            "/sign-in", data=data, environ_overrides={"REMOTE_ADDR": f"10.1.0.{place}"}
        )
        return answer.status_code

    with ThreadPoolExecutor(8) as pool:
        found = sorted(pool.map(guess, range(16)))
    assert found == [WRONG] * 5 + [LOCKED] * 11


def test_the_old_password_of_the_signed_in_is_guessed_no_faster(world):
    client = world.sign_in("clerk")
    new = "con mèo ngủ trên mái"

    def change(password):
        token = csrf_of(client.get("/account/password").text)
        data = {"password": password, "new_password": new, "again": new, "csrf_token": token}
        return client.post("/account/password", data=data)

    assert [change("đoán bừa").status_code for _ in range(7)] == [422] * 5 + [409] * 2
    assert "Đã nhập sai nhiều lần" in change(PASSWORD).text


def test_the_admin_unlocks_and_it_is_told_in_the_history(world):
    statuses(world, 6)
    admin = world.sign_in("admin")
    account = world.accounts["clerk"]
    page = admin.get(f"/accounts/{account}").text
    assert "Bị khóa đến" in page
    answer = admin.post(f"/accounts/{account}/unlock", data={"csrf_token": csrf_of(page)})
    assert answer.status_code == IN
    assert attempt(world, "clerk", PASSWORD).status_code == IN
    with world.office.reading() as unit:
        last = list(unit.history.walk())[-1].entry
    assert (last.action, last.subject_key, last.before) == (
        "unlock_account",
        "clerk",
        {"failures": 5},
    )
    assert last.actor_name == "Đỗ Quản Trị"


def test_nobody_but_the_admin_unlocks(world):
    from workflow.errors import Forbidden

    for who in ("clerk", "office", "leader", "inspector"):
        with world.unit() as unit, pytest.raises(Forbidden):
            unlock_account(
                unit.accounts, world.actor(who), world.accounts["clerk"], at=world.clock()
            )


def test_attempts_are_kept_without_the_name_that_was_typed(world):
    attempt(world, "mật khẩu gõ nhầm ô")
    with world.office.reading() as unit:
        rows = unit.connection.exec_driver_sql("SELECT login_key FROM sign_in_attempts").all()
    assert [row[0] for row in rows] == [login_key("mật khẩu gõ nhầm ô")]


def test_attempts_of_last_month_are_dropped_as_the_name_is_tried_again(world):
    attempt(world, "clerk")
    world.clock.at += timedelta(days=31)
    attempt(world, "clerk")
    with world.office.reading() as unit:
        rows = unit.connection.exec_driver_sql("SELECT count(*) FROM sign_in_attempts").scalar()
    assert rows == 1


class Counting(Argon2):
    """Counts the comparisons, so that work and not time is measured."""

    def __init__(self):
        super().__init__(quick=True)
        self.compared = []

    def fits(self, stored, password):
        self.compared.append((stored.split("$")[3], len(password)))
        return super().fits(stored, password)


def test_an_unknown_name_costs_the_same_work_as_a_wrong_password(world):
    passwords = Counting()
    with world.office.reading() as unit:
        account = unit.accounts.account_by_login("clerk")
    for known in (account, None):
        for password in ("sai", "sai " * 500):
            assert weigh(Attempt(id=1, account=known), password, passwords) is None
    assert passwords.compared[:2] == passwords.compared[2:]


def test_no_password_and_no_name_is_in_the_log(world, caplog):
    caplog.set_level("DEBUG")
    attempt(world, "clerk", "bí mật gõ sai")
    attempt(world, "clerk", PASSWORD)
    attempt(world, "người lạ", "bí mật gõ sai")
    said = caplog.text
    for secret in ("bí mật gõ sai", PASSWORD, "clerk", "người lạ", "Hồ Văn Thư"):
        assert secret not in said
