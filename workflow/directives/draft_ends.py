"""What becomes of an officer's draft: sent, given back, or needed by nobody any more."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.accounts.records import Actor
from workflow.directives.drafts import goes_back
from workflow.directives.matters import Draft, PreparedState
from workflow.directives.needs import Given
from workflow.directives.records import Action, Directive
from workflow.directives.table import BY_ACTION

_ITEMS = ("request", "proposed")
"""What of another agency a draft answers: it falls with it."""
_OF_LEAD = frozenset({Action.DECLINE, Action.REQUEST_EXTENSION, Action.REQUEST_INPUT})


def ended_drafts(
    before: Directive, after: Directive, action: Action, given: Given, actor: Actor
) -> Iterator[tuple[Draft, PreparedState]]:
    """Yield each draft that an act ends, with how it ended."""
    for one in before.drafts:
        state = _end_of(one, before, after, action, given, actor) if one.stands else None
        if state is not None:
            yield one, state


def _end_of(
    one: Draft, before: Directive, after: Directive, action: Action, given: Given, actor: Actor
) -> PreparedState | None:
    ours = one.agency_id == actor.agency_id
    if ours and action == one.act and _is_of_same(one, given):
        return PreparedState.SUBMITTED
    if ours and action is Action.GIVE_BACK:
        back = one.id in goes_back(before, given, actor.agency_id)
        return PreparedState.RETURNED if back else None
    return None if _is_needed(one, after, action, given) else PreparedState.LAPSED


def _is_of_same(one: Draft, given: Given) -> bool:
    """Whether what is sent answers the same request or proposal as the draft."""
    return all(one.said.get(name) in (None, given.whole(name)) for name in _ITEMS)


def _is_needed(one: Draft, after: Directive, action: Action, given: Given) -> bool:
    act = Action(one.act)
    if after.state not in BY_ACTION[act].to:
        return False
    if action is Action.TAKE_BACK_INPUT and one.said.get("request") == given.whole("asked_input"):
        return False
    if act in _OF_LEAD:
        return one.agency_id == after.lead_agency_id
    here = {after.lead_agency_id, after.handed_by_id, *after.coordinating}
    return one.agency_id in here
