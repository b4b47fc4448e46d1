"""What a person is to a case on the desk."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from workflow.accounts.reach import reach_of
from workflow.accounts.records import (
    SUBMITTING_ROLES,
    Actor,
    Role,
)
from workflow.review.conflict import Organisation
from workflow.review.records import Escalation


class Relation(StrEnum):
    """A person's relation to one case; the action table names who may act by these.

    `inspector` is any inspector, `home_inspector` one of Sở Nội vụ, `office` who acts for
    the office in Văn phòng UBND or in Sở Nội vụ, `agency` head or clerk of the agency the
    case is about or of one above it (not the province).
    """

    INSPECTOR = "inspector"
    LEADER = "leader"
    OFFICE = "office"
    HOME_INSPECTOR = "home_inspector"
    AGENCY = "agency"


def relations(
    actor: Actor, escalation: Escalation, organisation: Organisation
) -> frozenset[Relation]:
    """Return what `actor` is to `escalation`, by the role they act in."""
    if actor.role in SUBMITTING_ROLES:
        answers = _answers_for(actor, escalation, organisation)
        return frozenset({Relation.AGENCY}) if answers else frozenset()
    at_home = actor.agency_id is not None and actor.agency_id == organisation.home_affairs
    found = set()
    if actor.role is Role.INSPECTOR:
        found = {Relation.INSPECTOR} | ({Relation.HOME_INSPECTOR} if at_home else set())
    elif actor.role is Role.LEADER:
        found = {Relation.LEADER}
    elif actor.role is Role.OFFICE and (actor.agency_is_office or at_home):
        found = {Relation.OFFICE}
    return frozenset(found)


def _answers_for(actor: Actor, escalation: Escalation, organisation: Organisation) -> bool:
    own = actor.agency_id
    if own is None or escalation.agency_id is None:
        return False
    about = escalation.agency_id
    return own == about or (organisation.is_under(about, own) and organisation.in_line(own, about))


def may_see(actor: Actor, escalation: Escalation, organisation: Organisation, day: date) -> bool:
    """Whether `actor` reads a case: the province's roles all, an agency its own and below.

    `models.review.queries.visible_to` is the same in SQL.
    """
    reach = reach_of(actor, day)
    if reach.is_all or reach.is_nothing or escalation.agency_id is None:
        return reach.is_all
    return organisation.is_under(escalation.agency_id, actor.agency_id)
