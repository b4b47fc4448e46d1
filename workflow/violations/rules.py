"""What may be done to a violation now, why not, and what doing it makes of it."""

from __future__ import annotations

from dataclasses import replace

from workflow.doors import Door, Refusal, first_refusal, lifecycle_of, raise_shut
from workflow.violations.guards import Case
from workflow.violations.records import Cause, Violation, ViolationAction, ViolationState
from workflow.violations.standing import standings
from workflow.violations.table import BY_ACTION, TABLE

LIFECYCLE = lifecycle_of(ViolationState, TABLE)


def refusal_of(action: ViolationAction, case: Case) -> Refusal | None:
    """Return why `action` is shut in this case, or None when it is open.

    Asked in this order: the role is held on the day, what the person is to the violation,
    the state, then the row's own guards.
    """
    row = BY_ACTION[action]
    if not case.actor.holds_role_on(case.day):
        return Refusal(code="role_not_held")
    if row.by not in standings(case.actor, case.violation):
        return Refusal(code="not_yours", params={"who": [row.by]})
    if case.violation.state not in row.to:
        return Refusal(code="violation_wrong_state", params={"state": case.violation.state})
    return first_refusal(row.guards, case)


def doors(case: Case) -> tuple[Door[ViolationAction], ...]:
    """Return every act in the table's order, open or shut with its reason.

    It is the same judgement that `stepped` makes of the click.
    """
    return tuple(Door(action=row.action, refusal=refusal_of(row.action, case)) for row in TABLE)


def raise_if_shut(action: ViolationAction, case: Case) -> None:
    """Raise Forbidden or Refused with the door's reason when `action` is shut."""
    raise_shut(refusal_of(action, case), action=action)


def stepped(action: ViolationAction, case: Case, reason: str) -> Violation:
    """Return the violation after `action`; Forbidden or Refused when its door is shut."""
    raise_if_shut(action, case)
    before = case.violation
    target = ViolationState(LIFECYCLE.advance(before.state.value, action.value, case))
    falls = target is ViolationState.OVERTURNED
    contester = before.contested_by
    if action is ViolationAction.CONTEST:
        contester = case.actor.account_id
    return replace(
        before,
        state=target,
        state_before=before.state if falls else None,
        cause=Cause.JUDGED if falls else None,
        reason=reason,
        contested_by=contester,
        version=before.version + 1,
    )


def counts_differently(before: Violation, after: Violation) -> bool:
    """Whether the change lets the violation count where it did not, or the other way round."""
    return (before.state is ViolationState.OVERTURNED) != (after.state is ViolationState.OVERTURNED)
