"""People, roles and the person who acts now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person may be in an agency, for a period."""

    OFFICE = "office"
    LEADER = "leader"
    AGENCY_HEAD = "agency_head"
    AGENCY_CLERK = "agency_clerk"
    AGENCY_OFFICER = "agency_officer"
    INSPECTOR = "inspector"
    ADMIN = "admin"


AGENCY_ROLES = frozenset({Role.AGENCY_HEAD, Role.AGENCY_CLERK, Role.AGENCY_OFFICER})
SUBMITTING_ROLES = frozenset({Role.AGENCY_HEAD, Role.AGENCY_CLERK})
PROVINCE_ROLES = frozenset({Role.OFFICE, Role.LEADER, Role.INSPECTOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One role held in one agency over a period; `valid_to` is the last day, or None."""

    role: Role
    agency_id: int
    valid_from: date
    valid_to: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether the role is held on `day`, both ends included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, and as what: one role in one agency at a time.

    `memberships` holds every role of the person, so that four eyes can be judged as of
    the day of the act. `agency_path` is the acting agency's place in the tree
    (`/1/7/`). The system account has neither role nor agency.
    """

    account_id: int
    name: str
    role: Role | None
    agency_id: int | None
    agency_path: str = ""
    agency_name: str = ""
    agency_is_office: bool = False
    memberships: tuple[Membership, ...] = ()
    is_system: bool = False

    def agencies_on(self, day: date) -> frozenset[int]:
        """Every agency the person belongs to on `day`, in whatever role."""
        return frozenset(m.agency_id for m in self.memberships if m.stands_on(day))

    def holds_role_on(self, day: date) -> bool:
        """Whether the acting role is really held on `day`."""
        return any(
            m.role is self.role and m.agency_id == self.agency_id and m.stands_on(day)
            for m in self.memberships
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person's account; `session_epoch` ends all sessions when it grows."""

    id: int
    login: str
    name: str
    email: str | None
    password_hash: str
    must_change_password: bool
    is_active: bool
    is_system: bool
    session_epoch: int
    locale: str
    memberships: tuple[Membership, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """Failed sign-ins that still count, by name and by address, with the last of each."""

    by_name: int = 0
    name_last: datetime | None = None
    by_address: int = 0
    address_last: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A sign-in under way; `account` is None when no such name exists, which nobody is told."""

    id: int
    account: Account | None
