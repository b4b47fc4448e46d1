"""What a case is called and how it stands, for notices that tell only its number."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, and_, func, select

from models.agencies.rows import AgencyRow
from models.escalation.rows import EscalationRow, RuleVersionRow
from models.review.queries import visible_to
from workflow.accounts.records import Actor
from workflow.review.records import EscalationState


class CaseCalled(NamedTuple):
    """How a case stands, what its violations are gathered by, and what its rule is called."""

    state: EscalationState
    agency_name: str
    group: Mapping[str, str]
    title: str


def cases_called(
    connection: Connection, actor: Actor, day: date, numbers: Collection[str]
) -> Mapping[str, CaseCalled]:
    """Return those of the cases that `actor` reads on `day`, by number."""
    if not numbers:
        return {}
    rows = connection.execute(
        select(
            EscalationRow.number,
            EscalationRow.state,
            func.coalesce(AgencyRow.name, ""),
            EscalationRow.group_json,
            RuleVersionRow.body,
        )
        .outerjoin(AgencyRow, AgencyRow.id == EscalationRow.agency_id)
        .outerjoin(
            RuleVersionRow,
            and_(
                RuleVersionRow.code == EscalationRow.rule_code,
                RuleVersionRow.number == EscalationRow.rule_number,
            ),
        )
        .where(EscalationRow.number.in_(sorted(numbers)), visible_to(actor, day))
    )
    return {
        number: CaseCalled(state, name, group, str((body or {}).get("title", "")))
        for number, state, name, group, body in rows
    }
