"""What was known of violations on an earlier day (product.md §6).

A violation that was recorded since is not there; one that changed since says what it said.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Subquery, literal, select, union_all

from models.base import table_of
from models.violations.rows import ViolationRow, ViolationStateRow

_V = table_of(ViolationRow).c
_OLD = table_of(ViolationStateRow).c
FACTS = (
    "state", "agency_id", "agency_text", "field_text", "procedure_code", "officer",
    "occurred_at", "occurred_on",
)  # fmt: skip


def known_at(at: datetime, name: str = "known") -> Subquery:
    """Return the violations as they were known at `at`, as a table to select from.

    Its columns are id, type and `FACTS`: each violation known then, once.
    """
    then = literal(at, _V.known_from.type)
    now = select(_V.id, _V.type, *(_V[name] for name in FACTS)).where(_V.known_from <= then)
    before = (
        select(_V.id, _V.type, *(_OLD[name] for name in FACTS))
        .join(ViolationStateRow, _OLD.violation_id == _V.id)
        .where(_OLD.at <= then, _OLD.until > then)
    )
    return union_all(now, before).subquery(name)
