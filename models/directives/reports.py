"""Writing the reports of a directive: filed, and how they ended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update

from models.base import table_of
from models.directives.rows import ReportRow
from models.prepared import Prepared
from workflow.accounts.records import Actor
from workflow.directives.needs import Given
from workflow.directives.records import Action, Directive

_REPORTS = table_of(ReportRow)
_NEXT_REPORT = select(func.coalesce(func.max(_REPORTS.c.serial), 0) + 1).where(
    _REPORTS.c.directive_id == bindparam("of_directive")
)
ADD_REPORT = Prepared(
    insert(_REPORTS).values(
        {column.name: bindparam(column.name) for column in _REPORTS.c if column.name != "id"}
        | {"serial": _NEXT_REPORT.scalar_subquery()}
    )
)
END_REPORT = Prepared(
    update(_REPORTS)
    .where(_REPORTS.c.directive_id == bindparam("of_directive"), _REPORTS.c.outcome == "pending")
    .values(
        outcome=bindparam("new_outcome"),
        outcome_reason=bindparam("why"),
        ended_at=bindparam("at"),
    )
)
OUTCOMES = {
    Action.RECALL: "recalled",
    Action.RETURN: "returned",
    Action.VERIFY: "verified",
    Action.AMEND: "overtaken",
    Action.WITHDRAW: "overtaken",
}
"""How the report that waits ends by an act."""


def filed(directive: Directive, given: Given, actor: Actor, at: datetime) -> dict[str, object]:
    """Return the values of `ADD_REPORT`: a report is filed, and waits."""
    return {
        "directive_id": directive.id,
        "of_directive": directive.id,
        "result": given.text("result"),
        "report_number": given.text("report_number"),
        "report_date": given.day("report_date"),
        "signer": given.text("signer"),
        "received_on": given.day("received_on"),
        "arrival_number": given.text("arrival_number"),
        "figure": given.number("figure"),
        "own_figure": given.number("own_figure"),
        "numerator": given.number("numerator"),
        "denominator": given.number("denominator"),
        "open_parts_reason": given.text("open_parts_reason"),
        "filed_by": actor.account_id,
        "filed_at": at,
        "outcome": "pending",
        "outcome_reason": "",
        "ended_at": None,
    }


def ended(directive: Directive, action: Action, given: Given, at: datetime) -> dict[str, object]:
    """Return the values of `END_REPORT`: the report that waits ended by this act."""
    return {
        "of_directive": directive.id,
        "new_outcome": OUTCOMES[action],
        "why": given.text("reason") or given.text("comment"),
        "at": at,
    }
