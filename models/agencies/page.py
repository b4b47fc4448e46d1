"""Reads for the page of one agency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, ScalarSelect, and_, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased

from models.accounts.rows import AccountRow, MembershipRow
from models.agencies.queries import Node, node_of
from models.agencies.rows import (
    AgencyAliasRow,
    AgencyNameRow,
    AgencyRow,
    DivisionRow,
    SuccessionRow,
)
from models.agencies.scope import read_by
from models.agencies.shop import Shop
from models.directives.filters import ListFilter, Looker
from models.directives.home import counts_of
from models.directives.looking import LATE, WAITING
from models.directives.queries import OPEN
from models.lasting import stands_on
from workflow.accounts.records import PROVINCE_ROLES, Actor, Role
from workflow.agencies.records import (
    Agency,
    Alias,
    Division,
    FormerName,
    SuccessionKind,
    Tier,
)
from workflow.deadlines.rules import Timeliness
from workflow.errors import NotFound
from workflow.text import clean

NOTHING: Mapping[str, ScalarSelect[int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """One side of a succession: the other agency, and by which act."""

    code: str
    name: str
    kind: SuccessionKind
    act: str
    on: date
    takes_over: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """How many directives an agency leads now, and on how many it was asked for input.

    Each is what its list counts: open, late and paused work of its own; its own work on which
    other agencies are late; requests to it that wait, and that are late.
    """

    open: int
    overdue: int
    suspended: int
    others_late: int
    asked: int
    asked_late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who holds a role in the agency."""

    account_id: int
    name: str
    role: Role
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFile:
    """Everything the page of one agency says but its people and its work."""

    agency: Agency
    gso_code: str
    parent_code: str | None
    parent_name: str | None
    former_names: tuple[FormerName, ...]
    aliases: tuple[Alias, ...]
    divisions: tuple[Division, ...]
    units: tuple[Node, ...]
    predecessors: tuple[Succession, ...]
    successors: tuple[Succession, ...]

    @property
    def heirs(self) -> tuple[Succession, ...]:
        """Who took it over when it ended; who took a part from it while it stood is none."""
        last = self.agency.valid_to
        return tuple(one for one in self.successors if last is not None and last < one.on)


def open_agency(connection: Connection, code: str, day: date) -> AgencyFile:
    """Return an agency's file, its units as of `day`, in three queries; NotFound when unknown."""
    row, units = _with_units(connection, clean(code), day)
    words = _words(connection, row.id)
    before, after = _successions(connection, row.id)
    return AgencyFile(
        agency=_agency(row),
        gso_code=row.gso_code,
        parent_code=row.parent_code,
        parent_name=row.parent_name,
        former_names=tuple(
            FormerName(name=w.words, valid_from=w.valid_from, valid_to=w.valid_to)
            for w in words
            if w.kind == "name" and w.valid_to is not None
        ),
        aliases=tuple(
            Alias(id=w.id, alias=w.words, source=w.source) for w in words if w.kind == "alias"
        ),
        divisions=tuple(
            Division(id=w.id, name=w.words, valid_from=w.valid_from, valid_to=w.valid_to)
            for w in words
            if w.kind == "division"
        ),
        units=units,
        predecessors=before,
        successors=after,
    )


def _agency(row: Row[Any]) -> Agency:
    return Agency(
        id=row.id,
        code=row.code,
        name=row.name,
        tier=Tier(row.tier),
        parent_id=row.parent_id,
        path=row.path,
        is_office=row.is_office,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _words(connection: Connection, agency_id: int) -> list[Row[Any]]:
    """Former names, other words and divisions in one query."""
    names = select(
        literal("name").label("kind"),
        AgencyNameRow.id,
        AgencyNameRow.name.label("words"),
        literal("").label("source"),
        AgencyNameRow.valid_from,
        AgencyNameRow.valid_to,
    ).where(AgencyNameRow.agency_id == agency_id)
    aliases = select(
        literal("alias"),
        AgencyAliasRow.id,
        AgencyAliasRow.alias,
        AgencyAliasRow.source,
        null(),
        null(),
    ).where(AgencyAliasRow.agency_id == agency_id)
    divisions = select(
        literal("division"),
        DivisionRow.id,
        DivisionRow.name,
        literal(""),
        DivisionRow.valid_from,
        DivisionRow.valid_to,
    ).where(DivisionRow.agency_id == agency_id)
    whole = union_all(names, aliases, divisions).subquery()
    return list(connection.execute(select(whole).order_by(whole.c.valid_from, whole.c.id)))


def _with_units(connection: Connection, code: str, day: date) -> tuple[Row[Any], tuple[Node, ...]]:
    """Return an agency with what it stands under, and the units below it, in one query."""
    parent = aliased(AgencyRow)
    rows = connection.execute(
        select(
            AgencyRow.__table__,
            parent.code.label("parent_code"),
            parent.name.label("parent_name"),
        )
        .outerjoin(parent, parent.id == AgencyRow.parent_id)
        .where(or_(AgencyRow.code == code, and_(parent.code == code, stands_on(AgencyRow, day))))
        .order_by(AgencyRow.sort_key, AgencyRow.id)
    ).all()
    own = next((row for row in rows if row.code == code), None)
    if own is None:
        raise NotFound("agency")
    return own, tuple(node_of(row) for row in rows if row is not own)


def _successions(
    connection: Connection, agency_id: int
) -> tuple[tuple[Succession, ...], tuple[Succession, ...]]:
    """Whom it took over from, and who took over from it, in one query."""
    old, new = aliased(AgencyRow), aliased(AgencyRow)
    rows = connection.execute(
        select(
            SuccessionRow.__table__,
            old.code.label("old_code"),
            old.name.label("old_name"),
            new.code.label("new_code"),
            new.name.label("new_name"),
        )
        .join(old, old.id == SuccessionRow.predecessor_id)
        .join(new, new.id == SuccessionRow.successor_id)
        .where(
            (SuccessionRow.predecessor_id == agency_id) | (SuccessionRow.successor_id == agency_id)
        )
        .order_by(SuccessionRow.on, SuccessionRow.id)
    ).all()
    before = [_side(row, "old") for row in rows if row.successor_id == agency_id]
    after = [_side(row, "new") for row in rows if row.predecessor_id == agency_id]
    return tuple(before), tuple(after)


def _side(row: Row[Any], side: str) -> Succession:
    return Succession(
        code=getattr(row, f"{side}_code"),
        name=getattr(row, f"{side}_name"),
        kind=SuccessionKind(row.kind),
        act=row.act,
        on=row.on,
        takes_over=str(row.takes_over.get("words", "")),
    )


def workload(
    connection: Connection,
    agency: Agency,
    actor: Actor,
    day: date,
    beside: Mapping[str, ScalarSelect[int]] = NOTHING,
) -> tuple[Workload, Shop] | None:
    """Count the directives an agency leads, as `actor` may read them; None outside their scope.

    `beside` are the counts of its one-stop shop, asked in the same statement.
    """
    if actor.role not in PROVINCE_ROLES and not _reads(connection, agency, actor, day):
        return None
    own = ListFilter(agency=agency.code, alone=True)
    asked = ListFilter(asked=agency.code, inputs=WAITING)
    views = {
        "open": replace(own, states=frozenset(OPEN)),
        "overdue": replace(own, timeliness=Timeliness.OVERDUE),
        "suspended": replace(own, suspended=True),
        "others_late": replace(own, inputs=LATE),
        "asked": asked,
        "asked_late": replace(asked, inputs=LATE),
    }
    counts = counts_of(connection, Looker(actor=actor, day=day), views, beside)
    shop = Shop(**{name: counts.pop(name) for name in beside})
    return Workload(**counts), shop


def _reads(connection: Connection, agency: Agency, actor: Actor, day: date) -> bool:
    if not actor.agency_path:
        return False
    own = agency.is_under(actor.agency_path)
    reads = select(AgencyRow.id).where(
        AgencyRow.id == agency.id, AgencyRow.id.in_(read_by(actor.agency_path, day))
    )
    return own or connection.execute(reads).first() is not None


def colleagues(connection: Connection, agency_id: int, day: date) -> tuple[Colleague, ...]:
    """Return who holds a role in the agency on `day`."""
    rows = connection.execute(
        select(AccountRow.id, AccountRow.name, AccountRow.is_active, MembershipRow.role)
        .join(MembershipRow, MembershipRow.account_id == AccountRow.id)
        .where(
            MembershipRow.agency_id == agency_id,
            stands_on(MembershipRow, day),
        )
        .order_by(AccountRow.sort_key, AccountRow.id)
    )
    return tuple(
        Colleague(account_id=row.id, name=row.name, role=Role(row.role), is_active=row.is_active)
        for row in rows
    )
