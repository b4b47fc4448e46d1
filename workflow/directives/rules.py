"""What may be done to a directive now, why not, and what doing it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from workflow.directives.changes import Change
from workflow.directives.effects import nothing_waits
from workflow.directives.guards import Case
from workflow.directives.needs import Given
from workflow.directives.pausing import part_goes_on
from workflow.directives.records import Action, Directive, State
from workflow.directives.row import Row
from workflow.directives.standing import Standing, standings
from workflow.directives.table import BY_ACTION, TABLE
from workflow.directives.tracked import TRACKED
from workflow.doors import Door, Refusal, first_refusal, lifecycle_of, raise_shut, raise_wrong
from workflow.history.records import Plain
from workflow.history.rules import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one action did: the directive after it, and the change to be kept."""

    directive: Directive
    change: Change
    before: dict[str, Plain] = field(default_factory=dict)
    after: dict[str, Plain] = field(default_factory=dict)


LIFECYCLE = lifecycle_of(State, TABLE)


def refusal_of(action: Action, case: Case) -> Refusal | None:
    """Return why `action` is shut in this case, or None when it is open.

    Asked in this order: the role is held on the day, the person's standing, the state,
    then the row's own guards.
    """
    return refusal_to(BY_ACTION[action], case, standings(case.actor, case.directive, case.day))


def refusal_to(row: Row, case: Case, held: frozenset[Standing]) -> Refusal | None:
    """Return why a row is shut for who has these standings, or None when it is open."""
    if not held and not case.actor.holds_role_on(case.day):
        return Refusal(code="role_not_held")
    if held.isdisjoint(row.by):
        return Refusal(code="not_yours", params={"who": who_may(row, case.directive)})
    if case.directive.state not in row.to:
        return Refusal(code="wrong_state", params={"state": case.directive.state})
    return first_refusal(row.guards, case)


def who_may(row: Row, directive: Directive) -> list[Standing]:
    """Return the standings that could do it, for the sentence of a refusal."""
    del directive
    return list(row.by)


def doors(case: Case) -> tuple[Door[Action], ...]:
    """Return every action in the table's order, open or shut with its reason.

    It is the same judgement that `take` makes of the click.
    """
    held = standings(case.actor, case.directive, case.day)
    return tuple(Door(action=row.action, refusal=refusal_to(row, case, held)) for row in TABLE)


def take(action: Action, case: Case, given: Given, at: datetime) -> Step:
    """Judge and carry out `action`: Forbidden, Refused or Invalid, or the step it makes."""
    raise_if_shut(action, case)
    row = BY_ACTION[action]
    raise_wrong(row.checks, case, given)
    return _step(row, case, row.effect(case, given), at)


def raise_if_shut(action: Action, case: Case) -> None:
    """Raise Forbidden or Refused with the door's reason when `action` is shut."""
    raise_shut(refusal_of(action, case), action=action)


def _step(row: Row, case: Case, change: Change, at: datetime) -> Step:
    directive = case.directive
    moved = State(LIFECYCLE.advance(directive.state.value, row.action.value, case))
    target = row.to[directive.state]
    assert moved is target  # noqa: S101 - machine and table are one
    fields = dict(change.fields) | {"state": moved}
    if target is State.REPORTED and directive.state is not State.REPORTED:
        fields["reported_at"] = at
    return _changed(directive, change, fields)


def ended(directive: Directive) -> Step:
    """Return the step that ends a part because the directive above it ended."""
    return _changed(directive, Change(), nothing_waits() | {"state": State.WITHDRAWN})


def _part_ended(case: Case, part: Directive, above: Directive) -> Step | None:
    del case, above
    return ended(part)


def _part_paused(case: Case, part: Directive, above: Directive) -> Step | None:
    """A part whose report waits, or that was paused before, stays as it is."""
    del above
    waits = part.is_suspended or part.state not in BY_ACTION[Action.SUSPEND].to
    return None if waits else _changed(part, Change(), {"suspended_since": case.day})


def _part_goes_on(case: Case, part: Directive, above: Directive) -> Step | None:
    """A part that was paused with the work above it goes on with it."""
    if part.suspended_since is None or part.suspended_since != case.directive.suspended_since:
        return None
    return _changed(part, Change(), part_goes_on(case, part, above=above))


FAMILY: Mapping[Action, Callable[[Case, Directive, Directive], Step | None]] = {
    Action.WITHDRAW: _part_ended,
    Action.SUSPEND: _part_paused,
    Action.RESUME: _part_goes_on,
}
"""What reaches every open part below: the step each makes, or None where it stays as it is."""


def moved(directive: Directive, fields: dict[str, object]) -> Step | None:
    """Return the step that gives tracked fields other values by law; None where none differs."""
    step = _changed(directive, Change(), fields)
    return step if step.change.fields else None


def changed_by(directive: Directive, fields: dict[str, object]) -> Step:
    """Return the step of an act of another feature on a directive: no row of the table.

    Each act raises the version, whatever it changes of the row.
    """
    return _changed(directive, Change(), fields)


def _changed(directive: Directive, change: Change, fields: dict[str, object]) -> Step:
    changed = {k: v for k, v in fields.items() if getattr(directive, k) != v}
    return Step(
        directive=replace(directive, **changed, version=directive.version + 1),  # type: ignore[arg-type]
        change=replace(change, fields=changed),
        before={name: plain(getattr(directive, name)) for name in changed},
        after={name: plain(value) for name, value in changed.items()},
    )


def snapshot(directive: Directive) -> dict[str, Plain]:
    """Return every tracked field as the history writes it; folding must give the same."""
    return {name: plain(getattr(directive, name)) for name in TRACKED}
