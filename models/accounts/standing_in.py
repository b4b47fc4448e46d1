"""Who stands in for whom: what use cases keep of it, and what a request reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, insert, or_, select, update
from sqlalchemy.orm import aliased

from models.accounts.rows import AccountRow, MembershipRow, StandInRow
from models.agencies.rows import AgencyRow, DivisionRow
from models.lasting import stands_on
from workflow.accounts.records import AGENCY_ROLES, Actor, Membership, Role, StandIn, Tie

SHOWN = 200
_ABSENT, _OTHER = aliased(AccountRow, name="absent"), aliased(AccountRow, name="other")
_STAND_INS: Select[*tuple[Any, ...]] = (
    select(
        StandInRow.id,
        StandInRow.absent_id,
        _ABSENT.name.label("absent_name"),
        StandInRow.stand_in_id,
        _OTHER.name.label("stand_in_name"),
        StandInRow.role,
        StandInRow.agency_id,
        AgencyRow.name.label("agency_name"),
        StandInRow.from_on,
        StandInRow.to_on,
        StandInRow.reason,
        StandInRow.ended_at,
    )
    .join(_ABSENT, _ABSENT.id == StandInRow.absent_id)
    .join(_OTHER, _OTHER.id == StandInRow.stand_in_id)
    .join(AgencyRow, AgencyRow.id == StandInRow.agency_id)
    .order_by(StandInRow.from_on, StandInRow.id)
)
_ONE = _STAND_INS.where(StandInRow.id == bindparam("key"))
_BETWEEN = or_(
    StandInRow.absent_id == bindparam("account_id"),
    StandInRow.stand_in_id == bindparam("account_id"),
)
_NOT_ENDED = StandInRow.ended_at.is_(None)
_OF = _STAND_INS.where(_BETWEEN, _NOT_ENDED, _ABSENT.is_active.is_(True))
"""Nobody acts in the role of somebody whose account was closed."""
HAS_TIES = (
    select(StandInRow.id)
    .where(
        or_(StandInRow.absent_id == AccountRow.id, StandInRow.stand_in_id == AccountRow.id),
        _NOT_ENDED,
    )
    .correlate(AccountRow)
    .exists()
)
"""Whether somebody stands in for an account, or it for somebody: only then more is read."""


class StandInRegister:
    """Stand-ins within one transaction."""

    _connection: Connection

    def stand_in(self, stand_in_id: int) -> StandIn | None:
        """Return one stand-in."""
        row = self._connection.execute(_ONE, {"key": stand_in_id}).one_or_none()
        return _stand_in(row) if row else None

    def stand_ins_of(self, account_id: int) -> tuple[StandIn, ...]:
        """Return those in which an account is the absent or the one who stands in, not ended."""
        return tuple(map(_stand_in, self._connection.execute(_OF, {"account_id": account_id})))

    def add_stand_in(
        self,
        *,
        absent_id: int,
        stand_in_id: int,
        role: Role,
        agency_id: int,
        from_on: date,
        to_on: date,
        reason: str,
        named_by: int,
        at: datetime,
    ) -> int:
        """Add a stand-in and return its id."""
        values = {
            "absent_id": absent_id,
            "stand_in_id": stand_in_id,
            "role": role,
            "agency_id": agency_id,
            "from_on": from_on,
            "to_on": to_on,
            "reason": reason,
            "named_by": named_by,
            "at": at,
        }
        added = insert(StandInRow).returning(StandInRow.id)
        return int(self._connection.execute(added, values).scalar_one())

    def end_stand_in(self, stand_in_id: int, ended_by: int, at: datetime) -> None:
        """Note that a stand-in ended before its last day."""
        self._connection.execute(
            update(StandInRow)
            .where(StandInRow.id == stand_in_id)
            .values(ended_at=at, ended_by=ended_by)
        )


def _stand_in(row: Row[*tuple[Any, ...]]) -> StandIn:
    return StandIn(**(row._asdict() | {"role": Role(row.role)}))  # SQLAlchemy's own name


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """A role of somebody else in which a person may act while the tie stands."""

    tie: Tie
    membership: Membership
    agency_name: str
    agency_code: str
    agency_path: str
    agency_is_office: bool


_HELD = (
    select(
        MembershipRow.account_id,
        MembershipRow.role,
        MembershipRow.agency_id,
        MembershipRow.valid_from,
        MembershipRow.valid_to,
        AgencyRow.name,
        AgencyRow.code,
        AgencyRow.path,
        AgencyRow.is_office,
    )
    .join(AgencyRow, AgencyRow.id == MembershipRow.agency_id)
    .where(MembershipRow.account_id.in_(bindparam("ids", expanding=True)))
    .order_by(MembershipRow.id)
)


def ties_of(connection: Connection, account_id: int) -> tuple[tuple[Tie, ...], tuple[Lent, ...]]:
    """Return who an account is judged as one with, and in whose roles it may act, when.

    Two statements, asked only of those who have any (`HAS_TIES`).
    """
    standing = [_stand_in(r) for r in connection.execute(_OF, {"account_id": account_id})]
    others = {s.absent_id if s.stand_in_id == account_id else s.stand_in_id for s in standing}
    rows = connection.execute(_HELD, {"ids": sorted(others)}).all()
    ties, lent = [], []
    for one in standing:
        stands_in = one.stand_in_id == account_id
        other = one.absent_id if stands_in else one.stand_in_id
        theirs = [row for row in rows if row.account_id == other]
        tie = Tie(
            account_id=other,
            name=one.absent_name if stands_in else one.stand_in_name,
            valid_from=one.from_on,
            valid_to=one.to_on,
            memberships=tuple(map(_membership, theirs)),
        )
        ties.append(tie)
        if stands_in:
            lent += [_lent(tie, r) for r in theirs if (r.role, r.agency_id) == _key(one)]
    return tuple(ties), tuple(lent)


def _key(one: StandIn) -> tuple[Role, int]:
    return one.role, one.agency_id


def _membership(row: Row[*tuple[Any, ...]]) -> Membership:
    return Membership(
        role=Role(row.role),
        agency_id=row.agency_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _lent(tie: Tie, row: Row[*tuple[Any, ...]]) -> Lent:
    return Lent(
        tie=tie,
        membership=_membership(row),
        agency_name=row.name,
        agency_code=row.code,
        agency_path=row.path,
        agency_is_office=row.is_office,
    )


def stand_ins_seen(connection: Connection, actor: Actor, day: date) -> tuple[StandIn, ...]:
    """Return the stand-ins of today and later that a person may see, by their first day.

    Their own on either side; the head's those of the agency; an admin's all.
    """
    seen = [StandInRow.absent_id == actor.account_id, StandInRow.stand_in_id == actor.account_id]
    if actor.role is Role.AGENCY_HEAD and actor.holds_role_on(day):
        seen.append(
            and_(StandInRow.agency_id == actor.agency_id, StandInRow.role.in_(AGENCY_ROLES))
        )
    wanted = _STAND_INS.where(StandInRow.to_on >= day, _NOT_ENDED).limit(SHOWN)
    if actor.role is not Role.ADMIN:
        wanted = wanted.where(or_(*seen))
    return tuple(map(_stand_in, connection.execute(wanted)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A role that somebody holds in an agency."""

    account_id: int
    name: str
    role: Role
    agency_id: int
    agency_name: str
    division: str = ""


def colleagues(
    connection: Connection, agency_ids: Sequence[int], day: date
) -> tuple[Colleague, ...]:
    """Return who holds which role in these agencies on `day`, in Vietnamese order of names."""
    rows = connection.execute(
        select(
            AccountRow.id,
            AccountRow.name,
            MembershipRow.role,
            MembershipRow.agency_id,
            AgencyRow.name.label("agency_name"),
            DivisionRow.name.label("division"),
        )
        .join(MembershipRow, MembershipRow.account_id == AccountRow.id)
        .join(AgencyRow, AgencyRow.id == MembershipRow.agency_id)
        .outerjoin(DivisionRow, DivisionRow.id == MembershipRow.division_id)
        .where(
            MembershipRow.agency_id.in_(agency_ids),
            stands_on(MembershipRow, day),
            AccountRow.is_active.is_(True),
            AccountRow.is_system.is_(False),
        )
        .order_by(AccountRow.sort_key, AccountRow.id, MembershipRow.id)
    )
    return tuple(
        Colleague(
            account_id=row.id,
            name=row.name,
            role=Role(row.role),
            agency_id=row.agency_id,
            agency_name=row.agency_name,
            division=row.division or "",
        )
        for row in rows
    )
