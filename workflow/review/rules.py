"""What may be done to a case now, why not, and what doing it changes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from workflow.directives.needs import Given
from workflow.doors import (
    NOT_THEIRS,
    Door,
    Refusal,
    first_refusal,
    lifecycle_of,
    raise_shut,
    raise_wrong,
)
from workflow.history.records import Plain
from workflow.history.rules import plain
from workflow.review.guards import Case
from workflow.review.records import Change, Escalation, EscalationState, ReviewAction
from workflow.review.standing import relations
from workflow.review.table import BY_ACTION, TABLE

NOT_THEIR_CASE = NOT_THEIRS | {"conflict_of_interest"}
"""Refusals that no other day or state would change for this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one act did: the case after it, and the change to be kept."""

    escalation: Escalation
    change: Change
    before: dict[str, Plain] = field(default_factory=dict)
    after: dict[str, Plain] = field(default_factory=dict)


LIFECYCLE = lifecycle_of(EscalationState, TABLE)


def refusal_of(action: ReviewAction, case: Case) -> Refusal | None:
    """Return why `action` is shut in this case, or None when it is open.

    Asked in this order: the role is held on the day, what the person is to the case, the
    state, then the row's own guards.
    """
    row = BY_ACTION[action]
    if not case.actor.holds_role_on(case.day):
        return Refusal(code="role_not_held")
    if relations(case.actor, case.escalation, case.organisation).isdisjoint(row.by):
        return Refusal(code="not_yours", params={"who": list(row.by)})
    if case.escalation.state not in row.to:
        return Refusal(code="wrong_case_state", params={"state": case.escalation.state})
    return first_refusal(row.guards, case)


def doors(case: Case) -> tuple[Door[ReviewAction], ...]:
    """Return every act in the table's order, open or shut with its reason."""
    return tuple(Door(action=row.action, refusal=refusal_of(row.action, case)) for row in TABLE)


def take(action: ReviewAction, case: Case, given: Given) -> Step:
    """Judge and carry out `action`: Forbidden, Refused or Invalid, or the step it makes."""
    raise_if_shut(action, case)
    row = BY_ACTION[action]
    raise_wrong(row.checks, case, given)
    change = row.effect(case, given)
    moved = EscalationState(LIFECYCLE.advance(case.escalation.state.value, action.value, case))
    return step_of(case.escalation, replace(change, fields=change.fields | {"state": moved}))


def raise_if_shut(action: ReviewAction, case: Case) -> None:
    """Raise Forbidden or Refused with the door's reason when `action` is shut."""
    raise_shut(
        refusal_of(action, case),
        not_theirs=NOT_THEIR_CASE,
        action=action,
        number=case.escalation.number,
    )


def step_of(escalation: Escalation, change: Change) -> Step:
    """Return the step that a change makes: only the fields that really change."""
    changed = {k: v for k, v in change.fields.items() if getattr(escalation, k) != v}
    return Step(
        escalation=replace(escalation, **changed, version=escalation.version + 1),  # type: ignore[arg-type]
        change=replace(change, fields=changed),
        before={name: plain(getattr(escalation, name)) for name in changed},
        after={name: plain(value) for name, value in changed.items()},
    )
