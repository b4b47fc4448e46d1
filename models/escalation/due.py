"""What a sweep asks: running episodes, what lay ahead, and the groups of rules and agencies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, text

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.escalation.loading import group_from
from models.escalation.occurrences import VALUES, agency_codes
from models.escalation.rows import CHANGING, EscalationRow, NearMissRow
from models.violations.rows import ViolationRow
from workflow.escalation.groups import Shape, shape_of_group
from workflow.escalation.ports import Values
from workflow.escalation.records import Group, GroupKey
from workflow.review.records import EscalationState
from workflow.violations.records import ViolationState

_V = table_of(ViolationRow).c
_E = table_of(EscalationRow).c
_N = table_of(NearMissRow).c


def changing(connection: Connection, day: date) -> list[tuple[Group, date]]:
    """Return the groups whose running episode may change by `day`, each with that day."""
    rows = connection.execute(
        select(_E.group_json, _E.next_change_on)
        .where(text(CHANGING), _E.next_change_on <= day)
        .order_by(_E.next_change_on, _E.id)
    )
    return [(group_from(row.group_json), row.next_change_on) for row in rows]


def occurring(connection: Connection, condition: ColumnElement[bool]) -> list[Values]:
    """Return the different values of the violations that meet a condition."""
    columns = (
        _V.type,
        _V.agency_id,
        _V.agency_text,
        _V.field_text,
        _V.procedure_code,
        _V.officer,
    )
    rows = connection.execute(
        select(*columns, func.min(_V.occurred_on).label("first"))
        .where(condition)
        .group_by(*columns)
    ).all()
    codes = agency_codes(connection) if rows else {}
    return [
        Values(
            type=row.type,
            agency=row.agency_text if row.agency_id is None else codes[row.agency_id],
            field=row.field_text,
            procedure=row.procedure_code,
            officer=row.officer,
            first=row.first,
        )
        for row in rows
    ]


def occurring_between(connection: Connection, first: date, last: date) -> list[Values]:
    """Return the different values of what occurred between two days, both included."""
    return occurring(connection, and_(_V.occurred_on >= first, _V.occurred_on <= last))


def first_after(connection: Connection, day: date) -> date | None:
    """Return the first day after `day` on which a violation occurs."""
    statement = select(_V.occurred_on).where(_V.occurred_on > day).order_by(_V.occurred_on).limit(1)
    found: date | None = connection.execute(statement).scalar_one_or_none()
    return found


def of_agencies(connection: Connection, codes: Iterable[str]) -> list[Values]:
    """Return the different values of all violations of some agencies."""
    ids = select(AgencyRow.id).where(AgencyRow.code.in_(sorted(codes)))
    return occurring(connection, _V.agency_id.in_(ids))


def groups_since(
    connection: Connection, shape: Shape, first: date | None, code: str
) -> Sequence[Group]:
    """Return the groups of what occurred since a day, and of what stands or is near by a rule.

    A near miss may rest on violations before that day, and goes with the version that told it.
    """
    found = dict.fromkeys(_groups_of_violations(connection, shape, first))
    rows = connection.execute(
        select(_E.group_json).where(
            _E.rule_code == code,
            _E.state != EscalationState.RETRACTED,
            (_E.closed_on.is_(None) | (_E.closed_on >= first)) if first else _E.id > 0,
        )
    )
    near = connection.execute(select(_N.group_json).where(_N.rule_code == code))
    groups = (group_from(row.group_json) for row in (*rows, *near))
    found |= dict.fromkeys(group for group in groups if shape_of_group(group) == shape)
    return tuple(found)


def _groups_of_violations(
    connection: Connection, shape: Shape, first: date | None
) -> Iterable[Group]:
    if not shape:
        yield from _whole(connection, first)
        return
    names, statement = _distinct(shape)
    if first is not None:
        statement = statement.where(_V.occurred_on >= first)
    codes = agency_codes(connection) if GroupKey.AGENCY in shape else {}
    for row in connection.execute(statement):
        values = dict(zip(names, row, strict=True))
        agency_id = values.pop("agency_id", None)
        if agency_id is not None:
            values[GroupKey.AGENCY.value] = codes[agency_id]
        if all(values.values()):
            yield tuple(sorted(values.items()))


def _whole(connection: Connection, first: date | None) -> Iterable[Group]:
    """Yield the one group of a rule without keys, where anything occurred."""
    statement = select(_V.id).where(_V.state != ViolationState.OVERTURNED).limit(1)
    if first is not None:
        statement = statement.where(_V.occurred_on >= first)
    if connection.execute(statement).first() is not None:
        yield ()


def _distinct(shape: Shape) -> tuple[list[str], Select[Any]]:
    names = [key.value for key in shape if key is not GroupKey.AGENCY]
    columns: list[Any] = [VALUES[key] for key in shape if key is not GroupKey.AGENCY]
    if GroupKey.AGENCY in shape:
        names += ["agency_id", GroupKey.AGENCY.value]
        columns += [_V.agency_id, _V.agency_text]
    statement = select(*columns).where(_V.state != ViolationState.OVERTURNED).distinct()
    return names, statement
