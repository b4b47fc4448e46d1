"""Adding what a night found, set by set: the statement, its columns, whom it touches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, insert, literal
from sqlalchemy.sql.dml import ReturningInsert
from sqlalchemy.sql.elements import SQLCoreOperations

from models.agencies.codes import codes_of
from models.base import table_of
from models.violations.moments import morning_after, next_day
from models.violations.rows import ViolationRow
from workflow.escalation.records import Touched
from workflow.violations.catalogue import ViolationType
from workflow.violations.ports import Change
from workflow.violations.records import ViolationSource, ViolationState
from workflow.violations.scopes import Detected

VIOLATIONS = table_of(ViolationRow)
V = VIOLATIONS.c
NAMES = (
    "type", "agency_id", "directive_id", "serial", "occurred_at", "occurred_on", "source",
    "severity", "state", "recorded_at", "known_from",
)  # fmt: skip


def found_by(
    kind: ViolationType,
    agency: SQLCoreOperations[Any],
    directive: SQLCoreOperations[Any],
    serial: ColumnElement[Any],
    due: Any,
    now: ColumnElement[Any],
) -> tuple[SQLCoreOperations[Any], ...]:
    """Return the values of `NAMES` for a due day that passed; it stands on the morning after."""
    return (
        literal(kind.code),
        agency,
        directive,
        serial,
        morning_after(due),
        next_day(due),
        literal(ViolationSource.DETECTED.value),
        literal(kind.severity.value),
        literal(ViolationState.RECORDED.value),
        now,
        now,
    )


def adding(found: Select[Any]) -> ReturningInsert[int | None, date]:
    """Return the statement that records what a select found, and returns whom and when."""
    added = insert(VIOLATIONS).from_select(list(NAMES), found, include_defaults=False)
    return added.returning(V.agency_id, V.occurred_on)


def day_of(earlier: FromClause) -> ColumnElement[date]:
    """Return the day of a violation as no index knows it, so that it is found by what it is of.

    By its type and day SQLite would walk every violation since that day, for each piece of work.
    """
    return func.coalesce(earlier.c.occurred_on, earlier.c.occurred_on, type_=V.occurred_on.type)


def change_of(connection: Connection, code: str, rows: Sequence[Any]) -> Change:
    """Return what is new of a type, and each agency it touches with its first day."""
    if not rows:
        return Detected(), ()
    return Detected(found={code: len(rows)}), touched_by(connection, code, rows, grew=True)


def touched_by(
    connection: Connection, code: str, rows: Iterable[Any], *, grew: bool
) -> tuple[Touched, ...]:
    """Return each agency of some rows with the first day of its own."""
    first: dict[int, date] = {}
    for agency, day in ((row.agency_id, row.occurred_on) for row in rows):
        known = first.get(agency)
        if known is None or day < known:
            first[agency] = day
    return tuple(
        Touched(type=code, agency=agency, since=first[key], grew=grew)
        for key, agency in codes_of(connection, first).items()
    )
