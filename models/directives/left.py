"""Open work that agencies which ended still lead or coordinate, and who could take it over."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, literal, select, text, union_all

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.directives.queries import visible_to
from models.directives.rows import OPEN, CoordinatingRow, DirectiveRow
from workflow.accounts.records import Actor
from workflow.directives.records import State

MOST = 500
LEADS, COORDINATES = "lead", "coordinating"


class Left(NamedTuple):
    """One open directive in which an ended agency still has a part."""

    agency_id: int
    code: str
    name: str
    valid_to: date
    part: str
    number: str
    version: int
    content: str
    state: State
    due_on: date | None


def left_by_ended(connection: Connection, actor: Actor, day: date) -> tuple[Left, ...]:
    """Return what agencies that ended before `day` have left, by agency, in one statement.

    Parts handed down are left out: the agency above them says who takes them.
    """
    rows = union_all(_of(LEADS, actor, day), _of(COORDINATES, actor, day)).subquery()
    ordered = select(rows).order_by(
        rows.c.sort_key, rows.c.agency_id, rows.c.part.desc(), rows.c.number
    )
    return tuple(
        Left(
            agency_id=row.agency_id, code=row.code, name=row.name, valid_to=row.valid_to,
            part=row.part, number=row.number, version=row.version, content=row.content,
            state=State(row.state), due_on=row.due_on,
        )
        for row in connection.execute(ordered.limit(MOST))
    )  # fmt: skip


def _of(part: str, actor: Actor, day: date) -> Select[*tuple[Any, ...]]:
    d = table_of(DirectiveRow).c
    found = select(
        AgencyRow.id.label("agency_id"),
        AgencyRow.code,
        AgencyRow.name,
        AgencyRow.valid_to,
        AgencyRow.sort_key,
        literal(part).label("part"),
        d.number,
        d.version,
        d.content,
        d.state,
        d.due_on,
    ).where(AgencyRow.valid_to < day, text(OPEN), d.parent_id.is_(None), visible_to(actor, day))
    if part == LEADS:
        return found.join(DirectiveRow, d.lead_agency_id == AgencyRow.id)
    return found.join(CoordinatingRow, CoordinatingRow.agency_id == AgencyRow.id).join(
        DirectiveRow, d.id == CoordinatingRow.directive_id
    )
