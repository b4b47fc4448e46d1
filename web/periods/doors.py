"""What a person may do to a period now, and what not, and why; said before anyone clicks."""

from __future__ import annotations

from flask import url_for

from web.directives.doors import Doors, Open, Shut
from web.labels import label
from web.refusals import sentence
from workflow.doors import NOT_THEIRS, Door
from workflow.periods.guards import PeriodCase
from workflow.periods.records import PeriodAction, PeriodState
from workflow.periods.rules import doors

FIRST = (PeriodAction.CONFIRM, PeriodAction.REPORT, PeriodAction.RECORD)
"""The one main act is the first of these that is open."""
LOOKED_FOR = {
    PeriodState.OPEN: PeriodAction.REPORT,
    PeriodState.REPORTED: PeriodAction.CONFIRM,
}
"""What somebody would look for in a state, and wants to hear about even if it is not theirs."""
SAID_ONCE = NOT_THEIRS | {"period_wrong_state"}


def doors_of(case: PeriodCase) -> Doors:
    """Return the doors that the case's actor finds at the period."""
    found = {door.action: door for door in doors(case)}
    main = next((action for action in FIRST if found[action].is_open), None)
    opened = [_open(case, door, primary=door.action is main) for door in found.values()
              if door.is_open]  # fmt: skip
    shut = [_shut(door) for door in found.values() if _is_told(door, case.period.state)]
    return Doors(
        open=tuple(sorted(opened, key=lambda door: not door.primary)),
        shut=tuple(shut),
        judges_evidence=False,
    )


def _open(case: PeriodCase, door: Door[PeriodAction], *, primary: bool) -> Open:
    return Open(
        code=door.action.value,
        label=label(door.action, "period_action"),
        url=url_for(
            "periods.act",
            number=case.directive.number,
            serial=case.period.serial,
            action=door.action.value,
        ),
        one_click=False,
        primary=primary,
    )


def _is_told(door: Door[PeriodAction], state: PeriodState) -> bool:
    if door.refusal is None:
        return False
    return door.refusal.code not in SAID_ONCE or LOOKED_FOR.get(state) is door.action


def _shut(door: Door[PeriodAction]) -> Shut:
    assert door.refusal is not None  # noqa: S101 - asked by the caller
    return Shut(
        code=door.action.value,
        label=label(door.action, "period_action"),
        reason=sentence(door.refusal.code, door.refusal.params),
        reason_code=door.refusal.code,
    )
