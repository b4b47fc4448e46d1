"""What a person may do to a case now, and what not, and why; said before anyone clicks."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for

from models.review.desk import OnDesk
from web.directives.doors import Doors, Open, Shut
from web.labels import label
from web.refusals import sentence
from workflow.accounts.records import SUBMITTING_ROLES, Actor, Role
from workflow.doors import NOT_THEIRS, Door
from workflow.review.guards import Case
from workflow.review.records import EscalationState, ReviewAction
from workflow.review.rules import doors
from workflow.review.table import BY_ACTION

FIRST = (
    ReviewAction.ACKNOWLEDGE,
    ReviewAction.EXPLAIN,
    ReviewAction.DECIDE,
    ReviewAction.NOTE_NO_EXPLANATION,
    ReviewAction.REQUEST_EXPLANATION,
    ReviewAction.RECORD_DECISION,
    ReviewAction.PROPOSE,
    ReviewAction.ISSUE_DIRECTIVE,
    ReviewAction.CLOSE,
)
"""The one main act is the first of these that is open."""
AFTER_HEARING = (ReviewAction.PROPOSE,)
"""Once the agency was heard, a proposal comes before another letter; once a directive was
issued, closing comes before another one."""
LOOKED_FOR = {
    EscalationState.RAISED: ReviewAction.ACKNOWLEDGE,
    EscalationState.ACKNOWLEDGED: ReviewAction.REQUEST_EXPLANATION,
    EscalationState.EXPLANATION_REQUESTED: ReviewAction.EXPLAIN,
    EscalationState.EXPLAINED: ReviewAction.PROPOSE,
    EscalationState.PROPOSED: ReviewAction.DECIDE,
    EscalationState.DECIDED: ReviewAction.CLOSE,
}
"""What somebody would look for in a state, and wants to hear about even if it is not theirs."""
STEPS: Mapping[Role, frozenset[ReviewAction]] = {
    Role.INSPECTOR: frozenset(
        {ReviewAction.ACKNOWLEDGE, ReviewAction.REQUEST_EXPLANATION, ReviewAction.PROPOSE}
    ),
    Role.LEADER: frozenset(
        {
            ReviewAction.ACKNOWLEDGE,
            ReviewAction.REQUEST_EXPLANATION,
            ReviewAction.PROPOSE,
            ReviewAction.DECIDE,
        }
    ),
    Role.OFFICE: frozenset({ReviewAction.DECIDE}),
    **dict.fromkeys(SUBMITTING_ROLES, frozenset({ReviewAction.EXPLAIN})),
}
"""What each role is offered in a list at once; whatever else a case allows stands on its page."""
SAID_ONCE = NOT_THEIRS | {"wrong_case_state"}
"""Reasons that are the same for most doors; only the door looked for tells them."""


def doors_of(case: Case) -> Doors:
    """Return the doors that the case's actor finds."""
    found = {door.action: door for door in doors(case)}
    main = _main(case, found)
    opened = [_open(case, d.action, primary=d.action is main) for d in found.values() if d.is_open]
    return Doors(
        open=tuple(sorted(opened, key=lambda door: not door.primary)),
        shut=tuple(_shut(d) for d in found.values() if _is_told(d, case.escalation.state)),
        judges_evidence=False,
    )


def _main(case: Case, found: dict[ReviewAction, Door[ReviewAction]]) -> ReviewAction | None:
    one = case.escalation
    first = (*AFTER_HEARING, *FIRST) if one.heard else FIRST
    # Ending a case before anything was ordered is a choice, never the next thing to do.
    done = {ReviewAction.ISSUE_DIRECTIVE if one.ordered else ReviewAction.CLOSE}
    return next((a for a in first if found[a].is_open and a not in done), None)


def _open(case: Case, action: ReviewAction, *, primary: bool) -> Open:
    return Open(
        code=action.value,
        label=label(action, "review_action"),
        url=url_for("review.act", number=case.escalation.number, action=action.value),
        one_click=not BY_ACTION[action].needs,
        primary=primary,
    )


def _is_told(door: Door[ReviewAction], state: EscalationState) -> bool:
    if door.refusal is None:
        return False
    return door.refusal.code not in SAID_ONCE or LOOKED_FOR.get(state) is door.action


def _shut(door: Door[ReviewAction]) -> Shut:
    assert door.refusal is not None  # noqa: S101 - asked by the caller
    return Shut(
        code=door.action.value,
        label=label(door.action, "review_action"),
        reason=sentence(door.refusal.code, door.refusal.params),
        reason_code=door.refusal.code,
    )


def step_of(row: OnDesk, actor: Actor) -> dict[str, str] | None:
    """Return what comes next for this person in a list of what waits; None where it varies.

    Of one taken in whose agency was heard about the raise that stands, a proposal.
    """
    action = LOOKED_FOR.get(row.state)
    if row.state is EscalationState.ACKNOWLEDGED and row.heard:
        action = ReviewAction.PROPOSE
    if actor.role is None or action not in STEPS.get(actor.role, frozenset()):
        return None
    return {
        "label": label(action, "review_action"),
        "url": url_for("review.act", number=row.number, action=action.value),
    }
