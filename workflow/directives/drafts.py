"""Acts that an officer writes and clerk or head sends: which, by whom, and what becomes of them.

A report is prepared by an act of its own (`inside.py`), with what is due of a report before its
head signed it. Other acts are written in their own form: one way for all of them (ADR 0029).
"""

from __future__ import annotations

from workflow.accounts.records import SUBMITTING_ROLES
from workflow.directives.guards import Case
from workflow.directives.matters import Draft, PreparedState
from workflow.directives.needs import Given
from workflow.directives.records import Action, Directive

DRAFTABLE = frozenset(
    {
        Action.DECLINE,
        Action.REQUEST_EXTENSION,
        Action.REQUEST_INPUT,
        Action.UPDATE,
        Action.GIVE_INPUT,
        Action.ANSWER,
    }
)
"""What an officer may write for clerk or head to send, beside a report."""


def standing_draft(directive: Directive, action: Action, agency_id: int | None) -> Draft | None:
    """Return what waits in an agency to be sent as this act."""
    mine = (one for one in directive.drafts if one.agency_id == agency_id and one.act == action)
    return next((one for one in mine if one.stands), None)


def begun_draft(case: Case, action: Action) -> Draft | None:
    """Return what the form of an act begins with.

    It is what waits; for an officer also the last one, where that was given back.
    """
    agency_id = case.actor.agency_id
    stands = standing_draft(case.directive, action, agency_id)
    if stands is not None or case.actor.role in SUBMITTING_ROLES:
        return stands
    drafts = case.directive.drafts
    last = next((one for one in drafts if one.agency_id == agency_id and one.act == action), None)
    return last if last is not None and last.state is PreparedState.RETURNED else None


def who_drafted(case: Case, action: Action) -> frozenset[int]:
    """Return who has a hand in an act because they wrote what is sent now."""
    draft = standing_draft(case.directive, action, case.actor.agency_id)
    return draft.hands if draft else frozenset()


def waiting_in(directive: Directive, agency_id: int | None) -> tuple[int, ...]:
    """Return by their ids what waits in an agency for clerk or head, the report among it."""
    mine = [one.id for one in directive.drafts if one.stands and one.agency_id == agency_id]
    report = directive.standing_report
    if report is not None and report.agency_id == agency_id:
        mine.append(report.id)
    return tuple(mine)


def goes_back(directive: Directive, given: Given, agency_id: int | None) -> frozenset[int]:
    """Return what is given back: what was named of it, or all that waits in the agency."""
    waiting = frozenset(waiting_in(directive, agency_id))
    return given.keys("going_back") & waiting or waiting
