"""Rows that last from one day to another, and the condition that one of them stands on a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BindParameter, ColumnElement, and_, or_

from models.accounts.rows import MembershipRow
from models.agencies.rows import AgencyRow


def stands_on(
    row: type[AgencyRow | MembershipRow], day: date | BindParameter[date]
) -> ColumnElement[bool]:
    """Return the condition that a row stands on `day`; its first and its last day count.

    `row` is the table, or an alias of it.
    """
    ends_later = or_(row.valid_to.is_(None), row.valid_to >= day)
    return and_(row.valid_from <= day, ends_later)
