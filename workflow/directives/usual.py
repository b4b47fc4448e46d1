"""What usually comes next on a directive for somebody: the button beside it on the first page."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from workflow.accounts.records import AGENCY_ROLES, SUBMITTING_ROLES, Actor, Role
from workflow.deadlines.records import DeadlineKind
from workflow.directives.records import Action, State
from workflow.periods.records import STANDING_KINDS


class Waiting(Protocol):
    """A directive as far as its next step goes."""

    @property
    def state(self) -> State: ...
    @property
    def lead_id(self) -> int: ...
    @property
    def handed_by_id(self) -> int | None: ...
    @property
    def overseer_id(self) -> int | None: ...
    @property
    def assigner_id(self) -> int | None: ...
    @property
    def deadline_kind(self) -> DeadlineKind: ...
    @property
    def decline_standing(self) -> bool: ...
    @property
    def extension_asked_to(self) -> date | None: ...
    @property
    def proposed_on(self) -> date | None: ...
    @property
    def suspended_since(self) -> date | None: ...


def next_step(row: Waiting, actor: Actor) -> Action | None:
    """Return what usually comes next for this person; the directive's page has the last word."""
    if actor.role in AGENCY_ROLES and actor.agency_id == row.lead_id:
        return _of_lead(row, actor)
    if row.handed_by_id is not None:
        above = actor.role in SUBMITTING_ROLES and actor.agency_id == row.handed_by_id
        return _of_overseer(row) if above else None
    if actor.role is Role.OFFICE:
        follows = actor.agency_is_office or actor.agency_id == row.overseer_id
        return _of_overseer(row) if follows else None
    if actor.role is Role.LEADER:
        gave_it = row.assigner_id in (None, actor.principal_id)
        decides = _asks_extension(row) and gave_it
        return Action.DECIDE_EXTENSION if decides else None
    judges = actor.role is Role.INSPECTOR and row.state is State.REPORTED
    return Action.VERIFY if judges else None


def _asks_extension(row: Waiting) -> bool:
    """Whether a later date can be decided: not while a report is in, or the work is paused."""
    waits = row.state is not State.REPORTED and not row.suspended_since
    return waits and row.extension_asked_to is not None


def _of_lead(row: Waiting, actor: Actor) -> Action | None:
    if row.decline_standing or row.suspended_since:
        return None
    if row.state is State.ASSIGNED:
        return Action.ACCEPT
    if row.deadline_kind in STANDING_KINDS and row.state is State.IN_PROGRESS:
        return None  # it is its periods that are reported
    if row.state is State.IN_PROGRESS:
        return Action.REPORT if actor.role in SUBMITTING_ROLES else Action.UPDATE
    return None


def _of_overseer(row: Waiting) -> Action | None:
    if row.decline_standing:
        return Action.REASSIGN
    if _asks_extension(row):
        return Action.DECIDE_EXTENSION
    if row.proposed_on and row.state is not State.REPORTED:
        return Action.ANSWER
    return Action.VERIFY if row.state is State.REPORTED else None
