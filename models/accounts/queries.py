"""Reads about people: who is signed in, and as what they may act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from models.accounts.rows import AccountRow, MembershipRow, SessionRow
from models.accounts.signing import token_hash
from models.accounts.standing_in import HAS_TIES, Lent, ties_of
from models.agencies.rows import AgencyRow
from models.history.rows import HistoryHeadRow
from models.jobs.rows import NightRow
from models.messages.rows import InboxRow
from models.prepared import Prepared
from workflow.accounts.records import Actor, Membership, Role, Tie


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A role a person holds, or acts in for `stands_for`, with the agency it is held in."""

    membership: Membership
    agency_name: str
    agency_code: str
    agency_path: str
    agency_is_office: bool
    stands_for: Tie | None = None

    def stands_on(self, day: date) -> bool:
        """Whether one may act in it on `day`."""
        lent = self.stands_for is None or self.stands_for.stands_on(day)
        return lent and self.membership.stands_on(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is signed in, with every role they ever held."""

    id: int
    login: str
    name: str
    email: str | None
    locale: str
    is_active: bool
    is_system: bool
    must_change_password: bool
    session_epoch: int
    looked_at: datetime | None
    seats: tuple[Seat, ...]
    lent_seats: tuple[Seat, ...] = ()
    """Roles of others in which the person acts while they are away."""
    ties: tuple[Tie, ...] = ()
    unread: int = 0
    """How many notices of the inbox wait to be read."""
    head: str = ""
    """The head of the history as the session's transaction sees it; empty where none is."""
    last_night: date | None = None
    """The last day whose night was swept: the frame tells who must know when one is missing."""

    def seats_on(self, day: date) -> tuple[Seat, ...]:
        """Return the roles in which the person may act on `day`, their own first."""
        return tuple(seat for seat in (*self.seats, *self.lent_seats) if seat.stands_on(day))

    def acting(self, seat: Seat | None) -> Actor:
        """Return the person as an actor in one seat (or in none)."""
        return Actor(
            account_id=self.id,
            name=self.name,
            role=seat.membership.role if seat else None,
            agency_id=seat.membership.agency_id if seat else None,
            agency_path=seat.agency_path if seat else "",
            agency_name=seat.agency_name if seat else "",
            agency_is_office=seat.agency_is_office if seat else False,
            memberships=tuple(s.membership for s in self.seats),
            ties=self.ties,
            stands_for=seat.stands_for if seat else None,
            is_system=self.is_system,
        )


_UNREAD = (
    select(func.count())
    .where(
        InboxRow.account_id == AccountRow.id,
        InboxRow.read_at.is_(None),
        InboxRow.archived_at.is_(None),
    )
    .correlate(AccountRow)
    .scalar_subquery()
)
_LAST_NIGHT = select(func.max(NightRow.day)).where(NightRow.ended_at.is_not(None)).scalar_subquery()
_PERSON: Select[*tuple[Any, ...]] = (
    select(
        AccountRow.id,
        AccountRow.login,
        AccountRow.name,
        AccountRow.email,
        AccountRow.locale,
        AccountRow.is_active,
        AccountRow.is_system,
        AccountRow.must_change_password,
        AccountRow.session_epoch,
        AccountRow.looked_at,
        _UNREAD.label("unread"),
        _LAST_NIGHT.label("last_night"),
        HAS_TIES.label("has_ties"),
        MembershipRow.role,
        MembershipRow.agency_id,
        MembershipRow.valid_from,
        MembershipRow.valid_to,
        AgencyRow.name.label("agency_name"),
        AgencyRow.code.label("agency_code"),
        AgencyRow.path.label("agency_path"),
        AgencyRow.is_office.label("agency_is_office"),
    )
    .outerjoin(MembershipRow, MembershipRow.account_id == AccountRow.id)
    .outerjoin(AgencyRow, AgencyRow.id == MembershipRow.agency_id)
    .order_by(MembershipRow.valid_from, MembershipRow.id)
)
_WITH_ID = _PERSON.where(AccountRow.id == bindparam("account_id"))
_BY_ID = Prepared(_WITH_ID)
_BY_LOGIN = Prepared(_PERSON.where(AccountRow.login == bindparam("login")))
_HEAD = select(HistoryHeadRow.digest).where(HistoryHeadRow.id == 1).scalar_subquery()
_IN_SESSION = Prepared(
    _WITH_ID.add_columns(_HEAD.label("head"))
    .join(SessionRow, SessionRow.account_id == AccountRow.id)
    .where(SessionRow.token_hash == bindparam("token_hash"), SessionRow.ended_at.is_(None))
)


def person(connection: Connection, account_id: int) -> Person | None:
    """Return a person by account, in one query, or three where a stand-in was named."""
    return _person_from(connection, _BY_ID.rows(connection, {"account_id": account_id}))


def person_in_session(connection: Connection, account_id: int, token: str) -> Person | None:
    """Return the person of a session that nobody ended, in one query or three."""
    values = {"account_id": account_id, "token_hash": token_hash(token)}
    rows = _IN_SESSION.rows(connection, values)
    found = _person_from(connection, rows)
    return replace(found, head=rows[0].head or "") if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """A browser in which somebody is signed in."""

    token_hash: str
    started_at: datetime
    address: str
    browser: str


def open_sessions(
    connection: Connection, account_id: int, since: datetime
) -> tuple[OpenSession, ...]:
    """Return the sessions begun after `since` that nobody ended, newest first."""
    rows = connection.execute(
        select(SessionRow.token_hash, SessionRow.started_at, SessionRow.address, SessionRow.browser)
        .where(
            SessionRow.account_id == account_id,
            SessionRow.ended_at.is_(None),
            SessionRow.started_at > since,
        )
        .order_by(SessionRow.started_at.desc())
        .limit(50)
    )
    return tuple(OpenSession(**row._mapping) for row in rows)  # noqa: SLF001 - SQLAlchemy's name


def person_by_login(connection: Connection, login: str) -> Person | None:
    """Return a person by sign-in name, in one query."""
    return _person_from(connection, _BY_LOGIN.rows(connection, {"login": login}))


def _person_from(connection: Connection, rows: Sequence[Any]) -> Person | None:
    if not rows:
        return None
    first = rows[0]
    ties, lent = ties_of(connection, first.id) if first.has_ties else ((), ())
    return Person(
        id=first.id,
        login=first.login,
        name=first.name,
        email=first.email,
        locale=first.locale,
        is_active=first.is_active,
        is_system=first.is_system,
        must_change_password=first.must_change_password,
        session_epoch=first.session_epoch,
        looked_at=first.looked_at,
        unread=first.unread,
        last_night=first.last_night,
        seats=tuple(_seat_from(row) for row in rows if row.role is not None),
        lent_seats=tuple(map(_lent_seat, lent)),
        ties=ties,
    )


def _seat_from(row: Any) -> Seat:
    return Seat(
        membership=Membership(
            role=Role(row.role),
            agency_id=row.agency_id,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        ),
        agency_name=row.agency_name,
        agency_code=row.agency_code,
        agency_path=row.agency_path,
        agency_is_office=row.agency_is_office,
    )


def _lent_seat(lent: Lent) -> Seat:
    return Seat(
        membership=lent.membership,
        agency_name=lent.agency_name,
        agency_code=lent.agency_code,
        agency_path=lent.agency_path,
        agency_is_office=lent.agency_is_office,
        stands_for=lent.tie,
    )
