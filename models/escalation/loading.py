"""Escalations and their raises, as evaluation compares them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from models.base import table_of
from models.escalation.occurrences import in_parts
from models.escalation.rows import EscalationRaiseRow, EscalationRow
from workflow.escalation.groups import digest_of_group
from workflow.escalation.records import Group, Raise
from workflow.escalation.stored import Stored
from workflow.review.records import EscalationState
from workflow.violations.records import engine_id

_ESCALATIONS = table_of(EscalationRow)
_RAISES = table_of(EscalationRaiseRow)
_BY_GROUP = (
    select(_ESCALATIONS)
    .where(_ESCALATIONS.c.group_key.in_(bindparam("keys", expanding=True)))
    .order_by(_ESCALATIONS.c.id)
)
_RAISES_OF = (
    select(_RAISES)
    .where(
        _RAISES.c.escalation_id.in_(bindparam("ids", expanding=True)), _RAISES.c.standing.is_(True)
    )
    .order_by(_RAISES.c.escalation_id, _RAISES.c.on, _RAISES.c.level, _RAISES.c.serial)
)
AT_ONCE = 500


def stored_of_groups(
    connection: Connection, groups: Iterable[Group], *, for_update: bool = False
) -> tuple[Stored, ...]:
    """Return the escalations of some groups, without their raises.

    `for_update` waits for whoever acts on one of them, in the order of their ids.
    """
    keys = sorted({digest_of_group(group) for group in groups})
    statement = _BY_GROUP.with_for_update() if for_update else _BY_GROUP
    return tuple(
        stored_from(row)
        for part in in_parts(keys, AT_ONCE)
        for row in connection.execute(statement, {"keys": list(part)})
    )


def raises_of(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[Raise, ...]]:
    """Return the standing raises of some escalations, by day."""
    found: dict[int, list[Raise]] = {}
    for part in in_parts(ids, AT_ONCE):
        for row in connection.execute(_RAISES_OF, {"ids": list(part)}):
            found.setdefault(row.escalation_id, []).append(raise_from(row))
    return {key: tuple(raises) for key, raises in found.items()}


def raise_from(row: Row[Any]) -> Raise:
    """Return the raise a row holds."""
    return Raise(
        level=row.level,
        on=row.on,
        score=row.score,
        violations=tuple(engine_id(key) for key in row.violations),
        version=row.rule_number,
    )


def group_from(pairs: dict[str, str]) -> Group:
    """Return the group a row holds."""
    return tuple(sorted(pairs.items()))


def stored_from(row: Row[Any], raises: tuple[Raise, ...] = ()) -> Stored:
    """Return the escalation a row holds."""
    before = row.state_before_retraction
    return Stored(
        id=row.id,
        number=row.number,
        version=row.version,
        state=EscalationState(row.state),
        before_retraction=EscalationState(before) if before else None,
        rule=row.rule_code,
        rule_number=row.rule_number,
        group=group_from(row.group_json),
        agency_id=row.agency_id,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        level=row.level,
        raised_on=row.raised_on,
        next_change_on=row.next_change_on,
        holder_id=row.holder_id,
        holder_since=row.holder_since,
        answer_by=row.answer_by,
        raises=raises,
    )
