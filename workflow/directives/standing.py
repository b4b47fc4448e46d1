"""What a person is to a directive, and how much of it they may read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum

from workflow.accounts.reach import reach_of
from workflow.accounts.records import AGENCY_ROLES, SUBMITTING_ROLES, Actor, Role
from workflow.directives.records import Directive, Sight


class Standing(StrEnum):
    """A person's relation to one directive; the action table names who may act by these.

    `overseer` is the office, or for a part the agency that handed it down; `judge` adds
    the inspectors; `handing_submitter` is the overseer of a part; `recorder` is the overseer where
    it recorded the report that waits; `decider` adds the leader who gave the task; `director` any
    leader.
    """

    LEAD = "lead"
    LEAD_SUBMITTER = "lead_submitter"
    LEAD_OFFICER = "lead_officer"
    COORDINATOR = "coordinator"
    COORDINATOR_SUBMITTER = "coordinator_submitter"
    HANDING_SUBMITTER = "handing_submitter"
    OVERSEER = "overseer"
    JUDGE = "judge"
    RECORDER = "recorder"
    DECIDER = "decider"
    DIRECTOR = "director"


def standings(actor: Actor, directive: Directive, day: date) -> frozenset[Standing]:
    """Return what `actor` is to `directive` on `day`; nothing if the role is not held then."""
    if not actor.holds_role_on(day):
        return frozenset()
    return _of_lead(actor, directive) | _of_those_above(actor, directive)


def of_who_sends(actor: Actor, directive: Directive, day: date) -> frozenset[Standing]:
    """Return what clerk or head of an officer's agency are to `directive`; nothing for others."""
    if actor.role is not Role.AGENCY_OFFICER or not actor.holds_role_on(day):
        return frozenset()
    sender = replace(actor, role=Role.AGENCY_CLERK)
    return _of_lead(sender, directive) | _of_those_above(sender, directive)


def _of_lead(actor: Actor, directive: Directive) -> frozenset[Standing]:
    if actor.role not in AGENCY_ROLES:
        return frozenset()
    found = set()
    if actor.agency_id == directive.lead_agency_id:
        found.add(Standing.LEAD)
        if actor.role in SUBMITTING_ROLES:
            found.add(Standing.LEAD_SUBMITTER)
        else:
            found.add(Standing.LEAD_OFFICER)
    if actor.agency_id in directive.coordinating:
        found.add(Standing.COORDINATOR)
        if actor.role in SUBMITTING_ROLES:
            found.add(Standing.COORDINATOR_SUBMITTER)
    return frozenset(found)


def _of_those_above(actor: Actor, directive: Directive) -> frozenset[Standing]:
    if _oversees(actor, directive):
        found = {Standing.OVERSEER, Standing.JUDGE, Standing.DECIDER, Standing.DIRECTOR}
        if directive.parent_id is not None:
            found.add(Standing.HANDING_SUBMITTER)
        return frozenset(found | ({Standing.RECORDER} if directive.report_recorded else set()))
    if actor.role is Role.LEADER:
        gave_it = directive.assigner_id in (None, actor.principal_id)
        decides = gave_it and directive.parent_id is None
        return frozenset({Standing.DIRECTOR} | ({Standing.DECIDER} if decides else set()))
    if actor.role is Role.INSPECTOR and directive.parent_id is None:
        return frozenset({Standing.JUDGE})
    return frozenset()


def _oversees(actor: Actor, directive: Directive) -> bool:
    if directive.parent_id is not None:
        return actor.role in SUBMITTING_ROLES and actor.agency_id == directive.handed_by_id
    follows = actor.agency_is_office or actor.agency_id == directive.overseer_id
    return actor.role is Role.OFFICE and follows


def sight(
    actor: Actor, directive: Directive, day: date, *, shares_document: bool, follows: bool = False
) -> Sight:
    """Return how much of a directive a person may read (product.md, section 1).

    An agency reads its own work, that of units under it, and what was given to those they
    follow (`follows`); who holds any clause of a document reads all its clauses, but not
    others' reports (`shares_document`). Office, leader and inspector read the province. A
    scope that cannot be resolved reads nothing.
    """
    reach = reach_of(actor, day)
    if reach.is_nothing:
        return Sight.NONE
    paths = (directive.lead_path, directive.handed_by_path, *directive.coordinating_paths)
    if follows or reach.covers(paths):
        return Sight.FULL
    return Sight.CLAUSE if shares_document else Sight.NONE
