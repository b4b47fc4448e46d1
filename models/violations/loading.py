"""How a violation is read with the facts its guards need."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.violations.rows import ViolationRow
from workflow.violations.records import (
    Cause,
    Severity,
    Violation,
    ViolationSource,
    ViolationState,
)

_V = table_of(ViolationRow).c
_COPIED = (
    "id", "type", "version", "occurred_at", "occurred_on", "recorded_at", "agency_id",
    "agency_text", "field_text", "procedure_code", "officer", "dossier_id", "directive_id",
    "serial", "after_the_fact", "reason", "recorded_by", "contested_by",
)  # fmt: skip
FACTS = (
    *(_V[name] for name in (*_COPIED, "state", "state_before", "cause", "source", "severity")),
    AgencyRow.code.label("agency_code"),
    AgencyRow.name.label("agency_name"),
    AgencyRow.path.label("agency_path"),
)
"""The columns a violation is made of."""
LOAD = (
    select(*FACTS)
    .select_from(table_of(ViolationRow))
    .outerjoin(AgencyRow, AgencyRow.id == _V.agency_id)
)


def violation_from(row: Row[*tuple[Any, ...]]) -> Violation:
    """Return the violation a row holds."""
    return Violation(
        **{name: getattr(row, name) for name in _COPIED},
        state=ViolationState(row.state),
        state_before=ViolationState(row.state_before) if row.state_before else None,
        cause=Cause(row.cause) if row.cause else None,
        source=ViolationSource(row.source),
        severity=Severity(row.severity),
        agency_code=row.agency_code or "",
        agency_name=row.agency_name or row.agency_text,
        agency_path=row.agency_path or "",
    )
