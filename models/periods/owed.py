"""The periods of a directive that are not settled, as one column beside its row."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Label, String, cast, func, select

from models.directives.rows import DirectiveRow
from models.periods.rows import PeriodRow
from workflow.directives.matters import OwedPeriod
from workflow.periods.records import PeriodState

_PARTS = (PeriodRow.serial, PeriodRow.from_on, PeriodRow.due_on, PeriodRow.state)


def unsettled() -> Label[Any]:
    """Return the column that tells them; nothing where every period is confirmed or not owed."""
    first, begins, due, state = (cast(part, String) for part in _PARTS)
    told = first + " " + begins + " " + due + " " + state
    return (
        select(func.aggregate_strings(told, ","))
        .where(
            PeriodRow.directive_id == DirectiveRow.id,
            PeriodRow.state.in_((PeriodState.OPEN, PeriodState.REPORTED)),
        )
        .scalar_subquery()
        .label("unsettled")
    )


def unsettled_from(told: str | None) -> tuple[OwedPeriod, ...]:
    """Return what the column tells, in the order of the periods."""
    rows = (one.split(" ") for one in told.split(",")) if told else ()
    found = (
        OwedPeriod(
            serial=int(serial),
            from_on=date.fromisoformat(from_on),
            due_on=date.fromisoformat(due_on),
            is_reported=state == PeriodState.REPORTED,
        )
        for serial, from_on, due_on, state in rows
    )
    return tuple(sorted(found, key=lambda one: one.serial))
