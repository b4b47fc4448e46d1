"""Reads for the admin's list of people and one person's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased

from models.accounts.rows import AccountRow, MembershipRow, SessionRow, SignInAttemptRow
from models.agencies.rows import AgencyRow
from models.lasting import stands_on
from models.paging import counted, turned
from workflow.accounts.records import Failures, Role
from workflow.accounts.rules import COUNTED_FOR, lock_end, login_key
from workflow.text import fold

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFilter:
    """Which people are asked for; empty fields ask for nothing."""

    words: str = ""
    role: Role | None = None
    agency_id: int | None = None
    standing: str = ""
    """`open`, `closed`, `one_time` (a password somebody else set), `without_role`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRole:
    """A role somebody holds, with its agency's name."""

    role: Role
    agency_name: str
    agency_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """One person in the list."""

    id: int
    login: str
    name: str
    is_active: bool
    must_change_password: bool
    signed_in_at: datetime | None
    roles: tuple[HeldRole, ...] = ()
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """A page of the list: `before` and `after` are the ids to go on from, or None."""

    lines: tuple[PersonLine, ...]
    total: int
    is_exact: bool = True
    before: int | None = None
    after: int | None = None
    filter: PeopleFilter = field(default_factory=PeopleFilter)


def people(
    connection: Connection,
    asked: PeopleFilter,
    *,
    at: datetime,
    day: date,
    before: int | None = None,
    after: int | None = None,
) -> PeoplePage:
    """Return a page of people by given name, in four queries whatever their number."""
    wanted = _wanted(asked, day)
    rows = _slice(connection, wanted, before=before, after=after)
    shown, ahead, behind = turned(rows, PAGE, backward=before is not None, begun=after is not None)
    total, is_exact = counted(connection, select(AccountRow.id).where(wanted))
    return PeoplePage(
        lines=_lines(connection, shown, at=at, day=day),
        total=total,
        is_exact=is_exact,
        before=shown[0].id if behind else None,
        after=shown[-1].id if ahead else None,
        filter=asked,
    )


def _wanted(asked: PeopleFilter, day: date) -> ColumnElement[bool]:
    terms: list[ColumnElement[bool]] = [AccountRow.is_system.is_(False)]
    for word in fold(asked.words).split():
        like = f"%{_escaped(word)}%"
        terms.append(
            or_(
                AccountRow.name_folded.like(like, escape="\\"),
                AccountRow.login.like(like, escape="\\"),
            )
        )
    if asked.role is not None or asked.agency_id is not None:
        terms.append(_holds(asked, day))
    match asked.standing:
        case "open":
            terms.append(AccountRow.is_active.is_(True))
        case "closed":
            terms.append(AccountRow.is_active.is_(False))
        case "one_time":
            terms.append(AccountRow.must_change_password.is_(True))
        case "without_role":
            terms.append(~_holds(PeopleFilter(), day))
    return and_(*terms)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _holds(asked: PeopleFilter, day: date) -> ColumnElement[bool]:
    held = [MembershipRow.account_id == AccountRow.id, stands_on(MembershipRow, day)]
    if asked.role is not None:
        held.append(MembershipRow.role == asked.role)
    if asked.agency_id is not None:
        held.append(MembershipRow.agency_id == asked.agency_id)
    return exists().where(*held)


def _slice(
    connection: Connection,
    wanted: ColumnElement[bool],
    *,
    before: int | None,
    after: int | None,
) -> list[Row[Any]]:
    signed_in = (
        select(func.max(SessionRow.started_at))
        .where(SessionRow.account_id == AccountRow.id)
        .scalar_subquery()
    )
    statement = select(
        AccountRow.id,
        AccountRow.login,
        AccountRow.name,
        AccountRow.is_active,
        AccountRow.must_change_password,
        signed_in.label("signed_in_at"),
    ).where(wanted)
    statement = _from_there(statement, before=before, after=after)
    return list(connection.execute(statement.limit(PAGE + 1)))


def _from_there(
    statement: Select[*tuple[Any, ...]], *, before: int | None, after: int | None
) -> Select[*tuple[Any, ...]]:
    there = aliased(AccountRow)
    here = tuple_(AccountRow.sort_key, AccountRow.id)
    if before is not None:
        key = select(there.sort_key).where(there.id == before).scalar_subquery()
        statement = statement.where(here < tuple_(key, before))
        return statement.order_by(AccountRow.sort_key.desc(), AccountRow.id.desc())
    if after is not None:
        key = select(there.sort_key).where(there.id == after).scalar_subquery()
        statement = statement.where(here > tuple_(key, after))
    return statement.order_by(AccountRow.sort_key, AccountRow.id)


def _lines(
    connection: Connection, rows: Sequence[Row[Any]], *, at: datetime, day: date
) -> tuple[PersonLine, ...]:
    roles = _roles(connection, [row.id for row in rows], day)
    locks = locks_of(connection, [row.login for row in rows], at)
    return tuple(
        PersonLine(
            id=row.id,
            login=row.login,
            name=row.name,
            is_active=row.is_active,
            must_change_password=row.must_change_password,
            signed_in_at=row.signed_in_at,
            roles=tuple(roles.get(row.id, ())),
            locked_until=locks.get(row.login),
        )
        for row in rows
    )


def _roles(
    connection: Connection, account_ids: Sequence[int], day: date
) -> Mapping[int, list[HeldRole]]:
    found: dict[int, list[HeldRole]] = defaultdict(list)
    rows = connection.execute(
        select(MembershipRow.account_id, MembershipRow.role, AgencyRow.name, AgencyRow.code)
        .join(AgencyRow, AgencyRow.id == MembershipRow.agency_id)
        .where(MembershipRow.account_id.in_(account_ids), stands_on(MembershipRow, day))
        .order_by(MembershipRow.id)
    )
    for row in rows:
        held = HeldRole(role=Role(row.role), agency_name=row.name, agency_code=row.code)
        found[row.account_id].append(held)
    return found


def locks_of(connection: Connection, logins: Iterable[str], at: datetime) -> Mapping[str, datetime]:
    """Return which of these names are locked at `at`, and until when, in one query."""
    by_key = {login_key(login): login for login in logins}
    success = aliased(SignInAttemptRow)
    later_success = exists().where(
        success.login_key == SignInAttemptRow.login_key,
        success.succeeded.is_(True),
        success.id > SignInAttemptRow.id,
    )
    rows = connection.execute(
        select(SignInAttemptRow.login_key, func.count(), func.max(SignInAttemptRow.at))
        .where(
            SignInAttemptRow.login_key.in_(list(by_key)),
            SignInAttemptRow.succeeded.is_(False),
            SignInAttemptRow.at >= at - COUNTED_FOR,
            ~later_success,
        )
        .group_by(SignInAttemptRow.login_key)
    )
    locks = {}
    for key, count, last in rows:
        end = lock_end(Failures(by_name=count, name_last=last), at)
        if end is not None:
            locks[by_key[key]] = end
    return locks
