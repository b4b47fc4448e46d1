"""`dondoc accounts`: the first admin, and a locked one."""

from __future__ import annotations

import pytest
from backends import make_app, passing
from world import csrf_of

from models.accounts.passwords import Argon2
from web.wiring import system_clock
from workflow.accounts.records import Role


def run(app, *args, stdin=None):
    return app.test_cli_runner().invoke(args=["accounts", *args], input=stdin)


def sign_in(app, login, password):
    client = app.test_client()
    token = csrf_of(client.get("/sign-in").text)
    data = {"login": login, "password": password, "csrf_token": token}
    return client.post("/sign-in", data=data), client


def test_the_first_admin_comes_with_the_province(app):
    done = run(app, "add-admin", "QuanTri", "--name", "Nguyễn Văn A")
    assert done.exit_code == 0, done.output
    password = done.stdout.strip()
    answer, client = sign_in(app, "quantri", password)
    assert answer.status_code == 303
    assert client.get("/accounts/").location == "/account/password"
    with app.extensions["office"].reading() as unit:
        account = unit.accounts.account_by_login("quantri")
        [agency] = unit.agencies.agencies()
        entries = [sealed.entry for sealed in unit.history.walk()]
    [held] = account.memberships
    assert (held.role, held.agency_id, account.must_change_password) == (
        Role.ADMIN,
        agency.id,
        True,
    )
    assert [entry.action for entry in entries] == ["add_agency", "add_account", "add_role"]
    assert {entry.actor_name for entry in entries} == {"Hệ thống"}
    assert password not in str(entries)


def test_a_second_admin_only_when_asked_for(app):
    assert run(app, "add-admin", "mot", "--name", "Một").exit_code == 0
    refused = run(app, "add-admin", "hai", "--name", "Hai")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("admin_exists:")
    assert refused.stdout == ""
    assert run(app, "add-admin", "hai", "--name", "Hai", "--another").exit_code == 0


def test_the_password_may_come_from_standard_input(app):
    done = run(
        app, "add-admin", "mot", "--name", "Một", "--password-stdin",
        stdin="con mèo ngủ trên mái\n",
    )  # fmt: skip
    assert (done.exit_code, done.stdout) == (0, "")
    assert sign_in(app, "mot", "con mèo ngủ trên mái")[0].status_code == 303


@pytest.mark.parametrize(
    ("args", "stdin", "code"),
    [
        (("add-admin", "mot", "--name", "Một", "--password-stdin"), "matkhau1234\n", 1),
        (("add-admin", "mot", "--name", "Một", "--password-stdin"), "", 1),
        (("add-admin", "Một!", "--name", "Một"), None, 1),
        (("add-admin", "mot", "--name", " "), None, 1),
        (("add-admin", "mot", "--name", "Một", "--agency", "X"), None, 1),
        (("add-admin", "mot"), None, 2),
        (("add-admin",), None, 2),
        (("unlock", "nobody"), None, 1),
        (("unlock",), None, 2),
        (("nonsense",), None, 2),
    ],
)
def test_what_is_refused_says_why_in_one_line_and_leaves_nothing(app, args, stdin, code):
    done = run(app, *args, stdin=stdin)
    assert done.exit_code == code
    assert done.stdout == ""
    if code == 1:
        assert len(done.stderr.strip().splitlines()) == 1
    with app.extensions["office"].reading() as unit:
        assert unit.history.head().entries == 0
        assert unit.accounts.account_by_login("mot") is None


def test_the_admin_of_a_standing_tree_belongs_to_the_office(world):
    with world.unit() as unit:
        unit.accounts.change_account(world.accounts["admin"], {"is_active": False})
    assert run(world.app, "add-admin", "mot", "--name", "Một").exit_code == 0
    done = run(world.app, "add-admin", "hai", "--name", "Hai", "--another", "--agency", "H32.02")
    assert done.exit_code == 0
    with world.office.reading() as unit:
        held = [unit.accounts.account_by_login(login).memberships[0] for login in ("mot", "hai")]
    assert [m.agency_id for m in held] == [
        world.agencies["H32.01"].id, world.agencies["H32.02"].id
    ]  # fmt: skip


def test_a_locked_account_is_unlocked_by_command(world):
    for _ in range(6):
        sign_in(world.app, "clerk", "sai")
    assert sign_in(world.app, "clerk", "sai")[0].status_code == 429
    done = run(world.app, "unlock", "CLERK")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "5 failed" in done.stderr
    assert sign_in(world.app, "clerk", "sai")[0].status_code == 422


def test_without_a_database_the_command_says_what_to_run(tmp_path):
    with passing(
        make_app(f"sqlite:///{tmp_path / 'none.sqlite3'}", tmp_path, clock=system_clock)
    ) as app:
        for args in (("unlock", "clerk"), ("add-admin", "mot", "--name", "Một")):
            done = run(app, *args)
            assert (done.exit_code, done.stdout) == (1, "")
            assert "dondoc db upgrade" in done.stderr


def test_passwords_of_people_are_hashed_at_full_cost():
    kept = Argon2().hash("con mèo ngủ trên mái")
    assert kept.startswith("$argon2id$")
    memory = int(kept.split("m=")[1].split(",")[0])
    assert memory >= 19 * 1024
    assert Argon2().outdated(Argon2(quick=True).hash("x"))
    assert not Argon2().outdated(kept)
    assert not Argon2().fits("not a hash", "x")
