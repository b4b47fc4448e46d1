"""Marks above the engine, and which escalations each covers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    insert,
    or_,
    select,
    update,
)

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.escalation.rows import EscalationRow, RuleVersionRow, SuppressionRow
from models.history.register import HistoryRegister
from workflow.escalation.suppressing import Scope, Suppression
from workflow.history.records import Entry

_S = table_of(SuppressionRow)
_E = table_of(EscalationRow).c


class SuppressionRegister:
    """Marks within one transaction."""

    def __init__(self, connection: Connection, history: HistoryRegister) -> None:
        self._connection = connection
        self._history = history

    def knows_rule(self, code: str) -> bool:
        """Whether a rule bears this code."""
        statement = select(RuleVersionRow.id).where(RuleVersionRow.code == code).limit(1)
        return self._connection.execute(statement).first() is not None

    def knows_agency(self, agency_id: int) -> bool:
        """Whether there is, or ever was, such an agency."""
        statement = select(AgencyRow.id).where(AgencyRow.id == agency_id)
        return self._connection.execute(statement).first() is not None

    def add(
        self, scope: Scope, *, reason: str, expires_on: date, by: int, at: datetime
    ) -> Suppression:
        """Add a mark and return it as loaded."""
        row: Row[Any] = self._connection.execute(
            insert(_S).returning(_S),
            {
                "rule_code": scope.rule,
                "agency_id": scope.agency_id,
                "field_text": scope.field,
                "from_on": scope.from_on,
                "to_on": scope.to_on,
                "reason": reason,
                "expires_on": expires_on,
                "entered_by": by,
                "entered_at": at,
            },
        ).one()
        return suppression_from(row)

    def suppression(self, suppression_id: int) -> Suppression | None:
        """Return a mark, held for writing."""
        statement = select(_S).where(_S.c.id == suppression_id).with_for_update()
        row = self._connection.execute(statement).one_or_none()
        return None if row is None else suppression_from(row)

    def end(self, suppression: Suppression, *, reason: str, by: int, at: datetime) -> None:
        """End a mark."""
        self._connection.execute(
            update(_S)
            .where(_S.c.id == suppression.id)
            .values(ended_by=by, ended_at=at, end_reason=reason)
        )

    def append(self, entry: Entry) -> None:
        """Add an entry to the history."""
        self._history.append(entry)


def suppression_from(row: Row[Any]) -> Suppression:
    """Return the mark a row holds."""
    return Suppression(
        id=row.id,
        scope=Scope(
            from_on=row.from_on,
            to_on=row.to_on,
            rule=row.rule_code,
            agency_id=row.agency_id,
            field=row.field_text,
        ),
        reason=row.reason,
        expires_on=row.expires_on,
        entered_by=row.entered_by,
        entered_at=row.entered_at,
        ended_by=row.ended_by,
        ended_at=row.ended_at,
        end_reason=row.end_reason,
    )


def stands(day: date) -> ColumnElement[bool]:
    """Return the condition that a mark holds on a day."""
    return and_(_S.c.ended_at.is_(None), _S.c.expires_on >= day)


def covers() -> ColumnElement[bool]:
    """Return the condition that a mark covers an escalation: by its day, rule, agency, field."""
    field = _E.group_json["field"].as_string()
    return and_(
        _E.opened_on.between(_S.c.from_on, _S.c.to_on),
        or_(_S.c.rule_code == "", _S.c.rule_code == _E.rule_code),
        or_(_S.c.agency_id.is_(None), _S.c.agency_id == _E.agency_id),
        or_(_S.c.field_text == "", _S.c.field_text == field),
    )
