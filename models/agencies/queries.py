"""Reads of agencies for pages: the tree by date, one agency's file, the choices of forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from models.agencies.rows import AgencyAliasRow, AgencyNameRow, AgencyRow
from models.lasting import stands_on
from workflow.agencies.records import Tier
from workflow.text import fold, squeeze


def agency_choices(connection: Connection, day: date | None = None) -> Sequence[tuple[int, str]]:
    """Return agencies for a form, as id and words: those standing on `day`, or all ever."""
    statement = select(AgencyRow.id, AgencyRow.name, AgencyRow.code).order_by(
        AgencyRow.sort_key, AgencyRow.id
    )
    if day is not None:
        statement = statement.where(stands_on(AgencyRow, day))
    return [(row.id, f"{row.name} ({row.code})") for row in connection.execute(statement)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One agency of the tree as it stood on a day, under the name it bore then."""

    id: int
    code: str
    name: str
    tier: Tier
    parent_id: int | None
    path: str
    is_office: bool
    valid_to: date | None


def tree_on(connection: Connection, day: date, words: str = "") -> tuple[Node, ...]:
    """Return the agencies standing on `day`, in Vietnamese order, in one query.

    `words` keeps those whose name (of any period), code or other word holds them all,
    without diacritics.
    """
    then = aliased(AgencyNameRow)
    named = and_(then.agency_id == AgencyRow.id, then.valid_from <= day, then.valid_to >= day)
    statement = (
        select(
            AgencyRow.id,
            AgencyRow.code,
            func.coalesce(then.name, AgencyRow.name).label("name"),
            AgencyRow.tier,
            AgencyRow.parent_id,
            AgencyRow.path,
            AgencyRow.is_office,
            AgencyRow.valid_to,
        )
        .outerjoin(then, named)
        .where(stands_on(AgencyRow, day), *(_is_called(word) for word in fold(words).split()))
        .order_by(AgencyRow.sort_key, AgencyRow.id)
    )
    return tuple(node_of(row) for row in connection.execute(statement))


def _is_called(word: str) -> ColumnElement[bool]:
    alias = exists().where(
        AgencyAliasRow.agency_id == AgencyRow.id,
        AgencyAliasRow.squeezed.contains(squeeze(word) or word, autoescape=True),
    )
    return or_(
        AgencyRow.name_folded.contains(word, autoescape=True),
        func.lower(AgencyRow.code).contains(word, autoescape=True),
        alias,
    )


def node_of(row: Row[*tuple[Any, ...]]) -> Node:
    """Return an agency's row as its place in the tree."""
    return Node(
        id=row.id,
        code=row.code,
        name=row.name,
        tier=Tier(row.tier),
        parent_id=row.parent_id,
        path=row.path,
        is_office=row.is_office,
        valid_to=row.valid_to,
    )


def code_now(connection: Connection, old_code: str) -> str | None:
    """Return the code of the one agency that is known by another code, or None."""
    rows = connection.execute(
        select(AgencyRow.code)
        .join(AgencyAliasRow, AgencyAliasRow.agency_id == AgencyRow.id)
        .where(AgencyAliasRow.squeezed == squeeze(old_code))
        .distinct()
        .limit(2)
    ).all()
    return str(rows[0].code) if len(rows) == 1 else None
