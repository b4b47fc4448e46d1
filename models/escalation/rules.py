"""Rules as data: what a row's body holds, and the versions that judge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from models.base import table_of
from models.escalation.rows import RuleVersionRow
from workflow.escalation.records import GroupKey, Period, Rule, Window
from workflow.escalation.versions import JUDGING, RuleState, StoredVersion

_VERSIONS = table_of(RuleVersionRow)
_JUDGING = (
    select(_VERSIONS)
    .where(_VERSIONS.c.state.in_(sorted(JUDGING)))
    .order_by(_VERSIONS.c.code, _VERSIONS.c.number)
)


def body_of(rule: Rule) -> dict[str, Any]:
    """Return a rule as its row keeps it: the keys of product.md, section 6."""
    window: dict[str, Any] = (
        {"days": rule.window.days}
        if rule.window.days is not None
        else {"calendar": rule.window.calendar.value if rule.window.calendar else None}
    )
    return {
        "title": rule.title,
        "violation_types": list(rule.violation_types),
        "group_by": [key.value for key in rule.group_by],
        "window": window,
        "levels": list(rule.levels),
        "weights": dict(sorted(rule.weights.items())),
        "repeat_within_days": rule.repeat_within_days,
    }


def rule_of(code: str, body: Mapping[str, Any]) -> Rule:
    """Return the rule a row's body holds."""
    window = body["window"]
    return Rule(
        code=code,
        title=body["title"],
        violation_types=tuple(body["violation_types"]),
        group_by=tuple(GroupKey(key) for key in body["group_by"]),
        window=Window(
            days=window.get("days"),
            calendar=Period(window["calendar"]) if window.get("calendar") else None,
        ),
        levels=tuple(body["levels"]),
        weights=dict(body["weights"]),
        repeat_within_days=body["repeat_within_days"],
    )


def version_from(row: Row[Any]) -> StoredVersion:
    """Return the version a row holds."""
    return StoredVersion(
        id=row.id,
        number=row.number,
        rule=rule_of(row.code, row.body),
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
        drafted_at=row.drafted_at,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        backtest=row.backtest,
    )


def judging_versions(connection: Connection) -> tuple[StoredVersion, ...]:
    """Return every version that was ever approved, by code and number."""
    return tuple(version_from(row) for row in connection.execute(_JUDGING))
