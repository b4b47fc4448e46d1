"""People, roles and the person who acts now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workflow.days import is_over


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
    """One role held in one agency over a period; `valid_to` is the last day, or None.

    `division_id` is the division (phòng) inside the agency, where one is named.
    """

    role: Role
    agency_id: int
    valid_from: date
    valid_to: date | None = None
    division_id: int | None = None

    def stands_on(self, day: date) -> bool:
        """Whether the role is held on `day`, both ends included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def has_ended(self, day: date) -> bool:
        """Whether its last day lies before `day`."""
        return is_over(self.valid_to, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """One role in one agency in which one person acts for another, from a first to a last day.

    It ends by itself after `to_on`, or at once when somebody ended it (`ended_at`).
    """

    id: int
    absent_id: int
    absent_name: str
    stand_in_id: int
    stand_in_name: str
    role: Role
    agency_id: int
    agency_name: str = ""
    from_on: date
    to_on: date
    reason: str = ""
    ended_at: datetime | None = None

    def stands_on(self, day: date) -> bool:
        """Whether it stands on `day`, both ends included."""
        return self.ended_at is None and self.from_on <= day <= self.to_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Another person with whom somebody is judged as one while a stand-in runs.

    `memberships` are all that person's roles.
    """

    account_id: int
    name: str
    valid_from: date
    valid_to: date
    memberships: tuple[Membership, ...] = ()

    def stands_on(self, day: date) -> bool:
        """Whether the two are judged as one on `day`."""
        return self.valid_from <= day <= self.valid_to

    def has_ended(self, day: date) -> bool:
        """Whether its last day lies before `day`."""
        return is_over(self.valid_to, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, and as what: one role in one agency at a time.

    `memberships` holds every role of the person, so that four eyes can be judged as of
    the day of the act; `ties` those they stand in for and those who stand in for them.
    `stands_for` is the person in whose role they act now. `agency_path` is the acting
    agency's place in the tree (`/1/7/`). The system account has neither role nor agency.
    """

    account_id: int
    name: str
    role: Role | None
    agency_id: int | None
    agency_path: str = ""
    agency_name: str = ""
    agency_is_office: bool = False
    memberships: tuple[Membership, ...] = ()
    ties: tuple[Tie, ...] = ()
    stands_for: Tie | None = None
    is_system: bool = False

    @property
    def is_of_office(self) -> bool:
        """Whether they act for the office that assigns and follows."""
        return self.role is Role.OFFICE

    @property
    def is_leader(self) -> bool:
        """Whether they act as a leader of the province."""
        return self.role is Role.LEADER

    @property
    def is_head(self) -> bool:
        """Whether they act as the head of an agency."""
        return self.role is Role.AGENCY_HEAD

    @property
    def may_submit(self) -> bool:
        """Whether they send what their agency answers: its head and its clerk do."""
        return self.role in SUBMITTING_ROLES

    @property
    def principal_id(self) -> int:
        """Whose role it is: the person stood in for, else one's own account."""
        return self.stands_for.account_id if self.stands_for else self.account_id

    @property
    def hands(self) -> frozenset[int]:
        """Who counts as having done what is done now: oneself and the person stood in for."""
        return frozenset({self.account_id, self.principal_id})

    def people_on(self, day: date) -> frozenset[int]:
        """Everybody judged as one with the person on `day`, the person included."""
        return self.hands | {tie.account_id for tie in self.ties if tie.stands_on(day)}

    def agencies_on(self, day: date) -> frozenset[int]:
        """Every agency the person belongs to on `day`, in whatever role, or is judged with."""
        tied = (m for tie in self.ties if tie.stands_on(day) for m in tie.memberships)
        return frozenset(m.agency_id for m in (*self.memberships, *tied) if m.stands_on(day))

    def agencies_since(self, first: date, day: date) -> frozenset[int]:
        """Every agency the person belonged to on any day from `first` to `day`, besides those."""
        lately = (m for m in self.memberships if m.valid_from <= day)
        left = (m for m in lately if m.valid_to is not None and first <= m.valid_to < day)
        return self.agencies_on(day) | {m.agency_id for m in left}

    def holds_role_on(self, day: date) -> bool:
        """Whether the acting role is really held on `day`, by oneself or the one stood in for."""
        if self.stands_for is not None and not self.stands_for.stands_on(day):
            return False
        held = self.stands_for.memberships if self.stands_for else self.memberships
        return any(
            m.role is self.role and m.agency_id == self.agency_id and m.stands_on(day) for m in held
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
