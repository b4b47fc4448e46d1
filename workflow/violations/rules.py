"""What may be done to a violation now, why not, and what doing it makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workflow.directives.guards import Refusal
from workflow.errors import Forbidden, Refused
from workflow.machine import Lifecycle, Path
from workflow.violations.guards import Case
from workflow.violations.records import Cause, Violation, ViolationAction, ViolationState
from workflow.violations.standing import standings
from workflow.violations.table import BY_ACTION, TABLE

NOT_THEIRS = frozenset({"not_yours", "role_not_held"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """An act as a page shows it: open, or shut with its reason."""

    action: ViolationAction
    refusal: Refusal | None = None

    @property
    def is_open(self) -> bool:
        """Whether the act may be done now."""
        return self.refusal is None


def _guards_pass(action: str, case: object) -> bool:
    assert isinstance(case, Case)  # noqa: S101 - the machine hands back what it was given
    return _first_refusal(ViolationAction(action), case) is None


LIFECYCLE = Lifecycle(
    [state.value for state in ViolationState],
    (
        Path(row.action.value, source.value, target.value)
        for row in TABLE
        for source, target in row.to.items()
    ),
    _guards_pass,
)


def _first_refusal(action: ViolationAction, case: Case) -> Refusal | None:
    return next((found for guard in BY_ACTION[action].guards if (found := guard(case))), None)


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
    return _first_refusal(action, case)


def doors(case: Case) -> tuple[Door, ...]:
    """Return every act in the table's order, open or shut with its reason.

    It is the same judgement that `stepped` makes of the click.
    """
    return tuple(Door(action=row.action, refusal=refusal_of(row.action, case)) for row in TABLE)


def raise_if_shut(action: ViolationAction, case: Case) -> None:
    """Raise Forbidden or Refused with the door's reason when `action` is shut."""
    refusal = refusal_of(action, case)
    if refusal:
        kind = Forbidden if refusal.code in NOT_THEIRS else Refused
        raise kind(refusal.code, action=action, **refusal.params)


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
