"""Marks as their page reads them: what each covers, why, by whom, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, or_, select

from models.accounts.rows import AccountRow
from models.agencies.rows import AgencyRow
from models.base import table_of
from models.escalation.queries import STANDS, Scope
from models.escalation.rows import EscalationRow, SuppressionRow
from models.escalation.suppressions import covers, suppression_from
from workflow.escalation.suppressing import Suppression

_S = table_of(SuppressionRow)
_E = table_of(EscalationRow).c
SHOWN = 200
COVERED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark with its words, and the escalations it covers (the newest of them by number)."""

    of: Suppression
    stands: bool
    agency_name: str
    by: str
    covered: int
    numbers: tuple[str, ...]


def marks(connection: Connection, scope: Scope, day: date) -> list[Mark]:
    """Return the marks that touch what a reader sees, those that stand first; three statements."""
    count = (
        select(func.count())
        .select_from(table_of(EscalationRow))
        .where(covers(), STANDS, scope.covers(_E.agency_id))
        .correlate(_S)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(
            _S,
            func.coalesce(AgencyRow.name, "").label("agency_name"),
            AccountRow.name.label("by"),
            count.label("covered"),
        )
        .outerjoin(AgencyRow, AgencyRow.id == _S.c.agency_id)
        .join(AccountRow, AccountRow.id == _S.c.entered_by)
        .where(or_(_S.c.agency_id.is_(None), scope.covers(_S.c.agency_id)))
        .order_by(_S.c.ended_at.is_not(None), _S.c.expires_on.desc(), _S.c.id.desc())
        .limit(SHOWN)
    ).all()
    numbers = _numbers(connection, scope, [row.id for row in rows])
    return [
        Mark(
            of=suppression_from(row),
            stands=suppression_from(row).stands_on(day),
            agency_name=row.agency_name,
            by=row.by,
            covered=row.covered,
            numbers=tuple(numbers.get(row.id, [])[:COVERED]),
        )
        for row in rows
    ]


def _numbers(connection: Connection, scope: Scope, ids: Sequence[int]) -> dict[int, list[str]]:
    rows = connection.execute(
        select(_S.c.id, _E.number)
        .join(table_of(EscalationRow), covers())
        .where(_S.c.id.in_(ids), STANDS, scope.covers(_E.agency_id))
        .order_by(_E.opened_on.desc(), _E.id.desc())
        .limit(SHOWN * COVERED)
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.id, []).append(row.number)
    return found
