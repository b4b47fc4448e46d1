"""Near misses as the last evaluation of each group left them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.escalation.occurrences import in_parts
from models.escalation.rows import NearMissRow
from workflow.escalation.groups import digest_of_group, value_in
from workflow.escalation.records import Group, GroupKey, NearMiss

_NEAR = table_of(NearMissRow)
AT_ONCE = 500


def keep_near(
    connection: Connection,
    looked_at: Sequence[tuple[str, Sequence[Group]]],
    near: Sequence[NearMiss],
) -> None:
    """Keep the near misses of groups that were looked at, by rule, instead of what stood."""
    for code, groups in looked_at:
        keys = [digest_of_group(group) for group in groups]
        for part in in_parts(keys, AT_ONCE):
            connection.execute(
                delete(_NEAR).where(_NEAR.c.rule_code == code, _NEAR.c.group_key.in_(part))
            )
    if near:
        codes = {value_in(one.group, GroupKey.AGENCY) for one in near}
        rows = connection.execute(
            select(AgencyRow.code, AgencyRow.id).where(AgencyRow.code.in_(codes))
        )
        ids = {row.code: row.id for row in rows}
        connection.execute(insert(_NEAR), [_values(one, ids) for one in near])


def _values(one: NearMiss, ids: dict[str, int]) -> dict[str, Any]:
    return {
        "rule_code": one.rule,
        "group_key": digest_of_group(one.group),
        "rule_number": one.version,
        "group_json": dict(one.group),
        "agency_id": ids.get(value_in(one.group, GroupKey.AGENCY)),
        "score": one.score,
        "need": one.need,
        "level": one.level,
        "next_level": one.next_level,
        "until": one.until,
        "violations": [int(violation) for violation in one.violations],
    }
