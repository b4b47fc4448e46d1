"""An officer writes an act; clerk or head finds it filled in, puts it right and sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from workflow.accounts.records import Actor
from workflow.directives.asked import FILES, LETTER, PAPER, PAPER_IF_ANY
from workflow.directives.drafts import DRAFTABLE
from workflow.directives.given import read_given
from workflow.directives.guards import Case
from workflow.directives.needs import Given
from workflow.directives.notices import drafted
from workflow.directives.ports import DirectiveMemory
from workflow.directives.records import Action
from workflow.directives.row import Row
from workflow.directives.rules import refusal_to
from workflow.directives.standing import of_who_sends
from workflow.directives.table import BY_ACTION
from workflow.directives.usecases import Ground, look_at
from workflow.doors import Refusal, raise_shut, raise_wrong
from workflow.errors import Forbidden, Stale
from workflow.history.records import Subject
from workflow.history.rules import entry_by, routing_key

_BEFORE_SIGNING = {PAPER: PAPER_IF_ANY, LETTER: FILES}
"""What is asked instead while nobody signed it."""


def as_written(action: Action) -> Row:
    """Return what an act asks of an officer who writes it.

    A letter gets its number and its signature after that: whoever sends it is asked for both.
    """
    row = BY_ACTION[action]
    return replace(row, needs=tuple(_BEFORE_SIGNING.get(need, need) for need in row.needs))


def refusal_of_draft(action: Action, case: Case) -> Refusal | None:
    """Return why an officer may not write this act now, or None.

    It is open to them where it is open to those who send it (product.md, section 3).
    """
    row = BY_ACTION[action]
    held = of_who_sends(case.actor, case.directive, case.day)
    if action not in DRAFTABLE or not held:
        return Refusal(code="not_yours", params={"who": list(row.by)})
    return refusal_to(row, case, held)


def raise_if_not_to_draft(action: Action, case: Case) -> None:
    """Raise Forbidden or Refused with the reason why an officer may not write this act."""
    raise_shut(refusal_of_draft(action, case), action=action)


def draft_act(
    memory: DirectiveMemory,
    actor: Actor,
    number: str,
    action: Action,
    given: Mapping[str, object],
    *,
    ground: Ground,
    version: int | None = None,
) -> None:
    """Keep an act as an officer wrote it, for clerk or head to send, in one transaction.

    What is sent later is judged then; what can be seen to be wrong today is told today. What
    stood before of the same act is replaced. Neither the directive nor its history changes.
    """
    directive, _ = look_at(memory, actor, number, ground.day)
    case = Case(
        directive=directive, actor=actor, day=ground.day, calendar=ground.calendar,
        limits=ground.limits,
    )  # fmt: skip
    if version is not None and version != directive.version:
        raise Stale("stale", number=number, version=directive.version, seen=version)
    row = as_written(action)
    ready = read_given(memory, row, given, case, raise_if_not_to_draft)
    raise_if_not_to_draft(action, case)
    raise_wrong(row.checks, case, ready)
    _keep(memory, case, action, ready, ground)


def _keep(
    memory: DirectiveMemory, case: Case, action: Action, given: Given, ground: Ground
) -> None:
    actor, directive = case.actor, case.directive
    if actor.agency_id is None:
        raise Forbidden("not_yours", who=[])
    memory.keep_draft(directive, action, given, actor, ground.at)
    key = routing_key(directive.number, actor.agency_id)
    entry = entry_by(
        actor, ground.at, Subject.ROUTING, key, Action.PREPARE, given=given.for_history()
    )
    memory.append(replace(entry, given={**entry.given, "prepared_act": action.value}))
    memory.post_all([drafted(directive, action, actor.agency_id, actor.name, ground.at)])
