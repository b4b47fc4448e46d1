"""Why a rule says nothing about a group, over everything that is stored of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, false, select

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.escalation.backtests import successors_on
from models.escalation.book import in_force_on, versions_of
from models.escalation.occurrences import VALUES, agency_codes
from models.escalation.queries import Scope
from models.violations.rows import ViolationRow
from workflow.agencies.successors import Successors
from workflow.escalation.groups import value_in
from workflow.escalation.records import Group, GroupKey, Occurrence, Silence
from workflow.escalation.silence import silence
from workflow.escalation.versions import StoredVersion
from workflow.violations.records import ViolationState, engine_id

_V = table_of(ViolationRow).c
MOST = 5_000
"""So many violations of a group are looked at; what lies further back is in no window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A silence with the rule it is about; `in_force` None: no version judges the day."""

    rule: StoredVersion
    in_force: StoredVersion | None
    group: Group
    silence: Silence
    moments: dict[str, datetime]


def silence_of(
    connection: Connection, scope: Scope, code: str, group: Group, day: date
) -> Explained | None:
    """Explain one rule's silence about one group; None for no such rule, or out of scope."""
    versions = versions_of(connection, code)
    if not versions or not _in_scope(connection, scope, group):
        return None
    successors = successors_on(connection, day)
    occurrences = _occurrences(connection, group, successors)
    judging = [one.as_version() for one in versions if one.judges]
    in_force = in_force_on(versions, day)
    return Explained(
        rule=in_force or versions[0],
        in_force=in_force,
        group=group,
        silence=silence(judging, group, occurrences, day),
        moments={one.id: one.occurred_at for one in occurrences},
    )


def _in_scope(connection: Connection, scope: Scope, group: Group) -> bool:
    """Whether a reader may ask about a group: within a scope only of an agency inside it."""
    if not scope.path:
        return True
    code = value_in(group, GroupKey.AGENCY)
    found = select(AgencyRow.id).where(AgencyRow.code == code, scope.covers(AgencyRow.id))
    return connection.execute(found).first() is not None


def _occurrences(connection: Connection, group: Group, successors: Successors) -> list[Occurrence]:
    """Return the violations of a group, and those that only lack a value of it."""
    codes = agency_codes(connection)
    where = [_matches(key, value, codes, successors) for key, value in group]
    rows = connection.execute(
        select(
            _V.id, _V.type, _V.agency_id, _V.agency_text, _V.field_text,
            _V.procedure_code, _V.officer, _V.occurred_at, _V.state,
        ).where(*where).order_by(_V.occurred_on.desc(), _V.id.desc()).limit(MOST)
    )  # fmt: skip
    return [_occurrence(row, codes, successors) for row in rows]


def _matches(
    key: str, value: str, codes: dict[int, str], successors: Successors
) -> ColumnElement[bool]:
    if key == GroupKey.AGENCY:
        under = {*successors.counted_under(value)}
        ids = [agency_id for agency_id, code in codes.items() if code in under]
        named = _V.agency_id.is_(None) & _V.agency_text.in_([value, ""])
        return (_V.agency_id.in_(ids) if ids else false()) | named
    return VALUES[GroupKey(key)].in_([value, ""])


def _occurrence(row: Any, codes: dict[int, str], successors: Successors) -> Occurrence:
    agency = row.agency_text if row.agency_id is None else codes[row.agency_id]
    return Occurrence(
        id=engine_id(row.id),
        type=row.type,
        agency=successors.code(agency) if agency else "",
        field=row.field_text,
        procedure=row.procedure_code,
        officer=row.officer,
        occurred_at=row.occurred_at,
        overturned=row.state == ViolationState.OVERTURNED,
    )
