"""Reads of agencies for pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from models.agencies.rows import AgencyRow


def standing_on(day: date) -> ColumnElement[bool]:
    """Return the condition that an agency stands on `day`."""
    ends_later = or_(AgencyRow.valid_to.is_(None), AgencyRow.valid_to >= day)
    return and_(AgencyRow.valid_from <= day, ends_later)


def agency_choices(connection: Connection, day: date | None = None) -> Sequence[tuple[int, str]]:
    """Return agencies for a form, as id and words: those standing on `day`, or all ever."""
    statement = select(AgencyRow.id, AgencyRow.name, AgencyRow.code).order_by(
        AgencyRow.sort_key, AgencyRow.id
    )
    if day is not None:
        statement = statement.where(standing_on(day))
    return [(row.id, f"{row.name} ({row.code})") for row in connection.execute(statement)]
