"""Use cases of accounts on both databases: who may, what is refused, what the history tells."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from workflow.accounts.records import Actor, Membership, Role
from workflow.accounts.roles import end_role, give_role
from workflow.accounts.usecases import (
    SYSTEM_LOGIN,
    change_details,
    change_own_password,
    close_account,
    end_sessions,
    open_account,
    reopen_account,
    reset_password,
    system_actor,
    unlock_account,
)
from workflow.errors import Forbidden, Invalid, NotFound, Refused
from workflow.history.rules import fold

TODAY = date(2021, 8, 23)


def entries_of(world, login):
    with world.office.reading() as unit:
        return [s.entry for s in unit.history.walk() if s.entry.subject_key == login]


def opened(world, login="mai", name="Trần Thị Mai", email=""):
    with world.unit() as unit:
        return open_account(
            unit.accounts, world.actor("admin"),
            login=login, name=name, email=email, password_hash="băm", at=world.clock(),
        )  # fmt: skip


def role(world, code="H32.03", kind=Role.AGENCY_CLERK, since=TODAY, until=None):
    return Membership(
        role=kind, agency_id=world.agencies[code].id, valid_from=since, valid_to=until
    )


def account_of(world, account_id):
    with world.office.reading() as unit:
        return unit.accounts.account(account_id)


def test_a_new_account_must_change_its_password_and_holds_no_role(world):
    account = account_of(world, opened(world, " MAI.tt ", "  Trần  Thị Mai ", "mai@kh.gov.vn"))
    assert (account.login, account.name, account.email) == (
        "mai.tt",
        "Trần Thị Mai",
        "mai@kh.gov.vn",
    )
    assert account.must_change_password
    assert account.memberships == ()
    [entry] = entries_of(world, "mai.tt")
    assert (entry.action, entry.actor_name) == ("add_account", "Đỗ Quản Trị")
    assert "băm" not in str(entry)


@pytest.mark.parametrize(
    ("login", "name", "email", "errors"),
    [
        ("", "Mai", "", {"login": "required"}),
        ("mai thị", "Mai", "", {"login": "login_form"}),
        ("mâi", "Mai", "", {"login": "login_form"}),
        ("-mai", "Mai", "", {"login": "login_form"}),
        ("m" * 101, "Mai", "", {"login": "login_form"}),
        ("<script>", "Mai", "", {"login": "login_form"}),
        ("clerk", "Mai", "", {"login": "login_taken"}),
        ("CLERK", "Mai", "", {"login": "login_taken"}),
        ("mai", " ", "", {"name": "required"}),
        ("mai", "x" * 501, "", {"name": "too_long"}),
        ("mai", "Mai", "mai", {"email": "not_an_email"}),
        ("mai", "Mai", "mai@kh gov", {"email": "not_an_email"}),
        ("", "", "@", {"login": "required", "name": "required", "email": "not_an_email"}),
    ],
)
def test_an_account_that_cannot_stand_is_refused_field_by_field(world, login, name, email, errors):
    with pytest.raises(Invalid) as refusal:
        opened(world, login, name, email)
    assert refusal.value.errors == errors


@pytest.mark.parametrize("who", ["office", "leader", "inspector", "head", "clerk", "officer"])
def test_only_the_admin_has_to_do_with_accounts(world, who):
    target, at = world.accounts["foreign"], world.clock()
    acts = (
        lambda m, a: open_account(m, a, login="x", name="X", email="", password_hash="h", at=at),
        lambda m, a: change_details(m, a, target, name="X", email="", at=at),
        lambda m, a: give_role(m, a, target, role(world), at=at),
        lambda m, a: end_role(
            m, a, target, m.account(target).memberships[0], last_day=TODAY, at=at
        ),
        lambda m, a: close_account(m, a, target, reason="x", at=at),
        lambda m, a: reopen_account(m, a, target, at=at),
        lambda m, a: unlock_account(m, a, target, at=at),
        lambda m, a: reset_password(m, a, target, "h", at=at),
        lambda m, a: end_sessions(m, a, target, at=at),
    )
    for act in acts:
        with world.unit() as unit, pytest.raises(Forbidden):
            act(unit.accounts, world.actor(who))
    with world.office.reading() as unit:
        assert unit.history.head().entries == 0


def test_an_admin_whose_role_ended_is_no_admin(world):
    actor = world.actor("admin")
    world.clock.at += timedelta(days=1)
    ended = tuple(
        Membership(role=m.role, agency_id=m.agency_id, valid_from=m.valid_from, valid_to=TODAY)
        for m in actor.memberships
    )
    past = Actor(
        account_id=actor.account_id, name=actor.name, role=actor.role,
        agency_id=actor.agency_id, memberships=ended,
    )  # fmt: skip
    with world.unit() as unit, pytest.raises(Forbidden) as refusal:
        open_account(
            unit.accounts, past, login="x", name="X", email="", password_hash="h", at=world.clock()
        )
    assert refusal.value.code == "role_not_held"


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        (("H32.10", Role.AGENCY_CLERK, date(2019, 1, 1), None), {"agency_id": "agency_not_standing"}),
        (("H32.03", Role.AGENCY_HEAD, TODAY, date(2021, 8, 1)), {"valid_to": "period_reversed"}),
        (("H32.03", Role.AGENCY_CLERK, TODAY, None), {"valid_from": "role_overlaps"}),
        (("H32.03", Role.AGENCY_CLERK, date(2020, 1, 1), date(2020, 2, 1)),
         {"valid_from": "role_overlaps"}),
    ],
)  # fmt: skip
def test_a_role_that_cannot_stand_is_refused(world, given, errors):
    with world.unit() as unit, pytest.raises(Invalid) as refusal:
        give_role(
            unit.accounts, world.actor("admin"), world.accounts["clerk"],
            role(world, *given), at=world.clock(),
        )  # fmt: skip
    assert refusal.value.errors == errors


def test_a_role_may_be_held_for_one_day(world):
    with world.unit() as unit:
        given = role(world, "H32.03", Role.AGENCY_HEAD, TODAY, TODAY)
        give_role(
            unit.accounts, world.actor("admin"), world.accounts["clerk"], given, at=world.clock()
        )
        assert given in unit.accounts.account(world.accounts["clerk"]).memberships


def test_an_unknown_agency_is_refused(world):
    nowhere = Membership(role=Role.OFFICE, agency_id=999, valid_from=TODAY)
    with world.unit() as unit, pytest.raises(Invalid) as refusal:
        give_role(
            unit.accounts, world.actor("admin"), world.accounts["clerk"], nowhere, at=world.clock()
        )
    assert refusal.value.errors == {"agency_id": "not_an_agency"}


def test_nobody_gives_a_role_to_themselves(world):
    with world.unit() as unit, pytest.raises(Forbidden) as refusal:
        give_role(
            unit.accounts, world.actor("admin"), world.accounts["admin"],
            role(world, "H32.01", Role.OFFICE), at=world.clock(),
        )  # fmt: skip
    assert refusal.value.code == "own_roles"


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda m, a, k, at: close_account(m, a, k, reason="x", at=at), "own_account"),
        (lambda m, a, k, at: reset_password(m, a, k, "h", at=at), "own_password"),
        (lambda m, a, k, at: end_role(m, a, k, m.account(k).memberships[0],
                                      last_day=TODAY, at=at), "last_admin"),
    ],
)  # fmt: skip
def test_the_admin_does_not_lock_the_door_from_inside(world, act, code):
    with world.unit() as unit, pytest.raises(Refused) as refusal:
        act(unit.accounts, world.actor("admin"), world.accounts["admin"], world.clock())
    assert refusal.value.code == code


def test_a_second_admin_may_leave(world):
    other = opened(world)
    with world.unit() as unit:
        give_role(
            unit.accounts, world.actor("admin"), other, role(world, "H32.01", Role.ADMIN),
            at=world.clock(),
        )  # fmt: skip
    with world.unit() as unit:
        held = unit.accounts.account(world.accounts["admin"]).memberships[0]
        end_role(
            unit.accounts, world.actor("admin"), world.accounts["admin"], held,
            last_day=TODAY, at=world.clock(),
        )  # fmt: skip
        assert unit.accounts.admins_on(TODAY + timedelta(days=1)) == {other}


@pytest.mark.parametrize(
    ("since", "last_day", "kept"),
    [
        (date(2021, 1, 1), date(2021, 8, 22), date(2021, 8, 22)),
        (date(2021, 1, 1), date(2021, 12, 31), date(2021, 12, 31)),
        (TODAY, TODAY, TODAY),
        (TODAY, date(2021, 8, 22), None),
        (date(2021, 9, 1), TODAY, None),
    ],
)
def test_a_role_ends_or_is_taken_back_before_it_began(world, since, last_day, kept):
    account = opened(world)
    held = role(world, "H32.04", Role.AGENCY_OFFICER, since)
    with world.unit() as unit:
        give_role(unit.accounts, world.actor("admin"), account, held, at=world.clock())
        end_role(
            unit.accounts, world.actor("admin"), account, held, last_day=last_day, at=world.clock()
        )
    found = account_of(world, account)
    assert [m.valid_to for m in found.memberships] == ([kept] if kept else [])
    assert found.session_epoch == 1


def test_a_past_role_cannot_be_made_never_to_have_been(world):
    with world.unit() as unit, pytest.raises(Invalid) as refusal:
        held = unit.accounts.account(world.accounts["clerk"]).memberships[0]
        end_role(
            unit.accounts, world.actor("admin"), world.accounts["clerk"], held,
            last_day=date(2019, 1, 1), at=world.clock(),
        )  # fmt: skip
    assert refusal.value.errors == {"last_day": "period_reversed"}


def test_closing_needs_a_reason_and_happens_once(world):
    target, at = world.accounts["clerk"], world.clock()
    with world.unit() as unit, pytest.raises(Invalid):
        close_account(unit.accounts, world.actor("admin"), target, reason="  ", at=at)
    with world.unit() as unit:
        close_account(unit.accounts, world.actor("admin"), target, reason="nghỉ hưu", at=at)
    with world.unit() as unit, pytest.raises(Refused) as refusal:
        close_account(unit.accounts, world.actor("admin"), target, reason="lại", at=at)
    assert refusal.value.code == "account_closed"
    with world.unit() as unit, pytest.raises(Refused):
        change_own_password(unit.accounts, world.actor("clerk"), "băm", at=at)
    with world.unit() as unit:
        reopen_account(unit.accounts, world.actor("admin"), target, at=at)
    with world.unit() as unit, pytest.raises(Refused) as refusal:
        reopen_account(unit.accounts, world.actor("admin"), target, at=at)
    assert refusal.value.code == "account_open"


def test_an_unchanged_form_leaves_no_entry(world):
    with world.unit() as unit:
        change_details(
            unit.accounts, world.actor("admin"), world.accounts["clerk"],
            name=" Hồ Văn  Thư ", email="", at=world.clock(),
        )  # fmt: skip
    assert entries_of(world, "clerk") == []


def test_the_history_of_an_account_folds_to_what_it_is(world):
    account, admin, at = opened(world), world.actor("admin"), world.clock()
    with world.unit() as unit:
        memory = unit.accounts
        change_details(memory, admin, account, name="Trần Mai", email="m@kh.vn", at=at)
        give_role(memory, admin, account, role(world), at=at)
        give_role(memory, admin, account, role(world, "H32.04", until=date(2021, 12, 31)), at=at)
        end_role(memory, admin, account, role(world), last_day=date(2021, 9, 1), at=at)
        reset_password(memory, admin, account, "băm khác", at=at)
        close_account(memory, admin, account, reason="chuyển công tác", at=at)
    found = account_of(world, account)
    assert fold(entries_of(world, "mai")) == {
        "login": "mai",
        "name": "Trần Mai",
        "email": "m@kh.vn",
        "is_active": False,
        "must_change_password": True,
        "roles": [
            "agency_clerk H32.03 2021-08-23/2021-09-01",
            "agency_clerk H32.04 2021-08-23/2021-12-31",
        ],
        "session_epoch": found.session_epoch,
    }
    assert not any("băm" in str(entry) for entry in entries_of(world, "mai"))
    with world.office.reading() as unit:
        assert unit.history.verify().ok


def test_the_system_account_is_one_and_nobody_changes_it(world):
    with world.unit() as unit:
        first = system_actor(unit.accounts, at=world.clock())
        second = system_actor(unit.accounts, at=world.clock())
        assert first == second
        assert (first.role, first.agency_id, first.is_system) == (None, None, True)
        key = unit.accounts.account_by_login(SYSTEM_LOGIN).id
        with pytest.raises(NotFound):
            reset_password(unit.accounts, world.actor("admin"), key, "h", at=world.clock())
