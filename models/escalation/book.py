"""The rule book as pages read it: each rule, its versions, and what judges today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    Text,
    and_,
    cast,
    func,
    select,
)

from models.base import table_of
from models.escalation.rows import EscalationRow, RuleVersionRow
from models.escalation.versions import version_from
from workflow.accounts.records import Actor, Role
from workflow.escalation.versions import RuleState, StoredVersion
from workflow.review.records import EscalationState

_VERSIONS = table_of(RuleVersionRow)
_E = table_of(EscalationRow).c
JSON_NULL = "null"
"""How a backtest that went with a changed text is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRule:
    """A rule as the list shows it: what judges today, what comes, what waits, what fired."""

    code: str
    in_force: StoredVersion | None
    coming: StoredVersion | None
    draft: StoredVersion | None
    last: StoredVersion
    open_cases: int

    @property
    def title(self) -> str:
        """The title of what stands foremost."""
        shown = self.in_force or self.coming or self.draft or self.last
        return shown.rule.title


def rules(connection: Connection, day: date) -> list[ListedRule]:
    """Return every rule by code, in two statements."""
    statement = select(_VERSIONS).order_by(_VERSIONS.c.code, _VERSIONS.c.number)
    by_code: dict[str, list[StoredVersion]] = {}
    for row in connection.execute(statement):
        by_code.setdefault(row.code, []).append(version_from(row))
    ended = (EscalationState.RETRACTED, EscalationState.CLOSED)
    cases = connection.execute(
        select(_E.rule_code, func.count()).where(_E.state.not_in(ended)).group_by(_E.rule_code)
    )
    counts: dict[str, int] = {row.rule_code: row[1] for row in cases}
    return [_listed(code, versions, day, counts) for code, versions in by_code.items()]


def waits_for(actor: Actor, day: date) -> ColumnElement[bool]:
    """Return the condition that a version waits for this person's approval and nothing else.

    It is a draft that was tried on the past, and not drafted by them: four eyes.
    """
    tried = cast(_VERSIONS.c.backtest, Text) != JSON_NULL
    drafters = sorted(actor.people_on(day))
    return and_(
        _VERSIONS.c.state == RuleState.DRAFT, tried, _VERSIONS.c.drafted_by.not_in(drafters)
    )


def counts_beside(actor: Actor, day: date) -> dict[str, ScalarSelect[int]]:
    """Return what a leader's first page counts of the rule book, as a column of its statement."""
    if actor.role is not Role.LEADER:
        return {}
    counted = select(func.count()).select_from(_VERSIONS).where(waits_for(actor, day))
    return {"rules_waiting": counted.scalar_subquery()}


def codes_waiting(connection: Connection, actor: Actor, day: date) -> frozenset[str]:
    """Return the rules a version of which waits for this person's approval."""
    found = connection.execute(select(_VERSIONS.c.code).where(waits_for(actor, day)))
    return frozenset(found.scalars())


def _listed(
    code: str, versions: Sequence[StoredVersion], day: date, counts: dict[str, int]
) -> ListedRule:
    return ListedRule(
        code=code,
        in_force=in_force_on(versions, day),
        coming=next((one for one in versions if _comes(one, day)), None),
        draft=next((one for one in versions if one.state is RuleState.DRAFT), None),
        last=versions[-1],
        open_cases=counts.get(code, 0),
    )


def in_force_on(versions: Sequence[StoredVersion], day: date) -> StoredVersion | None:
    """Return the version that judges a day."""
    return next((one for one in versions if one.is_in_force(day)), None)


def _comes(version: StoredVersion, day: date) -> bool:
    return version.judges and version.from_on is not None and version.from_on > day


def versions_of(connection: Connection, code: str) -> list[StoredVersion]:
    """Return every version of a rule, the newest first."""
    rows = connection.execute(
        select(_VERSIONS).where(_VERSIONS.c.code == code).order_by(_VERSIONS.c.number.desc())
    )
    return [version_from(row) for row in rows]


def version_to_try(
    connection: Connection, code: str, number: int | None, day: date
) -> tuple[StoredVersion | None, StoredVersion | None]:
    """Return a version (by default the draft, else the one in force) and the one in force."""
    versions = versions_of(connection, code)
    in_force = in_force_on(versions, day)
    if number is not None:
        return next((one for one in versions if one.number == number), None), in_force
    draft = next((one for one in versions if one.state is RuleState.DRAFT), None)
    return draft or in_force or (versions[0] if versions else None), in_force
