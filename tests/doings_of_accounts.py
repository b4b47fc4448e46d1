"""The use cases of one account: opened, changed, given roles, signed in on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from doings import DAY, DOINGS, Doing, doing
from world import PASSWORD, World

from models.accounts.passwords import Argon2
from workflow.accounts.looking import mark_looked
from workflow.accounts.records import Membership, Role
from workflow.accounts.roles import end_role, give_role
from workflow.accounts.signing import begin_sign_in, finish_sign_in
from workflow.accounts.usecases import (
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


def of_accounts(
    key_of: str, use_case: Callable[..., object], who: str = "officer", **given: Any
) -> None:
    """A use case of the admin on one person's account."""

    def prepare(world: World) -> Doing:
        actor, at, key = world.actor("admin"), world.clock(), world.accounts[who]
        return lambda unit: use_case(unit.accounts, actor, key, **given, at=at)

    DOINGS[key_of] = prepare


of_accounts("accounts.usecases.change_details", change_details, name="Tên Mới", email="a@b.vn")
of_accounts("accounts.usecases.close_account", close_account, reason="Nghỉ hưu")
of_accounts("accounts.usecases.reset_password", reset_password, password_hash="y")
of_accounts("accounts.usecases.end_sessions", end_sessions)


@doing("accounts.usecases.open_account")
def _open_account(world: World) -> Doing:
    actor, at = world.actor("admin"), world.clock()
    return lambda unit: open_account(
        unit.accounts, actor, login="moi", name="Người Mới", email="", password_hash="x", at=at
    )


@doing("accounts.usecases.reopen_account")
def _reopen_account(world: World) -> Doing:
    actor, at, key = world.actor("admin"), world.clock(), world.accounts["officer"]
    with world.unit() as unit:
        close_account(unit.accounts, actor, key, reason="x", at=at)
    return lambda unit: reopen_account(unit.accounts, actor, key, at=at)


@doing("accounts.usecases.unlock_account")
def _unlock(world: World) -> Doing:
    actor, at, key = world.actor("admin"), world.clock(), world.accounts["officer"]
    for _ in range(3):
        with world.unit() as unit:
            begin_sign_in(unit.accounts, "officer", "10.0.0.1", at=at)
    return lambda unit: unlock_account(unit.accounts, actor, key, at=at)


@doing("accounts.usecases.change_own_password")
def _own_password(world: World) -> Doing:
    actor, at = world.actor("officer"), world.clock()
    return lambda unit: change_own_password(unit.accounts, actor, "new", at=at)


@doing("accounts.usecases.system_actor")
def _system(world: World) -> Doing:
    return lambda unit: system_actor(unit.accounts, at=world.clock())


@doing("accounts.roles.give_role")
def _give_role(world: World) -> Doing:
    actor, at, key = world.actor("admin"), world.clock(), world.accounts["officer"]
    role = Membership(role=Role.AGENCY_HEAD, agency_id=world.agencies["H32.04"].id, valid_from=DAY)
    return lambda unit: give_role(unit.accounts, actor, key, role, at=at)


@doing("accounts.roles.end_role")
def _end_role(world: World) -> Doing:
    actor, at, key = world.actor("admin"), world.clock(), world.accounts["officer"]
    [role] = world.actor("officer").memberships
    return lambda unit: end_role(unit.accounts, actor, key, role, last_day=DAY, at=at)


@doing("accounts.signing.begin_sign_in")
def _begin_sign_in(world: World) -> Doing:
    return lambda unit: begin_sign_in(unit.accounts, "officer", "10.0.0.1", at=world.clock())


@doing("accounts.signing.finish_sign_in")
def _finish_sign_in(world: World) -> Doing:
    with world.unit() as unit:
        attempt = begin_sign_in(unit.accounts, "officer", "10.0.0.1", at=world.clock())
    return lambda unit: finish_sign_in(
        unit.accounts, attempt, PASSWORD, Argon2(quick=True),
        token="một phiên", address="10.0.0.1", browser="x", at=world.clock(),
    )  # fmt: skip


@doing("accounts.looking.mark_looked")
def _looked(world: World) -> Doing:
    actor, at = world.actor("officer"), world.clock()
    return lambda unit: mark_looked(unit.accounts, actor, at)
