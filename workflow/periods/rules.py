"""What may be done to a period now, why not, and what doing it changes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from workflow.directives.effects import who_prepared, with_hand
from workflow.directives.needs import Given
from workflow.directives.records import State
from workflow.directives.standing import standings
from workflow.doors import Door, Refusal, first_refusal, raise_shut, raise_wrong
from workflow.history.records import Plain
from workflow.history.rules import plain
from workflow.periods.guards import PeriodCase
from workflow.periods.records import TOLD, Period, PeriodAction, PeriodState
from workflow.periods.table import BY_ACTION, TABLE, Row

BROUGHT = frozenset({PeriodAction.REPORT, PeriodAction.RECORD})
"""Acts that bring a report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodStep:
    """What one act did: the period after it, and the fields to be kept."""

    period: Period
    fields: dict[str, object]
    before: dict[str, Plain] = field(default_factory=dict)
    after: dict[str, Plain] = field(default_factory=dict)


def refusal_of(action: PeriodAction, case: PeriodCase) -> Refusal | None:
    """Return why `action` is shut in this case, or None when it is open.

    Asked in this order: the role is held on the day, the person's standing, the state of the
    period, then the row's own guards.
    """
    row = BY_ACTION[action]
    if not case.actor.holds_role_on(case.day):
        return Refusal(code="role_not_held")
    if row.by not in standings(case.actor, case.directive, case.day):
        return Refusal(code="not_yours", params={"who": [row.by]})
    if case.period.state is not row.source:
        return Refusal(code="period_wrong_state", params={"period_state": case.period.state})
    return first_refusal(row.guards, case)


def doors(case: PeriodCase) -> tuple[Door[PeriodAction], ...]:
    """Return every act in the table's order, open or shut with its reason.

    It is the same judgement that `take` makes of the click.
    """
    return tuple(Door(action=row.action, refusal=refusal_of(row.action, case)) for row in TABLE)


def raise_if_shut(action: PeriodAction, case: PeriodCase) -> None:
    """Raise Forbidden or Refused with the door's reason when `action` is shut."""
    raise_shut(refusal_of(action, case), action=action)


def take(action: PeriodAction, case: PeriodCase, given: Given, at: datetime) -> PeriodStep:
    """Judge and carry out `action`: Forbidden, Refused or Invalid, or the step it makes."""
    raise_if_shut(action, case)
    row = BY_ACTION[action]
    raise_wrong(row.checks, case, given)
    return _stepped(row, case, given, at)


def _stepped(row: Row, case: PeriodCase, given: Given, at: datetime) -> PeriodStep:
    fields = row.effect(case, given) | {"state": row.target}
    if row.target is PeriodState.REPORTED:
        fields["reported_at"] = at
    period = case.period
    changed = {name: value for name, value in fields.items() if getattr(period, name) != value}
    return PeriodStep(
        period=replace(period, **changed),  # type: ignore[arg-type]
        fields=changed,
        before={TOLD[name]: plain(getattr(period, name)) for name in TOLD if name in changed},
        after={TOLD[name]: plain(changed[name]) for name in TOLD if name in changed},
    )


def left_on_directive(action: PeriodAction, case: PeriodCase, given: Given) -> dict[str, object]:
    """Return what an act on a period changes of its directive.

    A report accepts work that nobody accepted yet. Who reported it, who prepared it, and who
    brought a file to it, had a hand in the work.
    """
    if action not in BROUGHT:
        return {}
    directive, fields = case.directive, dict[str, object]()
    if directive.state is State.ASSIGNED:
        fields |= {"state": State.IN_PROGRESS, "accepted_on": case.day}
    if action is PeriodAction.REPORT or given.files():
        fields["touched_by"] = with_hand(case.of_directive) | who_prepared(case.of_directive)
    return fields
