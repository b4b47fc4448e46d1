"""Between a row of `rule_versions` and the version it holds."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, or_, select

from models.base import table_of
from models.escalation.rows import RuleVersionRow
from models.prepared import Prepared
from workflow.escalation.records import Rule
from workflow.escalation.rulebook import rule_as_data, rule_from
from workflow.escalation.versions import JUDGING, RuleState, StoredVersion

_VERSIONS = table_of(RuleVersionRow)
_JUDGING = Prepared(
    select(_VERSIONS)
    .where(or_(*(_VERSIONS.c.state == state for state in sorted(JUDGING))))
    .order_by(_VERSIONS.c.code, _VERSIONS.c.number)
)


def body_of(rule: Rule) -> dict[str, Any]:
    """Return a rule as its row keeps it: the keys of product.md, section 6."""
    return rule_as_data(rule)


def version_from(row: Row[Any]) -> StoredVersion:
    """Return the version a row holds."""
    return StoredVersion(
        id=row.id,
        number=row.number,
        rule=rule_from(row.body),
        state=RuleState(row.state),
        version=row.version,
        from_on=row.from_on,
        to_on=row.to_on,
        retroactive=row.retroactive,
        retroactive_reason=row.retroactive_reason,
        act=row.act,
        reason=row.reason,
        is_proposal=row.is_proposal,
        drafted_by=row.drafted_by,
        also_drafted_by=tuple(row.also_drafted_by),
        drafted_at=row.drafted_at,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        backtest=row.backtest,
    )


def judging_versions(connection: Connection) -> tuple[StoredVersion, ...]:
    """Return every version that was ever approved, by code and number."""
    return tuple(map(version_from, _JUDGING.rows(connection, {})))
