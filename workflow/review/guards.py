"""Why a door of the desk is shut: each guard returns a refusal or None, before anyone clicks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from workflow.accounts.records import Actor, Role
from workflow.calendar.working import WorkingCalendar
from workflow.doors import Refusal
from workflow.review.conflict import Organisation, is_offices_own, tie
from workflow.review.records import Escalation, Measure, ReviewLimits
from workflow.review.roster import Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that a guard of the desk may look at: the case, who acts, at which instant."""

    escalation: Escalation
    actor: Actor
    at: datetime
    day: date
    calendar: WorkingCalendar
    organisation: Organisation
    roster: Roster = field(default_factory=Roster)
    limits: ReviewLimits = field(default_factory=ReviewLimits)


Guard = Callable[[Case], Refusal | None]


def no_conflict(case: Case) -> Refusal | None:
    """Nobody acts on their own agency, one it came from, or one that came from theirs.

    Judged as of the day of the act: every agency the person belongs to that day counts, in
    whatever role, and one they left within the months that a province sets.
    """
    own = case.actor.agencies_since(case.limits.tied_since(case.day), case.day)
    tied = tie(case.organisation, own, case.escalation.concerned)
    if tied is None:
        return None
    name = case.organisation.names.get(tied, "")
    return Refusal(code="conflict_of_interest", params={"agency": name})


def for_home_affairs(case: Case) -> Refusal | None:
    """A case about Văn phòng UBND's own unit goes to Sở Nội vụ; the leader sees all."""
    organisation, actor = case.organisation, case.actor
    if organisation.home_affairs is None or actor.role is Role.LEADER:
        return None
    if not is_offices_own(organisation, case.escalation.concerned):
        return None
    if actor.agency_id == organisation.home_affairs:
        return None
    name = organisation.names.get(organisation.home_affairs, "")
    return Refusal(code="goes_to_home_affairs", params={"agency": name})


def held_or_free(case: Case) -> Refusal | None:
    """Whoever holds a case acknowledges it, or a colleague of the same agency does."""
    escalation, actor = case.escalation, case.actor
    if escalation.holder_id is None or escalation.holder_id in actor.hands:
        return None
    colleague = actor.role is Role.INSPECTOR and actor.agency_id in escalation.holder_agencies
    return None if colleague else _held_by_other(escalation)


def holds_it(case: Case) -> Refusal | None:
    """One person at a time works on a case; others get it handed on."""
    escalation = case.escalation
    if escalation.holder_id is None or escalation.holder_id in case.actor.hands:
        return None
    return _held_by_other(escalation)


def inspector_holds_it(case: Case) -> Refusal | None:
    """An inspector acts on the cases they hold; office and leader act by their role."""
    return holds_it(case) if case.actor.role is Role.INSPECTOR else None


def _held_by_other(escalation: Escalation) -> Refusal:
    return Refusal(code="held_by_other", params={"name": escalation.holder_name})


def four_eyes(case: Case) -> Refusal | None:
    """Whoever proposed does not decide, nor records the decision."""
    if case.escalation.proposed_by in case.actor.people_on(case.day):
        return Refusal(code="four_eyes_proposer")
    return None


def within_authority(case: Case) -> Refusal | None:
    """Above a reminder the leader decides, or signs what the office records.

    Product.md, section 6: nhắc nhở (Văn phòng UBND, Sở Nội vụ); phê bình and above (Chủ
    tịch or whom he authorises).
    """
    measure = case.escalation.proposed_measure
    if case.actor.role is Role.LEADER or measure in (None, Measure.ADMONITION):
        return None
    return Refusal(code="beyond_authority", params={"measure": measure})


def explanation_day_passed(case: Case) -> Refusal | None:
    """Silence is noted once the answer day of the letter is over."""
    due_on = case.escalation.letter_due_on
    if due_on is None or due_on < case.day:
        return None
    return Refusal(code="explanation_day_not_over", params={"until": due_on})


def somebody_else(case: Case) -> Refusal | None:
    """There is another inspector to hand the case to."""
    escalation = case.escalation
    able = case.roster.able(case.organisation, escalation.concerned)
    if any(person.account_id != escalation.holder_id for person in able):
        return None
    return Refusal(code="no_eligible_inspector")
