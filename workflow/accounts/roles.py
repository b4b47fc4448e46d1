"""Roles in agencies: given and ended for a time, nobody's own, never the last admin's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from workflow.accounts.changing import account_entry, change_and_sign_out, person_of, roles_told
from workflow.accounts.ports import AccountMemory
from workflow.accounts.records import Account, Actor, Membership, Role
from workflow.accounts.rules import require_admin
from workflow.days import local_day
from workflow.errors import Forbidden, Invalid, NotFound, Refused


def give_role(
    memory: AccountMemory, actor: Actor, account_id: int, role: Membership, *, at: datetime
) -> None:
    """Give a role in an agency over a period; nobody gives one to themselves.

    Invalid: `agency_id` (unknown, not standing on the first day), `valid_to` before
    `valid_from`, `valid_from` when the same role overlaps.
    """
    require_admin(actor, local_day(at))
    account = person_of(memory, account_id)
    if account.id == actor.account_id:
        raise Forbidden("own_roles")
    _check_role(memory, account, role)
    before = roles_told(memory, account.memberships)
    memory.add_membership(account.id, role)
    after = roles_told(memory, (*account.memberships, role))
    memory.append(
        account_entry(
            actor, account.login, "add_role", at, before={"roles": before}, after={"roles": after}
        )
    )


def _check_role(memory: AccountMemory, account: Account, role: Membership) -> None:
    errors = {}
    agency = memory.agency(role.agency_id)
    if agency is None:
        errors["agency_id"] = "not_an_agency"
    elif not agency.stands_on(role.valid_from):
        errors["agency_id"] = "agency_not_standing"
    if role.valid_to is not None and role.valid_to < role.valid_from:
        errors["valid_to"] = "period_reversed"
    if any(
        (held.role, held.agency_id) == (role.role, role.agency_id)
        and held.valid_from <= (role.valid_to or date.max)
        and role.valid_from <= (held.valid_to or date.max)
        for held in account.memberships
    ):
        errors["valid_from"] = "role_overlaps"
    if errors:
        raise Invalid(errors)


def end_role(
    memory: AccountMemory,
    actor: Actor,
    account_id: int,
    role: Membership,
    *,
    last_day: date,
    at: datetime,
) -> None:
    """Let a role end with `last_day`; the person's sessions end now.

    A role that has not begun (or begins today) is taken back whole when its last day would
    lie before its first. The last admin's role stays: Refused ("last_admin").
    """
    today = local_day(at)
    require_admin(actor, today)
    account = person_of(memory, account_id)
    held = next((m for m in account.memberships if _same_role(m, role)), None)
    if held is None:
        raise NotFound("role")
    if held.role is Role.ADMIN and memory.admins_on(today) == {account.id}:
        raise Refused("last_admin")
    kept = [m for m in account.memberships if m is not held]
    if last_day >= held.valid_from:
        memory.end_membership(account.id, held, last_day)
        kept.append(replace(held, valid_to=last_day))
    elif held.valid_from >= today:
        memory.remove_membership(account.id, held)
    else:
        raise Invalid({"last_day": "period_reversed"})
    change_and_sign_out(
        memory,
        actor,
        account,
        "end_role",
        at,
        before={"roles": roles_told(memory, account.memberships)},
        after={"roles": roles_told(memory, kept)},
    )


def _same_role(one: Membership, other: Membership) -> bool:
    return (one.role, one.agency_id, one.valid_from) == (
        other.role,
        other.agency_id,
        other.valid_from,
    )
