"""Detection among the dossiers of an import: what just came, what stood, what is settled.

Of a dossier that came in this very transaction nothing is kept yet: what it shows is recorded
as it is found, without being written down in between and laid beside anything. What stood is
laid beside what is kept (`models.violations.detecting`); what is settled is only counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.violations.detecting import OVERTURNED, VIOLATIONS, V, add_shown, detect, hold
from models.violations.finding import DueOn, among, fill_moved, shown_at_first
from workflow.escalation.evaluating import Gathering, Touched
from workflow.escalation.records import GroupKey
from workflow.violations.catalogue import FROM_DOSSIERS
from workflow.violations.ports import Change
from workflow.violations.records import Detected, DossierScope

_A = table_of(AgencyRow)
_KEYS: Mapping[GroupKey, ColumnElement[Any]] = {
    GroupKey.AGENCY: func.coalesce(_A.c.code, V.agency_text),
    GroupKey.FIELD: V.field_text,
    GroupKey.PROCEDURE: V.procedure_code,
    GroupKey.OFFICER: V.officer,
}
"""What a rule can gather by beside the type, which is always told."""

NOTHING: Change = (Detected(), ())


def detect_of_dossiers(
    connection: Connection, scope: DossierScope, day: date, at: datetime, due_on: DueOn
) -> tuple[Detected, Gathering]:
    """Bring the violations of some dossiers to what holds as of `day`; say what changed."""
    done, touched = NOTHING
    if scope.dossier_ids:
        done, touched = detect(connection, scope, day, at, due_on)
    fresh = _record_fresh(connection, scope, day, at, due_on) if scope.fresh else {}
    standing = [
        _standing(connection, ids, day) for ids in (scope.dossier_ids, scope.settled) if ids
    ]

    def gathered(keys: Collection[GroupKey]) -> Iterable[Touched]:
        return chain(touched, _touched(connection, scope.fresh, keys) if fresh else ())

    found = _sum(done.found, fresh)
    return replace(done, found=found, standing=_sum(fresh, *standing)), gathered


def _record_fresh(
    connection: Connection, scope: DossierScope, day: date, at: datetime, due_on: DueOn
) -> dict[str, int]:
    """Record what dossiers that just came show, and count it by type."""
    if scope.off.issuperset(kind.code for kind in FROM_DOSSIERS):
        return {}
    hold(connection)
    moved = fill_moved(connection, scope.fresh, day, due_on)
    shown = shown_at_first(scope.fresh, day, scope.off, moved=moved)
    add_shown(connection, shown, shown, at)
    return _standing(connection, scope.fresh, day)


def _touched(connection: Connection, fresh: range, keys: Collection[GroupKey]) -> Sequence[Touched]:
    """Return the groups that grew, by those keys alone that a rule gathers by."""
    asked = {key.value: told for key, told in _KEYS.items() if key in keys}
    grouped = (V.type, *asked.values())
    rows = connection.execute(
        select(V.type, *(told.label(name) for name, told in asked.items()), func.min(V.occurred_on))
        .select_from(VIOLATIONS.outerjoin(_A, _A.c.id == V.agency_id))
        .where(among(connection, V.dossier_id, fresh))
        .group_by(*grouped)
        .order_by(*grouped)
    )
    return [
        Touched(type=row[0], **dict(zip(asked, row[1:-1], strict=True)), since=row[-1], grew=True)
        for row in rows
    ]


def _standing(connection: Connection, ids: Sequence[int], day: date) -> dict[str, int]:
    rows = connection.execute(
        select(V.type, func.count())
        .where(among(connection, V.dossier_id, ids), V.state != OVERTURNED, V.occurred_on <= day)
        .group_by(V.type)
        .order_by(V.type)
    )
    return {row[0]: row[1] for row in rows}


def _sum(*counts: Mapping[str, int]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return dict(sorted(total.items()))
