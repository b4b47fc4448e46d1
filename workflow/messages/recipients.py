"""Who gets a notice: people as they stand on the day it is delivered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workflow.accounts.records import SUBMITTING_ROLES, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """A notice in the outbox as far as its recipients go."""

    id: int
    to_account: int | None
    to_agency: int | None
    to_role: Role | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody who holds a role in an agency on the day."""

    account_id: int
    role: Role
    agency_id: int


def recipients_of(
    notice: Addressed, holders: Iterable[Holder], heirs: Mapping[int, frozenset[int]]
) -> tuple[int, ...]:
    """Return the accounts that get a notice, each once, by id.

    `heirs` names the agencies that stand on the day for one that is gone (itself while it
    stands). An agency's mail goes to its head and clerks; where it has none, as the
    province's own office, to those of the `office` role there. A role named with an agency
    is that role in it.
    """
    if notice.to_account is not None:
        return (notice.to_account,)
    held = list(holders)
    if notice.to_agency is not None:
        standing = heirs.get(notice.to_agency, frozenset({notice.to_agency}))
        held = [holder for holder in held if holder.agency_id in standing]
    if notice.to_role is not None:
        return _accounts(held, {notice.to_role})
    return _accounts(held, SUBMITTING_ROLES) or _accounts(held, {Role.OFFICE})


def _accounts(holders: Iterable[Holder], roles: Iterable[Role]) -> tuple[int, ...]:
    wanted = frozenset(roles)
    return tuple(sorted({holder.account_id for holder in holders if holder.role in wanted}))


def standing_heirs(
    agency_id: int,
    standing: frozenset[int],
    successors: Mapping[int, frozenset[int]],
) -> frozenset[int]:
    """Return which agencies now answer for one: itself, or whoever took it over, down the line."""
    seen: set[int] = set()
    found: set[int] = set()
    ahead = {agency_id}
    while ahead:
        here = ahead.pop()
        seen.add(here)
        if here in standing:
            found.add(here)
        else:
            ahead |= successors.get(here, frozenset()) - seen
    return frozenset(found)
