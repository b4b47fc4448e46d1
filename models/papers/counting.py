"""How many papers of the office's list came and left: by agency, or by month."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, Integer, cast, extract, func, select

from models.agencies.rows import AgencyRow
from models.papers.known import PAPERS
from models.papers.lists import ListView, narrowed
from workflow.papers.records import Direction

MOST = 100
_came = func.count().filter(PAPERS.c.direction == Direction.INCOMING)
_left = func.count().filter(PAPERS.c.direction == Direction.OUTGOING)


class Counted(NamedTuple):
    """A group of papers: how many came, how many left; `code` where an agency is known."""

    name: str
    code: str
    incoming: int
    outgoing: int


class OfMonth(NamedTuple):
    """How many papers of one month came, and how many left."""

    first: date
    incoming: int
    outgoing: int


def by_agency(connection: Connection, view: ListView) -> tuple[Counted, ...]:
    """Count the papers of a view by who sent or got them, most first, in one statement.

    Who is no agency we know stands under the name the list has for it.
    """
    name = func.coalesce(AgencyRow.name, PAPERS.c.counterpart)
    code = func.coalesce(AgencyRow.code, "")
    rows = connection.execute(
        select(name, code, _came, _left)
        .select_from(PAPERS)
        .outerjoin(AgencyRow, AgencyRow.id == PAPERS.c.agency_id)
        .where(*narrowed(view))
        .group_by(name, code)
        .order_by(func.count().desc(), name)
        .limit(MOST)
    )
    return tuple(Counted(*row) for row in rows)


def by_month(connection: Connection, view: ListView) -> tuple[OfMonth, ...]:
    """Count the papers of a view by the month of their date, the newest first, in one statement."""
    year, month = (cast(extract(part, PAPERS.c.dated), Integer) for part in ("year", "month"))
    rows = connection.execute(
        select(year, month, _came, _left)
        .where(*narrowed(view))
        .group_by(year, month)
        .order_by(year.desc(), month.desc())
        .limit(MOST)
    )
    return tuple(OfMonth(date(row[0], row[1], 1), row[2], row[3]) for row in rows)
