"""All that is stored of one rule in columns, beside which a full replay is laid."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Connection, String, bindparam, cast, select

from models.base import table_of
from models.escalation.loading import group_from
from models.escalation.rows import EscalationRaiseRow, EscalationRow, NearMissRow
from models.prepared import Prepared, rows_of
from workflow.escalation.checking import Shelf
from workflow.escalation.columns import Ints
from workflow.escalation.groups import Shape, shape_of_group
from workflow.escalation.records import Group, NearMiss
from workflow.review.records import EscalationState
from workflow.violations.records import engine_id

_E, _R = table_of(EscalationRow).c, table_of(EscalationRaiseRow).c
_NEAR = table_of(NearMissRow)
_STANDS = (_E.rule_code == bindparam("of_rule"), _E.state != EscalationState.RETRACTED)
_ESCALATIONS = Prepared(
    select(
        _E.id, _E.group_key, cast(_E.group_json, String).label("body"), _E.opened_on, _E.closed_on,
        _E.level, _E.raised_on, _E.rule_number, _E.next_change_on,
    ).where(*_STANDS).order_by(_E.id)
)  # fmt: skip
_RAISES = Prepared(
    select(
        _R.escalation_id,
        _R.level,
        _R.on,
        _R.score,
        _R.rule_number,
        cast(_R.violations, String).label("body"),
    )
    .join(table_of(EscalationRow), _E.id == _R.escalation_id)
    .where(*_STANDS, _R.standing.is_(True))
    .order_by(_R.escalation_id, _R.on, _R.level, _R.serial)
)
_NEAR_OF = Prepared(select(_NEAR).where(_NEAR.c.rule_code == bindparam("of_rule")))


def shelf(connection: Connection, code: str, shape: Shape) -> Shelf:
    """Return the standing escalations of a rule whose groups have one shape."""
    rows = _read(connection, _ESCALATIONS, code)
    ids, keys, bodies, opened, closed, levels, raised, versions, later = _columns(rows, 9)
    by_key = dict(zip(keys, bodies, strict=True))
    known = {key: group_from(json.loads(body)) for key, body in by_key.items()}
    places = {key: n for n, (key, g) in enumerate(known.items()) if shape_of_group(g) == shape}
    at = np.array([places.get(key, -1) for key in keys], np.int64)
    ours = np.flatnonzero(at >= 0)
    return Shelf(
        groups=list(known.values()),
        ids=np.array(ids, np.int64)[ours],
        places=at[ours],
        opened=_days(opened)[ours],
        closed=_days(closed)[ours],
        levels=np.array(levels, np.int64)[ours],
        raised=_days(raised)[ours],
        versions=np.array(versions, np.int64)[ours],
        later=_days(later)[ours],
        **_raises(connection, code, np.array(ids, np.int64)[ours]),
    )


def _raises(connection: Connection, code: str, ids: Ints) -> dict[str, Ints]:
    """Return the standing raises of escalations, which are in the order of their ids."""
    of, levels, days, scores, versions, bodies = _columns(_read(connection, _RAISES, code), 6)
    whose = np.array(of, np.int64)
    ours = np.flatnonzero(np.isin(whose, ids))
    if len(ours) < len(whose):
        bodies = [bodies[row] for row in ours.tolist()]
    counts = np.array([body.count(",") + 1 for body in bodies], np.int64)
    listed = ",".join([body.strip("[] ") for body in bodies])
    return {
        "offsets": np.append(np.searchsorted(whose[ours], ids), len(ours)),
        "raise_levels": np.array(levels, np.int64)[ours],
        "raise_days": _days(days)[ours],
        "raise_scores": np.array(scores, np.int64)[ours],
        "raise_versions": np.array(versions, np.int64)[ours],
        "bases": np.append(0, np.cumsum(counts)),
        "violations": np.fromstring(listed, np.int64, sep=",") if listed else counts,
    }


def near_of_rule(connection: Connection, code: str, shape: Shape) -> dict[Group, NearMiss]:
    """Return the near misses that are kept of a rule, by the groups of one shape."""
    found = (
        NearMiss(
            rule=row.rule_code,
            version=row.rule_number,
            group=group_from(row.group_json),
            score=row.score,
            need=row.need,
            level=row.level,
            next_level=row.next_level,
            until=row.until,
            violations=tuple(map(engine_id, row.violations)),
        )
        for row in _NEAR_OF.rows(connection, {"of_rule": code})
    )
    return {one.group: one for one in found if shape_of_group(one.group) == shape}


def _read(connection: Connection, statement: Prepared, code: str) -> list[Any]:
    form = statement.form(connection.dialect)
    return rows_of(connection, form.text, form.bound({"of_rule": code}))


def _columns(rows: Sequence[Any], width: int) -> Sequence[Sequence[Any]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width


def _days(days: Sequence[Any]) -> Ints:
    """Return ordinals, 0 for no day; SQLite tells days as text."""
    known = {day: _ordinal(day) for day in set(days)}
    return np.array([known[day] for day in days], np.int64)


def _ordinal(day: date | str | None) -> int:
    if day is None:
        return 0
    return (date.fromisoformat(day) if isinstance(day, str) else day).toordinal()
