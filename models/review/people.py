"""The tree of agencies as the desk sees it, and the people who get cases, on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, or_, select

from models.accounts.rows import AccountRow, MembershipRow
from models.agencies.rows import AgencyRow, SuccessionRow
from models.lasting import stands_on
from models.review.rows import ReviewPlaceRow
from workflow.accounts.records import Role
from workflow.review.conflict import Organisation
from workflow.review.roster import Person, Place, Roster
from workflow.text import fold

HOME_AFFAIRS = fold("Sở Nội vụ")
_TREE = (
    select(
        AgencyRow.id,
        AgencyRow.code,
        AgencyRow.name,
        AgencyRow.name_folded,
        AgencyRow.path,
        AgencyRow.is_office,
        and_(
            stands_on(AgencyRow, bindparam("day")),
        ).label("stands"),
        SuccessionRow.predecessor_id,
    )
    .outerjoin(
        SuccessionRow,
        and_(SuccessionRow.successor_id == AgencyRow.id, SuccessionRow.on <= bindparam("day")),
    )
    .order_by(AgencyRow.id)
)
_DESK_ROLES = (Role.INSPECTOR, Role.LEADER)
_PEOPLE = (
    select(
        AccountRow.id,
        AccountRow.name,
        AccountRow.is_active,
        MembershipRow.role,
        MembershipRow.agency_id,
        stands_on(MembershipRow, bindparam("day")).label("is_held"),
        ReviewPlaceRow.away_from,
        ReviewPlaceRow.away_to,
    )
    .join(MembershipRow, MembershipRow.account_id == AccountRow.id)
    .outerjoin(ReviewPlaceRow, ReviewPlaceRow.account_id == AccountRow.id)
    .where(
        AccountRow.id.in_(
            select(MembershipRow.account_id).where(MembershipRow.role.in_(_DESK_ROLES))
        ),
        MembershipRow.valid_from <= bindparam("day"),
        or_(MembershipRow.valid_to.is_(None), MembershipRow.valid_to >= bindparam("tied_since")),
    )
    .order_by(
        ReviewPlaceRow.position.is_(None),
        ReviewPlaceRow.position,
        AccountRow.sort_key,
        AccountRow.id,
        MembershipRow.id,
    )
)
_ORDER = select(
    ReviewPlaceRow.account_id, ReviewPlaceRow.away_from, ReviewPlaceRow.away_to
).order_by(ReviewPlaceRow.position)


def organisation_on(connection: Connection, day: date, home_affairs: str) -> Organisation:
    """Return the tree and what each agency came from by `day`, in one statement.

    `home_affairs` is the code of Sở Nội vụ; empty: the agency that bears the name that day.
    """
    rows = connection.execute(_TREE, {"day": day}).all()
    came_from: dict[int, set[int]] = {}
    for row in rows:
        if row.predecessor_id is not None:
            came_from.setdefault(row.id, set()).add(row.predecessor_id)
    return Organisation(
        paths={row.id: row.path for row in rows},
        names={row.id: row.name for row in rows},
        came_from={key: frozenset(value) for key, value in came_from.items()},
        office=next((row.id for row in rows if row.is_office and row.stands), None),
        home_affairs=next((row.id for row in rows if _is_home(row, home_affairs)), None),
    )


def roster_on(connection: Connection, day: date, tied_since: date | None = None) -> Roster:
    """Return the inspectors in the admin's order and the leaders behind them, in one statement.

    Their agencies are those they belong to on `day`, and any that they left since `tied_since`.
    """
    rows: dict[int, list[Row[*tuple[Any, ...]]]] = {}
    for row in connection.execute(_PEOPLE, {"day": day, "tied_since": tied_since or day}):
        rows.setdefault(row.id, []).append(row)
    people = {key: _person(held, day) for key, held in rows.items()}
    leaders = [key for key, held in rows.items() if any(_leads(row) for row in held)]
    return Roster(
        inspectors=tuple(p for p in people.values() if p.inspects_in),
        leaders=tuple(people[key] for key in sorted(leaders)),
    )


def order_kept(connection: Connection) -> tuple[Place, ...]:
    """Return the admin's order."""
    return tuple(
        Place(account_id=row.account_id, away_from=row.away_from, away_to=row.away_to)
        for row in connection.execute(_ORDER)
    )


def _is_home(row: Row[*tuple[Any, ...]], code: str) -> bool:
    if code:
        return bool(row.code == code)
    return bool(row.stands and row.name_folded == HOME_AFFAIRS)


def _leads(row: Row[*tuple[Any, ...]]) -> bool:
    return bool(row.is_held and row.role is Role.LEADER)


def _person(held: list[Row[*tuple[Any, ...]]], day: date) -> Person:
    first = held[0]
    place = Place(account_id=first.id, away_from=first.away_from, away_to=first.away_to)
    return Person(
        account_id=first.id,
        name=first.name,
        agencies=frozenset(row.agency_id for row in held),
        inspects_in=frozenset(
            row.agency_id for row in held if row.is_held and row.role is Role.INSPECTOR
        ),
        is_here=first.is_active and not place.is_away_on(day),
    )
