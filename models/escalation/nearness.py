"""Near misses as the last evaluation of each group left them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete

from models.agencies.codes import ids_of
from models.agencies.rows import AgencyRow
from models.base import table_of
from models.bulk import add_rows
from models.escalation.rows import NearMissRow
from models.listing import among
from models.prepared import Prepared
from workflow.escalation.groups import digest_of_group, value_in
from workflow.escalation.records import Group, GroupKey, NearMiss

_NEAR, _AGENCIES = table_of(NearMissRow), table_of(AgencyRow)
_GONE = Prepared(
    delete(_NEAR).where(_NEAR.c.rule_code == bindparam("of_rule"), among(_NEAR.c.group_key, "keys"))
)


def keep_near(
    connection: Connection,
    looked_at: Sequence[tuple[str, Sequence[Group]]],
    near: Sequence[NearMiss],
) -> None:
    """Keep the near misses of groups that were looked at, by rule, instead of what stood."""
    for code, groups in looked_at:
        keys = [digest_of_group(group) for group in groups]
        _GONE.run(connection, {"of_rule": code, "keys": keys})
    if near:
        ids = ids_of(connection, {value_in(one.group, GroupKey.AGENCY) for one in near})
        add_rows(connection, _NEAR, [_values(one, ids) for one in near])


def _values(one: NearMiss, ids: Mapping[str, int]) -> dict[str, Any]:
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
